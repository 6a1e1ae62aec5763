"""Counts the operations of neural networks, layer by layer and exactly."""
