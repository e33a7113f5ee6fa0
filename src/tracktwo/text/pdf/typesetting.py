"""Typesetting by typst: the words go in as data, the fonts are the package's own, the bytes are the same everywhere."""

from __future__ import annotations

import json
from importlib.resources import as_file, files

import typst

from tracktwo.text.errors import TextError
from tracktwo.text.marked import Marked
from tracktwo.text.pdf import fonts
from tracktwo.text.pdf.glyphs import refuse_missing
from tracktwo.text.pdf.layout import layout


def write(document: Marked) -> bytes:
    """A marked document as a tagged PDF (PDF/UA-1, ISO 14289-1), with no date, author or machine in it.

    One language in portrait; two in landscape, a provision a row. Insertions are underlined, deletions struck, each
    with a letter for its delegation and a legend; comments are notes at the end. Raises TextError where a character is
    in none of the fonts, naming it and its place.
    """
    refuse_missing(document)
    words = json.dumps(layout(document), ensure_ascii=False)
    with as_file(files(fonts)) as font_folder, as_file(files("tracktwo.text.pdf").joinpath("booklet.typ")) as template:
        own = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[font_folder])
        try:
            return typst.compile(
                template,
                root=template.parent,
                font_paths=own,
                ignore_system_fonts=True,
                sys_inputs={"words": words},
                pdf_standards=["ua-1"],
            )
        except typst.TypstError as error:
            raise TextError(f"The text cannot be typeset: {error.message}.") from None
