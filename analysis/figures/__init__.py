"""The figures: one function each, registered by name, drawn from finished findings in two widths."""
