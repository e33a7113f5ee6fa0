"""The term table of a text: proposed by the software, confirmed or changed by who drafts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from hashlib import sha256

from tracktwo.room.access import Refused, Viewer
from tracktwo.room.acts import act
from tracktwo.room.drafting.models import Mode, Text
from tracktwo.room.drafting.stored import terms_of
from tracktwo.room.drafting.texts import unclosed
from tracktwo.room.words import Words, say
from tracktwo.text.errors import TextError
from tracktwo.text.terms import HEADER, Term, read_terms

STALE = say(
    "Somebody changed the table since you opened it. Nothing was changed, and what you typed is still here. Open the "
    "table in another window, and bring in what you want of yours.",
    "您打开本页之后，术语表已有变更。未作任何变更，您填写的内容仍在。请另开窗口查看现有术语表，再并入您的修改。",
)
EMPTY = say("Keep one row at least.", "请至少保留一行。")
LANGUAGE = {"en": say("English", "英文"), "zh": say("Chinese", "中文")}


def set_terms(viewer: Viewer, text: object, table: Sequence[Term], read: str) -> Text:
    """Confirm or change the table; ``read`` is the digest of the one that was read."""
    with act(viewer, "text.edit") as leaf:
        row = unclosed(viewer, text)
        if row.mode == Mode.CONCEPTUAL:
            raise Refused(say("A text of concepts has no term table.", "概念性案文没有术语表。"))
        if read != digest(row):
            raise Refused(STALE)
        if not table:
            raise Refused(EMPTY)
        row.terms = [[list(each.en), list(each.zh), each.note] for each in table]
        row.save(update_fields=["terms"])
        leaf.commits("terms", row.pk, row.terms)
    return row


def confirmed(text: Text) -> bool:
    """Whether the table was confirmed; until then it is a proposal."""
    return bool(text.terms)


def digest(text: Text) -> str:
    """What tells the table as it stands from any other; a proposal from the same table once it is confirmed."""
    return sha256(f"{confirmed(text)}\0{written(terms_of(text))}".encode()).hexdigest()[:16]


def written(table: Iterable[Term]) -> str:
    """A table as CSV."""
    return as_csv(("; ".join(each.en), "; ".join(each.zh), each.note) for each in table)


def as_csv(rows: Iterable[Sequence[str]]) -> str:
    """Rows of cells as CSV, with their header."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(rows)
    return file.getvalue()


class Unreadable(Exception):
    """A table that cannot be taken: ``row`` as given (0 for none), and why."""

    def __init__(self, row: int, words: Words) -> None:
        super().__init__(words.en)
        self.row, self.words = row, words


def read(text: str, *, first: int = 2) -> tuple[Term, ...]:
    """A table from CSV. Unreadable where it is none; its rows are counted from ``first``."""
    try:
        found = read_terms(text)
    except TextError as error:
        raise _said(str(error), first - 2) from None
    if not found:
        raise Unreadable(0, EMPTY)
    return found


def _said(error: str, shift: int) -> Unreadable:
    """What the library says of a table, in both languages."""
    row = re.match(r"Row (\d+)", error)
    if row is None and "header" in error:
        return Unreadable(0, say("The first row of the table is its header: en,zh,note.",
                                 "术语表第一行须为表头：en,zh,note。"))  # fmt: skip
    if row is None:
        return Unreadable(0, say("This is not CSV: a quotation mark is not closed, or stands where none can.",
                                 "格式不是CSV：引号未成对，或位置不当。"))  # fmt: skip
    number = int(row[1]) + shift
    if (column := re.search(r"column (en|zh) (is empty|holds)", error)) and column[2] == "is empty":
        words = say("Row {n}: there is nothing in {language}. Fill it in, or empty the whole row.",
                    "第{n}行：未填{language}。请补填，或清空整行。", language=LANGUAGE[column[1]])  # fmt: skip
    elif column:
        words = say("Row {n}: what stands in {language} is not in that language.",
                    "第{n}行：{language}一栏所填并非该语言。", language=LANGUAGE[column[1]])  # fmt: skip
    elif other := re.search(r": (['\"])(?P<word>.*)\1 already stands in row (?P<other>\d+)", error):
        words = say("Row {n}: “{word}” stands in row {other} already. Put all its equivalents there.",
                    "第{n}行：“{word}”已列于第{other}行。请将其所有对应词并入该行。",
                    word=other["word"], other=int(other["other"]) + shift)  # fmt: skip
    else:
        words = say("Row {n} does not have the three cells en,zh,note. Put a cell with commas in quotes.",
                    "第{n}行不是en,zh,note三格。格内有逗号的，请加引号。")  # fmt: skip
    return Unreadable(number, words.with_(n=number))
