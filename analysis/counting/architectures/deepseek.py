"""DeepSeek-V3: a decoder with latent attention and a mixture of many small experts."""

from analysis.counting.architectures.decoder import Decoder, Experts
from analysis.counting.layers import LatentAttention, Layer
from analysis.counting.registry import architecture

# Source: deepseek2024v3, section 4.2.
WIDTH = 7168
HEADS = 128
VOCABULARY = 129_280


@architecture(
    "deepseek_v3",
    "DeepSeek-V3",
    group="language",
    example="4,096 tokens",
    input_shape=(4096,),
    sources=("deepseek2024v3",),
    where="section 4.2",
    note="The model without its module that predicts a second token. All parameters of the experts count; of their "
    "multiply-adds, those of the eight and the shared one that a token uses. The router's offsets that balance the "
    "experts are not trained by gradients and not counted. The vocabulary and the width of the first blocks without "
    "experts are those of the released weights.",
    since="2026-11",
)
def deepseek_v3() -> Layer:
    """The model of 671 billion parameters, of which a token uses 37."""
    attention = LatentAttention(
        WIDTH, HEADS, query_latent=1536, key_latent=512, head_width=128, value_head_width=128, rotary=64
    )
    return Decoder(
        layers=61,
        width=WIDTH,
        heads=HEADS,
        inner=18_432,
        vocabulary=VOCABULARY,
        latent=attention,
        experts=Experts(number=256, active=8, inner=2048, shared=2048, dense=3),
    ).network()
