"""Drafts as files: which characters their bytes are."""

from __future__ import annotations

import codecs

from tracktwo.text.errors import TextError

WORD = b"PK\x03\x04"


def decoded(content: bytes) -> str:
    """The characters of a file of plain text: UTF-8, UTF-16 with its mark, or GB 18030, as older Chinese files are.

    Raises:
        TextError: where the bytes are none of these.

    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _tried(content, "utf-16")
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TextError("This is no text in UTF-8, UTF-16 or GB 18030. Save it as plain text in UTF-8, or as Word (.docx).")


def _tried(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise TextError(f"Byte {error.start} of this file is not {encoding.upper()}. Save it in UTF-8.") from None
