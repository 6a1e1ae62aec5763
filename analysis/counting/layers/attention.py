"""Attention: of a sequence to itself, to steps computed before, or to a memory; whole, in a window, or latent.

Products are counted in full: nothing is saved for a causal mask. A window saves what lies outside it.
"""

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass
from typing import ClassVar

from analysis.counting.layers.base import (
    Composite,
    Layer,
    Shape,
    Visit,
    elements,
    misfit,
    need_divisible,
    need_positive,
    need_rank,
    whole,
)
from analysis.counting.layers.dense import Linear, Norm
from analysis.errors import ShapeError
from analysis.numerals import numbered


@dataclass(frozen=True, slots=True)
class Attention(Composite):
    """Multi-head attention: of a sequence to itself, or to a memory of another length and width.

    `heads` counts the heads of queries, `key_heads` those of keys and values, as many where it is not given. Fewer are
    shared by equal groups of query heads: grouped-query attention (ainslie2023gqa), or multi-query attention if there
    is one (shazeer2019fast). Each query meets the nearest keys, as many as `window` (beltagy2020longformer). `cached`
    is how many steps were computed before and only meet the new queries, so an input of one step with a cache is one
    step of decoding. With `cross` they are the whole memory, whose keys and values are not computed again. `rotary` is
    how many numbers of each head are turned by their position. With `head_norm` the heads of queries and of keys are
    normalised first, as in henry2020query. `key_bias` and `output_bias` are the same as `bias` unless given. A
    decoder's attention leaves `memory_length` open; `EncoderDecoder` fills it in.

    Multiply-adds: those of four linear layers, the keys' and values' over the steps that are new, and of the products.
    """

    width: int
    heads: int
    _: KW_ONLY
    key_heads: int | None = None
    cross: bool = False
    memory_length: int | None = None
    memory_width: int | None = None
    head_width: int | None = None
    value_head_width: int | None = None
    window: int | None = None
    cached: int = 0
    rotary: int = 0
    head_norm: bool = False
    bias: bool = True
    key_bias: bool | None = None
    output_bias: bool | None = None

    kind = "attention"

    def __post_init__(self) -> None:
        optional = ("key_heads", "memory_length", "memory_width", "head_width", "value_head_width", "window")
        need_positive(self, "width", "heads", *(name for name in optional if getattr(self, name) is not None))
        if self.head_width is None:
            need_divisible(self, "width", "heads")
        if self.key_heads is not None:
            need_divisible(self, "heads", "key_heads")
        if not self.cross and (self.memory_length or self.memory_width):
            raise ShapeError(f"{self.kind}: a memory is given; expected one only with cross = True")
        if not whole(self.cached, 0):
            raise ShapeError(f"{self.kind}: 'cached' is {self.cached!r}; expected a whole number from zero up")
        if self.cross and self.window:
            raise ShapeError(f"{self.kind}: 'window' with cross = True; expected it only without a memory")
        if self.cached and self.memory_length:
            raise ShapeError(f"{self.kind}: 'cached' and 'memory_length' are given; expected one of them")
        if not (whole(self.rotary, 0) and self.rotary <= self._head and self.rotary % 2 == 0):
            raise ShapeError(f"{self.kind}: 'rotary' is {self.rotary!r}; expected an even number up to {self._head}")

    def run(self, input_shape: Shape, visit: Visit) -> Shape:
        """The shape of the queries. Raises: ShapeError."""
        need_rank(self, input_shape, "length x width")
        if input_shape[1] != self.width:
            raise misfit(self, input_shape, f"steps of {self.width}")
        query, key, value, output = self._products
        queries = visit("query", query, input_shape, fresh=True)
        made = [("query", queries, self.heads)]
        memory = self._computed(input_shape)
        if memory:
            # A memory comes from another layer, so its gradient is needed even if the queries are the network's input.
            made.append(("key", visit("key", key, memory, fresh=not self.cross), self._key_heads))
            visit("value", value, memory, fresh=not self.cross)
        if self.head_norm:
            for name, shape, _ in made:
                visit(f"{name} norm", HeadNorm(self._head), shape)
        if self.rotary:
            for name, shape, heads in made:
                visit(f"{name} positions", Rotary(heads, self.rotary), shape)
        length = self.cached + (memory[0] if memory else 0)
        products = AttentionProducts(self.heads, key_length=length, value_width=output.in_width, window=self.window)
        return visit("output", output, visit("products", products, queries))

    def parts(self) -> Iterator[tuple[Layer, int]]:
        """The four projections, and the norms of queries and keys."""
        yield from ((product, 1) for product in self._products)
        if self.head_norm:
            yield HeadNorm(self._head), 2

    def _computed(self, input_shape: Shape) -> Shape | None:
        """What keys and values are made of, none where all of them are cached. Raises: ShapeError."""
        if not self.cross:
            return input_shape
        if self.cached:
            return None
        if self.memory_length is None:
            raise misfit(self, input_shape, "a memory: give 'memory_length', or put it into an EncoderDecoder")
        return (self.memory_length, self.memory_width or self.width)

    @property
    def _head(self) -> int:
        return self.head_width or self.width // self.heads

    @property
    def _key_heads(self) -> int:
        return self.key_heads or self.heads

    @property
    def _products(self) -> tuple[Linear, Linear, Linear, Linear]:
        value_head = self.value_head_width or self._head
        memory_width = self.memory_width or self.width
        key_bias = self.bias if self.key_bias is None else self.key_bias
        output_bias = self.bias if self.output_bias is None else self.output_bias
        return (
            Linear(self.width, self.heads * self._head, bias=self.bias),
            Linear(memory_width, self._key_heads * self._head, bias=key_bias),
            Linear(memory_width, self._key_heads * value_head, bias=self.bias),
            Linear(self.heads * value_head, self.width, bias=output_bias),
        )


@dataclass(frozen=True, slots=True)
class LatentAttention(Composite):
    """Multi-head latent attention: queries, and keys with values, each made from a narrow vector per step.

    Of the numbers in a head, `head_width` are made from the latent vector and `rotary` are turned by their position;
    the turned part of the keys is made from the input and shared by all heads. Counted as in training, where keys and
    values are written out. Source: deepseek2024v2, section 2.1.
    """

    width: int
    heads: int
    _: KW_ONLY
    query_latent: int
    key_latent: int
    head_width: int
    value_head_width: int
    rotary: int

    kind = "latent_attention"

    def __post_init__(self) -> None:
        need_positive(self, *(name for name in self.__slots__ if name != "_"))

    def run(self, input_shape: Shape, visit: Visit) -> Shape:
        """The same. Raises: ShapeError."""
        need_rank(self, input_shape, "length x width")
        query_down, query_norm, query_up, key_down, key_norm, key_up, key_turned, output = (
            layer for layer, _ in self.parts()
        )
        latent = visit("query norm", query_norm, visit("query down", query_down, input_shape, fresh=True))
        queries = visit("query up", query_up, latent)
        visit("query positions", Rotary(self.heads, self.rotary), queries)
        latent = visit("key and value norm", key_norm, visit("key and value down", key_down, input_shape, fresh=True))
        visit("key and value up", key_up, latent)
        visit("key positions", Rotary(1, self.rotary), visit("turned key", key_turned, input_shape, fresh=True))
        values = self.heads * self.value_head_width
        products = AttentionProducts(self.heads, key_length=input_shape[0], value_width=values)
        return visit("output", output, visit("products", products, queries))

    def parts(self) -> Iterator[tuple[Layer, int]]:
        """The narrowing and widening projections, the norms between them, and the output."""
        queries, values = self.heads * (self.head_width + self.rotary), self.heads * self.value_head_width
        yield Linear(self.width, self.query_latent, bias=False), 1
        yield Norm(self.query_latent, how="rms"), 1
        yield Linear(self.query_latent, queries, bias=False), 1
        yield Linear(self.width, self.key_latent, bias=False), 1
        yield Norm(self.key_latent, how="rms"), 1
        yield Linear(self.key_latent, self.heads * self.head_width + values, bias=False), 1
        yield Linear(self.width, self.rotary, bias=False), 1
        yield Linear(values, self.width, bias=False), 1


@dataclass(frozen=True, slots=True)
class AttentionProducts(Layer):
    """Scores of every query with every key in reach, and the values mixed by them. No weight takes part.

    Multiply-adds: queries x keys in reach x (width of all heads' queries + width of all heads' values). Heads that
    share keys save none of them. Training triples them where the input was learned, since both factors need their
    gradient; where nothing was learned there is nothing to train.
    """

    heads: int
    _: KW_ONLY
    key_length: int
    value_width: int
    window: int | None = None

    kind: ClassVar[str] = "attention_products"

    def output_shape(self, input_shape: Shape) -> Shape:
        """Queries x value width."""
        return (input_shape[0], self.value_width)

    def macs(self, input_shape: Shape) -> int:
        """Queries times keys in reach times the widths of keys and values, over all heads."""
        return input_shape[0] * self._reach * (input_shape[1] + self.value_width)

    def detail(self) -> str:
        """How many heads, over how many keys."""
        return f"{numbered(self.heads, 'head')}, {numbered(self._reach, 'key')}"

    def other_work(self, input_shape: Shape) -> dict[str, int]:
        """A softmax over every score."""
        return {"softmax": self.heads * input_shape[0] * self._reach}

    @property
    def _reach(self) -> int:
        return min(self.window or self.key_length, self.key_length)


@dataclass(frozen=True, slots=True)
class LinearAttentionProducts(Layer):
    """Attention without a softmax: keys and values are summed into a state, which every query reads.

    Multiply-adds, where the keys and values of a head are d and e numbers wide: steps x heads x 2 d e, one product to
    add a step to the state and one to read it. The keys are as wide as the queries, which are the input. A `decay` of
    the state is work element by element. Source: katharopoulos2020transformers, section 3.3.
    """

    heads: int
    _: KW_ONLY
    value_width: int
    decay: bool = False

    kind: ClassVar[str] = "linear_attention_products"

    def __post_init__(self) -> None:
        need_positive(self, "heads", "value_width")
        need_divisible(self, "value_width", "heads")

    def output_shape(self, input_shape: Shape) -> Shape:
        """Steps x value width. Raises: ShapeError."""
        need_rank(self, input_shape, "length x width")
        if input_shape[1] % self.heads:
            raise misfit(self, input_shape, f"a width that {self.heads} heads divide")
        return (input_shape[0], self.value_width)

    def macs(self, input_shape: Shape) -> int:
        """A product for the state and one for what is read from it, at every step. Raises: ShapeError."""
        return 2 * self._states(input_shape)

    def detail(self) -> str:
        """How many heads."""
        return numbered(self.heads, "head")

    def other_work(self, input_shape: Shape) -> dict[str, int]:
        """A product for every number of the state at every step, if it decays. Raises: ShapeError."""
        return {"elementwise": self._states(input_shape)} if self.decay else {}

    def _states(self, input_shape: Shape) -> int:
        steps, values = self.output_shape(input_shape)
        return steps * input_shape[1] * values // self.heads


@dataclass(frozen=True, slots=True)
class LinearAttention(Composite):
    """Multi-head attention of a sequence to itself without a softmax: `LinearAttentionProducts` between projections."""

    width: int
    heads: int
    _: KW_ONLY
    decay: bool = False
    bias: bool = True

    kind = "linear_attention"

    def __post_init__(self) -> None:
        need_positive(self, "width", "heads")
        need_divisible(self, "width", "heads")

    def run(self, input_shape: Shape, visit: Visit) -> Shape:
        """The same. Raises: ShapeError."""
        need_rank(self, input_shape, "length x width")
        product = Linear(self.width, self.width, bias=self.bias)
        queries, _, _ = (visit(name, product, input_shape, fresh=True) for name in ("query", "key", "value"))
        products = LinearAttentionProducts(self.heads, value_width=self.width, decay=self.decay)
        return visit("output", product, visit("products", products, queries))

    def parts(self) -> Iterator[tuple[Layer, int]]:
        """The four projections."""
        yield Linear(self.width, self.width, bias=self.bias), 4


@dataclass(frozen=True, slots=True)
class HeadNorm(Layer):
    """Every head divided by the root of its mean square, with one scale that all heads share. Source: henry2020query.

    No product of the kind that counts.
    """

    head_width: int

    kind: ClassVar[str] = "head_norm"

    def __post_init__(self) -> None:
        need_positive(self, "head_width")

    def output_shape(self, input_shape: Shape) -> Shape:
        """The same. Raises: ShapeError."""
        need_rank(self, input_shape, "length x width")
        if input_shape[1] % self.head_width:
            raise misfit(self, input_shape, f"heads of {self.head_width} along the last axis")
        return input_shape

    def detail(self) -> str:
        """The width of a head."""
        return f"heads of {self.head_width}"

    def params(self) -> int:
        """A scale for each number of a head."""
        return self.head_width

    def other_work(self, input_shape: Shape) -> dict[str, int]:
        """Every element. Raises: ShapeError."""
        return {"normalisation": elements(self.output_shape(input_shape))}


@dataclass(frozen=True, slots=True)
class Rotary(Layer):
    """Some numbers of each head, turned in pairs by an angle that grows with the position. Nothing is learned.

    No product of the kind that counts: two multiplications and a sum for each number, element by element.
    Source: su2021roformer, section 3.4.
    """

    heads: int
    rotated: int

    kind: ClassVar[str] = "rotary"

    def __post_init__(self) -> None:
        need_positive(self, "heads", "rotated")

    def output_shape(self, input_shape: Shape) -> Shape:
        """The same. Raises: ShapeError."""
        need_rank(self, input_shape, "length x width")
        if input_shape[1] < self.heads * self.rotated:
            raise misfit(self, input_shape, f"at least {self.heads} x {self.rotated} along the last axis")
        return input_shape

    def detail(self) -> str:
        """How many numbers in how many heads."""
        each = "1 head" if self.heads == 1 else f"each of {self.heads} heads"
        return f"{self.rotated} numbers in {each}"

    def other_work(self, input_shape: Shape) -> dict[str, int]:
        """Three operations for each number that is turned. Raises: ShapeError."""
        return {"elementwise": 3 * elements((self.output_shape(input_shape)[0], self.heads, self.rotated))}
