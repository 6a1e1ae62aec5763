"""How this publication is cited: formats, metadata, and the works it cites."""
