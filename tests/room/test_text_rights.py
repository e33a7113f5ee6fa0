"""Who may do what with a text, said as the issue says it: through the pages, by everybody at the table and beyond."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from room.talks import DELEGATIONS, Talks
from room.tongues import issued, provision, read, status

from tracktwo.room.drafting import bracket_acts
from tracktwo.room.drafting.models import Position
from tracktwo.room.drafting.standings import latest, standing

LEADERS = {"head", "alternate"}


def bracketed(talks: Talks, mode: str = "bracketed") -> tuple[str, str, str, str]:
    """A text with a bracket: its address, and the text, provision and bracket."""
    text = issued(talks, mode)
    place = provision(talks, text, "should report")
    key = next(iter(read(talks, text).passages[place].pairs))
    return f"/texts/{text.pk}/provisions/{place}", str(text.pk), place, key


def state(talks: Talks, text: str, place: str, key: str) -> str:
    found = standing(talks.viewer("mediator"), latest(talks.viewer("mediator"), text), place)
    return found.brackets[key].state if key in found.brackets else "open"


def test_only_who_holds_a_bracket_lifts_it(talks: Talks) -> None:
    here, text, place, key = bracketed(talks)
    quill = str(talks.organisations["quill"].pk)
    bracket_acts.assign(talks.viewer("chair"), text, place, key, 1, [quill])
    said = {"on": "1", "fate": "lifted"}
    for name in talks.seats:
        own, _, role = name.partition(" ")
        if own == "quill" and role in LEADERS:
            continue
        # other delegations see the bracket and are told that it is not theirs; whoever leads none finds nothing
        expected = 409 if role in LEADERS else 404
        assert status(talks, name, f"{here}/brackets/{key}/say", said) == expected, name
        assert state(talks, text, place, key) == "open"
    assert status(talks, "quill alternate", f"{here}/brackets/{key}/say", said) == 303
    assert state(talks, text, place, key) == "lifted"


def test_the_chair_lifts_what_is_held_only_when_nobody_objects(talks: Talks) -> None:
    here, text, place, key = bracketed(talks)
    until = (timezone.localdate() + timedelta(2)).isoformat()
    assert status(talks, "quill head", f"{here}/brackets/{key}/hold", {"on": "1"}) == 303
    assert status(talks, "chair", f"{here}/brackets/{key}/call", {"on": "1", "fate": "lifted", "until": until}) == 303
    for own in set(DELEGATIONS) - {"quill"}:
        assert status(talks, f"{own} head", f"{here}/brackets/{key}/fine", {"on": "1"}) == 303
    assert status(talks, "chair", f"{here}/brackets/{key}/conclude", {"on": "1"}) == 409
    assert state(talks, text, place, key) == "open"
    assert status(talks, "quill head", f"{here}/brackets/{key}/let-go", {"on": "1"}) == 303
    assert status(talks, "quill alternate", f"{here}/brackets/{key}/fine", {"on": "1"}) == 303
    assert status(talks, "chair", f"{here}/brackets/{key}/conclude", {"on": "1"}) == 303
    assert state(talks, text, place, key) == "lifted"


def test_only_heads_and_named_alternates_take_positions(talks: Talks) -> None:
    here, _, _, _ = bracketed(talks)
    sent = {"on": "1", "value": "support", "note_en": "", "note_zh": ""}
    for name in talks.seats:
        taken, before = name.split()[-1] in LEADERS, Position.objects.count()
        assert status(talks, name, f"{here}/position", sent) == (303 if taken else 404), name
        assert Position.objects.count() - before in ((0, 1) if taken else (0,))
    assert Position.objects.count() == len(DELEGATIONS)


def test_parties_do_not_edit_a_one_text(talks: Talks) -> None:
    here, text, place, key = bracketed(talks, "one-text")
    before = read(talks, issued_text := latest(talks.viewer("mediator"), text).text).hash
    given = {"on": "1", "action": "MOD", "body_0": "Other words.", "body_1": "其他文字。", "fate": "lifted"}
    for name in [f"{own} {role}" for own in DELEGATIONS for role in ("head", "alternate", "delegate", "expert")]:
        for address in (
            f"{here}/propose", f"{here}/brackets/{key}/hold", f"{here}/brackets/{key}/say", f"{here}/position",
            f"/texts/{text}/add", f"/texts/{text}/desk/provisions/{place}", f"/texts/{text}/desk/insert",
            f"/texts/{text}/desk/upload", f"/texts/{text}/desk/issue", f"/texts/{text}/word",
        ):  # fmt: skip
            assert status(talks, name, address, given) in (404, 409, 422), (name, address)
    assert read(talks, issued_text).hash == before
    assert not issued_text.proposals.exists()
    assert not Position.objects.exists()
    assert state(talks, text, place, key) == "open"
