"""All models, as Django looks for them here; each is written where it belongs."""

from tracktwo.room.acts import StagedLeaf
from tracktwo.room.concerns.models import (
    Assessment,
    Ballot,
    Concern,
    Snapshot,
    Sounding,
    Statement,
    Theme,
    Token,
    Waiting,
)
from tracktwo.room.disclosure.models import Confidence, ConfidenceUse, Hold, HoldingLine
from tracktwo.room.people.models import (
    Account,
    Invitation,
    Meeting,
    Organisation,
    Paper,
    Passkey,
    Process,
    Round,
    Seat,
    Side,
)

__all__ = [
    "Account",
    "Assessment",
    "Ballot",
    "Concern",
    "Confidence",
    "ConfidenceUse",
    "Hold",
    "HoldingLine",
    "Invitation",
    "Meeting",
    "Organisation",
    "Paper",
    "Passkey",
    "Process",
    "Round",
    "Seat",
    "Side",
    "Snapshot",
    "Sounding",
    "StagedLeaf",
    "Statement",
    "Theme",
    "Token",
    "Waiting",
]
