"""The door of the package."""

import pytest

import analysis
from analysis.artifacts import open_bundle
from analysis.inputs.load import load_dataset
from analysis.model.study import analyse


def test_the_door_hands_out_the_three_functions_it_names() -> None:
    assert (analysis.load_dataset, analysis.analyse, analysis.open_bundle) == (load_dataset, analyse, open_bundle)


def test_every_name_of_the_door_is_there() -> None:
    assert all(callable(getattr(analysis, name)) for name in analysis.__all__)


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'analysis' has no attribute 'analyze'"):
        _ = analysis.analyze
