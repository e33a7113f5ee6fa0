"""What changes the register and its drafts, in one place: each of these is one act."""

from tracktwo.room.concerns.assessing import assess
from tracktwo.room.concerns.outcomes import add_outcome, remove_outcome, withdraw
from tracktwo.room.concerns.raising import Given, raise_concern, release, take_back
from tracktwo.room.concerns.soundings import (
    Plan,
    add_statement,
    change_sounding,
    change_statement,
    discard_sounding,
    make_sounding,
    remove_statement,
)
from tracktwo.room.concerns.themes import add_theme, first_themes, move_theme, rename_theme
from tracktwo.room.concerns.translating import review, translate

__all__ = [
    "Given",
    "Plan",
    "add_outcome",
    "add_statement",
    "add_theme",
    "assess",
    "change_sounding",
    "change_statement",
    "discard_sounding",
    "first_themes",
    "make_sounding",
    "move_theme",
    "raise_concern",
    "release",
    "remove_outcome",
    "remove_statement",
    "rename_theme",
    "review",
    "take_back",
    "translate",
    "withdraw",
]
