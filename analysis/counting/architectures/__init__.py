"""Published networks, a module a family; `analysis.counting.catalogue` knows them all by name."""
