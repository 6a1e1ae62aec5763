"""What a page is composed of: numbers, figures, tables, citations, calculations."""
