"""A room for tests: keys of its own, and fictional talks."""

from __future__ import annotations

import pytest
from room.talks import Talks, begun

from tracktwo.room.people.brakes import delays, flood


@pytest.fixture
def talks(db: None) -> Talks:
    """Talks of two sides, two delegations each, with everybody seated."""
    return begun()


@pytest.fixture(autouse=True)
def unhurried() -> None:
    """Nobody has tried to sign in before."""
    delays.clear()
    flood.clear()
