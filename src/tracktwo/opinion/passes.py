"""Passes over the votes: everything the mathematics needs of n people adds up over shards of them."""

from __future__ import annotations

from tracktwo.opinion._reference import gather, gather_scatter, histogram

__all__ = ["gather", "gather_scatter", "histogram"]
