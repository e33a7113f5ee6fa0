"""Single properties of Word's elements: a value, a whole number, something that is on or off."""

from __future__ import annotations

import re

from lxml import etree

from tracktwo.text.marked import Language
from tracktwo.text.word.vocabulary import w


def value(parent: etree._Element | None, name: str) -> str | None:
    """The ``w:val`` of a child; None where there is no child, empty where it has no value."""
    child = None if parent is None else parent.find(w(name))
    return None if child is None else child.get(w("val"), "")


def whole(text: str | None) -> int | None:
    """A whole number as an attribute has it, with at most nine digits; None where it is not one."""
    return int(text) if text is not None and re.fullmatch(r"-?[0-9]{1,9}", text) else None


def switch(parent: etree._Element | None, name: str) -> bool | None:
    """Whether a property that can be on and off is on; None where nothing is said."""
    said = value(parent, name)
    return None if said is None else said.lower() not in {"0", "false", "off", "none"}


def language(properties: etree._Element | None) -> Language | None:
    """The language of words if the file says the same of their Latin and their East Asian letters."""
    said = None if properties is None else properties.find(w("lang"))
    if said is None:
        return None
    tags = {(said.get(w(name)) or "").lower().split("-")[0] for name in ("val", "eastAsia")}
    return "zh" if tags == {"zh"} else "en" if tags == {"en"} else None
