"""Folding: identical blocks are shown once, names are kept, and nothing is lost."""

import pytest

from analysis.counting.catalogue import ARCHITECTURES, counted
from analysis.counting.count import count
from analysis.counting.folding import opened, stages
from analysis.counting.layers import Activation, Attention, Linear, Repeat, Sequential, Stages

BLOCK = Sequential((Linear(8, 8), Activation("relu")))


def test_copies_of_a_block_are_shown_once_with_their_number() -> None:
    network = Stages((("stem", Linear(8, 8)), ("body", Repeat(BLOCK, 3)), ("head", Linear(8, 2))))
    folded = [(layer.path, layer.copies) for stage in stages(count(network, (8,))) for layer in stage.folded]
    assert folded == [("", 1), ("1 to 3.1", 3), ("", 1)]


def test_a_first_copy_that_needs_no_input_gradient_is_shown_separately() -> None:
    (stage,) = stages(count(Stages((("body", Repeat(BLOCK, 3)),)), (8,)))
    assert [(layer.path, layer.copies) for layer in stage.folded] == [("1.1", 1), ("2 to 3.1", 2)]


def test_parts_with_names_are_never_folded() -> None:
    network = Stages((("stem", Linear(8, 8)), ("body", Attention(8, 2))))
    paths = [layer.path for layer in stages(count(network, (4, 8)))[1].folded]
    assert paths == ["query", "key", "value", "products", "output"]


def test_copies_inside_copies_multiply() -> None:
    network = Stages((("stem", Linear(8, 8)), ("body", Repeat(Repeat(Linear(8, 8), 2), 3))))
    assert [(layer.path, layer.copies) for layer in stages(count(network, (8,)))[1].folded] == [("1 to 3.1 to 2", 6)]


def test_a_busy_stage_of_few_is_opened_into_the_named_parts_of_its_blocks() -> None:
    block = Stages((("attention", Linear(8, 8, bias=False)), ("feed-forward", Repeat(Linear(8, 8, bias=False), 2))))
    network = Stages((("stem", Linear(8, 8, bias=False)), ("blocks", Repeat(block, 3))))
    parts = opened(stages(count(network, (8,))))
    # Each layer makes 64 multiply-adds: one in the stem, three in attention, six in feed-forward.
    assert [(part.name, part.macs) for part in parts] == [("stem", 64), ("attention", 192), ("feed-forward", 384)]


def test_equal_names_of_parts_are_told_apart_by_their_stage() -> None:
    half = Stages((("attention", Linear(8, 8)), ("output", Linear(8, 8))))
    parts = opened(stages(count(Stages((("encoder", half), ("output", Linear(8, 8)))), (8,))))
    assert [part.name for part in parts] == ["attention", "encoder output", "output"]


def test_a_stage_of_layers_without_names_stays_closed() -> None:
    network = Stages((("stem", Linear(8, 8)), ("body", Repeat(BLOCK, 3))))
    parts = stages(count(network, (8,)))
    assert opened(parts) == parts


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_opened_stages_add_up_to_the_network(name: str) -> None:
    parts = opened(stages(counted(name)))
    assert sum(part.macs for part in parts) == counted(name).macs
    assert sum(part.params for part in parts) == counted(name).params
    assert len({part.name for part in parts}) == len(parts)


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_folded_layers_add_up_to_the_network(name: str) -> None:
    breakdown = counted(name)
    folded = [layer for stage in stages(breakdown) for layer in stage.folded]
    assert sum(layer.copies * layer.layer.macs for layer in folded) == breakdown.macs
    assert sum(layer.copies * layer.layer.params for layer in folded) == breakdown.params
