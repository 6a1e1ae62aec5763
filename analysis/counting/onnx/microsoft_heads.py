"""The sizes of an attention of `microsoft`, whose queries, keys and values may come apart or packed in one tensor."""

from dataclasses import dataclass

from analysis.counting.layers.base import Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """How many texts, queries in each and keys for them there are, and how wide the heads of keys and values are."""

    batch: int
    queries: int
    keys: int
    width: int
    value_width: int


def heads_of(query: Shape, key: Shape | None, value: Shape | None, *, heads: int, key_heads: int) -> Heads | None:
    """The sizes of the heads, none where the shapes do not fit each other or the numbers of heads."""
    if heads < 1 or key_heads < 1 or len(query) not in (3, 5):
        return None
    if key is None:
        return _all_packed(query, heads, key_heads)
    if len(query) != 3 or query[2] % heads:
        return None
    batch, queries, width = query[0], query[1], query[2] // heads
    if value is None:
        # Keys and values of every head side by side.
        fit = len(key) == 5 and (key[0], *key[2:]) == (batch, key_heads, 2, width)
        keys, value_width = key[1], width
    elif len(key) == len(value) == 4:
        # Heads lie before positions, as in a cache.
        fit = key[:2] == value[:2] == (batch, key_heads) and key[2] == value[2] and key[3] == width
        keys, value_width = key[2], value[3]
    else:
        fit = len(key) == len(value) == 3 and key[:2] == value[:2] and key[0] == batch
        fit = fit and key[2] == width * key_heads and value[2] % key_heads == 0
        keys, value_width = key[1], value[-1] // key_heads
    return Heads(batch=batch, queries=queries, keys=keys, width=width, value_width=value_width) if fit else None


def _all_packed(packed: Shape, heads: int, key_heads: int) -> Heads | None:
    """Queries, keys and values in one tensor: along its last axis, or side by side for every head."""
    batch, length = packed[:2]
    if len(packed) == 5:
        fit, width = packed[2:4] == (heads, 3) and heads == key_heads, packed[4]
    else:
        parts = heads + 2 * key_heads
        fit, width = packed[2] % parts == 0, packed[2] // parts
    return Heads(batch=batch, queries=length, keys=length, width=width, value_width=width) if fit else None
