"""Write words that can be recognised into every part of a text: its drafts, what is said of them, and a Word file."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import Any


def write(words: Any, talks: Any) -> None:
    """Write them."""
    text, draft = _drafted(words, talks)
    _negotiated(words, talks, text, draft)
    _sent_in(words, talks, text, draft)
    _others(words, talks)


def _body(both: dict[str, str]) -> tuple[str, str]:
    en = f"# Title\n\n1. Each Party [shall][should] report {both['en']}.\n\n2. Parties may [cooperate] on safety.\n"
    zh = f"# 标题\n\n1. 各方[应][宜]报告{both['zh']}。\n\n2. 各方可就安全[合作]。\n"
    return en, zh


def _drafted(words: Any, talks: Any) -> tuple[Any, Any]:
    """A draft that was issued, and over it one that is being written."""
    from tracktwo.room.drafting import issuing, term_acts
    from tracktwo.text.terms import Term

    mediator = talks.viewer("mediator")
    text = issuing.create_text(mediator, words.both("title of a text"), "bracketed")
    issuing.write_first(mediator, text.pk, *_body(words.both("draft")))
    draft = issuing.issue(mediator, text.pk)
    issuing.write_first(mediator, text.pk, *_body(words.both("working draft")))
    text.refresh_from_db()
    table = [Term(("report",), ("报告",), words.text("note in the term table"))]
    term_acts.set_terms(mediator, text.pk, table, term_acts.digest(text))
    return text, draft


def _negotiated(words: Any, talks: Any, text: Any, draft: Any) -> None:
    from tracktwo.room.drafting import bracket_acts, concordance_acts, group_acts, position_acts, proposing
    from tracktwo.room.drafting.compared import digest
    from tracktwo.room.drafting.stored import whole

    head, chair = talks.viewer("quill head"), talks.viewer("chair")
    _, one, two = whole(draft).passages.values()
    first, second = one.provision.id, two.provision.id
    there = (text.pk, second, next(iter(two.pairs)), 1)
    bracket_acts.hold(head, *there)
    bracket_acts.say_fate(head, *there, "narrowed", words.both("words of a bracket"))
    position_acts.take(head, text.pk, first, "support", words.both("note of a position"), 1)
    concordance_acts.note(
        talks.viewer("quill linguist"), text.pk, first, 1, digest(one), words.text("divergence")
    )  # fmt: skip
    asked = words.both("proposal")
    given = proposing.Given("MOD", first, asked["en"], asked["zh"], why=words.both("reason of a proposal"))
    proposing.propose(head, text.pk, 1, given)
    group = group_acts.set_up(
        chair, text.pk, words.both("name of a group"), talks.seats["lantern head"].pk, [head.seat.pk], [first]
    )  # fmt: skip
    within = words.both("proposal within a group")
    proposing.propose(head, text.pk, 1, proposing.Given("MOD", first, within["en"], within["zh"]), group)
    group_acts.report(talks.viewer("lantern head"), text.pk, group.pk, words.both("report of a group"), [], [])


def _sent_in(words: Any, talks: Any, text: Any, draft: Any) -> None:
    """A Word file with a tracked change and a comment, through the pages."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tracktwo.room.drafting.exporting import plain
    from tracktwo.room.drafting.redlines import Redlined
    from tracktwo.room.drafting.stored import whole
    from tracktwo.text import word
    from tracktwo.text.marked import Marked

    rows = list(plain(whole(draft)))
    place = next(place for place, row in enumerate(rows) if row.en is not None and "safety" in row.en.before)
    redlined = Redlined.of(rows[place].en)
    redlined.change(f"2. Parties may cooperate on {words.text('Word file')}.", "Quill Laboratory")
    redlined.remark("Quill Laboratory", words.text("comment in a Word file"))
    rows[place] = replace(rows[place], en=redlined.paragraph)
    content = word.write(Marked(tuple(rows), ("en", "zh"), "Draft 1"))
    client, address = talks.client("quill delegate"), f"/texts/{text.pk}/word"
    sent = {"on": "1", "file": SimpleUploadedFile("a.docx", content)}
    shown = client.post(address, sent, headers={"host": "localhost"}).content.decode()
    kept = {
        name: html.unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', shown)
    }
    ticked = dict.fromkeys(re.findall(r'name="(take-\w+)" value="yes" checked', shown), "yes")
    done = client.post(address, kept | ticked | {"step": "table"}, headers={"host": "localhost"})
    assert done.status_code == 303, done.content.decode()


def _others(words: Any, talks: Any) -> None:
    """What the mediator alone hears of a one-text, and a concept."""
    from tracktwo.room.drafting import concept_acts, issuing, one_text_acts

    mediator, head = talks.viewer("mediator"), talks.viewer("quill head")
    text = issuing.create_text(mediator, words.both("title of a one-text"), "one-text")
    issuing.write_first(mediator, text.pk, *_body(words.both("one-text")))
    issuing.issue(mediator, text.pk)
    one_text_acts.criticise(head, text.pk, 1, None, words.text("criticism"))
    concepts = issuing.create_text(mediator, words.both("title of a text of concepts"), "conceptual")
    concept_acts.open_concepts(mediator, concepts.pk)
    concept_acts.propose(head, concepts.pk, words.both("title of a concept"), words.both("concept"))
