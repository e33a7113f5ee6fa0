"""Drafts: the one text before the body, in both languages, as it stands at one moment.

A draft never changes: whoever changes the text makes a new one. Its provisions are known by ids that outlive their
numbers and places; an id that was given once is never given to another provision.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tracktwo.text.alignment import paragraphs
from tracktwo.text.counterparts import counterparts
from tracktwo.text.documents import Block, Document, read
from tracktwo.text.errors import TextError
from tracktwo.text.marked import Language
from tracktwo.text.showing import INDENT
from tracktwo.text.sources import Row, Source, rows

Kind = Literal["heading", "paragraph", "note"]
LANGUAGES: tuple[Language, Language] = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Provision:
    """A heading, a paragraph or a note, with one body in each language."""

    id: str
    kind: Kind
    label: str
    """Its number, as the language writes it in which it originates: ``3.3bis``; also where its body says it."""
    level: int
    """Of a heading: 1 to 6. Of a paragraph: how deep it is indented, from 0."""
    options: tuple[str, ...]
    """The options within which it stands, the widest first."""
    en: str | None
    """Its body in English, bracketed prose without the number before it; None where there is none."""
    zh: str | None
    origin: Language
    """The language in which it was written first."""
    lead_en: str = ""
    """What stands before its body in the English file: spaces, marks of a heading, its number."""
    lead_zh: str = ""

    def __getitem__(self, language: Language) -> str | None:
        """Its body in one language; None where there is none."""
        return {"en": self.en, "zh": self.zh}[language]

    def lead(self, language: Language) -> str:
        """What stands before its body in one language."""
        return self.lead_en if language == "en" else self.lead_zh


@dataclass(frozen=True, slots=True)
class Draft:
    """A text at one moment."""

    number: int
    """From 1, higher than that of any draft from which it was made."""
    provisions: tuple[Provision, ...]
    links: tuple[str, ...] = ()
    """Lines that say where links lead, as the files have them."""

    @property
    def hash(self) -> str:
        """The SHA-256 of all that the draft says, in hexadecimal.

        It is taken of JSON in ASCII without spaces: ``["tracktwo/draft/1", number, [link, …], [[id, kind, label,
        level, [option, …], en, zh, origin, lead_en, lead_zh], …]]`` with null for a body that is not there. Two drafts
        have one hash if and only if they are equal.
        """
        rows = [
            [p.id, p.kind, p.label, p.level, p.options, p.en, p.zh, p.origin, p.lead_en, p.lead_zh]
            for p in self.provisions
        ]
        content = ["tracktwo/draft/1", self.number, self.links, rows]
        return hashlib.sha256(_canonical(content)).hexdigest()

    @property
    def places(self) -> dict[str, int]:
        """Where each provision stands, from 0, by its id."""
        return {provision.id: place for place, provision in enumerate(self.provisions)}

    def __getitem__(self, identity: str) -> Provision:
        """The provision with an id. TextError if there is none."""
        for provision in self.provisions:
            if provision.id == identity:
                return provision
        raise TextError(f"Draft {self.number} has no provision {identity!r}. Look at the latest draft.")

    def text(self, language: Language) -> str:
        """The draft as a file in one language: what there is of it, an empty line between two provisions."""
        parts = (f"{p.lead(language)}{p[language]}" for p in self.provisions if p[language] is not None)
        return _text(parts, self.links)

    def document(self, language: Language, *, parties: Collection[str] = ()) -> Document:
        """The file in one language, read."""
        return read(self.text(language), parties=parties)

    def lines(self, language: Language) -> dict[int, str]:
        """The ids of the provisions by the first line of each in the file in one language, from 1."""
        found, line = {}, 1
        for provision in self.provisions:
            body = provision[language]
            if body is not None:
                found[line] = provision.id
                line += f"{provision.lead(language)}{body}".count("\n") + 2
        return found

    @property
    def labels(self) -> frozenset[str]:
        """The labels of the links that are defined."""
        return read("".join(f"{line}\n" for line in self.links)).labels

    @classmethod
    def first(
        cls,
        en: str | None = None,
        zh: str | None = None,
        parties: Collection[str] = (),
        *,
        number: int = 1,
        origin: Language = "en",
    ) -> Draft:
        """The draft of two files; of one, where there is none in the other language yet.

        Provisions of the two are paired by number, heading, options and order; one that has no counterpart stands alone
        in its language. ``origin`` is the language in which those that are there in both were written. Metadata,
        contents and remarks of the file format are left out. TextError if there is no file.
        """
        if en is None and zh is None:
            raise TextError("A draft needs a text in at least one language.")
        english, chinese = (Source.of(text, parties) for text in (en, zh))
        pairs = counterparts(english.blocks, chinese.blocks)
        made = rows(english, chinese, pairs, base="en", before=(), origin=origin)
        return of_rows(number, made, (*english.links, *chinese.links))


def revised(draft: Draft, en: str | None = None, zh: str | None = None, parties: Collection[str] = ()) -> Draft:
    """The next draft, of an edited file in one language or both; a language that is not given stays as it is.

    A provision keeps its id when it is edited, renumbered or moved (:mod:`tracktwo.text.alignment`). A provision that
    is gone from one file stays in the other language; it is gone for good when it is in neither. A new paragraph takes
    the place of a body that was not there yet, or is a new provision. The order is that of the file that is given, of
    the English one where both are. TextError if no file is given.
    """
    if en is None and zh is None:
        raise TextError("Nothing was given by which the draft could be revised.")
    english, chinese = (
        _source(draft, language, text, parties) for language, text in zip(LANGUAGES, (en, zh), strict=True)
    )
    if en is not None and zh is not None:
        english, chinese = _reconciled(draft, english, chinese)
    places = {identity: j for j, identity in enumerate(chinese.ids) if identity}
    known = {i: places[identity] for i, identity in enumerate(english.ids) if identity in places}
    whole = {provision.id for provision in draft.provisions if None not in (provision.en, provision.zh)}

    def may(i: int, j: int) -> bool:
        ids = {english.ids[i], chinese.ids[j]}
        return "" in ids and not ids & whole  # what has lost a body is not given one of another provision

    pairs = counterparts(english.blocks, chinese.blocks, known=known.items(), may=may)
    old = {provision.id: provision.origin for provision in draft.provisions}
    base: Language = "zh" if en is None else "en"
    made = rows(english, chinese, pairs, base=base, before=list(old), origin=base)
    made = [replace(row, origin=old.get(row.id, row.origin)) for row in made]
    links = () if en is not None and zh is not None else draft.links
    return of_rows(draft.number + 1, made, (*links, *english.links, *chinese.links))


def _source(draft: Draft, language: Language, text: str | None, parties: Collection[str]) -> Source:
    """A file in one language, edited or as the draft has it, with the ids of the provisions that it still has."""
    known = [(provision.id, body) for provision in draft.provisions if (body := provision[language]) is not None]
    if text is None:
        source = Source.of(draft.text(language), parties)
        return source.known(dict(enumerate(identity for identity, _ in known)))
    source = Source.of(text, parties)
    aligned = paragraphs([body for _, body in known], source.bodies)
    pairs = ((pair.before, pair.after) for pair in aligned)
    return source.known({j: known[i][0] for i, j in pairs if i is not None and j is not None})


def _reconciled(draft: Draft, en: Source, zh: Source) -> tuple[Source, Source]:
    """The files, where provisions became one that was found to be another of them in each language.

    A block whose provision is gone from the other file, and that is also like the body of one that is gone from its
    own, is that one, so that the two languages stay together.
    """
    zh = _joining(draft, "zh", zh, en)
    return _joining(draft, "en", en, zh), zh


def _joining(draft: Draft, language: Language, mine: Source, other: Source) -> Source:
    """One of the files, with the ids of provisions of the other one that are in it under another id."""
    whole = {provision.id for provision in draft.provisions if None not in (provision.en, provision.zh)}
    alone = [each for each in other.ids if each in whole and each not in mine.ids]
    free = [place for place, each in enumerate(mine.ids) if each in whole and each not in other.ids]
    pairs = paragraphs([draft[each][language] or "" for each in alone], [mine.bodies[place] for place in free])
    ids = dict(enumerate(mine.ids))
    ids.update({free[p.after]: alone[p.before] for p in pairs if p.before is not None and p.after is not None})
    return mine.known(ids)


def row(provision: Provision) -> Row:
    """A provision as it is."""
    en = None if provision.en is None else (provision.lead_en, provision.en)
    zh = None if provision.zh is None else (provision.lead_zh, provision.zh)
    return Row(provision.id, provision.origin, en, zh)


def of_rows(number: int, made: Sequence[Row], links: Iterable[str] = ()) -> Draft:
    """The draft of some provisions, of which the new ones are given ids.

    TextError if the characters of one are not read as one provision.
    """
    links = tuple(dict.fromkeys(links))
    blocks = {language: _blocks(made, language, links) for language in LANGUAGES}
    met: Counter[tuple[str | None, ...]] = Counter()
    provisions = []
    for place, each in enumerate(made):
        en, zh = blocks["en"].get(place), blocks["zh"].get(place)
        block = (zh or en) if each.origin == "zh" else (en or zh)
        if block is None:
            continue
        english, han = (None if side is None else side.prose.render() for side in (en, zh))
        content = (_kind(block), english, han)
        met[content] += not each.id
        provisions.append(
            Provision(
                id=each.id or identity(number, *content, met[content]),
                kind=_kind(block),
                label=block.label,
                level=block.level or block.indent // INDENT,
                options=block.options,
                en=english,
                zh=han,
                origin=each.origin,
                lead_en=en.lead if en else "",
                lead_zh=zh.lead if zh else "",
            )
        )
    return Draft(number, tuple(provisions), links)


def _blocks(made: Sequence[Row], language: Language, links: Sequence[str]) -> dict[int, Block]:
    """The provisions in one language, read where they stand, by their places."""
    parts = [(place, "".join(part)) for place, each in enumerate(made) if (part := each[language]) is not None]
    found = Source.of(_text((part for _, part in parts), links)).blocks
    for (_, said), block in zip(parts, found, strict=False):
        if said != f"{block.lead}{block.prose.render()}":
            raise TextError(
                f"“{said[:60]}” would not be read as one provision. A provision is one paragraph, without an empty "
                "line and without lines that begin with a number; propose several provisions instead."
            )
    if len(parts) != len(found):
        raise TextError("The last provision would be read as several, or as none. Propose several provisions instead.")
    return {place: block for (place, _), block in zip(parts, found, strict=True)}


def _text(parts: Iterable[str], links: Iterable[str]) -> str:
    return "".join([*(f"{part}\n\n" for part in parts), *(f"{line}\n" for line in links)])


def _kind(block: Block) -> Kind:
    if block.kind == "heading" or block.kind == "note":
        return block.kind
    return "paragraph"


def identity(number: int, *content: object) -> str:
    """The id of a provision that is new in a draft: 16 hexadecimal digits of the SHA-256 of both."""
    return hashlib.sha256(_canonical(["tracktwo/provision/1", number, *content])).hexdigest()[:16]


def _canonical(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=True, separators=(",", ":")).encode("ascii")
