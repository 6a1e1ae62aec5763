"""Counts a network from a Hugging Face configuration, which holds its sizes: `config.json` in, networks out."""
