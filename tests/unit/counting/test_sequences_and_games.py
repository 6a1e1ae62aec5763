"""Networks for text, speech and games, and the first ones: each number worked out by hand or as it was published."""

import pytest

from analysis.counting.catalogue import architecture_named, counted
from analysis.counting.count import count
from analysis.counting.folding import stages
from analysis.counting.layers import EncoderDecoder, used_params

SQUARE = 1280**2


def stage_macs(name: str) -> dict[str, int]:
    return {stage.name: stage.macs for stage in stages(counted(name))}


def test_dqn_of_2013_sees_four_frames() -> None:
    # 20 x 20 x 16 x (4 x 8 x 8) + 9 x 9 x 32 x (16 x 4 x 4) + 2,592 x 256 + 256 x 4
    # = 1,638,400 + 663,552 + 663,552 + 1,024
    assert counted("dqn_2013").macs == 2_966_528


def test_the_appendix_counts_three_channels_and_no_output_layer() -> None:
    # 20 x 20 x 3 x 16 x 8 x 8 + 9 x 9 x 16 x 32 x 4 x 4 + 9 x 9 x 32 x 256, as the appendix writes them;
    # it prints 1.23, 0.66 and 0.66 million, 2.55 in all.
    assert list(stage_macs("dqn_2013_appendix").values()) == [1_228_800, 663_552, 663_552]
    assert counted("dqn_2013_appendix").macs == 2_555_904


def test_the_output_layer_is_all_that_the_appendix_leaves_out() -> None:
    # 256 hidden units x 4 actions
    assert counted("dqn_2013_three_channels").macs - counted("dqn_2013_appendix").macs == 1_024


def test_dqn_of_2015_has_a_third_convolution() -> None:
    # 20 x 20 x 32 x 256 + 9 x 9 x 64 x 512 + 7 x 7 x 64 x 576 + 3,136 x 512 + 512 x 4
    # = 3,276,800 + 2,654,208 + 1,806,336 + 1,605,632 + 2,048
    assert counted("dqn_2015").macs == 9_345_024


def test_the_residual_tower_of_alphago_zero() -> None:
    # 19 blocks x 2 convolutions x 361 points x 256 filters x (256 x 3 x 3) = 38 x 212,926,464
    assert stage_macs("alphago_zero_20")["residual blocks 1 to 19"] == 8_091_205_632


def test_the_heads_of_alphago_zero() -> None:
    # Moves: 361 x 256 x 2 + 722 x 362 = 184,832 + 261,364. Winner: 361 x 256 + 361 x 256 + 256 = 185,088.
    assert stage_macs("alphago_zero_20")["heads"] == 631_284
    assert counted("alphago_zero_20").output_shape == (362 + 1,)


def test_the_longer_run_has_twenty_blocks_more() -> None:
    # A block is two convolutions of 256 x 256 x 9 weights, each with a scale and a shift for 256 channels.
    block = 2 * (256 * 256 * 9 + 2 * 256)
    assert counted("alphago_zero_40").params - counted("alphago_zero_20").params == 20 * block


def test_the_policy_network_of_alphago() -> None:
    # 361 points x 192 filters x (48 x 25) = 83,174,400; eleven times 361 x 192 x (192 x 9) = 119,771,136; 361 x 192.
    assert counted("alphago_policy").macs == 83_174_400 + 11 * 119_771_136 + 69_312
    # Weights as above without the 361 points; 12 x 192 biases, and one for each point.
    assert counted("alphago_policy").params == 230_400 + 11 * 331_776 + 192 + 12 * 192 + 361


def test_the_value_network_of_alphago_has_a_plane_and_a_hidden_layer_more() -> None:
    # The plane: 361 x 192 x 25. The hidden layer: 361 x 256, and 256 to one output.
    assert counted("alphago_value").macs - counted("alphago_policy").macs == 1_732_800 + 92_416 + 256


def test_a_source_word_costs_a_fifth_and_a_target_word_the_rest() -> None:
    # Source: 4 layers x 4 gates x (1,000 + 1,000) x 1,000. Target: the same and a softmax of 80,000 x 1,000.
    assert stage_macs("seq2seq") == {"encoder": 32_000_000, "decoder": 112_000_000}


def test_seq2seq_has_the_parameters_of_the_paper() -> None:
    # 160,000 and 80,000 rows of 1,000; 32 million recurrent on either side; a softmax of 80 million. The paper: 384M.
    assert counted("seq2seq").params == 160_000_000 + 80_000_000 + 2 * 32_000_000 + 80_000_000


def test_words_of_source_and_target_are_charged_apart() -> None:
    network = architecture_named("seq2seq").build()
    assert isinstance(network, EncoderDecoder)
    assert count(network, (7, 3)).macs == 7 * 32_000_000 + 3 * 112_000_000


def test_the_base_transformer_has_the_parameters_of_its_shape() -> None:
    # Table 37,000 x 512. Attention 4 x 512 x 512; feed-forward 2 x 512 x 2,048 + 2,048 + 512; norms 2 x 512.
    # Six blocks with one attention and two norms, six with two and three. Table 3 prints 65 million.
    attention, forward, norm = 1_048_576, 2_099_712, 1_024
    blocks = 6 * (attention + forward + 2 * norm) + 6 * (2 * attention + forward + 3 * norm)
    assert counted("transformer_base").params == 18_944_000 + blocks == 63_045_632


def test_bert_base_has_the_parameters_of_the_published_weights() -> None:
    # Words 30,522 x 768, positions 512 x 768, segments 2 x 768, a norm of 2 x 768;
    # 12 blocks of 4 x (768 x 768 + 768) + 768 x 3,072 + 3,072 + 3,072 x 768 + 768 + 2 norms; a pooler of 768 x 769.
    embedding = 23_440_896 + 393_216 + 1_536 + 1_536
    block = 2_362_368 + 2_362_368 + 2_360_064 + 3_072
    assert counted("bert_base").params == embedding + 12 * block + 590_592 == 109_482_240


def test_bert_large_has_the_parameters_of_the_published_weights() -> None:
    # As above with width 1,024 and 24 blocks: (30,522 + 512 + 2 + 2) x 1,024 + 24 x 12,596,224 + 1,024 x 1,025
    assert counted("bert_large").params == 31_782_912 + 302_309_376 + 1_049_600 == 335_141_888


def test_bert_base_multiplies_every_token_with_every_block() -> None:
    # 12 blocks: 512 tokens x 12 x 768 x 768 weights, and 512 x 512 x 2 x 768 for scores and mix; the pooler sees one.
    assert counted("bert_base").macs == 12 * (512 * 7_077_888 + 402_653_184) + 768 * 768


@pytest.mark.parametrize(
    ("name", "layers", "width", "published"),
    [
        ("gpt2_small", 12, 768, 124_439_808),
        ("gpt2_medium", 24, 1024, 354_823_168),
        ("gpt2_large", 36, 1280, 774_030_080),
        ("gpt2_xl", 48, 1600, 1_557_611_200),
    ],
)
def test_gpt2_has_the_parameters_of_the_released_weights(name: str, layers: int, width: int, published: int) -> None:
    # A block: 12 width^2 weights and 9 width biases, two norms of 2 width. Words, positions and a last norm around.
    by_hand = layers * (12 * width**2 + 13 * width) + (50_257 + 1_024 + 2) * width
    assert counted(name).params == by_hand == published


# brown2020language, appendix D, in millions; three or four digits are printed, so half a place is 0.4% at most.
@pytest.mark.parametrize(
    ("name", "millions"),
    [
        ("gpt3_small", 125),
        ("gpt3_medium", 356),
        ("gpt3_large", 760),
        ("gpt3_xl", 1_320),
        ("gpt3_2_7b", 2_650),
        ("gpt3_6_7b", 6_660),
        ("gpt3_13b", 12_850),
        ("gpt3_175b", 174_600),
    ],
)
def test_gpt3_has_the_parameters_of_its_appendix(name: str, millions: int) -> None:
    assert counted(name).params / 1e6 == pytest.approx(millions, rel=0.004)


def test_attention_adds_little_to_the_weights_of_the_largest_gpt3() -> None:
    # A token: 12 x 96 x 12,288^2 weights in blocks, 50,257 x 12,288 in the softmax, and
    # 96 x 2,048 keys x 2 x 12,288 for scores and mix: 173.9 + 0.6 + 4.8 thousand million.
    weights, softmax, attention = 173_946_175_488, 617_558_016, 4_831_838_208
    assert counted("gpt3_175b").macs == 2_048 * (weights + softmax + attention)


def test_deepspeech2_has_the_parameters_of_its_table() -> None:
    # Convolution 161 x 11 x 1,280; seven layers of three squares, one linear layer of one; 29 letters; biases.
    # Table 1 prints 38 million; to the nearest million.
    biases = 1_280 + 7 * 1_280 + 1_280 + 29
    by_hand = 2_266_880 + 22 * SQUARE + 29 * 1_280 + biases
    assert counted("deepspeech2").params == by_hand
    assert round(by_hand / 1e6) == 38


def test_a_second_of_speech_is_fifty_steps() -> None:
    # Every weight of the test above, without biases, once a step.
    assert counted("deepspeech2").macs == 50 * (2_266_880 + 22 * SQUARE + 29 * 1_280)


def test_a_step_of_deepspeech2_as_the_appendix_counts_it() -> None:
    # 7 layers x 4 matrices + 2; the appendix doubles it for a larger model and prints 98 million.
    assert counted("deepspeech2_appendix").macs == 30 * SQUARE == 49_152_000
    assert round(2 * counted("deepspeech2_appendix").macs / 1e6) == 98


def test_the_parameters_that_the_appendix_names_are_not_the_matrices_it_multiplies() -> None:
    # "from 36M to 72M": 22 squares are 36.0 million, 30 are 49.2 million.
    assert round(22 * SQUARE / 1e6) == 36
    assert round(counted("deepspeech2_appendix").params / 1e6) == 49


def test_the_perceptron_learns_its_last_layer_alone() -> None:
    # 512 association units x 8 response units; forward and the gradient of the weights, none for the units before.
    assert counted("perceptron").macs == counted("perceptron").params == 4_096
    assert counted("perceptron").training_flop == 2 * 2 * 4_096


def test_nettalk_has_the_weights_of_its_paper() -> None:
    # 203 x 80 + 80 x 26 = 18,320. The paper's 18,629 are these and a threshold for each of 203 + 80 + 26 units.
    assert counted("nettalk").macs == 18_320
    assert counted("nettalk").params == 18_320 + 80 + 26
    assert counted("nettalk").params + 203 == 18_629


def test_alvinn_sees_camera_range_finder_and_itself() -> None:
    # (960 + 256 + 1) x 29 + 29 x 46 = 35,293 + 1,334
    assert counted("alvinn").macs == 36_627
    assert counted("alvinn").params == 36_627 + 29 + 46


def test_td_gammon_with_eighty_hidden_units() -> None:
    # 198 x 80 + 80 x 4, and 84 thresholds
    assert counted("td_gammon").macs == 16_160
    assert counted("td_gammon").params == 16_244


def test_the_plain_network_for_mnist_has_the_weights_of_its_table() -> None:
    # 841 x 2,500 + 2,500 x 2,000 + 2,000 x 1,500 + 1,500 x 1,000 + 1,000 x 500 + 500 x 10; the table: 12.11 million
    assert counted("mlp_mnist").macs == 2_102_500 + 5_000_000 + 3_000_000 + 1_500_000 + 500_000 + 5_000
    assert round(counted("mlp_mnist").macs / 1e6, 2) == 12.11


@pytest.mark.parametrize(("name", "billions"), [("mixtral_8x7b", 13), ("deepseek_v3", 37)])
def test_a_token_uses_the_parameters_that_the_papers_call_active(name: str, billions: int) -> None:
    # Without the table of tokens, of which only a row is looked up. The abstracts print 13B and 37B.
    table = next(row.params for row in counted(name).rows if row.kind == "embedding")
    assert round((used_params(architecture_named(name).build()) - table) / 1e9) == billions


def test_gemma_has_the_parameters_of_its_table() -> None:
    # Table 2: 524,550,144 of the embedding and 1,981,884,416 others; 786,825,216 and 7,751,248,896.
    assert stages(counted("gemma_2b"))[0].params == 524_550_144
    assert stages(counted("gemma_7b"))[0].params == 786_825_216
    assert counted("gemma_2b").params == 524_550_144 + 1_981_884_416
    assert counted("gemma_7b").params == 786_825_216 + 7_751_248_896


def test_experts_chosen_by_a_token_multiply_what_it_uses() -> None:
    # Every weight that a token uses multiplies once, but for those of the table and the norms; attention comes on top.
    found = counted("mixtral_8x7b")
    products = sum(row.macs for row in found.rows if row.kind == "attention_products")
    idle = sum(row.params for row in found.rows if row.kind in ("embedding", "norm"))
    assert found.macs - products == 4_096 * (used_params(architecture_named("mixtral_8x7b").build()) - idle)
