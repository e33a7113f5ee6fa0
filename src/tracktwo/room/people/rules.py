"""Rules of procedure as data: what the formats allow, how few people a result may be about, who decides how.

A process keeps them as JSON; :func:`rules` reads that into a frozen value, and what is missing has the default of the
house. The five axes of a format are separate questions (DOMAIN, Tiers): may the content be used, may speaker or
affiliation be named, may the list of attendance be known, may the existence of the meeting be acknowledged, may notes
be taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from tracktwo.room.words import Words, say

AXES: dict[str, Words] = {
    "content": say("May what was said be used?", "所述内容可否使用？"),
    "speaker": say("May speakers or their organisations be named?", "可否指明发言人或其所属单位？"),
    "attendance": say("May the list of those present be known?", "与会名单可否为他人所知？"),
    "existence": say("May it be acknowledged that the meeting took place?", "可否承认会议曾经举行？"),
    "notes": say("May notes be taken?", "可否记录？"),
}
FORMATS: dict[str, Words] = {
    "plenary": say("Plenary", "全体会议"),
    "contact": say("Contact group", "联络组"),
    "informal": say("Informal consultations", "非正式磋商"),
    "friends": say("Friends of the Chair", "主席之友"),
    "caucus": say("Caucus", "内部磋商"),
    "bilateral": say("Bilateral", "双边会谈"),
    "drafting": say("Drafting group", "起草组"),
    "concordance": say("Concordance", "语文核对"),
}
DECISIONS: dict[str, Words] = {
    "unanimity": say("Unanimity", "一致同意"),
    "consensus": say("Consensus: nobody present objects", "协商一致：在场者无人反对"),
    "consensus-minus": say("Consensus minus some", "协商一致减若干方"),
    "sufficient": say("Sufficient consensus: thresholds on both sides", "充分共识：双方各达门槛"),
    "double": say("Double majority: count and weight", "双重多数：数目与权重"),
    "key-actors": say(
        "Key actors: none of them objects, and enough of the others",
        "关键行为方：关键行为方均不反对，且其余各方达到规定数目",
    ),
    "supermajority": say("Supermajority of those present and voting", "出席并参加表决者的特别多数"),
    "written": say("As written out in full", "按下列全文规定"),
}


@dataclass(frozen=True, slots=True)
class Format:
    """What the rules say of one kind of meeting; ``report_back`` is whether it reports to the plenary."""

    content: bool = True
    speaker: bool = False
    attendance: bool = False
    existence: bool = False
    notes: bool = True
    report_back: bool = False


def _formats() -> dict[str, Format]:
    closed = Format(content=False, notes=False)
    return {name: closed if name in {"caucus", "bilateral", "friends"} else Format() for name in FORMATS}


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of procedure of one process."""

    k: int = 5
    """No result about fewer people a side."""
    by_delegation: bool = False
    """Whether results may be shown by delegation."""
    voters: str = "seat"
    """Who votes on statements: each seat, or each delegation as one ("delegation")."""
    batch: int = 3
    """Unattributed concerns go to the room only so many at once."""
    decision: str = "consensus"
    minus: int = 0
    share: str = ""
    """Who must accept, of rules that need a share: of each side, of all, of the others, of those voting."""
    weight_share: str = ""
    """And of their weights, of a double majority."""
    key_actors: tuple[str, ...] = ()
    """Delegations that a rule names, and what each weighs in one that weighs: both only where such a rule is."""
    weights: Mapping[str, str] = field(default_factory=dict)
    written: str = ""
    """A rule that is written out in full (docs/decision-rules.md)."""
    languages: tuple[str, ...] = ("en", "zh")
    press_line: Mapping[str, str] = field(default_factory=lambda: {"en": "", "zh": ""})
    controlled_data: bool = False
    """Whether items marked as controlled technical data are taken at all."""
    formats: Mapping[str, Format] = field(default_factory=_formats)

    def data(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self) | {
            "languages": list(self.languages),
            "press_line": dict(self.press_line),
            "key_actors": list(self.key_actors),
            "weights": dict(self.weights),
        }


def rules(data: Mapping[str, Any] | None) -> Rules:
    """Read what :meth:`Rules.data` wrote."""
    given = dict(data or {})
    known = {name: given[name] for name in Rules.__dataclass_fields__ if name in given}
    formats = _formats() | {name: Format(**each) for name, each in known.pop("formats", {}).items() if name in FORMATS}
    for name in ("languages", "key_actors"):
        if name in known:
            known[name] = tuple(known[name])
    return Rules(**known, formats=formats)
