"""The fonts of the PDF, which characters they hold, and the table of those they must hold."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def covered() -> frozenset[str]:
    """Every character that can be set; the fonts of one script hold the same in each of their styles."""
    ranges = files(__name__).joinpath("covered.txt").read_text(encoding="ascii").split()
    bounds = ([int(end, 16) for end in line.split("-")] for line in ranges)
    return frozenset(chr(code) for first, last in bounds for code in range(first, last + 1))


def general_standard() -> str:
    """The 8,105 characters of 《通用规范汉字表》, in the order of the table."""
    lines = files(__name__).joinpath("general_standard.txt").read_text(encoding="utf-8").splitlines()
    return "".join(line for line in lines if not line.startswith("#"))
