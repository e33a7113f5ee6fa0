"""The report: one self-contained page of HTML, rendered from a published document and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from tracktwo.opinion.report.page import page
from tracktwo.opinion.report.voice import Language, known

__all__ = ["Language", "report"]


def report(document: Mapping[str, Any], lang: Language = "en") -> str:
    """Render a document "tracktwo/opinion/1" as a page of HTML in English or Chinese.

    The page is whole in itself: no script, no request, nothing outside it. Statements appear in the reader's language
    first and in every other language they are there in beside it. Numbers that the document leaves out are left out.

    Raises:
        ValueError: if the document is of another form, or the language is neither ``"en"`` nor ``"zh"``.

    """
    if not known(document):
        raise ValueError(f"The report needs a document of the form tracktwo/opinion/1, not {document.get('schema')!r}.")
    if lang not in ("en", "zh"):
        raise ValueError(f"The report is written in en or zh, not in {lang!r}.")
    style = (files(__package__) / "report.css").read_text(encoding="utf-8")
    return page(document, lang, style)
