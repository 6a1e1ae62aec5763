"""Networks for images, worked by hand where no other count exists."""

from analysis.counting.catalogue import counted
from analysis.counting.folding import stages


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
