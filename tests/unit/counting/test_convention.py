"""Conventions: the presets, what they say, and what a convention of one's own may not say."""

import pytest

from analysis.counting.convention import CONVENTIONS, PRODUCTS, Convention, convention
from analysis.counting.layers.base import WORK
from analysis.errors import CountingError, UnknownNameError


def test_the_presets_go_by_their_names():
    assert list(CONVENTIONS) == ["products", "everything", "ai-and-compute", "ai-and-efficiency"]
    assert all(convention(name).name == name for name in CONVENTIONS)


@pytest.mark.parametrize(
    ("name", "flop_per_mac"), [("products", 2), ("everything", 2), ("ai-and-compute", 2), ("ai-and-efficiency", 1)]
)
def test_a_multiply_add_is_two_operations_but_one_by_the_paper_of_2020(name: str, flop_per_mac: int):
    assert convention(name).flop_per_mac == flop_per_mac


@pytest.mark.parametrize("name", list(CONVENTIONS))
def test_a_training_step_is_three_forward_passes_by_every_preset(name: str):
    assert convention(name).passes == 3


def test_only_one_preset_counts_other_work_and_it_counts_all_but_lookups():
    assert [name for name in CONVENTIONS if convention(name).other_work] == ["everything"]
    assert dict(convention("everything").other_work) == {work: 1.0 for work in WORK if work != "lookup"}


def test_an_unknown_preset_is_refused_with_the_nearest():
    with pytest.raises(UnknownNameError, match=r"no convention 'product'; did you mean 'products'\?"):
        convention("product")


@pytest.mark.parametrize("flop_per_mac", [0, 3, -1])
def test_a_multiply_add_is_one_or_two_operations(flop_per_mac: int):
    with pytest.raises(CountingError, match=f"convention 'mine': flop_per_mac is {flop_per_mac}; expected 1 or 2"):
        Convention(name="mine", summary="", flop_per_mac=flop_per_mac)


def test_unknown_work_is_refused_with_the_nearest():
    with pytest.raises(CountingError) as caught:
        Convention(name="mine", summary="", other_work={"activations": 1.0})
    assert str(caught.value) == "convention 'mine': unknown work 'activations'; did you mean 'activation'?"


def test_a_preset_cannot_be_changed():
    with pytest.raises(TypeError):
        convention("everything").other_work["bias"] = 5.0
    with pytest.raises(AttributeError):
        PRODUCTS.flop_per_mac = 1
