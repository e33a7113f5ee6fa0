"""The draft of the Paris Agreement, made a Word file by pandoc, is read with every word and bracket."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pypandoc

from tracktwo.text.word import read


def test_a_real_draft_is_read_with_the_words_and_brackets_that_pandoc_reads_in_it(shared: Path, tmp_path: Path) -> None:
    path = tmp_path / "draft.docx"
    source = (shared / "cop21" / "23-oct-2015.md").read_text(encoding="utf-8")
    pypandoc.convert_text(source.partition("\n---\n")[2], "docx", format="markdown", outputfile=path)
    plain = pypandoc.convert_file(path, "plain", extra_args=["--wrap=none"])
    document = read(path.read_bytes(), authors=()).document
    ours = "\n".join(row.en.after for row in document.rows if row.en)
    assert document.languages == ("en",)
    for sign in "[]":
        assert ours.count(sign) == plain.count(sign) > 1000
    words = [Counter(re.findall(r"\w+", text.casefold())) for text in (plain, ours)]
    assert (words[0] - words[1]).total() <= 3  # pandoc writes small capitals and raised letters in another way
