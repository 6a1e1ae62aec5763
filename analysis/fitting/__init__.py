"""Trends of anybody's own numbers: a CSV file in, its doubling or halving time out."""
