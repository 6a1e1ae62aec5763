"""Networks for images, worked by hand where no other count exists."""

import pytest

from analysis.counting.catalogue import ARCHITECTURES, counted
from analysis.counting.folding import stages

VISION = [name for name, architecture in ARCHITECTURES.items() if architecture.group == "vision"]


def stage_macs(name: str) -> dict[str, int]:
    return {stage.name: stage.macs for stage in stages(counted(name))}


@pytest.mark.parametrize("name", VISION)
def test_a_network_has_a_handful_of_stages_whose_names_hold_no_dot(name: str) -> None:
    names = stage_macs(name)
    # One that compares images with texts has a stage for each.
    assert list(names) == ["image", "text"] or 4 <= len(names) <= 10
    assert not any("." in stage for stage in names)


def test_lenet_5_layer_by_layer() -> None:
    found = {stage.name: (stage.macs, stage.params) for stage in stages(counted("lenet_5"))}
    assert found == {
        # 6 maps of 28 x 28, each number from 5 x 5; 25 weights and a threshold a map.
        "C1": (6 * 28 * 28 * 25, 6 * 26),
        # Averages with a factor and a threshold a map.
        "S2": (0, 12),
        # Sixty pairs of maps, 10 x 10 numbers from 5 x 5 each; sixty kernels and 16 thresholds.
        "C3": (60 * 10 * 10 * 25, 60 * 25 + 16),
        "S4": (0, 32),
        # 120 maps of one number from 16 maps of 5 x 5.
        "C5": (120 * 16 * 25, 120 * (16 * 25 + 1)),
        "F6": (120 * 84, 84 * 121),
        "output": (84 * 10, 84 * 10),
    }


def test_lenet_5_without_the_patterns_of_its_output_has_the_sixty_thousand_weights_of_the_paper() -> None:
    # 156 + 12 + 1,516 + 32 + 48,120 + 10,164
    assert counted("lenet_5").params - 840 == 60_000


def test_xception_has_the_parameters_that_its_paper_prints() -> None:
    assert counted("xception").params == 22_855_952


def test_a_shufflenet_of_half_the_width_has_the_38_million_of_its_paper() -> None:
    assert round(counted("shufflenet_v1_0_5x_g3").macs / 1e6) == 38


def test_the_two_forms_of_resnet_50_differ_in_three_convolutions() -> None:
    # The first 1x1 of stages 3, 4 and 5 works on twice the side: three times its work more, 3 x 25,690,112 each.
    paper, shipped = counted("resnet50"), counted("resnet50_v1_5")
    assert shipped.params == paper.params
    assert shipped.macs - paper.macs == 3 * 3 * 25_690_112


def test_lenet_5_has_the_connections_of_the_paper() -> None:
    # A bias for each output of C1, C3, C5 and F6: 6 x 28 x 28 + 16 x 10 x 10 + 120 + 84.
    biases = 4_704 + 1_600 + 120 + 84
    # Four inputs and a bias for each unit of S2 and S4: 5 x (6 x 14 x 14 + 16 x 5 x 5).
    subsampling = 5 * (1_176 + 400)
    assert counted("lenet_5").macs + biases + subsampling == 340_908


def test_the_wide_branches_are_what_sets_googlenet_apart_from_the_form_of_torchvision() -> None:
    # 16 weights more in a kernel of 5 x 5 than in one of 3 x 3; points x pairs of channels, by stage.
    third = 28**2 * (16 * 32 + 32 * 96)
    fourth = 14**2 * (16 * 48 + 24 * 64 + 24 * 64 + 32 * 64 + 32 * 128)
    fifth = 7**2 * (32 * 128 + 48 * 128)
    assert counted("googlenet").macs - counted("googlenet_torchvision").macs == 16 * (third + fourth + fifth)


def test_squeezenet_as_its_authors_run_it_has_the_counts_that_others_print() -> None:
    # The authors' files see 227 pixels. Table 6 of zhang2017shufflenet prints 833 million.
    wider = counted("squeezenet1_0", (3, 227, 227)).macs
    assert round(wider / 1e6) == 833
    # They give the last convolution a border of one: 15 x 15 points for 13 x 13, 512 channels to 1,000.
    # The repository prints 1.72 billion operations, two for each multiply-add.
    assert round(2 * (wider + (15**2 - 13**2) * 512 * 1_000) / 1e9, 2) == 1.72


def test_mobilenet_v1_multiplies_as_its_table_says() -> None:
    # A separable convolution: points x (9 x channels in + channels in x channels out).
    assert stage_macs("mobilenet_v1") == {
        "stem": 112**2 * 32 * 27,
        "112 pixels": 112**2 * (288 + 32 * 64),
        "56 pixels": 56**2 * (576 + 64 * 128) + 56**2 * (1_152 + 128 * 128),
        "28 pixels": 28**2 * (1_152 + 128 * 256) + 28**2 * (2_304 + 256 * 256),
        "14 pixels": 14**2 * (2_304 + 256 * 512) + 5 * 14**2 * (4_608 + 512 * 512),
        "7 pixels": 7**2 * (4_608 + 512 * 1_024) + 7**2 * (9_216 + 1_024 * 1_024),
        "classifier": 1_024 * 1_000,
    }
    assert round(counted("mobilenet_v1").macs / 1e9, 4) == 0.5687


def test_shufflenet_v1_of_eight_groups_multiplies_as_its_table_says() -> None:
    # A unit is a grouped 1x1, a depthwise 3x3 and a grouped 1x1; the inner width is a quarter.
    # The first unit of a stage yields its width less that of its input, and its first 1x1 runs before the stride.
    assert stage_macs("shufflenet_v1_1x_g8") == {
        "stage 1": 112**2 * 24 * 27,
        "stage 2": 56**2 * 24 * 96 + 28**2 * (96 * 9 + 96 * 360 // 8) + 3 * 28**2 * (2 * 384 * 96 // 8 + 96 * 9),
        "stage 3": 28**2 * 384 * 192 // 8
        + 14**2 * (192 * 9 + 192 * 384 // 8)
        + 7 * 14**2 * (2 * 768 * 192 // 8 + 192 * 9),
        "stage 4": 14**2 * 768 * 384 // 8
        + 7**2 * (384 * 9 + 384 * 768 // 8)
        + 3 * 7**2 * (2 * 1_536 * 384 // 8 + 384 * 9),
        "classifier": 1_536 * 1_000,
    }
    assert counted("shufflenet_v1_1x_g8").macs == 138_365_952


def test_the_middle_flow_of_xception() -> None:
    # 8 blocks x 3 separable convolutions of 728 channels over 19 x 19 points.
    assert stage_macs("xception")["middle flow"] == 24 * 19**2 * (728 * 9 + 728 * 728)


def test_inception_v3_has_the_counts_of_torchvision_without_the_auxiliary_classifier() -> None:
    # The auxiliary classifier: 768 x 128 and 128 x 768 x 5 x 5 weights, each with a scale and a shift for its
    # outputs, and 768 x 1,000 weights with a bias each; torchvision 0.29.2 publishes 27,161,264 with it.
    auxiliary = (98_304 + 256) + (2_457_600 + 1_536) + (768_000 + 1_000)
    assert counted("inception_v3").params + auxiliary == 27_161_264
    # It takes no part in a forward pass: 5.713 billion multiply-adds.
    assert round(counted("inception_v3").macs / 1e9, 3) == 5.713
