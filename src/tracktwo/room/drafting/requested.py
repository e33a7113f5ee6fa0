"""What a Word file asks for: its changes, as proposals on the draft on which it is based."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tracktwo.room.drafting.receiving import Match, known, matches
from tracktwo.room.drafting.redlines import shown
from tracktwo.room.drafting.spelling import HAN, body, says, settled, source, words
from tracktwo.room.drafting.stored import Whole
from tracktwo.text.comparing import redline
from tracktwo.text.documents import read as document
from tracktwo.text.drafts import LANGUAGES, Provision
from tracktwo.text.marked import Language, Marked, Paragraph, Run
from tracktwo.text.merging import clashes, merged, spans

UNMARKED = ""
"""Whose changes are those that no mark shows."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a Word file asks for in one provision of a draft."""

    action: str
    """MOD, ADD, SUP or MOVE."""
    provision: str | None
    en: str | None
    zh: str | None
    after: str | None
    label: str
    why: dict[Language, str]
    shown: dict[Language, tuple[str, str]]
    """The words before and after, as they are shown."""
    mixed: bool = False
    """Whether changes that were to be left out touch the same words, so that they are in it."""

    @property
    def key(self) -> str:
        """What it is called in a form."""
        said = repr((self.action, self.provision, self.en, self.zh, self.after, self.label))
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def unmarked(found: Marked, base: Whole) -> tuple[Paragraph, ...]:
    """What differs from a draft though no change is marked: as paragraphs with those changes marked, by nobody."""
    made, met = [], {of: set[str]() for of in LANGUAGES}
    for match in matches(found, base):
        before = match.paragraph.before
        if match.provision is None:
            if before.strip() and match.row >= 0:
                made.append(Paragraph((Run(before, "insert"),), match.paragraph.kind))
            continue
        met[match.of].add(match.provision.id)
        said = says(match.provision.lead(match.of), match.provision[match.of] or "", base.draft.labels)
        if _folded(said) != _folded(before):
            made.append(Paragraph(redline(said, before, author=UNMARKED)))
    for of in found.languages:
        made += [Paragraph((Run(said, "delete"),)) for each, said in known(base, of) if each.id not in met[of]]
    return tuple(made)


def _folded(text: str) -> str:
    """As it is compared: Word and drafts write spaces differently."""
    return " ".join(text.replace("\u00a0", " ").split())


def asked(found: Marked, base: Whole, accepted: Collection[str]) -> list[Change]:
    """What the changes of some make of a draft, provision by provision, in the order of the file."""
    rows: dict[int, list[Match]] = {}
    for match in matches(found, base):
        rows.setdefault(match.row, []).append(match)
    made: dict[str, dict[Language, tuple[Match, str, bool]]] = {}
    added: list[tuple[str | None, list[Match]]] = []
    last: str | None = None
    for place in sorted(rows):
        fresh = []
        for match in rows[place]:
            if match.provision is None:
                fresh.append(match)
                continue
            made.setdefault(match.provision.id, {})[match.of] = (match, *_wanted(match, base, accepted))
            last = match.provision.id
        if fresh:
            added.append((last, fresh))
    changes = [_of_provision(each, made.get(each.id, {}), found, base, accepted) for each in base.draft.provisions]
    changes += [_of_new(after, row, base, accepted) for after, row in added]
    return _moved([each for each in changes if each is not None], base)


def _wanted(match: Match, base: Whole, accepted: Collection[str]) -> tuple[str, bool]:
    """What a provision is to say, as it is shown; whether what was to be left out could not be told apart."""
    assert match.provision is not None
    said = says(match.provision.lead(match.of), match.provision[match.of] or "", base.draft.labels)
    runs, untouched = settled(match.paragraph, accepted), match.paragraph.before
    wanted = words(runs)
    spaced = _folded(said) == _folded(untouched)
    if said == untouched or (UNMARKED in accepted and not spaced):
        return wanted, False
    back, forth = spans(untouched, said), spans(untouched, wanted)
    if clashes(back, forth):
        return wanted, not spaced
    return merged(untouched, (back, forth)), False


def _of_provision(
    provision: Provision,
    sides: Mapping[Language, tuple[Match, str, bool]],
    found: Marked,
    base: Whole,
    accepted: Collection[str],
) -> Change | None:
    labels = base.draft.labels
    said = {of: says(provision.lead(of), provision[of] or "", labels) for of in LANGUAGES}
    bodies: dict[Language, str | None] = dict.fromkeys(LANGUAGES)
    after = dict(said)
    gone: list[Language] = []
    for of in found.languages:
        if provision[of] is None:
            continue
        if of not in sides:
            gone += [of] if UNMARKED in accepted else []
            continue
        match, wanted, _ = sides[of]
        if not wanted.strip():
            gone.append(of)
        elif _folded(wanted) != _folded(said[of]):
            made = body(provision, of, wanted, settled(match.paragraph, accepted), labels)
            if made != provision[of]:
                bodies[of], after[of] = made, says(provision.lead(of), made, labels)
    mixed = any(each for _, _, each in sides.values())
    why = _why((match.paragraph for match, _, _ in sides.values()), accepted)
    shown_ = {of: (said[of], after[of]) for of in LANGUAGES if said[of] or after[of]}
    if gone:
        struck = {of: (said[of], "") for of in LANGUAGES if said[of]}
        return Change("SUP", provision.id, None, None, None, provision.label, why, struck, mixed)
    if not any(bodies.values()):
        return None
    return Change("MOD", provision.id, bodies["en"], bodies["zh"], None, provision.label, why, shown_, mixed)


def _of_new(after: str | None, row: Sequence[Match], base: Whole, accepted: Collection[str]) -> Change | None:
    bodies: dict[Language, str] = {}
    label = ""
    for match in row:
        runs = settled(match.paragraph, accepted)
        if match.paragraph.before.strip() and UNMARKED not in accepted:
            continue  # it is there without a mark, and is left out
        said = source(runs)
        if not said:
            continue
        blocks = [each for each in document(said).blocks if each.kind not in {"space", "markup"}]
        if len(blocks) == 1 and blocks[0].kind == "paragraph" and blocks[0].lead.strip():
            label = label or blocks[0].lead.strip()
            said = blocks[0].prose.render()
        bodies[match.of] = said
    if not bodies:
        return None
    why = _why((match.paragraph for match in row), accepted)
    number = f"{label} " if label else ""
    shown_ = {of: ("", words(shown(number, each).runs)) for of, each in bodies.items()}
    return Change("ADD", None, bodies.get("en"), bodies.get("zh"), after, label, why, shown_)


def _why(paragraphs: Iterable[Paragraph], accepted: Collection[str]) -> dict[Language, str]:
    """The comments of those whose changes are taken, as reasons, each in the language in which it is written."""
    found: dict[Language, list[str]] = {"en": [], "zh": []}
    for paragraph in paragraphs:
        for run in paragraph.runs:
            for comment in run.comments:
                of: Language = "zh" if HAN.search(comment.text) else "en"
                if comment.author in accepted and comment.text.strip() and comment.text.strip() not in found[of]:
                    found[of].append(comment.text.strip())
    return {of: "\n".join(each)[:4000] for of, each in found.items()}


def _moved(changes: Sequence[Change], base: Whole) -> list[Change]:
    """What was taken out at one place and put in unchanged at another is moved."""
    left = list(changes)
    for added in [each for each in changes if each.action == "ADD"]:
        said = {of: after for of, (_, after) in added.shown.items()}
        for gone in [each for each in left if each.action == "SUP"]:
            same = all(_folded(said[of]) == _folded(gone.shown.get(of, ("", ""))[0]) for of in said)
            if same and said and added.after != gone.provision:
                shown_ = {of: (before, before) for of, (before, _) in gone.shown.items()}
                moved = replace(gone, action="MOVE", after=added.after, shown=shown_, why=added.why)
                left[left.index(gone)] = moved
                left.remove(added)
                break
    return left
