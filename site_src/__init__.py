"""Turns bundles into pages. Nothing here computes a result; MkDocs is known to `hooks` alone."""
