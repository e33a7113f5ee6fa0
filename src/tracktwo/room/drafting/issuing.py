"""Drafting the next draft, and issuing it: to every delegation at the same moment, in both languages.

The working draft is seen by who drafts alone. It is issued in one transaction that writes the ledger: which words, by
their hashes, were made available to whom. One language alone is issued only where every head of delegation waived the
other.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC
from typing import Any

from django.utils import timezone

from tracktwo.room.access import Absent, Refused, Viewer, require_thawed
from tracktwo.room.acts import act
from tracktwo.room.drafting.carrying import carry_over
from tracktwo.room.drafting.consolidating import consolidated
from tracktwo.room.drafting.models import Draft, Mode, Proposal, Text
from tracktwo.room.drafting.standings import read as read_standing
from tracktwo.room.drafting.stored import content, loaded, names_of, whole
from tracktwo.room.drafting.table import own, participating
from tracktwo.room.drafting.texts import issued, locked, unclosed
from tracktwo.room.people.models import Organisation
from tracktwo.room.words import say
from tracktwo.text import amending
from tracktwo.text import drafts as library
from tracktwo.text.drafts import LANGUAGES
from tracktwo.text.marked import Language

NO_DRAFT = say("There is no working draft. Begin one first.", "尚无工作草案，请先新建。")


def create_text(viewer: Viewer, title: dict[str, str], mode: str) -> Text:
    """A text that is being prepared."""
    with act(viewer, "text.edit") as leaf:
        if mode not in Mode.values:
            raise Absent
        row = Text.objects.create(process=viewer.process, mode=mode, title=title, terms=[])
        leaf.commits("text", row.pk, {"title": title, "mode": mode})
    return row


def settle_text(viewer: Viewer, text: object, title: dict[str, str], mode: str, close: bool = False) -> Text:
    """Name a text, choose how it is negotiated while it is being prepared, or close it."""
    with act(viewer, "text.edit") as leaf:
        row = unclosed(viewer, text)
        if mode not in Mode.values:
            raise Absent
        if mode != row.mode and row.state != Text.State.PREPARING:
            raise Refused(
                say("How a text is negotiated is not changed once it is before the body.",
                    "案文提交各方后，不再变更谈判方式。")
            )  # fmt: skip
        row.title, row.mode = title, mode
        row.state = Text.State.CLOSED if close else row.state
        row.save(update_fields=["title", "mode", "state"])
        leaf.commits("text", row.pk, {"title": title, "mode": mode, "state": row.state})
    return row


def write_first(
    viewer: Viewer, text: object, en: str | None, zh: str | None, origin: Language = "en"
) -> Draft:  # fmt: skip
    """Make the working draft of files: anew, or what they change in the one that stands. TextError of the library."""
    with act(viewer, "text.edit") as leaf:
        row = unclosed(viewer, text)
        if row.mode == Mode.CONCEPTUAL:
            raise Refused(say("A text of concepts has no drafts.", "概念性案文没有草案。"))
        parties = frozenset().union(*names_of(row).values())
        working, last = _working(row), _last(row)
        number = last.number + 1 if last else 1
        base = working or last
        if base is None:
            made = library.Draft.first(en, zh, parties, number=number, origin=origin)
        else:
            before = loaded(base.number, base.content)
            made = replace(_from(before, library.revised(before, en, zh, parties), origin), number=number)
        kept = _keep(row, working, made)
        leaf.commits("working", kept.pk, {"hash": made.hash})
    return kept


def _from(before: library.Draft, made: library.Draft, origin: Language) -> library.Draft:
    """A draft whose new provisions that are there in both languages originate in one of them."""
    if origin == "en":
        return made
    known = before.places
    rows = [
        library.row(replace(each, origin=origin) if each.id not in known and None not in (each.en, each.zh) else each)
        for each in made.provisions
    ]
    return library.of_rows(made.number, rows, made.links)


def write_provision(
    viewer: Viewer, text: object, provision: str, en: str | None, zh: str | None, on_hash: str
) -> Draft:  # fmt: skip
    """Change the words of a provision of the working draft in one language or both."""
    with act(viewer, "text.edit") as leaf:
        row, working, draft = _edited(viewer, text, on_hash)
        if provision not in draft.places:
            raise Absent
        before = draft[provision]
        changed: dict[Language, str] = {
            each: wanted.strip()
            for each, wanted in zip(LANGUAGES, (en, zh), strict=True)
            if wanted is not None and wanted.strip() and wanted.strip() != (before[each] or "").strip()
        }
        if changed:
            asked = amending.Proposal(
                "edit", draft.hash, "MOD", provision, changed.get("en"), changed.get("zh"),
            )  # fmt: skip
            draft = replace(amending.apply(draft, [asked]), number=working.number)
        kept = _keep(row, working, draft)
        leaf.commits("working", kept.pk, {"hash": draft.hash})
    return kept


def add_provision(
    viewer: Viewer, text: object, after: str | None, label: str, en: str | None, zh: str | None, on_hash: str,
    origin: Language = "en",
) -> Draft:  # fmt: skip
    """Add a provision to the working draft; its language of origin is the one it is written in, ``origin`` of both."""
    with act(viewer, "text.edit") as leaf:
        row, working, draft = _edited(viewer, text, on_hash)
        if after is not None and after not in draft.places:
            raise Absent
        asked = amending.Proposal("edit", draft.hash, "ADD", None, en or None, zh or None, after, label=label,
                                  origin=origin if en and zh else "en" if en else "zh")  # fmt: skip
        made = replace(amending.apply(draft, [asked]), number=working.number)
        kept = _keep(row, working, made)
        leaf.commits("working", kept.pk, {"hash": made.hash})
    return kept


def remove_provision(viewer: Viewer, text: object, provision: str, on_hash: str) -> Draft:
    """Take a provision out of the working draft."""
    with act(viewer, "text.edit") as leaf:
        row, working, draft = _edited(viewer, text, on_hash)
        if provision not in draft.places:
            raise Absent
        asked = amending.Proposal("edit", draft.hash, "SUP", provision)
        made = replace(amending.apply(draft, [asked]), number=working.number)
        kept = _keep(row, working, made)
        leaf.commits("working", kept.pk, {"hash": made.hash})
    return kept


def consolidate(viewer: Viewer, text: object) -> Draft:
    """Make the working draft of the last one that was issued, with what was settled and taken since.

    TextError where two things cannot both be carried out.
    """
    with act(viewer, "text.edit") as leaf:
        row = unclosed(viewer, text)
        last = _last(row)
        if last is None:
            raise Refused(say("No draft was issued yet; there is nothing to consolidate.", "尚未印发草案，无可汇总。"))
        if _working(row) is not None:
            raise Refused(
                say("There is a working draft already. Discard it first, or go on with it.",
                    "已有工作草案。请先将其放弃，或继续编辑。")
            )  # fmt: skip
        standings = {
            each.provision: each for each in map(read_standing, last.standings.values_list("state", flat=True))
        }
        proposals = Proposal.objects.filter(text=row, draft=last, group=None).order_by("id")
        called = {str(each.pk): _called(each) for each in Organisation.objects.filter(process=row.process_id)}
        made = consolidated(whole(last), standings, proposals, called)
        made = replace(made, number=last.number + 1)
        kept = _keep(row, None, made)
        leaf.commits("working", kept.pk, {"hash": made.hash})
    return kept


def discard(viewer: Viewer, text: object) -> None:
    """Throw the working draft away."""
    with act(viewer, "text.edit") as leaf:
        working = _require_working(unclosed(viewer, text))
        leaf.commits("discarded", working.pk)
        working.delete()


def ask_waiver(viewer: Viewer, text: object) -> Draft:
    """Ask every head of delegation to waive the language in which the working draft is not complete."""
    with act(viewer, "text.edit") as leaf:
        working = _require_working(unclosed(viewer, text))
        if not missing(working):
            raise Refused(say("Both languages are there; nothing need be waived.", "两种语言的文本齐备，无需豁免。"))
        working.waiver = working.waiver | {"asked": True}
        working.save(update_fields=["waiver"])
        leaf.commits("waiver asked", working.pk)
    return working


def waiver_asked(viewer: Viewer, text: Text) -> tuple[int, list[str]] | None:
    """The number of the draft for which a waiver is asked, and who has waived; None where nobody is asked."""
    if not (viewer.may("position.take") or viewer.may("text.edit")):
        return None
    working = Draft.objects.filter(text=text, state=Draft.State.WORKING).values_list("number", "waiver").first()
    return (working[0], working[1]["by"]) if working and working[1]["asked"] else None


def waive(viewer: Viewer, text: object) -> None:
    """Waive the missing language of the next draft, for the own delegation."""
    with act(viewer, "position.take") as leaf:
        row = locked(viewer, text)
        working = _working(row)
        if working is None or not working.waiver["asked"]:
            raise Refused(say("No waiver is asked for now.", "目前无豁免请求。"))
        by = sorted({*working.waiver["by"], str(own(viewer).pk)})
        working.waiver = working.waiver | {"by": by}
        working.save(update_fields=["waiver"])
        leaf.commits("waiver", working.pk)


def missing(draft: Draft) -> list[str]:
    """The provisions of a draft that are not there in both languages, by their ids."""
    rows = loaded(draft.number, draft.content).provisions
    return [each.id for each in rows if None in (each.en, each.zh)]


def heads_missing(viewer: Viewer, draft: Draft) -> list[Organisation]:
    """The delegations at the table that have not waived."""
    return [each for each in participating(viewer) if str(each.pk) not in draft.waiver["by"]]


def issue(viewer: Viewer, text: object, on_hash: str | None = None) -> Draft:
    """Make the working draft available to every delegation at the table, in this one act.

    ``on_hash`` is the hash that the page showed: what is issued is what was confirmed.
    """
    with act(viewer, "text.edit") as leaf:
        require_thawed(viewer)
        row = unclosed(viewer, text)
        working, last = _require_working(row), _last(row)
        made = loaded(working.number, working.content)
        if on_hash is not None and made.hash != on_hash:
            raise Refused(
                say("Somebody changed the working draft since you opened this page. Nothing was issued; look again.",
                    "您打开本页之后，工作草案已有变更。尚未印发；请重新查看。")
            )  # fmt: skip
        if not made.provisions:
            raise Refused(say("The working draft is empty.", "工作草案为空。"))
        waived = working.waiver["by"] if missing(working) else []
        if missing(working) and heads_missing(viewer, working):
            raise Refused(
                say("It is not there in both languages, and not every head of delegation has waived that. Write what "
                    "is missing, or ask for a waiver.",
                    "两种语言的文本尚不齐备，且并非所有团长均已豁免。请补齐文本，或请求豁免。")
            )  # fmt: skip
        working.ledger = _ledger(viewer, made, waived)
        working.state, working.issued_on = Draft.State.ISSUED, viewer.today
        working.save(update_fields=["ledger", "state", "issued_on"])
        Draft.objects.filter(text=row, asked="asked").update(asked="closed")
        carry_over(row, last, working)
        row.state = Text.State.OPEN
        row.save(update_fields=["state"])
        leaf.commits("draft", working.pk, {name: working.ledger[name] for name in ("hash", "files", "moment", "to")})
    return working


def _ledger(viewer: Viewer, made: library.Draft, waived: list[str]) -> dict[str, Any]:
    files = {each: made.text(each) for each in LANGUAGES if any(row[each] is not None for row in made.provisions)}
    table = sorted(participating(viewer), key=lambda each: each.name.get("en") or each.name.get("zh", ""))
    return {
        "hash": made.hash,
        "files": {each: hashlib.sha256(text.encode()).hexdigest() for each, text in files.items()},
        "moment": timezone.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ"),
        "to": [{"id": str(each.pk), "en": each.name.get("en", ""), "zh": each.name.get("zh", "")} for each in table],
        "waived": waived,
        "receipts": [],
    }


def acknowledge(viewer: Viewer, text: object, number: object) -> Draft:
    """Say that the own delegation has a draft."""
    with act(viewer, "position.take") as leaf:
        draft = issued(viewer, locked(viewer, text), number)
        mine = str(own(viewer).pk)
        draft.ledger = draft.ledger | {"receipts": sorted({*draft.ledger["receipts"], mine})}
        draft.save(update_fields=["ledger"])
        leaf.commits("receipt", draft.pk, {"hash": draft.ledger["hash"]})
    return draft


def _working(row: Text) -> Draft | None:
    return Draft.objects.filter(text=row, state=Draft.State.WORKING).first()


def _last(row: Text) -> Draft | None:
    return Draft.objects.filter(text=row, state=Draft.State.ISSUED).order_by("-number").first()


def _require_working(row: Text) -> Draft:
    working = _working(row)
    if working is None:
        raise Refused(NO_DRAFT)
    return working


def _edited(viewer: Viewer, text: object, on_hash: str) -> tuple[Text, Draft, library.Draft]:
    """The working draft as it is, if it is the one that the page showed."""
    row = unclosed(viewer, text)
    working = _require_working(row)
    draft = loaded(working.number, working.content)
    if draft.hash != on_hash:
        raise Refused(
            say("Somebody changed the working draft since you opened this page. Nothing was written; open the "
                "provision again and see what it says now.",
                "您打开本页之后，工作草案已有变更。未写入任何内容；请重新打开该条款，查看现有文字。")
        )  # fmt: skip
    return row, working, draft


def _keep(row: Text, working: Draft | None, made: library.Draft) -> Draft:
    """Keep a working draft. A waiver was given to what was missing then: where more is missing now it is over."""
    if working is None:
        return Draft.objects.create(text=row, number=made.number, content=content(made), waiver=_NO_WAIVER)
    if _lacking(made) - _lacking(loaded(working.number, working.content)):
        working.waiver = _NO_WAIVER
    working.content, working.number = content(made), made.number
    working.save(update_fields=["content", "number", "waiver"])
    return working


def _lacking(draft: library.Draft) -> set[tuple[str, Language]]:
    """The bodies that a draft is missing."""
    return {(each.id, of) for each in draft.provisions for of in LANGUAGES if each[of] is None}


_NO_WAIVER: dict[str, Any] = {"asked": False, "by": []}


def _called(organisation: Organisation) -> dict[Language, str]:
    name = organisation.name
    return {"en": name.get("en") or name.get("zh", ""), "zh": name.get("zh") or name.get("en", "")}
