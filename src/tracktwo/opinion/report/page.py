"""The page: head, sentence, sections in the order in which they answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tracktwo.opinion.report.divided import divides, groups
from tracktwo.opinion.report.drawn import opinion_map
from tracktwo.opinion.report.markup import Html, element, join, visible
from tracktwo.opinion.report.remarks import hidden, method, uncertain, undecided
from tracktwo.opinion.report.shared import bridging, common_ground, lead, slate
from tracktwo.opinion.report.table import table
from tracktwo.opinion.report.view import View
from tracktwo.opinion.report.voice import Language

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
SECTIONS = (
    ("common", "common", common_ground),
    ("bridging", "bridging", bridging),
    ("slate", "slate", slate),
    ("divides", "divides", divides),
    ("map", "map", opinion_map),
    ("groups", "groups-title", groups),
    ("uncertain", "uncertain", uncertain),
    ("hidden", "hidden", hidden),
    ("statements", "table", table),
    ("method", "method", method),
)


def page(document: Mapping[str, Any], lang: Language, style: str) -> str:
    """The whole page; ``style`` is its style sheet."""
    view = View(document, lang)
    made = [(name, title, part) for name, title, make in SECTIONS if (part := make(view)) is not None]
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", title_text(view)),
        element("style", Html(style)),
    )
    contents = _contents(view, [(name, title) for name, title, _ in made])
    main = element("main", _sentence(view), contents, *[part for _, _, part in made])
    body = element("body", element("div", _header(view), main, _footer(view), class_="page"))
    language = "zh-Hans" if lang == "zh" else lang
    return "<!doctype html>\n" + element("html", head, "\n", body, lang=language) + "\n"


def title_text(view: View) -> str:
    """What the votes are about."""
    named = view.voice.pick(view.document["title"])
    return visible(named[1]) if named else view.voice("untitled")


def _header(view: View) -> Html:
    voice, counts = view.voice, view.document["counts"]
    named = view.voice.pick(view.document["title"])
    title = element("bdi", named[1], lang=view.foreign(named[0])) if named else view.voice("untitled")
    others = [
        element("p", element("bdi", words), class_="title-other", lang=tag)
        for tag, words in voice.others(view.document["title"])
    ]
    people, statements = voice("people", n=counts["participants"]), voice("statements", n=counts["statements"])
    numbers = [people, statements, voice("votes", n=counts["votes"])]
    if counts["revotes"]:
        numbers.append(voice("changed", n=counts["revotes"]))
    return element(
        "header",
        element("p", voice("report"), class_="kind"),
        element("h1", title),
        *others,
        element("p", voice("about", people=people, statements=statements), class_="about"),
        element("ul", *[element("li", n) for n in numbers], class_="counts"),
        _camps(view),
    )


def _camps(view: View) -> Html:
    """Who sat where: sides with their delegations."""
    voice, rows = view.voice, []
    for side in view.camps("side"):
        size = [] if side["size"] is None else [element("span", voice("people", n=side["size"]), class_="quiet")]
        own = [d for d in view.camps("delegation") if d["side"] == side["index"]]
        members = [view.labelled(d) for d in own]
        rows.append(element("div", element("dt", view.labelled(side), " ", *size), element("dd", *members)))
    return element("dl", *rows, class_="camps") if rows else Html("")


def _sentence(view: View) -> Html:
    """The sentence to take away, and what else there is to know before reading on."""
    voice, document = view.voice, view.document
    different = len({d["statement"] for d in document["divides"]})
    undecided_ = len(undecided(document))
    facts = [("divides", voice("short-divides", n=different) if different else voice("short-no-divides"))]
    if view.polis and not different:
        facts = []
    found = len(document["groups"])
    facts.append(("groups", voice("short-groups", n=found) if found else voice("short-no-groups")))
    if undecided_:
        facts.append(("uncertain", voice("short-uncertain", n=undecided_)))
    if document["suppressed"]:
        facts.append(("hidden", voice("short-hidden")))
    items = [element("li", element("a", words, href=f"#{name}")) for name, words in facts]
    sentence = element("p", lead(document, voice), class_="lead")
    return element("section", sentence, element("ul", *items, class_="short"), id="lead", aria_label=voice("short"))


def _contents(view: View, sections: list[tuple[str, str]]) -> Html:
    items = [element("li", element("a", view.voice(title), href=f"#{name}")) for name, title in sections]
    title = element("p", view.voice("contents"), class_="over")
    return element(
        "nav", element("div", title, element("ol", *items)), aria_label=view.voice("contents"), class_="contents"
    )


def _footer(view: View) -> Html:
    made = view.voice("made", version=view.document["version"], schema=view.document["schema"])
    return element("footer", join([element("p", made)]))
