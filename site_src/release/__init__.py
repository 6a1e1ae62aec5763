"""Builds the site, checks it, publishes editions and verifies them."""
