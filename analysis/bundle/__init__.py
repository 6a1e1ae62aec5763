"""Everything that writes `build/`."""
