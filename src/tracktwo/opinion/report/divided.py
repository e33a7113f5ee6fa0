"""What divides: differences that the votes bear out, and the groups of opinion."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from tracktwo.opinion.report.bars import line, lines
from tracktwo.opinion.report.markup import Html, element
from tracktwo.opinion.report.shared import entry
from tracktwo.opinion.report.view import Record, View, folded, section, silent
from tracktwo.opinion.report.voice import whole

REASONS = ("no-structure", "unstable", "too-few", "not-wanted")


def divides(view: View) -> Html:
    """Differences between camps of a kind, largest first."""
    voice, found = view.voice, view.document["divides"]
    if view.polis and not found:
        return section(view, "divides", voice("divides"), element("p", voice("polis-divides"), class_="answer"))
    parts = [element("p", voice("divides-is", level=voice.setting(view.settings["level"])), class_="gloss")]
    if not found:
        parts.insert(
            0, element("p", voice("lead-hidden" if silent(view.document) else "divides-empty"), class_="answer")
        )
    for kind in ("side", "delegation", "group"):
        own = [d for d in found if d["kind"] == kind]
        if not own:
            continue
        count = len({d["statement"] for d in own})
        parts.append(element("h3", element("span", voice(f"divides-{kind}")), element("span", count, class_="count")))
        if kind == "group":
            parts.append(element("p", voice("divides-group-is"), class_="gloss"))
        parts.append(folded(view, _by_statement(view, kind, own), 10, count))
    return section(view, "divides", voice("divides"), *parts, count=len({d["statement"] for d in found}))


def _by_statement(view: View, kind: str, found: list[Record]) -> Iterator[Html]:
    """Each statement once, with what is said of every camp that differs on it."""
    by_statement: dict[str, list[Record]] = {}
    for difference in found:
        by_statement.setdefault(difference["statement"], []).append(difference)
    return (
        entry(
            view,
            view.statements[identity],
            lines(view, view.statements[identity], kind),
            element("p", *[part for d in own for part in (_said(view, d), " ")], class_="note"),
        )
        for identity, own in by_statement.items()
    )


def _said(view: View, difference: Record) -> Html:
    voice, camps = view.voice, view.camps(difference["kind"])
    points = voice("points", n=abs(whole(difference["difference"])))
    rounded_up = ceil(1000 * difference["q"]) / 1000
    q = voice("q-below") if difference["q"] < 0.001 else voice("q-value", x=f"{rounded_up:.3f}")
    if len(camps) == 2:
        sentence = voice.html("divides-two", first=view.name(camps[0]), second=view.name(camps[1]), points=points)
    else:
        key = "divides-more" if difference["difference"] > 0 else "divides-less"
        first = view.name(view.camp(difference["kind"], difference["camp"]))
        sentence = voice.html(key, first=first, points=points)
    return element("span", sentence, " ", element("span", q, class_="q"))


def groups(view: View) -> Html:
    """Whether the votes hold groups, and what sets each of them apart."""
    voice, structure, found = view.voice, view.document["structure"], view.document["groups"]
    parts: list[Html] = []
    if structure["reason"] in REASONS or not found:
        untested = "too-few" if structure["p_value"] is None else "no-structure"
        reason = structure["reason"] if structure["reason"] in REASONS else untested
        parts.append(element("p", element("strong", voice("groups-none")), class_="answer"))
        parts.append(element("p", voice(f"groups-{reason}"), class_="gloss"))
    else:
        asked = structure["reason"] == "given" and view.document["settings"]["groups"] != "file"
        reason = "asked" if asked else structure["reason"]
        parts.append(element("p", voice(f"groups-{reason}", n=len(found)), class_="answer"))
    measured = _measured(view, structure)
    if measured:
        parts.append(element("p", voice.prose(measured), class_="gloss"))
    parts += [_group(view, group) for group in found]
    return section(view, "groups", voice("groups-title"), *parts, count=len(found))


def _measured(view: View, structure: Record) -> list[str]:
    """What was measured before groups were claimed or not."""
    voice, said = view.voice, []
    if structure["p_value"] is not None:
        level = voice.setting(structure["level"])
        said.append(voice("groups-p", p=voice.small(structure["p_value"]), level=level))
    if structure["stability"] is not None:
        needed = voice.decimal(structure["stability_needed"]) if structure["stability_needed"] is not None else "–"
        said.append(voice("groups-stability", x=voice.decimal(structure["stability"]), needed=needed))
    if structure["stability_of_everyone"] is not None:
        needed = structure["stability_of_everyone_needed"]
        asked = voice.decimal(needed) if needed is not None else "–"
        said.append(voice("groups-everyone", x=voice.decimal(structure["stability_of_everyone"]), needed=asked))
    if structure["stability_of_people"] is not None:
        said.append(voice("groups-people", x=voice.decimal(structure["stability_of_people"])))
    if structure["placed"] is not None:
        said.append(voice("groups-placed", n=structure["placed"], m=view.document["counts"]["participants"]))
    return said


def _group(view: View, group: Record) -> Html:
    voice, camp = view.voice, view.camp("group", group["id"])
    head = [view.labelled(camp)]
    if group["size"] is not None:
        head.append(element("span", voice("group-size", n=group["size"]), class_="quiet"))
    parts: list[Html] = [element("h3", *head, class_="group-head")]
    if camp["suppressed"]:
        return element(
            "div", *parts, element("p", voice("group-hidden", k=view.settings["suppress_below"]), class_="gloss")
        )
    if group["mean_confidence"] is not None:
        certain = voice("group-confidence", x=voice.chance(group["mean_confidence"]))
        parts.append(element("p", certain, class_="gloss"))
    entries = [_represents(view, camp, *r) for r in _representative(view, group)]
    if not entries:
        return element("div", *parts, element("p", voice("group-nothing"), class_="gloss"))
    title = voice("group-represents-polis" if view.polis else "group-represents")
    return element("div", *parts, element("p", title, class_="over"), element("ol", *entries, class_="entries"))


def _representative(view: View, group: Record, limit: int = 5) -> list[tuple[Record, str]]:
    """Statements that stand for a group, with its answer: those of Polis, else its largest differences.

    What one of two groups agrees with less the other agrees with more, and is told there.
    """
    if group["representative"]:
        return [(view.statements[r["statement"]], r["direction"]) for r in group["representative"]]
    answers = ("agree",) if len(view.camps("group")) == 2 else ("agree", "disagree")
    apart = [
        (abs(cell["difference"]["value"]), statement, cell["representative"])
        for statement in view.document["statements"]
        for camp, cell in view.cells(statement, "group")
        if camp["index"] == group["id"] and cell["representative"] in answers and cell["difference"]
    ]
    apart.sort(key=lambda found: -found[0])
    return [(statement, answer) for _, statement, answer in apart[:limit]]


def _represents(view: View, camp: Record, statement: Record, answer: str) -> Html:
    cell = next(cell for other, cell in view.cells(statement, "group") if other["index"] == camp["index"])
    return entry(view, statement, element("div", line(view, camp, cell, answer), class_="lines"), beside=True)
