"""What is done between the two languages, in one-texts, with concepts and in contact groups, for the scene."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from room.oracle import CHAIR, MEDIATOR, ROOM, SPEAKERS
from room.talks import Talks
from room.tongues import begun, issued, provision

from tracktwo.room.drafting import concept_acts, group_acts, one_text_acts, proposing
from tracktwo.room.drafting.models import Draft, Text

BOTH = {"en": "Words", "zh": "文字"}
MEMBERS = ("quill delegate", "cloudberry delegate")
FACILITATOR = "lantern counsel"
_TEXT = "texts/<uuid:text>"
_GROUP = f"{_TEXT}/groups/<uuid:group>"
KINDS = (
    (f"{_TEXT}/concordance/", "reviewed"), (f"{_TEXT}/(concordance|terms)$", "compared"),
    (f"{_TEXT}/criticisms/<uuid:criticism>", "criticism"), (f"{_TEXT}/(criticise|criticisms)$", "criticised"),
    (f"{_TEXT}/(ask|close-asking|answer)$", "asked about"), (f"{_TEXT}/concepts/<uuid:proposal>", "concept"),
    (f"{_TEXT}/concepts/", "concepts"), (f"{_GROUP}/proposals/", "within"), (f"{_GROUP}/report", "reporting"),
    (f"{_GROUP}/propose", "proposing"), (_GROUP, "group"), (f"{_TEXT}/groups", "grouped"),
)  # fmt: skip
"""What the identifiers in an address stand for."""


def tongues(made: Any, talks: Talks, of: Callable[[set[str]], Any]) -> None:
    """A text in each mode, one that is being prepared, and what is done with them."""
    everybody, room, editors = of(ROOM | {"observer"}), of(ROOM), of({MEDIATOR, CHAIR})
    texts = {mode: issued(talks, mode) for mode in ("bracketed", "one-text")}
    texts["conceptual"] = concept_acts.open_concepts(talks.viewer("chair"), begun(talks, "conceptual").pk)
    preparing = begun(talks)
    linguists = of({"linguist"})
    for mode, text in texts.items():
        drafted = mode != "conceptual"
        made.add("compared", mode, everybody if drafted else _nobody, text=text.pk)
        made.add("criticised", mode, of(SPEAKERS | {MEDIATOR}) if mode == "one-text" else _nobody, text=text.pk)
        made.add("asked about", mode, everybody if mode == "one-text" else _nobody, text=text.pk)
        made.add("concepts", mode, room if mode == "conceptual" else _nobody, text=text.pk)
        made.add("grouped", mode, room if mode == "bracketed" else _nobody, text=text.pk)
        if drafted:
            named = provision(talks, text, "shall test")
            made.add("reviewed", mode, linguists, text=text.pk, provision=named)
    made.add("compared", "being prepared", editors, text=preparing.pk)
    made.add("reviewed", "no provision", _nobody, text=texts["bracketed"].pk, provision="0" * 16)
    _criticism(made, talks, of, texts["one-text"])
    _concepts(made, talks, room, texts["conceptual"])
    _groups(made, talks, (room, editors), texts["bracketed"])


def _nobody(_: Any) -> bool:
    return False


def _criticism(made: Any, talks: Talks, of: Callable[[set[str]], Any], text: Text) -> None:
    speakers, mediator = of(SPEAKERS), of({MEDIATOR})
    draft = Draft.objects.get(text=text)
    for name in ("quill delegate", "cloudberry delegate"):
        row = one_text_acts.criticise(talks.viewer(name), text.pk, draft.number, None, "Words")

        def reads(one: Any, own: str = name.split()[0]) -> bool:
            return mediator(one) or (speakers(one) and one.organisation == own)

        made.add("criticism", name, reads, text=text.pk, criticism=row.pk)


def _concepts(made: Any, talks: Talks, room: Any, text: Text) -> None:
    row = concept_acts.propose(talks.viewer("quill delegate"), text.pk, BOTH, BOTH)
    made.add("concept", "a concept", room, text=text.pk, proposal=row.pk)


def _groups(made: Any, talks: Talks, seen: tuple[Any, Any], text: Text) -> None:
    room, editors = seen
    named = provision(talks, text, "shall test")
    seats = [talks.seats[each].pk for each in MEMBERS]
    group = group_acts.set_up(
        talks.viewer("chair"), text.pk, BOTH, talks.seats[FACILITATOR].pk, seats, [named]
    )  # fmt: skip
    given = proposing.Given("MOD", named, "Laboratories must test every system.")
    row = proposing.propose(talks.viewer("quill delegate"), text.pk, 1, given, group)

    def inside(one: Any) -> bool:
        return editors(one) or (room(one) and one.name in {*MEMBERS, FACILITATOR})

    made.add("group", "a group", room, text=text.pk, group=group.pk)
    made.add("reporting", "a group", inside, text=text.pk, group=group.pk)
    made.add("proposing", "a group, on no provision", _nobody, text=text.pk, group=group.pk)
    made.add("within", "a proposal", inside, text=text.pk, group=group.pk, proposal=row.pk)
