"""What goes out as Word comes back the same, and pandoc, which knows nothing of us, reads the same in it."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st
from text.wordfiles import AUTHORS, documents, merged, pandoc, paragraphs, plain, spans

from tracktwo.text.marked import Comment, Marked, Paragraph, Row, Run
from tracktwo.text.word import read, write

A, B = Comment("China", "why?"), Comment("美方", "为什么")
OVERLAPPING = Paragraph((Run("one ", comments=(B,)), Run("two ", comments=(A, B)), Run("three", comments=(B, B, A))))
PLACES = Paragraph(
    (Run("one ", comments=(A,)), Run("", comments=(A, B)), Run("two", comments=(A,)), Run("", comments=(B,)))
)


@given(documents())
@example(Marked((), ("zh",)))
@example(Marked((), ("zh", "en"), "草案"))
@example(Marked((Row(OVERLAPPING), Row(PLACES))))
@example(Marked((Row(Paragraph((Run("new", "insert", "EU"),))), Row(Paragraph((Run("old", "delete", "EU"),)))) * 2))
def test_what_is_written_is_read_with_its_words_changes_authors_comments_and_levels(document: Marked) -> None:
    result = read(write(document), authors=())
    assert result.document == merged(document)


@given(documents())
def test_who_is_not_expected_is_asked_about(document: Marked) -> None:
    content = write(document)
    unknown = read(content, authors=()).unknown
    shown = [run for row in document.rows for tag in document.languages if row[tag] for run in row[tag].runs]
    wrote = {run.author for run in shown if run.change} | {run.withdrawn for run in shown if run.withdrawn}
    assert set(unknown) == wrote | {comment.author for run in shown for comment in run.comments}
    assert len(set(unknown)) == len(unknown)
    assert set(read(content, authors=AUTHORS[:2]).unknown) == set(unknown) - set(AUTHORS[:2])


readable = st.lists(paragraphs(kinds=("heading", "paragraph", "note")), min_size=5, max_size=20)


@settings(max_examples=8)
@given(readable, st.sampled_from(("en", "zh")))
def test_pandoc_reads_the_same_insertions_deletions_and_comments(many: list[Paragraph], language: str) -> None:
    document = Marked(tuple(Row(**{language: each}) for each in many), (language,))
    content = write(document)
    tree = pandoc(content, "all")
    runs = [run for each in many for run in each.runs]
    for change, kind in (("insert", "insertion"), ("delete", "deletion")):
        ours = [(run.author, plain_text(run.text)) for run in runs if run.change == change]
        if kind == "deletion":
            ours = [
                (run.withdrawn or run.author, plain_text(run.text))
                for run in runs
                if run.change == "delete" or run.withdrawn
            ]
        assert spans(tree, kind) == together(ours)
    written = [
        (c.author, plain_text(c.text)) for row in read(content, authors=()).document.rows for c in begun(row[language])
    ]
    assert comments(tree) == written


@settings(max_examples=8)
@given(readable)
def test_pandoc_accepts_and_rejects_to_the_words_after_and_before(many: list[Paragraph]) -> None:
    content = write(Marked(tuple(Row(each, each) for each in many), ("en", "zh")))
    names = "English中文"
    assert plain(pandoc(content, "accept")) == names + "".join(plain_text(each.after) * 2 for each in many)
    assert plain(pandoc(content, "reject")) == names + "".join(plain_text(each.before) * 2 for each in many)


def plain_text(text: str) -> str:
    return "".join(text.split())


def together(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for author, text in pairs:
        if found and found[-1][0] == author:
            found[-1] = author, found[-1][1] + text
        elif text:
            found.append((author, text))
    return found


def begun(paragraph: Paragraph) -> list[Comment]:
    """The comments of a paragraph where each begins."""
    found: list[Comment] = []
    before: tuple[Comment, ...] = ()
    for run in paragraph.runs:
        kept = 0
        for comment in before:
            kept += kept < len(run.comments) and comment == run.comments[kept]
        found += run.comments[kept:]
        before = run.comments
    return found


def comments(tree: object) -> list[tuple[str, str]]:
    if isinstance(tree, list):
        return [each for part in tree for each in comments(part)]
    if isinstance(tree, dict):
        if tree.get("t") == "Span" and "comment-start" in tree["c"][0][1]:
            # pandoc puts a comment without words around the next one
            return [(dict(tree["c"][0][2])["author"], plain(tree["c"][1])), *comments(tree["c"][1])]
        return comments(tree.get("c", []))
    return []
