"""What the votes do not decide, what was held back, and how everything was computed."""

from __future__ import annotations

from typing import NamedTuple

from tracktwo.opinion.report.bars import lines
from tracktwo.opinion.report.markup import Html, element, join
from tracktwo.opinion.report.shared import entry
from tracktwo.opinion.report.view import Record, View, folded, section, silent
from tracktwo.opinion.report.voice import Voice


def undecided(document: Record) -> list[Record]:
    """Statements shown that are neither common ground nor a difference found."""
    decided = {d["statement"] for d in document["divides"]}
    decided.update(*document["common_ground"].values())
    return [s for s in document["statements"] if s["included"] and s["agree"] is not None and s["id"] not in decided]


def uncertain(view: View, limit: int = 6) -> Html:
    """What may be common ground and may not."""
    voice, open_ = view.voice, undecided(view.document)
    if not open_:
        words = voice("lead-hidden" if silent(view.document) else "uncertain-none")
        return section(view, "uncertain", voice("uncertain"), element("p", words, class_="answer"))
    parts = [element("p", voice("uncertain-is-polis" if view.polis else "uncertain-is", n=len(open_)), class_="answer")]
    near = sorted(((*_nearest(s), s) for s in open_), key=lambda each: -each[0])
    whom = voice(f"whom-{view.document['compared']}")
    entries = (
        entry(
            view,
            s,
            lines(view, s, view.compared, answer),
            element("p", voice(f"uncertain-{answer}", whom=whom, p=voice.chance(p)), class_="note") if p >= 0 else None,
        )
        for p, answer, s in near
    )
    parts += [element("p", voice("uncertain-near"), class_="gloss"), folded(view, entries, limit, len(open_))]
    return section(view, "uncertain", voice("uncertain"), *parts, count=len(open_))


class Held(NamedTuple):
    """Things held back for one reason."""

    what: str
    reason: str
    kind: str | None
    camps: tuple[tuple[str, int], ...]
    statements: tuple[str, ...]


def held_back(document: Record) -> list[Held]:
    """What was suppressed, said once: no camp's results on a statement of which nothing is shown at all."""
    entries = document["suppressed"]
    gone = {i for e in entries if e["what"] == "statement" for i in e["statements"] or ()}
    together: dict[tuple[str, str, str | None, tuple[str, ...]], list[tuple[str, int]]] = {}
    for e in entries:
        statements = tuple(i for i in e["statements"] or () if e["what"] != "cell" or i not in gone)
        if e["statements"] and not statements:
            continue
        camps = together.setdefault((e["what"], e["reason"], e["kind"], statements), [])
        if e["camp"] is not None and e["kind"] != "all":
            camps.append((e["kind"], e["camp"]))
    return [Held(what, reason, kind, tuple(camps), ids) for (what, reason, kind, ids), camps in together.items()]


def _nearest(statement: Record) -> tuple[float, str]:
    """The answer that is nearer to being shared, and the probability that it is; −1 where that is not shown."""
    common = statement["common"]
    return max((common[answer]["posterior"] if common[answer] else -1.0, answer) for answer in ("disagree", "agree"))


def hidden(view: View) -> Html:
    """What was suppressed, and for which reason."""
    voice, entries = view.voice, held_back(view.document)
    if not entries:
        return section(view, "hidden", voice("hidden"), element("p", voice("hidden-none"), class_="answer"))
    rows = [
        element(
            "li",
            element("span", _what(view, held), class_="what"),
            element("span", voice(f"reason-{held.reason}", k=view.settings["suppress_below"]), class_="why"),
        )
        for held in entries
    ]
    intro = element("p", voice("hidden-is"), class_="gloss")
    return section(view, "hidden", voice("hidden"), intro, element("ul", *rows, class_="held"))


def _what(view: View, held: Held) -> Html:
    voice = view.voice
    camps = element("span", *[view.labelled(view.camp(*camp)) for camp in held.camps], class_="camp-list")
    if held.statements:
        numbers = _numbers(view, held.statements)
        if held.camps:
            return voice.html("what-cell", camps=camps, statements=numbers)
        return voice.html("what-statement", statements=numbers)
    return camps if held.camps else voice.html(f"what-{held.what}")


def _numbers(view: View, ids: tuple[str, ...]) -> Html:
    """Statements by their numbers."""
    links = [element("a", i, href=view.where(i)) for i in ids[:40] if i in view.anchors]
    if len(ids) > 40:
        links.append(element("span", view.voice("more", n=len(ids) - 40)))
    said = view.voice("count-statement", n=len(ids))
    return join([said, view.voice("colon"), view.voice.listed(links)])


def method(view: View) -> Html:
    """The method in a paragraph and its settings in a table."""
    voice, document = view.voice, view.document
    rows = [element("div", element("dt", voice(key)), element("dd", value)) for key, value in _settings(view)]
    return section(
        view,
        "method",
        voice("method"),
        element("p", voice(f"method-{document['method']}"), class_="prose"),
        element("dl", *rows, class_="settings"),
        element("p", voice("method-sources"), class_="gloss"),
    )


def _settings(view: View) -> list[tuple[str, str]]:
    voice, s, document = view.voice, view.settings, view.document
    rows = [
        ("setting-method", document["method"]),
        ("setting-threshold", voice.setting(s["threshold"])),
        ("setting-credibility", voice.setting(s["credibility"])),
        ("setting-suppress", voice("people", n=s["suppress_below"])),
        ("setting-groups", _asked(voice, s["groups"])),
        ("setting-delegations", voice("yes" if s["delegations"] else "no")),
        ("setting-seed", str(s["seed"])),
    ]
    if not view.polis:
        rows[3:3] = [
            ("setting-level", voice.setting(s["level"])),
            ("setting-structure", voice.setting(s["structure_level"])),
            ("setting-components", str(document["structure"]["components"])),
        ]
    if document["bridging"]:
        fit = document["bridging"]
        said = {"statements": fit["statements"], "loss": voice.decimal(fit["loss"], 4)}
        told = voice("bridging-fit-some", **said)
        if fit["people"] is not None:
            told = voice("bridging-fit", people=fit["people"], **said)
        rows.append(("setting-bridging", told))
    return rows


def _asked(voice: Voice, groups: str) -> str:
    key = {"auto": "groups-auto", "none": "groups-off", "file": "groups-file"}.get(str(groups))
    return voice(key) if key else voice("groups-number", n=groups)
