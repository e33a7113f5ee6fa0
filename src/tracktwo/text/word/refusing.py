"""A Word file taken apart, or refused in one sentence: nothing in it may act, lead elsewhere or swell.

Refused are

- what is no Word file of today, or is encrypted;
- macros, embedded objects, controls, other documents within the document;
- whatever Word fetches from elsewhere when it opens the file (a template, a picture, a field that includes another
  file), since that tells a stranger who reads, and hyperlinks to anything but a web or mail address, since they name
  somebody's disk or network. Plain hyperlinks are read as their words; where they lead is dropped;
- document type definitions, damaged XML and damaged archives, and more than a text needs: of bytes, parts, elements.

Source of the names of types: ECMA-376, part 1, section 11 and 15; part 2 for the package.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from lxml import etree

from tracktwo.text.errors import TextError
from tracktwo.text.word.archive import MEBIBYTE, PACKED, PARTS, Archive, part_name, shown
from tracktwo.text.word.vocabulary import CONTENT_TYPES, OFFICE, PACKAGE_RELATIONS, w

READ = ("styles", "numbering", "comments", "footnotes", "endnotes", "header", "footer", "settings")
"""Kinds of parts that the reader uses, by the last word of the type of relationship."""

_OBJECTS = {
    "vbaProject": "macros",
    "wordVbaData": "macros",
    "oleObject": "an embedded object",
    "package": "an embedded file",
    "control": "a control",
    "activeXControlBinary": "a control",
    "aFChunk": "another document",
    "subDocument": "another document",
    "attachedTemplate": "a template of its own",
    "frame": "frames",
}
"""Types of relationship that are refused wherever they lead."""
_NAMES = {"vbaproject": "macros", "vbadata": "macros", "/embeddings/": "an embedded file", "/activex/": "a control"}
_ELEMENTS = {
    w("altChunk"): "another document",
    w("subDoc"): "another document",
    w("control"): "a control",
    w("objectEmbed"): "an embedded object",
    w("objectLink"): "an embedded object",
    f"{{{OFFICE}}}OLEObject": "an embedded object",
}
_FIELDS = frozenset(
    {"DATABASE", "DDE", "DDEAUTO", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "LINK", "MACROBUTTON", "RD"}
)
"""Fields that fetch or run something."""
_PLAIN_LINK = re.compile(r"(?:https?:|mailto:|#)", re.IGNORECASE)
_OTHER_KINDS = (
    (b"%PDF", "a PDF file; export it to Word"),
    (b"{\\rtf", "a rich text file (.rtf); save it as .docx"),
    (b"<", "a web page or XML, not a Word file; save it as .docx"),
)


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a Word file that hold words or say how they look."""

    document: etree._Element
    parts: tuple[tuple[str, etree._Element], ...]
    """(kind, root) of the parts that belong to the document, in the order they are named; kinds as in ``READ``."""

    def of_kind(self, kind: str) -> list[etree._Element]:
        """All parts of a kind."""
        return [root for name, root in self.parts if name == kind]


def opened(content: bytes) -> Package:
    """The parts of a Word file; TextError with the reason, and what to do, for whatever must not be read."""
    _refuse_other_kinds(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _package(Archive(archive))
    except TextError:
        raise
    except Exception:  # zipfile and zlib raise a dozen kinds on foreign bytes
        raise TextError("The file is damaged and cannot be unpacked; ask for it again.") from None


def _refuse(what: str) -> NoReturn:
    raise TextError(
        f"The Word file holds {what}, which a text does not need; take it out, or copy the words to a new one."
    )


def _refuse_other_kinds(content: bytes) -> None:
    if len(content) > PACKED:
        raise TextError(
            f"The file has more than {PACKED // MEBIBYTE} MiB, more than a text needs; take the pictures out."
        )
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise TextError("The Word file is protected by a password; save it without one.")
        raise TextError("The file is in the old format of Word (.doc); save it as .docx.")
    if not content:
        raise TextError("The file is empty; choose the Word file again.")
    for beginning, kind in _OTHER_KINDS:
        if content.lstrip()[: len(beginning)] == beginning:
            raise TextError(f"The file is {kind}.")
    if b"PK\x03\x04" not in content[:4]:
        raise TextError("The file is not a Word file; save it as .docx.")
    if content.count(b"PK\x01\x02") > PARTS:
        raise TextError(
            f"The Word file has more than {PARTS:,} parts, more than a text needs; copy the words to a new one."
        )


def _package(archive: Archive) -> Package:
    for name in archive.names:
        for part, what in _NAMES.items():
            if part in f"/{name}":
                _refuse(what)
    _refuse_types(archive)
    relations = {name: list(_relations(archive.root(name))) for name in archive.names if name.endswith(".rels")}
    for each in relations.values():
        for relation in each:
            relation.refuse()
    main = next((one for one in relations.get("_rels/.rels", []) if one.kind == "officeDocument"), None)
    if main is None:
        raise TextError("The file is not a Word file: it names no document; save it as .docx.")
    folder, name = posixpath.split(part_name(main.target))
    document = archive.root(main.target)
    if document.tag != w("document"):
        raise TextError("The file is not a Word file: its main part is no document; save it as .docx.")
    belonging = relations.get(posixpath.join(folder, "_rels", f"{name}.rels"), [])
    targets = {(one.kind, _resolved(folder, one.target)): None for one in belonging if one.kind in READ}
    parts = tuple((kind, archive.root(target)) for kind, target in targets)
    for root in (document, *(root for _, root in parts)):
        _refuse_elements(root)
        _refuse_fields(root)
    return Package(document, parts)


def _resolved(folder: str, target: str) -> str:
    """The name of a part that is named from a part in the folder."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _refuse_types(archive: Archive) -> None:
    """TextError if a part is of a type that can act, or if this is another kind of file than Word's."""
    if "[content_types].xml" not in archive.names:
        open_document = "mimetype" in archive.names
        kind = "an OpenDocument file (.odt)" if open_document else "an archive, not a Word file"
        raise TextError(f"The file is {kind}; save it as .docx.")
    main = False
    for entry in archive.root("[content_types].xml").iter(
        f"{{{CONTENT_TYPES}}}Default", f"{{{CONTENT_TYPES}}}Override"
    ):
        kind = entry.get("ContentType", "").lower()
        if "macroenabled" in kind or "vbaproject" in kind or "vbadata" in kind:
            _refuse("macros")
        if "activex" in kind:
            _refuse("a control")
        for other, what in (("spreadsheetml.", "a spreadsheet"), ("presentationml.", "a presentation")):
            if other in kind and kind.endswith(".main+xml"):
                raise TextError(f"The file is {what}, not a Word file; save the words as .docx.")
        main |= "wordprocessingml." in kind and kind.endswith(".main+xml")
    if not main:
        raise TextError("The file is not a Word file: none of its parts is a document; save it as .docx.")


@dataclass(frozen=True, slots=True)
class _Relation:
    """What a part leads to."""

    kind: str
    target: str
    external: bool

    def refuse(self) -> None:
        """TextError if it may not be there."""
        if self.kind in _OBJECTS:
            _refuse(_OBJECTS[self.kind])
        if self.external and not (self.kind == "hyperlink" and _PLAIN_LINK.match(self.target.strip())):
            _refuse(f"a link to something outside it ({shown(self.target) or self.kind})")


def _relations(root: etree._Element) -> Iterator[_Relation]:
    for one in root.iter(f"{{{PACKAGE_RELATIONS}}}Relationship"):
        external = one.get("TargetMode", "").strip().lower() == "external"
        yield _Relation(one.get("Type", "").rsplit("/", 1)[-1], one.get("Target", ""), external)


def _refuse_elements(root: etree._Element) -> None:
    found = next(root.iter(*_ELEMENTS), None)
    if found is not None:
        _refuse(_ELEMENTS[str(found.tag)])


def _refuse_fields(root: etree._Element) -> None:
    """TextError for a field that fetches or does something; its instruction may be spread over many runs."""
    instructions: list[list[str]] = [[]]
    for element in root.iter(w("fldChar"), w("instrText"), w("delInstrText"), w("fldSimple")):
        if element.tag == w("fldSimple"):
            _refuse_field(element.get(w("instr"), ""))
        elif element.tag == w("fldChar"):
            if element.get(w("fldCharType")) == "begin":
                instructions.append([])
            else:
                _refuse_field("".join(instructions[-1]))
                instructions[-1:] = [] if len(instructions) > 1 and element.get(w("fldCharType")) == "end" else [[]]
        else:
            instructions[-1].append(element.text or "")
    for left in instructions:  # of fields without an end
        _refuse_field("".join(left))


def _refuse_field(instruction: str) -> None:
    name = instruction.strip().split(maxsplit=1)[:1]
    if name and name[0].upper() in _FIELDS:
        _refuse(f"a field that fetches or runs something ({shown(name[0].upper())})")
