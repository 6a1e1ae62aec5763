"""Counts the operations of neural networks, layer by layer and exactly.

The names here are for a program of one's own. Its network is made of `analysis.counting.layers`; those of publications
are in `analysis.counting.catalogue`, those of configurations in `analysis.counting.configurations`.
"""

from analysis.counting.convention import CONVENTIONS, Convention
from analysis.counting.count import Breakdown, LayerCount, count
from analysis.counting.registry import architecture

__all__ = ["CONVENTIONS", "Breakdown", "Convention", "LayerCount", "architecture", "count"]
