"""Names of the Office Open XML vocabulary (ECMA-376, transitional), as the reader and the writer both use them."""

from __future__ import annotations

from tracktwo.text.marked import Language

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MATHEMATICS = "http://schemas.openxmlformats.org/officeDocument/2006/math"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
OFFICE = "urn:schemas-microsoft-com:office:office"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

LEVEL = 360
"""Twentieths of a point that each level of a paragraph is indented by: a quarter of an inch."""
LANGUAGE_TAGS: dict[Language, str] = {"en": "en-GB", "zh": "zh-CN"}
LANGUAGE_NAMES: dict[Language, str] = {"en": "English", "zh": "中文"}
"""What stands over the columns of a table in two languages."""


def w(name: str) -> str:
    """A name of WordprocessingML as lxml writes it."""
    return f"{{{WORD}}}{name}"


def r(name: str) -> str:
    """A name of the relationships between parts as lxml writes it."""
    return f"{{{RELATIONS}}}{name}"
