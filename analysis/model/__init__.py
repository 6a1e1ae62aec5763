"""Pure functions from records to a finished `Study`: worked calculations, trends, efficiency."""
