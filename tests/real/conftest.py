"""Where the real conversations lie that the product is measured against; they are no part of the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

DATA = Path(__file__).parents[2].parent / "shared" / "data"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data; the test is skipped where it is absent."""
    if not DATA.is_dir():
        pytest.skip("the real data of ../shared/data is absent")
    return DATA
