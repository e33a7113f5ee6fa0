"""The parts of a Word file as an archive and as XML: unpacked within limits, parsed without doing what they say."""

from __future__ import annotations

import re
import zipfile

from lxml import etree

from tracktwo.text.errors import TextError

MEBIBYTE = 1 << 20
PACKED = 32 * MEBIBYTE
"""Bytes that a file may have."""
UNPACKED = 64 * MEBIBYTE
"""Bytes that all its parts may unpack to."""
PART = 16 * MEBIBYTE
"""Bytes that one part which is read may unpack to; 400 pages with every word edited have about 10."""
PARTS = 2_000
TAGS = 400_000
"""Opening and closing tags in all parts which are read; 100 pages with every third word edited have about 200,000."""
_DECLARATION = re.compile(r"\s*<\?xml\b([^>]*)\?>")
_ENCODING = re.compile(r"""encoding\s*=\s*["']([^"']*)""")
_STRICT = (
    ("http://purl.oclc.org/ooxml/wordprocessingml/", "http://schemas.openxmlformats.org/wordprocessingml/2006/"),
    ("http://purl.oclc.org/ooxml/officeDocument/", "http://schemas.openxmlformats.org/officeDocument/2006/"),
)
"""The strict form of the standard has names of its own for the same elements."""


class Archive:
    """The parts of an archive whose names and sizes have been found harmless, each unpacked when it is asked for."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._tags = 0
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        self._entries = {part_name(entry.filename): entry for entry in entries}
        if len(self._entries) < len(entries):
            raise TextError("The Word file holds two parts of one name and cannot be trusted; save it anew in Word.")
        if any(entry.flag_bits & 1 for entry in entries):
            raise TextError("The Word file is encrypted; save it without a password.")
        if sum(entry.file_size for entry in entries) > UNPACKED:
            limit = f"{UNPACKED // MEBIBYTE} MiB, more than a text needs"
            raise TextError(f"The Word file unpacks to more than {limit}; take out what is no text.")
        if any(entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for entry in entries):
            raise TextError("The Word file is packed in a way that Word does not use; save it anew in Word.")

    @property
    def names(self) -> list[str]:
        """The names of the parts, as they are compared."""
        return list(self._entries)

    def root(self, name: str) -> etree._Element:
        """The outermost element of a part."""
        entry = self._entries.get(part_name(name))
        if entry is None:
            raise TextError(f"The Word file lacks a part ({shown(name)}); save it anew in Word.")
        with self._archive.open(entry) as stream:
            content = stream.read(PART + 1)
        if len(content) > PART:
            raise TextError(f"A part of the Word file has more than {PART // MEBIBYTE} MiB of words; divide the text.")
        text = _decoded(content)
        self._tags += text.count("<")
        if self._tags > TAGS:
            raise TextError(
                f"The Word file has more than {TAGS:,} marks, more than a text needs; copy the words to a new one."
            )
        return _parsed(text)


def part_name(name: str) -> str:
    """The name of a part as it is compared (without regard to case); TextError if it would lead out of the archive."""
    plain = name.removeprefix("/")
    if "\\" in plain or ":" in plain or plain.startswith("/") or ".." in plain.split("/"):
        raise TextError(f"The Word file holds a part that leads elsewhere ({shown(name)}) and cannot be trusted.")
    return plain.casefold()


def shown(value: str) -> str:
    """A foreign value as it may stand in a sentence."""
    return "".join(c if c.isprintable() else "\ufffd" for c in value[:60])


def _decoded(content: bytes) -> str:
    """The characters of a part, without its declaration; only the two encodings that the standard knows."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise TextError("The Word file is damaged: a part is not in UTF-8; save it anew in Word.") from None
    if declaration := _DECLARATION.match(text):
        encoding = _ENCODING.search(declaration[1])
        if encoding and encoding[1].lower() not in {"utf-8", "utf-16", "us-ascii"}:
            raise TextError("The Word file has a part in an encoding that Word does not write; save it anew in Word.")
        text = text[declaration.end() :]
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise TextError(
            "The Word file defines document types or entities, which no Word file does; save it anew in Word."
        )
    for strict, usual in _STRICT:
        text = text.replace(strict, usual)
    return text


def _parsed(text: str) -> etree._Element:
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        line = error.lineno if isinstance(error, etree.XMLSyntaxError) else 1
        raise TextError(f"The Word file is damaged: its XML is broken in line {line}; save it anew in Word.") from None
