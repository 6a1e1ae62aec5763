"""Style sheet, scripts and template overrides."""
