"""Pages: authored ones, those generated from records, and how both are rendered."""
