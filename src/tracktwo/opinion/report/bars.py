"""Bars: agreement to the right of the middle, passes and then disagreement to its left, the interval as a line."""

from __future__ import annotations

from tracktwo.opinion.report.markup import Html, element, text
from tracktwo.opinion.report.view import Record, View
from tracktwo.opinion.report.voice import Share, whole


def _short(value: float) -> str:
    return f"{value + 0.0:.1f}".removesuffix(".0").replace("-0", "0", value > -0.05)


def bar(cell: Record, hue: str, threshold: float) -> Html:
    """Draw one camp's votes on one statement on a scale from −100 to 100 per cent.

    The middle is where agreement begins, so that the agree share, its interval and the threshold are read on one scale;
    passes, which do not agree, stand between it and disagreement.
    """
    votes = cell["agree"] + cell["disagree"] + cell["pass"]
    yes, no, passed = (100 * cell[answer] / votes for answer in ("agree", "disagree", "pass"))
    parts = [f'<path class="limit" d="M{threshold * 100:g} 0V16"/>']
    if passed:
        parts.append(f'<path class="pass" d="M0 3H{_short(-passed)}V13H0z"/>')
    if no:
        parts.append(f'<path class="no" d="M{_short(-passed)} 3H{_short(-passed - no)}V13H{_short(-passed)}z"/>')
    if yes:
        parts.append(f'<path class="yes" d="M0 3H{_short(yes)}V13H0z"/>')
    low, high = _short(100 * cell["share"]["low"]), _short(100 * cell["share"]["high"])
    parts.append(f'<path class="zero" d="M0 0V16"/><path class="range" d="M{low} 8H{high}M{low} 5V11M{high} 5V11"/>')
    return _drawing(f"bar {hue}", "-101 0 202 16", parts)


def _drawing(class_: str, box: str, parts: list[str]) -> Html:
    return Html(
        f'<svg class="{text(class_)}" viewBox="{box}" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        + "".join(parts)
        + "</svg>"
    )


def line(view: View, camp: Record, cell: Record, answer: str = "agree") -> Html:
    """A camp's letter, name, bar and numbers in words."""
    voice = view.voice
    who = [view.badge(camp), element("span", view.name(camp), class_="who")]
    if cell["suppressed"] or cell["share"] is None:
        words = voice("not-shown" if cell["suppressed"] else "no-votes")
        return element(
            "div", *who, element("span", class_="bar gap"), element("span", words, class_="words quiet"), class_="line"
        )
    counts = voice("vote-counts", agree=cell["agree"], disagree=cell["disagree"], passed=cell["pass"])
    votes = cell["agree"] + cell["disagree"] + cell["pass"]
    share = element("b", voice(f"{answer}-share", x=voice.percent(cell[answer] / votes)))
    between = voice.between(cell["share"])
    range_ = between if answer == "agree" else voice("agree-interval", between=between)
    words = element("span", share, " ", element("span", range_, class_="range"), class_="words")
    return element(
        "div", *who, bar(cell, view.hue(camp), view.settings["threshold"]), words, class_="line", title=counts
    )


def lines(view: View, statement: Record, kind: str, answer: str = "agree") -> Html:
    """One line for each camp of a kind."""
    return element(
        "div", *[line(view, camp, cell, answer) for camp, cell in view.cells(statement, kind)], class_="lines"
    )


def small(view: View, camp: Record, cell: Record) -> Html:
    """The bar and the numbers of one cell of the table."""
    if cell["suppressed"] or cell["share"] is None:
        return element("span", view.voice("not-shown" if cell["suppressed"] else "no-votes"), class_="quiet none")
    share: Share = cell["share"]
    apart = cell.get("difference")
    mark = element("span", view.voice("differs"), class_="differs") if apart and apart["found"] else ""
    numbers = f"{whole(share['low'])}–{whole(share['high'])}"
    return Html(
        bar(cell, view.hue(camp), view.settings["threshold"])
        + element(
            "span",
            element("b", whole(share["estimate"])),
            " ",
            element("span", numbers, class_="range"),
            class_="numbers",
        )
        + mark
    )


def legend(view: View) -> Html:
    """One bar explained part by part."""
    voice, threshold = view.voice, view.settings["threshold"]
    sample = {"agree": 68, "disagree": 20, "pass": 12, "share": {"low": 0.52, "high": 0.81}}
    scale = element(
        "div", *[element("span", mark) for mark in ("100", "50", "0", "50", "100")], class_="scale", aria_hidden="true"
    )
    keys = [
        element("li", element("span", class_=f"key {name}", aria_hidden="true"), words)
        for name, words in (
            ("no", voice("legend-disagree")),
            ("pass", voice("legend-pass")),
            ("yes", voice("legend-agree")),
            ("range", voice("legend-interval")),
            ("limit", voice("legend-threshold", x=voice.setting(threshold))),
        )
    ]
    drawn = element("div", bar(sample, "all", threshold), scale, class_="sample")
    title = element("figcaption", voice("how-to-read"))
    return element("figure", title, drawn, element("ul", *keys, class_="keys"), class_="legend")


def forest(low: float, middle: float, high: float, reach: float) -> Html:
    """An estimate with its interval on a scale from −reach to reach."""
    low, middle, high = (100 * max(-1.0, min(1.0, x / reach)) for x in (low, middle, high))
    return _drawing(
        "bar forest",
        "-101 0 202 16",
        [
            '<path class="zero" d="M0 0V16"/>',
            f'<path class="range" d="M{_short(low)} 8H{_short(high)}M{_short(low)} 5V11M{_short(high)} 5V11"/>',
            f'<path class="dot" d="M{_short(middle)} 8h0"/>',
        ],
    )
