"""Acts on a one-text: criticism that the mediator alone hears, and at the end one yes or no of every delegation.

Nobody but the mediator sees how others answered, or how many did. Once the asking is closed all are told one thing:
that the draft was accepted by all, or that it was not.
"""

from __future__ import annotations

from tracktwo.room.access import Absent, Refused, Viewer, one, require_thawed, visible
from tracktwo.room.acts import act
from tracktwo.room.drafting.models import Criticism, Draft, Mode, Position, Text
from tracktwo.room.drafting.position_acts import mark_of
from tracktwo.room.drafting.standings import latest
from tracktwo.room.drafting.stored import whole
from tracktwo.room.drafting.table import own, participating
from tracktwo.room.drafting.texts import issued, locked, require_unclosed
from tracktwo.room.words import Words, say

ANSWERS: dict[str, Words] = {"yes": say("Yes", "是"), "no": say("No", "否")}
ACCEPTED = say("All delegations accepted draft {number}.", "各方均接受第{number}号草案。")
NOT_ACCEPTED = say("Draft {number} was not accepted by all.", "第{number}号草案未获各方一致接受。")
ENDED = say(
    "All were asked for a yes or no to draft {number}. Another draft was issued before that was closed, and no answer "
    "to it counts.",
    "曾就第{number}号草案请各方答复“是”或“否”。答复结束之前已印发新草案，原有答复均不作数。",
)


def criticise(viewer: Viewer, text: object, on: object, provision: str | None, words: str) -> Criticism:
    """Tell the mediator what is wrong with a draft, or with a provision of it. On an older draft it is kept as that."""
    with act(viewer, "text.criticise") as leaf:
        row = _open(viewer, text)
        draft = issued(viewer, row, on)
        if provision and provision not in whole(draft).passages:
            raise Absent
        content = {"provision": provision or None, "text": words}
        made = Criticism.objects.create(draft=draft, organisation=own(viewer), seat=viewer.seat, content=content)
        leaf.commits("criticism", made.pk, content)
    return made


def withdraw(viewer: Viewer, text: object, criticism: object) -> Criticism:
    """Withdraw one's own criticism; that it was read cannot be undone."""
    with act(viewer, "text.criticise") as leaf:
        row: Criticism = one(visible(viewer).criticisms().filter(draft__text=_open(viewer, text)), criticism)
        if row.seat_id != viewer.seat.pk:
            raise Refused(say("Only the person who wrote it can withdraw it.", "仅撰写者本人可以撤回。"))
        if row.withdrawn:
            raise Refused(say("It is withdrawn already.", "该批评已撤回。"))
        row.withdrawn = True
        row.save(update_fields=["withdrawn"])
        leaf.commits("withdrawal", row.pk)
    return row


def ask(viewer: Viewer, text: object, on: object) -> Draft:
    """Ask every delegation for one yes or no to the latest draft."""
    with act(viewer, "text.hear") as leaf:
        draft = _latest(viewer, text, on)
        if draft.asked:
            raise Refused(
                say("All were asked about this draft already, and each draft is asked about once. Issue another one "
                    "first.",
                    "已就本草案征询各方，每份草案仅征询一次。请先印发新草案。")
            )  # fmt: skip
        draft.asked = "asked"
        draft.save(update_fields=["asked"])
        leaf.commits("asking", draft.pk, {"draft": whole(draft).hash})
    return draft


def answer(viewer: Viewer, text: object, on: object, value: str) -> Position:
    """Answer for the own delegation, or change its answer; until the mediator closes the asking."""
    with act(viewer, "position.take") as leaf:
        draft = _latest(viewer, text, on)
        if value not in ANSWERS:
            raise Absent
        _require_asked(draft)
        organisation = own(viewer)
        content = {"provision": None, "value": value, "note": {"en": "", "zh": ""}}
        found, _ = Position.objects.update_or_create(
            pk=mark_of(draft.pk, organisation.pk, None),
            defaults={"draft": draft, "organisation": organisation, "content": content},
        )
        leaf.commits("answer", found.pk, content | {"draft": whole(draft).hash})
    return found


def close_asking(viewer: Viewer, text: object, on: object) -> bool:
    """End the asking, and tell all whether every delegation at the table said yes."""
    with act(viewer, "text.hear") as leaf:
        require_thawed(viewer)
        draft = _latest(viewer, text, on)
        _require_asked(draft)
        given = answers(viewer, draft)
        table = participating(viewer)
        accepted = bool(table) and all(given.get(str(each.pk)) == "yes" for each in table)
        draft.asked = "closed"
        draft.ledger = (draft.ledger or {}) | {"accepted": accepted}
        draft.save(update_fields=["asked", "ledger"])
        leaf.commits("answers", draft.pk, {"draft": whole(draft).hash, "accepted": accepted})
    return accepted


def answers(viewer: Viewer, draft: Draft) -> dict[str, str]:
    """The answers to a one-text that a seat may see, by delegation: its own; all for the mediator."""
    rows = visible(viewer).positions().filter(draft=draft)
    return {str(each.organisation_id): each.content["value"] for each in rows if each.content["value"] in ANSWERS}


def outcome(draft: Draft) -> Words | None:
    """What all are told once an asking is over; None where nobody was asked, or it goes on."""
    if draft.asked != "closed":
        return None
    accepted = (draft.ledger or {}).get("accepted")
    words = ENDED if accepted is None else ACCEPTED if accepted else NOT_ACCEPTED
    return words.with_(number=draft.number)


def _open(viewer: Viewer, text: object) -> Text:
    """The text, locked, if it is a one-text that is before the body."""
    row = locked(viewer, text)
    if row.mode != Mode.ONE_TEXT:
        raise Absent
    require_unclosed(row)
    return row


def _latest(viewer: Viewer, text: object, on: object) -> Draft:
    """The latest draft, if it is the one that the page showed."""
    draft = latest(viewer, _open(viewer, text).pk)
    if str(on) != str(draft.number):
        raise Refused(
            say("Draft {number} was issued since you opened this page. Nothing was changed. Read that draft first.",
                "您打开本页之后，已印发第{number}号草案。未作任何变更。请先阅读该草案。", number=draft.number)
        )  # fmt: skip
    return draft


def _require_asked(draft: Draft) -> None:
    if draft.asked == "closed":
        raise Refused(say("The question is closed: answers can no longer be changed.", "答复已结束，不再更改。"))
    if draft.asked != "asked":
        raise Refused(say("Nobody is asked about this draft yet. The mediator can ask all for a yes or no.",
                          "尚未就本草案征询各方。可由调解人请各方答复“是”或“否”。"))  # fmt: skip
