"""Bridging on real conversations: no start of a general optimiser comes lower."""

import importlib.util
from pathlib import Path

import pytest

from tracktwo.opinion.bridging import bridging
from tracktwo.opinion.reading import read

ORACLE = importlib.util.spec_from_file_location(
    "factorisations", Path(__file__).parents[1] / "opinion" / "factorisations.py"
)


@pytest.mark.parametrize("conversation", ["scoop-hivemind.taxes", "scoop-hivemind.biodiversity"])
def test_no_start_of_a_general_optimiser_comes_lower(shared, conversation):
    oracle = importlib.util.module_from_spec(ORACLE)
    ORACLE.loader.exec_module(oracle)
    votes = read(shared / "polis" / conversation)
    model, found = oracle.Model(votes), bridging(votes)
    assert found.converged
    assert found.loss <= model.lowest(starts=10) * (1 + 1e-6)
    assert found.loss == pytest.approx(model.loss(model.of(found))[0], rel=1e-12)
