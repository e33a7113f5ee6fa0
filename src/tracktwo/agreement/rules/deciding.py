"""The verdict of a rule on a text, with its reason and what would change it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tracktwo.agreement.errors import AgreementError
from tracktwo.agreement.positions import Stand
from tracktwo.agreement.rules.changing import Change, changes
from tracktwo.agreement.rules.forms import Measure, Rule
from tracktwo.agreement.rules.parts import Part, tree
from tracktwo.agreement.rules.standing import ordered
from tracktwo.agreement.rules.telling import Heard, hear, reason, statement, total
from tracktwo.agreement.sentences import Sentence

_UNCOUNTED = ("somebody", "attended", "missing")


@dataclass(frozen=True, slots=True)
class Tally:
    """One part of a rule with its figures, for display.

    ``yes`` and ``no`` are those of its group whom it counts as accepting and as objecting, ``base`` those whom a share
    is of (for a quorum, ``yes`` are those present), in delegations or in weight as ``by`` says. ``said`` names nobody.
    """

    said: Sentence
    met: bool
    yes: Fraction
    no: Fraction
    base: Fraction
    by: Measure


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a text is adopted, why, and the smallest changes to the contrary.

    ``reason_without_names`` is for where the rules of procedure hide who stands how; it counts, and where a side or the
    key actors are few a count may still tell.
    """

    adopted: bool
    reason: Sentence
    reason_without_names: Sentence
    tallies: tuple[Tally, ...]
    changes: tuple[Change, ...]


def decide(rule: Rule, stands: Sequence[Stand], asked: Collection[str] = ()) -> Verdict:
    """Apply the rule to how every delegation of the process stands; the order of the stands does not matter.

    ``asked`` are the ids of those to whom the question was put, whose silence is therefore silence; of the others that
    are present without a position there is no record. AgreementError where two stands have one id, a weight is below 0
    or somebody was asked who is not there.
    """
    table, put_to = ordered(stands), frozenset(asked)
    if strangers := put_to - {stand.id for stand in table}:
        raise AgreementError(
            f"{sorted(strangers)[0]!r} was asked but has no stand; give a stand for each delegation of the process."
        )
    taken_apart = tree(rule, table)
    heard = hear(taken_apart, table, put_to)
    return Verdict(
        heard.met(taken_apart),
        reason(taken_apart, heard, named=True),
        reason(taken_apart, heard, named=False),
        tuple(_tally(part, heard) for part in heard.values if part.what not in _UNCOUNTED),
        changes(taken_apart, heard),
    )


def _tally(part: Part, heard: Heard) -> Tally:
    quorum = part.what in ("quorum-share", "quorum-number")
    yes = Fraction(heard.present()) if quorum else total(part, heard.accepting(part))
    no = Fraction(0) if quorum else total(part, heard.objecting(part))
    said = statement(part, heard, named=False) or Sentence("", "")
    return Tally(said, heard.met(part), yes, no, total(part, heard.base(part)), part.by)
