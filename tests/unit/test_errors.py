"""The error tree and the hint at the nearest name."""

from inspect import getmembers, isclass

import pytest

from analysis import errors
from analysis.errors import AnalysisError, did_you_mean

ERRORS = [member for _, member in getmembers(errors, isclass) if issubclass(member, Exception)]


@pytest.mark.parametrize("error", ERRORS)
def test_every_error_descends_from_analysis_error(error: type[Exception]) -> None:
    assert issubclass(error, AnalysisError)


@pytest.mark.parametrize("error", ERRORS)
def test_the_tree_in_the_docstring_names_every_error(error: type[Exception]) -> None:
    assert error.__name__ in (errors.__doc__ or "")


def test_the_nearest_name_is_offered() -> None:
    assert did_you_mean("gtx-590", ["titan-black", "gtx-580"]) == "; did you mean 'gtx-580'?"


def test_nothing_is_offered_where_no_name_is_near() -> None:
    assert did_you_mean("zzzz", ["titan-black", "gtx-580"]) == ""
