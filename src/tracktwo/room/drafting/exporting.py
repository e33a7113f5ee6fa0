"""An issued draft as files: Word, PDF, Markdown, Akoma Ntoso. No name of a file says whose talks these are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracktwo.room.access import Absent, Viewer, require_thawed, visible
from tracktwo.room.drafting.models import Draft, Mode, Proposal
from tracktwo.room.drafting.redlines import Redlined, shown
from tracktwo.room.drafting.standings import standings
from tracktwo.room.drafting.stored import Whole, whole
from tracktwo.room.words import Words, language, say
from tracktwo.text.marked import Comment, Language, Marked, Paragraph, Row, Run
from tracktwo.text.showing import paragraph

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF, MARKDOWN, XML = "application/pdf", "text/markdown; charset=utf-8", "application/akn+xml"
BOTH: tuple[Language, Language] = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Kind:
    """A file in which a draft may be taken away."""

    ending: str
    """Behind ``draft-3``."""
    words: Words
    type: str
    languages: tuple[Language, ...] = BOTH
    proposals: bool = False
    """Whether open proposals are marked in it."""

    def name(self, number: int) -> str:
        """What the file is called."""
        return f"draft-{number}{self.ending}"


KINDS = (
    Kind(".docx", say("Word, both languages side by side", "Word，两种语言并列"), WORD),
    Kind("-en.docx", say("Word, English", "Word，英文"), WORD, ("en",)),
    Kind("-zh.docx", say("Word, Chinese", "Word，中文"), WORD, ("zh",)),
    Kind("-proposals.docx", say("Word, with the open proposals as tracked changes by delegation",
                                "Word，以修订标记显示各方待审议的提案"), WORD, proposals=True),
    Kind(".pdf", say("PDF, both languages side by side", "PDF，两种语言并列"), PDF),
    Kind("-en.pdf", say("PDF, English", "PDF，英文"), PDF, ("en",)),
    Kind("-zh.pdf", say("PDF, Chinese", "PDF，中文"), PDF, ("zh",)),
    Kind("-en.md", say("Markdown, English: the file whose SHA-256 stands in the ledger",
                       "Markdown，英文：印发记录所载SHA-256即此文件的哈希值"), MARKDOWN, ("en",)),
    Kind("-zh.md", say("Markdown, Chinese: the file whose SHA-256 stands in the ledger",
                       "Markdown，中文：印发记录所载SHA-256即此文件的哈希值"), MARKDOWN, ("zh",)),
    Kind("-en.xml", say("Akoma Ntoso 3.0, English", "Akoma Ntoso 3.0，英文"), XML, ("en",)),
    Kind("-zh.xml", say("Akoma Ntoso 3.0, Chinese", "Akoma Ntoso 3.0，中文"), XML, ("zh",)),
)  # fmt: skip
_NAME = re.compile(r"draft-(?P<number>[1-9]\d{0,4})(?P<ending>[a-z.-]{1,20})")


def offered(viewer: Viewer, draft: Draft) -> list[Kind]:
    """The files in which a draft may be taken away by that seat."""
    there = set(draft.ledger["files"])
    kinds = [each for each in KINDS if there.issuperset(each.languages) or (len(each.languages) == 2 and there)]
    proposing = draft.text.mode == Mode.BRACKETED and viewer.may("position.read")
    return [each for each in kinds if proposing or not each.proposals]


def named(name: str) -> tuple[int, str]:
    """The number of the draft and the ending that a file name says; Absent where it says none."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise Absent
    return int(found["number"]), found["ending"]


def taken(viewer: Viewer, draft: Draft, ending: str) -> tuple[Kind, bytes]:
    """A file of an issued draft; Absent where there is none of that ending, TextError where it cannot be made."""
    kind = next((each for each in offered(viewer, draft) if each.ending == ending), None)
    if kind is None:
        raise Absent
    require_thawed(viewer)
    return kind, _MADE[kind.type](viewer, draft, kind)


def _word(viewer: Viewer, draft: Draft, kind: Kind) -> bytes:
    from tracktwo.text import word

    return word.write(_marked(viewer, draft, kind))


def _pdf(viewer: Viewer, draft: Draft, kind: Kind) -> bytes:
    from tracktwo.text import pdf

    return pdf.write(_marked(viewer, draft, kind))


def _markdown(viewer: Viewer, draft: Draft, kind: Kind) -> bytes:
    return whole(draft).draft.text(kind.languages[0]).encode()


def _akoma(viewer: Viewer, draft: Draft, kind: Kind) -> bytes:
    from tracktwo.text import akoma
    from tracktwo.text.akoma.expression import Expression, Work

    read, of = whole(draft), kind.languages[0]
    lines = read.draft.lines(of)
    line_of = {identity: line for line, identity in lines.items()}
    states: dict[tuple[int, int], Any] = {}
    for identity, standing in standings(viewer, draft).items():
        for key, bracket in standing.brackets.items():
            found = read.passages[identity].bracket(key, of) if key in read.passages[identity].pairs else None
            if found is not None:
                states[(line_of[identity], found.number)] = bracket.state
    begun = visible(viewer).drafts().filter(text=draft.text, issued_on__isnull=False).order_by("number").first()
    title, body = (_in(each, of) for each in (draft.text.title, viewer.process.code_name))
    work = Work("text", title, _day(begun or draft), body)
    titled = {line: each for line, each in lines.items() if read.draft[each].kind != "note"}
    languages = tuple(each for each in BOTH if each in draft.ledger["files"])
    document = read.draft.document(of, parties=frozenset().union(*read.names.values()))
    return akoma.write(Expression(work, draft.number, _day(draft), of, document, languages, states, titled))


_MADE: Mapping[str, Callable[[Viewer, Draft, Kind], bytes]] = {
    WORD: _word, PDF: _pdf, MARKDOWN: _markdown, XML: _akoma,
}  # fmt: skip


def _day(draft: Draft) -> date:
    assert draft.issued_on is not None
    return draft.issued_on


def _in(content: Mapping[str, str], of: Language) -> str:
    return content.get(of) or content.get("zh" if of == "en" else "en", "")


def _marked(viewer: Viewer, draft: Draft, kind: Kind) -> Marked:
    """A draft as a file shows it; the reader's language stands left."""
    languages = (language(), "zh" if language() == "en" else "en") if len(kind.languages) == 2 else kind.languages
    title = say("Draft {n}", "第{n}号草案", n=draft.number)
    read = whole(draft)
    open_ = _open(viewer, draft) if kind.proposals else []
    rows = proposed(read, open_, languages) if kind.proposals else plain(read)
    return Marked(rows, languages, " · ".join(title.said(each) for each in languages))


def plain(read: Whole) -> tuple[Row, ...]:
    """The provisions of a draft, without what is proposed."""
    return tuple(Row(*(_paragraph(each.blocks.get(of)) for of in BOTH)) for each in read.passages.values())


def _paragraph(block: Any) -> Paragraph | None:
    return None if block is None else paragraph(block)


def _open(viewer: Viewer, draft: Draft) -> list[Proposal]:
    """What is proposed on this draft before the whole room, by the name of the delegation."""
    rows = visible(viewer).proposals().filter(draft=draft, group=None, state=Proposal.State.TABLED)
    return sorted(rows, key=lambda each: (_in(each.organisation.name, "en"), each.content["action"] == "SUP", each.id))


def proposed(read: Whole, proposals: Iterable[Proposal], languages: tuple[Language, ...]) -> tuple[Row, ...]:
    """The provisions with what is proposed, marked by delegation; what cannot be marked together is remarked upon."""
    given = list(proposals)
    rows = [*_added(given, None, languages)]
    for identity, passage in read.passages.items():
        mine = [each for each in given if each.content["provision"] == identity]
        sides: dict[Language, Paragraph | None] = {}
        for of in BOTH:
            block = passage.blocks.get(of)
            redlined = Redlined.of(Paragraph(()) if block is None else paragraph(block))
            for each in mine:
                lead = passage.provision.lead(of) or passage.provision.lead("zh" if of == "en" else "en")
                _mark(redlined, each, of, lead, read)
            sides[of] = redlined.paragraph if redlined.paragraph.runs else None
        rows += [Row(sides["en"], sides["zh"]), *_added(given, identity, languages)]
    return tuple(rows)


def _mark(redlined: Redlined, proposal: Proposal, of: Language, lead: str, read: Whole) -> None:
    content, author = proposal.content, _in(proposal.organisation.name, language())
    remarks = [_in(content["why"], of)]
    action = content["action"]
    if action in {"MOD", "(MOD)"} and content[of] is not None:
        after = "".join(run.text for run in shown(lead, content[of], read.draft.labels).runs)
        if not redlined.change(after, author):
            remarks.insert(0, _REMARKS["MOD"].with_(words=after).said(of))
    elif action == "SUP" and (not redlined.base.runs or not redlined.change("", author)):
        remarks.insert(0, _REMARKS["SUP"].said(of))
    elif action == "MOVE":
        after_ = content["after"]
        place = read.passages[after_].provision if after_ else None
        label = (place.label or (place[of] or place["zh" if of == "en" else "en"] or "")[:40]) if place else ""
        remarks.insert(0, _REMARKS["MOVE" if place else "FIRST"].with_(words=label).said(of))
    elif action == "NOC":
        remarks.insert(0, _REMARKS["NOC"].said(of))
    words = _BETWEEN[of].join(filter(None, remarks))
    if words and (redlined.base.runs or redlined.placed):
        redlined.remark(author, words)


_REMARKS: Mapping[str, Words] = {
    "MOD": say("Proposes: “{words}”", "提议改为：“{words}”"),
    "SUP": say("Proposes to delete this provision.", "提议删除本条款。"),
    "NOC": say("Asks for no change.", "主张不作改动。"),
    "MOVE": say("Proposes to move it after “{words}”.", "提议移至“{words}”之后。"),
    "FIRST": say("Proposes to move it to the beginning.", "提议移至开头。"),
}
_BETWEEN: Mapping[Language, str] = {"en": " ", "zh": ""}


def _added(given: Iterable[Proposal], after: str | None, languages: tuple[Language, ...]) -> Iterable[Row]:
    """The provisions that are to be added behind one."""
    for each in given:
        content = each.content
        if content["action"] != "ADD" or content["after"] != after:
            continue
        author = _in(each.organisation.name, language())
        sides: dict[Language, Paragraph | None] = {}
        for of in BOTH:
            comments = (Comment(author, why),) if (why := _in(content["why"], of)) else ()
            label = f"{content['label']} " if content["label"] else ""
            words = "" if content[of] is None else "".join(run.text for run in shown(label, content[of]).runs)
            sides[of] = Paragraph((Run(words, "insert", author, comments=comments),)) if words else None
        yield Row(sides["en"], sides["zh"])
