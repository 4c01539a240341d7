"""Packages for decisions by many criteria, where they are installed: their weighted sum alone."""

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any, cast

import numpy as np

from matching.points import UNIT, WHOLE
from tests.benchmarks.bench import say
from tests.benchmarks.figures import WrongAnswerError
from tests.benchmarks.made import Array
from tests.benchmarks.weighted_sums import Stored

NAMES = {"pymcdm": "pymcdm", "skcriteria": "scikit-criteria"}
"""Modules, and the packages that they come with."""


def absent() -> dict[str, str]:
    """A note for each package that is not installed, said loudly."""
    notes = {
        module: f"{name} is not installed (dependency group `bench`)"
        for module, name in NAMES.items()
        if not find_spec(module)
    }
    for note in notes.values():
        say(f"SKIPPED: {note}")
    return notes


def sums(stored: Stored) -> Mapping[str, Callable[[], object]]:
    """What each package that is there takes to sum up all rows, compared before.

    They know one set of weights, that of weak links, and do not round down: the answer may be a
    basis point away for each criterion.

    Raises:
        WrongAnswerError: a package sums up otherwise.
    """
    held = np.where(stored.values < 0, stored.neutral, stored.values)
    exact = (stored.weights[0] * held // UNIT).sum(axis=1)
    works: dict[str, Callable[[], Array]] = {}
    for name, make in {"pymcdm": _pymcdm, "skcriteria": _skcriteria}.items():
        if find_spec(name):
            works[name] = make(held / UNIT, stored.weights[0] / WHOLE)
            apart = np.abs(works[name]() * WHOLE - exact).max()
            if apart > held.shape[1]:
                raise WrongAnswerError(f"{name} is {apart:.3f} basis points away")
    return works


def _pymcdm(matrix: Array, weights: Array) -> Callable[[], Array]:
    method = cast("Any", import_module("pymcdm.methods")).WSM(_as_it_is)
    return partial(method, matrix, weights, np.ones(len(weights)), validation=False)


def _as_it_is(column: Array, *, cost: bool) -> Array:
    return column


def _skcriteria(matrix: Array, weights: Array) -> Callable[[], Array]:
    made = cast("Any", import_module("skcriteria")).mkdm(
        matrix, [max] * len(weights), weights=weights
    )
    model = cast("Any", import_module("skcriteria.agg.simple")).WeightedSumModel()
    return lambda: np.asarray(model.evaluate(made).e_.score)
