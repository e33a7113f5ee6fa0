"""A room for tests: keys of its own, and fictional talks."""

from __future__ import annotations

import pytest
from room.talks import Talks, begun


@pytest.fixture
def talks(db: None) -> Talks:
    """Talks of two sides, two delegations each, with everybody seated."""
    return begun()
