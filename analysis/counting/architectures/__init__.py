"""Published networks, one module per family; `analysis.counting.catalogue` knows them all by name."""
