"""Linear layers, tables that are looked up, and everything that works element by element."""

from dataclasses import KW_ONLY, dataclass
from typing import ClassVar, Literal

from analysis.counting.layers.base import (
    Composite,
    Layer,
    Shape,
    elements,
    misfit,
    need_divisible,
    need_one_of,
    need_positive,
    need_rank,
)
from analysis.errors import ShapeError


@dataclass(frozen=True, slots=True)
class Linear(Layer):
    """A product of the last axis with a matrix, over any leading axes."""

    in_width: int
    out_width: int
    _: KW_ONLY
    bias: bool = True

    kind: ClassVar[str] = "linear"

    def __post_init__(self) -> None:
        need_positive(self, "in_width", "out_width")

    def output_shape(self, input_shape: Shape) -> Shape:
        """The leading axes and the output width. Raises: ShapeError."""
        if not input_shape or input_shape[-1] != self.in_width:
            raise misfit(self, input_shape, f"{self.in_width} along the last axis")
        return (*input_shape[:-1], self.out_width)

    def macs(self, input_shape: Shape) -> int:
        """Input elements times output width. Raises: ShapeError."""
        return elements(self.output_shape(input_shape)) * self.in_width

    def params(self) -> int:
        """Weights, and one bias per output."""
        return self.out_width * (self.in_width + self.bias)

    def other_work(self, input_shape: Shape) -> dict[str, int]:
        """One addition per output element if there is a bias. Raises: ShapeError."""
        return {"bias": elements(self.output_shape(input_shape))} if self.bias else {}


@dataclass(frozen=True, slots=True)
class Tied(Layer):
    """A layer whose weights belong to another one, such as a softmax that reads the embedding: no parameters."""

    layer: Layer
    to: str

    def __post_init__(self) -> None:
        # A composite is replaced by its parts in the breakdown, where the tie would be lost.
        if isinstance(self.layer, Composite | Tied):
            raise ShapeError(f"tied: 'layer' is a layer of kind {self.layer.kind}; expected one without parts")

    @property
    def kind(self) -> str:  # type: ignore[override]
        """The kind of the layer itself."""
        return self.layer.kind

    def output_shape(self, input_shape: Shape) -> Shape:
        """That of the layer. Raises: ShapeError."""
        return self.layer.output_shape(input_shape)

    def macs(self, input_shape: Shape) -> int:
        """Those of the layer. Raises: ShapeError."""
        return self.layer.macs(input_shape)

    def learned(self) -> bool:
        """Whether the layer has weights, though another one counts them."""
        return self.layer.learned()

    def detail(self) -> str:
        """That of the layer, and whose weights it reads."""
        own = self.layer.detail()
        return f"{own}, weights of {self.to}" if own else f"weights of {self.to}"

    def other_work(self, input_shape: Shape) -> dict[str, int]:
        """That of the layer. Raises: ShapeError."""
        return self.layer.other_work(input_shape)


@dataclass(frozen=True, slots=True)
class Embedding(Layer):
    """A table with one row per token: rows are looked up, nothing is multiplied."""

    tokens: int
    width: int

    kind: ClassVar[str] = "embedding"

    def __post_init__(self) -> None:
        need_positive(self, "tokens", "width")

    def output_shape(self, input_shape: Shape) -> Shape:
        """Length x width. Raises: ShapeError."""
        need_rank(self, input_shape, "length")
        return (*input_shape, self.width)

    def params(self) -> int:
        """The table."""
        return self.tokens * self.width

    def other_work(self, input_shape: Shape) -> dict[str, int]:
        """Every number that is looked up. Raises: ShapeError."""
        return {"lookup": elements(self.output_shape(input_shape))}


@dataclass(frozen=True, slots=True)
class Positions(Layer):
    """A learned vector per position, added to each step of a sequence."""

    length: int
    width: int

    kind: ClassVar[str] = "positions"

    def __post_init__(self) -> None:
        need_positive(self, "length", "width")

    def output_shape(self, input_shape: Shape) -> Shape:
        """The same. Raises: ShapeError."""
        need_rank(self, input_shape, "length x width")
        if input_shape[0] > self.length or input_shape[1] != self.width:
            raise misfit(self, input_shape, f"at most {self.length} steps of {self.width}")
        return input_shape

    def params(self) -> int:
        """The table."""
        return self.length * self.width

    def other_work(self, input_shape: Shape) -> dict[str, int]:
        """One addition per element. Raises: ShapeError."""
        return {"elementwise": elements(self.output_shape(input_shape))}


@dataclass(frozen=True, slots=True)
class ClassToken(Layer):
    """A learned step put before a sequence, such as the class token that a classifier reads at the end."""

    width: int

    kind: ClassVar[str] = "class_token"

    def __post_init__(self) -> None:
        need_positive(self, "width")

    def output_shape(self, input_shape: Shape) -> Shape:
        """One step more. Raises: ShapeError."""
        need_rank(self, input_shape, "length x width")
        if input_shape[1] != self.width:
            raise misfit(self, input_shape, f"steps of {self.width}")
        return (input_shape[0] + 1, self.width)

    def params(self) -> int:
        """The step."""
        return self.width


@dataclass(frozen=True, slots=True)
class Norm(Layer):
    """Normalisation with a scale and a shift: by batch or group (a pair per channel), or by layer (last axis).

    By "rms" it divides each step by the root of its mean square, with a scale and no shift (zhang2019root). Without
    `affine` nothing is learned.
    """

    width: int
    _: KW_ONLY
    how: Literal["batch", "layer", "group", "rms"] = "batch"
    groups: int = 1
    affine: bool = True

    kind: ClassVar[str] = "norm"

    def __post_init__(self) -> None:
        need_positive(self, "width", "groups")
        need_one_of(self, "how", ("batch", "layer", "group", "rms"))
        need_divisible(self, "width", "groups")

    def detail(self) -> str:
        """Over what it normalises."""
        return self.how

    def output_shape(self, input_shape: Shape) -> Shape:
        """The same. Raises: ShapeError."""
        last = self.how in ("layer", "rms")
        if not input_shape or input_shape[-1 if last else 0] != self.width:
            where = "last" if last else "first"
            raise misfit(self, input_shape, f"{self.width} along the {where} axis")
        return input_shape

    def params(self) -> int:
        """A scale and a shift for each, or only a scale."""
        return self.affine * self.width * (1 if self.how == "rms" else 2)

    def other_work(self, input_shape: Shape) -> dict[str, int]:
        """Every element. Raises: ShapeError."""
        return {"normalisation": elements(self.output_shape(input_shape))}


@dataclass(frozen=True, slots=True)
class LocalResponseNorm(Layer):
    """Normalisation across neighbouring channels, without parameters. Source: krizhevsky2012imagenet, section 3.3."""

    size: int = 5

    kind: ClassVar[str] = "local_response_norm"

    def __post_init__(self) -> None:
        need_positive(self, "size")

    def output_shape(self, input_shape: Shape) -> Shape:
        """The same. Raises: ShapeError."""
        need_rank(self, input_shape, "channels x height x width")
        return input_shape

    def other_work(self, input_shape: Shape) -> dict[str, int]:
        """Every element. Raises: ShapeError."""
        return {"normalisation": elements(self.output_shape(input_shape))}


@dataclass(frozen=True, slots=True)
class Activation(Layer):
    """A function of each element, such as a rectifier."""

    how: str = "relu"

    kind: ClassVar[str] = "activation"

    def detail(self) -> str:
        """Which function."""
        return self.how

    def output_shape(self, input_shape: Shape) -> Shape:
        """The same."""
        return input_shape

    def other_work(self, input_shape: Shape) -> dict[str, int]:
        """Every element."""
        return {"activation": elements(input_shape)}


@dataclass(frozen=True, slots=True)
class Softmax(Layer):
    """Exponentials of the last axis, scaled to a sum of one."""

    kind: ClassVar[str] = "softmax"

    def output_shape(self, input_shape: Shape) -> Shape:
        """The same."""
        return input_shape

    def other_work(self, input_shape: Shape) -> dict[str, int]:
        """Every element."""
        return {"softmax": elements(input_shape)}


@dataclass(frozen=True, slots=True)
class Elementwise(Layer):
    """A sum or product of two inputs of one shape, element by element; it joins the branches before it."""

    how: Literal["add", "multiply"] = "add"

    kind: ClassVar[str] = "elementwise"

    def __post_init__(self) -> None:
        need_one_of(self, "how", ("add", "multiply"))

    def detail(self) -> str:
        """Sum or product."""
        return self.how

    def output_shape(self, input_shape: Shape) -> Shape:
        """The same."""
        return input_shape

    def other_work(self, input_shape: Shape) -> dict[str, int]:
        """One operation per element."""
        return {"elementwise": elements(input_shape)}


@dataclass(frozen=True, slots=True)
class Bias(Layer):
    """A learned number per channel, added; for scaled subsampling also multiplied."""

    width: int
    _: KW_ONLY
    scale: bool = False

    kind: ClassVar[str] = "bias"

    def __post_init__(self) -> None:
        need_positive(self, "width")

    def output_shape(self, input_shape: Shape) -> Shape:
        """The same. Raises: ShapeError."""
        if not input_shape or input_shape[0] != self.width:
            raise misfit(self, input_shape, f"{self.width} along the first axis")
        return input_shape

    def params(self) -> int:
        """One per channel, two with a scale."""
        return self.width * (1 + self.scale)

    def other_work(self, input_shape: Shape) -> dict[str, int]:
        """One operation per element, two with a scale. Raises: ShapeError."""
        return {"bias": elements(self.output_shape(input_shape)) * (1 + self.scale)}


@dataclass(frozen=True, slots=True)
class LayerScale(Layer):
    """A learned factor for each number of the last axis, as on the branch of a shortcut. Source: touvron2021going."""

    width: int

    kind: ClassVar[str] = "layer_scale"

    def __post_init__(self) -> None:
        need_positive(self, "width")

    def output_shape(self, input_shape: Shape) -> Shape:
        """The same. Raises: ShapeError."""
        if not input_shape or input_shape[-1] != self.width:
            raise misfit(self, input_shape, f"{self.width} along the last axis")
        return input_shape

    def params(self) -> int:
        """One per number."""
        return self.width

    def other_work(self, input_shape: Shape) -> dict[str, int]:
        """One product per element. Raises: ShapeError."""
        return {"elementwise": elements(self.output_shape(input_shape))}
