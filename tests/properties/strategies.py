"""What the properties draw their examples from."""

from hypothesis import assume
from hypothesis import strategies as st

from analysis.counting import layers
from analysis.errors import ShapeError

# In years times doublings: far above what floats leave of a sum that is zero, far below one day times an eighth.
LEVEL = 1e-6

# Dates in years since 2000, on a grid of days from 1959 to 2040, so that two dates are equal or a day apart.
years = st.integers(-15_000, 15_000).map(lambda day: day / 365.2425)
# Doublings in eighths, as far apart as on the charts: from 1e-14 to 1e4 pfs-days is a span of sixty.
exponents = st.integers(-240, 480).map(lambda eighths: eighths / 8)
positive = st.floats(1e-12, 1e12)


Series = tuple[list[float], list[float]]


@st.composite
def series(draw: st.DrawFn, smallest: int = 3, largest: int = 12) -> Series:
    """Dates, two of them at least a month apart, and the doublings at each, through which no level line goes."""
    count = draw(st.integers(smallest, largest))
    dates = draw(st.lists(years, min_size=count, max_size=count).filter(lambda found: max(found) - min(found) > 1 / 12))
    doublings = draw(st.lists(exponents, min_size=count, max_size=count))
    # The line is level where date and doublings do not vary together; a level line is refused, and rightly.
    middle = sum(dates) / count
    assume(abs(sum((year - middle) * exponent for year, exponent in zip(dates, doublings, strict=True))) > LEVEL)
    return dates, doublings


# Networks. Sizes are small, so that windows often miss the edge of an image by one or do not fit at all.
Network = tuple[layers.Layer, layers.Shape]

small = st.integers(1, 4)
sizes = small | st.tuples(small, small)
ends = st.tuples(st.integers(0, 2), st.integers(0, 2))
paddings = st.integers(0, 2) | ends | st.tuples(ends, st.integers(0, 2)) | st.just("same")
images = st.tuples(st.integers(1, 6), st.integers(1, 12), st.integers(1, 12))
sequences = st.tuples(st.integers(1, 8), st.integers(1, 8))
vectors = st.tuples(st.integers(1, 12))


def divisors(number: int) -> st.SearchStrategy[int]:
    """The numbers that divide a number."""
    return st.sampled_from([part for part in range(1, number + 1) if number % part == 0])


def fits(layer: layers.Layer, shape: layers.Shape) -> bool:
    """Whether a layer takes a shape."""
    try:
        layer.output_shape(shape)
    except ShapeError:
        return False
    return True


@st.composite
def convolutions(draw: st.DrawFn, channels: int) -> layers.Layer:
    """A convolution of an image, legal by itself; its window may still be too large."""
    groups = draw(divisors(channels))
    return layers.Conv2d(
        channels,
        groups * draw(small),
        kernel=draw(sizes),
        stride=draw(sizes),
        padding=draw(paddings),
        dilation=draw(sizes),
        groups=groups,
        bias=draw(st.booleans()),
    )


@st.composite
def convolutions_of_steps(draw: st.DrawFn, channels: int) -> layers.Layer:
    """A convolution over channels x steps."""
    groups = draw(divisors(channels))
    return layers.Conv1d(
        channels,
        groups * draw(small),
        kernel=draw(small),
        stride=draw(small),
        padding=draw(st.integers(0, 2) | st.tuples(ends) | st.just("same")),
        dilation=draw(small),
        groups=groups,
        bias=draw(st.booleans()),
    )


@st.composite
def transposed_convolutions(draw: st.DrawFn, channels: int) -> layers.Layer:
    """A transposed convolution with an output padding below its stride."""
    groups = draw(divisors(channels))
    stride = draw(small)
    return layers.ConvTranspose2d(
        channels,
        groups * draw(small),
        kernel=draw(sizes),
        stride=stride,
        padding=draw(st.integers(0, 2)),
        output_padding=draw(st.integers(0, stride - 1)),
        dilation=draw(small),
        groups=groups,
        bias=draw(st.booleans()),
    )


@st.composite
def pools(draw: st.DrawFn) -> layers.Layer:
    """A pool whose padding is at most half its kernel."""
    kernel = draw(st.tuples(small, small))
    return layers.Pool2d(
        kernel,
        stride=draw(st.none() | sizes),
        padding=draw(st.tuples(*(st.integers(0, width // 2) for width in kernel)) | st.just("same")),
        ceil_mode=draw(st.booleans()),
        how=draw(st.sampled_from(["max", "average"])),
    )


@st.composite
def inceptions(draw: st.DrawFn, channels: int) -> layers.Layer:
    """Two convolutions side by side that give maps of one size."""
    join = draw(st.sampled_from(["concatenate", "add", "multiply"]))
    stride, width = draw(sizes), draw(small)
    others = draw(small) if join == "concatenate" else width
    return layers.Branches(
        (
            ("narrow", layers.Conv2d(channels, width, kernel=1, stride=stride)),
            ("wide", layers.Conv2d(channels, others, kernel=3, padding=1, stride=stride)),
        ),
        join=join,
    )


@st.composite
def residuals(draw: st.DrawFn, channels: int) -> layers.Layer:
    """A convolution with a shortcut, several times or once with another width."""
    width = draw(small)
    first = layers.Conv2d(channels, width, kernel=draw(sizes), padding="same")
    if draw(st.booleans()):
        return layers.Residual(first, layers.Conv2d(channels, width, kernel=1))
    return layers.Repeat(
        layers.Residual(layers.Sequential((first, layers.Conv2d(width, channels, kernel=1)))), draw(small)
    )


@st.composite
def attentions(draw: st.DrawFn, width: int) -> layers.Layer:
    """Attention with heads of any width, to itself, with a cache and in a window or not, or to a memory."""
    cross = draw(st.booleans())
    heads = draw(divisors(width))
    return layers.Attention(
        width,
        heads,
        key_heads=draw(st.none() | divisors(heads)),
        window=None if cross else draw(st.none() | small),
        cached=0 if cross else draw(st.integers(0, 3)),
        rotary=0 if width // heads % 2 else draw(st.sampled_from([0, width // heads])),
        head_norm=draw(st.booleans()),
        cross=cross,
        memory_length=draw(small) if cross else None,
        memory_width=draw(st.none() | small) if cross else None,
        head_width=draw(st.none() | st.just(width // heads + 1)),
        value_head_width=draw(st.none() | small),
        bias=draw(st.booleans()),
    )


@st.composite
def recurrents(draw: st.DrawFn, width: int) -> layers.Layer:
    """Recurrent layers of any cell."""
    cell = draw(st.sampled_from(["lstm", "gru", "rnn"]))
    hidden = draw(st.integers(2, 5))
    return layers.Recurrent(
        width,
        hidden,
        cell=cell,
        layers=draw(st.integers(1, 3)),
        bidirectional=draw(st.booleans()),
        join=draw(st.sampled_from(["concatenate", "add"])),
        projection=draw(st.none() | st.integers(1, hidden - 1)) if cell == "lstm" else None,
        bias=draw(st.booleans()),
    )


@st.composite
def mixtures(draw: st.DrawFn, width: int) -> layers.Layer:
    """A gated layer by itself, or as one of several experts."""
    gated = layers.GatedFeedForward(width, draw(small), bias=draw(st.booleans()))
    experts = draw(small)
    active, shared = draw(st.integers(1, experts)), draw(st.none() | st.just(gated))
    mixture = layers.MixtureOfExperts(width, gated, experts=experts, active=active, shared=shared)
    return draw(st.sampled_from([gated, mixture]))


@st.composite
def latents(draw: st.DrawFn, width: int) -> layers.Layer:
    """Latent attention of any widths."""
    heads, query, key, head, value = (draw(small) for _ in range(5))
    return layers.LatentAttention(
        width, heads, query_latent=query, key_latent=key, head_width=head, value_head_width=value, rotary=2
    )


@st.composite
def conditions(draw: st.DrawFn, width: int) -> layers.Layer:
    """A linear layer with another on a second input."""
    given, joins = draw(small), draw(st.lists(st.sampled_from(["add", "multiply"]), max_size=2))
    return layers.Conditioned(
        layers.Linear(width, width), layers.Linear(given, width), given=(given,), joins=tuple(joins)
    )


@st.composite
def unets(draw: st.DrawFn, channels: int) -> layers.Layer:
    """Two convolutions down and two up."""
    one, two = draw(small), draw(small)
    down = (layers.Conv2d(channels, one, kernel=1), layers.Conv2d(one, two, kernel=2, stride=2))
    up = (
        layers.Sequential((layers.Conv2d(2 * two, 1, kernel=1), layers.Upsample(2))),
        layers.Conv2d(1 + one, draw(small), kernel=1),
    )
    return layers.UNet(
        tuple((f"down {number}", layer) for number, layer in enumerate(down)),
        layers.Conv2d(two, two, kernel=3, padding=1),
        tuple((f"up {number}", layer) for number, layer in enumerate(up)),
    )


@st.composite
def linears(draw: st.DrawFn, width: int) -> layers.Layer:
    """A linear layer, by itself, with another's weights, or with one of several shortcuts."""
    plain = layers.Linear(width, draw(small), bias=draw(st.booleans()))
    level = layers.Linear(width, width)
    return draw(
        st.sampled_from([plain, layers.Tied(plain, "another"), layers.Residual(level), layers.Repeat(level, 3)])
    )


def layers_for(shape: layers.Shape) -> st.SearchStrategy[layers.Layer]:
    """A layer that mostly takes a shape."""
    plain = st.sampled_from(
        [
            layers.Activation(),
            layers.Bias(shape[0]),
            layers.Bias(shape[0], scale=True),
            layers.Flatten(),
            layers.Identity(),
            layers.Norm(shape[0]),
            layers.Norm(shape[-1], how="layer"),
            layers.Norm(shape[-1], how="layer", affine=False),
            layers.Norm(shape[-1], how="rms"),
            layers.LayerScale(shape[-1]),
            layers.Softmax(),
        ]
    )
    shuffled = divisors(shape[0]).map(layers.ChannelShuffle) | st.integers(1, shape[0]).map(layers.Keep)
    if len(shape) == 3:
        return st.one_of(
            plain,
            shuffled,
            convolutions(shape[0]),
            transposed_convolutions(shape[0]),
            pools(),
            inceptions(shape[0]),
            residuals(shape[0]),
            small.map(lambda squeezed: layers.SqueezeExcite(shape[0], squeezed)),
            sizes.map(layers.AdaptivePool2d),
            sizes.map(layers.Upsample),
            paddings.filter(lambda border: border != "same").flatmap(
                lambda border: st.sampled_from([layers.Pad(border), layers.Crop(border)])
            ),
            small.map(layers.PixelShuffle),
            unets(shape[0]),
            small.map(layers.LocalResponseNorm),
            st.sampled_from([layers.GlobalPool(), layers.Tokens(), layers.Frames()]),
            linears(shape[-1]),
        )
    if len(shape) == 2:
        return st.one_of(
            plain,
            shuffled,
            convolutions_of_steps(shape[0]),
            attentions(shape[1]),
            latents(shape[1]),
            divisors(shape[1]).map(lambda heads: layers.LinearAttention(shape[1], heads)),
            small.map(lambda state: layers.Mamba(shape[1], state=state)),
            mixtures(shape[1]),
            conditions(shape[1]),
            st.sampled_from([layers.Tokens(), layers.Pool1d(2), layers.AdaptivePool1d(3), layers.Upsample(2)]),
            st.sampled_from([layers.Image(1), layers.ConvTranspose1d(shape[0], 2, kernel=3, stride=2)]),
            recurrents(shape[1]),
            linears(shape[1]),
            st.sampled_from([layers.ClassToken(shape[1]), layers.Positions(8, shape[1]), layers.Step()]),
        )
    return plain | linears(shape[0])


@st.composite
def networks(draw: st.DrawFn, most: int = 5) -> Network:
    """A few layers that follow each other, and the input shape of the first."""
    first = draw(images | sequences | vectors)
    shape = first
    stack: list[layers.Layer] = []
    if len(first) == 1 and draw(st.booleans()):
        stack.append(layers.Embedding(9, draw(small)))
        shape = stack[0].output_shape(shape)
    for _ in range(draw(st.integers(1, most))):
        layer = draw(layers_for(shape))
        if fits(layer, shape):
            stack.append(layer)
            shape = layer.output_shape(shape)
    assume(stack)
    return layers.Sequential(tuple(stack)), first
