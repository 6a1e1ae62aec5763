"""The register and the catalogue of architectures: each filed once, complete, and found by name."""

from dataclasses import replace

import pytest

from analysis.counting.catalogue import ARCHITECTURES, architecture_named, architectures_at, undated
from analysis.counting.count import count
from analysis.counting.layers import Layer, Linear
from analysis.counting.registry import _ARCHITECTURES, architecture, registered
from analysis.errors import DuplicateNameError, UnknownNameError


@pytest.fixture
def emptied(monkeypatch: pytest.MonkeyPatch):
    """A register with the entries of the catalogue, whose new entries go when the test ends."""
    before = dict(_ARCHITECTURES)
    yield
    _ARCHITECTURES.clear()
    _ARCHITECTURES.update(before)


@pytest.mark.usefixtures("emptied")
def test_a_function_is_filed_with_its_code_and_stays_what_it_was():
    def tiny() -> Layer:
        return Linear(2, 3)

    filed = architecture("tiny", "Tiny", group="vision", input_shape=(2,), sources=("one",), where="page 1")(tiny)
    assert filed is tiny
    entry = registered()["tiny"]
    assert (entry.name, entry.title, entry.input_shape, entry.build) == ("tiny", "Tiny", (2,), tiny)
    assert entry.code.endswith("test_registry.py")
    assert entry.function == "tiny"


@pytest.fixture
def new(monkeypatch: pytest.MonkeyPatch) -> str:
    """A network of the catalogue filed without an edition."""
    entry = replace(ARCHITECTURES["alexnet"], name="new", since=None)
    monkeypatch.setitem(ARCHITECTURES, "new", entry)
    return entry.name


@pytest.mark.parametrize("opened", ["2026-11", "2027-06"])
def test_a_network_without_an_edition_belongs_to_the_open_one(new: str, opened: str):
    assert new in {entry.name for entry in architectures_at(opened, opened)}
    assert new not in {entry.name for entry in architectures_at("2020-05", opened)}


def test_a_network_with_an_edition_stays_in_it_when_another_opens():
    before = architectures_at("2026-11", "2026-11")
    assert architectures_at("2026-11", "2027-06") == before
    assert set(before) <= set(architectures_at("2027-06", "2027-06"))


def test_a_network_without_an_edition_is_undated_until_its_month_is_written(new: str):
    assert new in {entry.name for entry in undated()}
    assert "alexnet" not in {entry.name for entry in undated()}


def test_a_network_is_filed_without_an_edition_by_default(emptied: None):
    architecture("tiny", "Tiny", group="vision", sources=("one",), where="page 1")(lambda: Linear(2, 3))
    assert registered()["tiny"].since is None


@pytest.mark.usefixtures("emptied")
def test_a_second_entry_of_a_name_is_refused():
    file = architecture("alexnet", "Another", group="vision", sources=(), where="")
    with pytest.raises(DuplicateNameError, match="two architectures are named 'alexnet'"):
        file(lambda: Linear(2, 3))


def test_changing_what_was_registered_changes_no_register():
    registered().clear()
    assert registered()


def test_an_architecture_is_found_by_name():
    assert architecture_named("alexnet").title == "AlexNet, two groups"


def test_an_unknown_architecture_is_refused_with_the_nearest():
    with pytest.raises(UnknownNameError, match=r"no architecture 'alexnett'; did you mean 'alexnet'\?"):
        architecture_named("alexnett")


@pytest.mark.parametrize("name", list(ARCHITECTURES))
def test_every_architecture_is_complete_and_counts_something(name: str):
    entry = ARCHITECTURES[name]
    assert entry.name == name
    assert entry.title
    assert entry.sources
    assert entry.where
    found = count(entry.build(), entry.input_shape)
    assert found.macs > 0
    assert found.params > 0


@pytest.mark.parametrize("name", list(ARCHITECTURES))
def test_building_an_architecture_twice_gives_equal_networks(name: str):
    assert ARCHITECTURES[name].build() == ARCHITECTURES[name].build()


@pytest.mark.parametrize("name", list(ARCHITECTURES))
def test_the_code_of_an_architecture_is_a_module_of_the_catalogue(name: str):
    assert ARCHITECTURES[name].code.startswith("analysis/counting/architectures/")


def test_alexnet_has_the_operations_and_parameters_of_its_shape():
    found = count(architecture_named("alexnet").build(), (3, 224, 224))
    # Convolutions: 105,415,200 + 223,948,800 + 149,520,384 + 112,140,288 + 74,760,192 = 665,784,864.
    # Linear layers: 37,748,736 + 16,777,216 + 4,096,000 = 58,621,952.
    assert found.macs == 665_784_864 + 58_621_952
    # Convolutions: 34,944 + 307,456 + 885,120 + 663,936 + 442,624; linear: 37,752,832 + 16,781,312 + 4,097,000.
    assert found.params == 2_334_080 + 58_631_144
