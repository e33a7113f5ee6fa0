"""The opinion map: nested contours of sides and groups, and a table that says the same."""

from __future__ import annotations

import math
import re

from tracktwo.opinion.report.markup import Html, element, join, text
from tracktwo.opinion.report.view import Record, View, section

_PATH = re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9eE+\-.,\s]*")
_LINES = re.compile(r"(?:[MLZ]|-?[0-9.]+|[ ,])*")
_START = re.compile(r"M(-?[0-9.]+)[ ,](-?[0-9.]+)")
_NUMBER = re.compile(r"-?[0-9.]+")
Point = tuple[float, float]


def opinion_map(view: View) -> Html:
    """The map, or the reason why there is none."""
    voice, drawn = view.voice, view.document["map"]
    if drawn["reason"] or not drawn["shapes"]:
        reason = voice(f"map-{drawn['reason'] or 'no-space'}")
        return section(view, "map", voice("map"), element("p", reason, class_="answer"))
    masses = sorted({level["mass"] for shape in drawn["shapes"] for level in shape["levels"]})
    said = [voice("map-is"), str(voice("map-levels", masses=voice.listed([voice.percent(m) for m in masses])))]
    said.append(voice("map-dots" if drawn["dots"] else "map-no-dots"))
    variance = view.document["structure"]["variance"]
    if variance:
        said.append(voice("map-variance", x=voice.percent(sum(variance[:2]))))
    figure = element("figure", element("div", _picture(view), _labels(view), class_="sheet"), _key(view), class_="map")
    return section(view, "map", voice("map"), element("p", voice.prose(said), class_="gloss"), figure, _table(view))


def _camps(view: View) -> list[tuple[Record, Record]]:
    return [(shape, view.camp(shape["kind"], shape["camp"])) for shape in view.document["map"]["shapes"]]


def _picture(view: View) -> Html:
    """The contours: groups as washes, sides as lines over them."""
    voice, drawn = view.voice, view.document["map"]
    order = {"all": 0, "group": 1, "side": 2}
    parts: list[Html] = []
    for shape, camp in sorted(_camps(view), key=lambda pair: order.get(pair[0]["kind"], 0)):
        paths = [
            element("path", class_=f"level {'inner' if i else 'outer'}", d=_path(level["path"]))
            for i, level in enumerate(sorted(shape["levels"], key=lambda level: -level["mass"]))
        ]
        if shape["dots"]:
            paths.append(element("path", class_="dots", d=_path(shape["dots"])))
        parts.append(element("g", *paths, class_=f"{shape['kind']} {view.hue(camp)} line-{shape['camp'] % 4}"))
    names = voice.listed([view.plain_name(camp) for _, camp in _camps(view)])
    label = Html(text(voice("map-title") + voice("colon")) + voice.html("map-description", camps=names))
    left, top, width, height = frame(drawn)
    box = f"{left:g} {top:g} {width:g} {height:g}"
    return Html(f'<svg viewBox="{box}" role="img" aria-label="{label}">{join(parts)}</svg>')


def _path(data: str) -> str:
    """Path data, or nothing where it holds anything else."""
    return data if _PATH.fullmatch(data) else ""


def frame(drawn: Record) -> tuple[float, float, float, float]:
    """Left, top, width and height of what is drawn: closely around its lines and dots, with a margin."""
    xs: list[float] = []
    ys: list[float] = []
    for shape in drawn["shapes"]:
        paths = [level["path"] for level in shape["levels"]]
        if not all(_LINES.fullmatch(path) for path in paths):
            return 0.0, 0.0, float(drawn["width"]), float(drawn["height"])
        for path in paths:
            numbers = [float(x) for x in _NUMBER.findall(path)]
            xs += numbers[::2]
            ys += numbers[1::2]
        places = _START.findall(shape["dots"] or "")
        xs += [float(x) for x, _ in places]
        ys += [float(y) for _, y in places]
    if not xs:
        return 0.0, 0.0, float(drawn["width"]), float(drawn["height"])
    margin = 0.04 * max(max(xs) - min(xs), max(ys) - min(ys), 1)
    left, top = min(xs) - margin, min(ys) - margin
    return round(left, 1), round(top, 1), round(max(xs) + margin - left, 1), round(max(ys) + margin - top, 1)


def _labels(view: View) -> Html:
    """Letters over the picture, of one size at every width, moved apart where they would cover each other.

    They are placed by attributes, not by styles, so that a page whose policy forbids inline styles can show them.
    """
    drawn = view.document["map"]
    left, top, width, height = frame(drawn)
    places = apart([(s["label"][0] - left, s["label"][1] - top) for s in drawn["shapes"]], 0.07 * width, width, height)
    pins = [
        element(
            "svg",
            Html('<rect x="-11" y="-11" width="22" height="22" rx="2"/>')
            if camp["kind"] == "group"
            else Html('<circle r="11"/>'),
            element("text", "∗" if camp["kind"] == "all" else camp["letter"], dy="0.35em", text_anchor="middle"),
            class_=f"pin {camp['kind']} {view.hue(camp)}",
            x=f"{100 * x / width:.2f}%",
            y=f"{100 * y / height:.2f}%",
            overflow="visible",
        )
        for (x, y), (_, camp) in zip(places, _camps(view), strict=True)
    ]
    return element("svg", *pins, class_="pins", aria_hidden="true", focusable="false")


def apart(points: list[Point], distance: float, width: float, height: float) -> list[Point]:
    """Move points apart until no two are nearer than ``distance``, and keep them inside the frame."""
    moved = list(points)
    for _ in range(60):
        still = True
        for i in range(len(moved)):
            for j in range(i):
                (ax, ay), (bx, by) = moved[i], moved[j]
                gap = math.hypot(ax - bx, ay - by)
                if gap >= distance - 1e-6:
                    continue
                still = False
                ux, uy = ((ax - bx) / gap, (ay - by) / gap) if gap > 1e-9 else (1.0, 0.0)
                push = (distance - gap) / 2
                moved[i], moved[j] = (ax + ux * push, ay + uy * push), (bx - ux * push, by - uy * push)
        if still:
            break
    edge = distance / 2
    return [(min(max(x, edge), width - edge), min(max(y, edge), height - edge)) for x, y in moved]


def _key(view: View) -> Html:
    """Who is drawn how."""
    items = []
    for kind in ("side", "group", "all"):
        for shape, camp in _camps(view):
            if shape["kind"] == kind:
                hue = f"{kind} {view.hue(camp)} line-{shape['camp'] % 4}"
                swatch = Html(
                    f'<svg class="swatch" viewBox="0 0 44 20" aria-hidden="true"><g class="{text(hue)}">'
                    '<path class="level inner" d="M3 10a19 7 0 1 0 38 0a19 7 0 1 0-38 0z"/></g></svg>'
                )
                size = (
                    []
                    if camp["size"] is None
                    else [element("span", view.voice("people", n=camp["size"]), class_="quiet")]
                )
                items.append(element("li", swatch, view.labelled(camp), *size))
    return element("figcaption", element("ul", *items, class_="key-list"))


def _table(view: View) -> Html:
    """Where the camps lie, in numbers."""
    voice, drawn = view.voice, view.document["map"]
    head = [voice(f"map-{name}") for name in ("camp", "size", "across", "up", "nearest", "distance")]
    left, top, width, height = frame(drawn)
    rows = []
    for shape, camp in _camps(view):
        nearest = _nearest(view, shape)
        x, y = (shape["label"][0] - left) / width, 1 - (shape["label"][1] - top) / height
        size = "–" if camp["size"] is None else voice.number(camp["size"])
        cells = [size, round(100 * x), round(100 * y), *(nearest or ("–", "–"))]
        rows.append(element("tr", element("th", view.labelled(camp), scope="row"), *[element("td", c) for c in cells]))
    table = element(
        "table",
        element("thead", element("tr", *[element("th", word, scope="col") for word in head])),
        element("tbody", *rows),
        class_="plain-table",
    )
    scroll = element("div", table, class_="scroll", tabindex=0, role="region", aria_label=voice("map-table"))
    return element("details", element("summary", voice("map-table")), scroll, class_="rest")


def _nearest(view: View, shape: Record) -> tuple[Html, int] | None:
    """The nearest camp of the same kind, and how far it is in hundredths of the width."""
    others = [(s, c) for s, c in _camps(view) if s["kind"] == shape["kind"] and s["camp"] != shape["camp"]]
    if not others:
        return None
    by_distance = [(math.dist(s["label"], shape["label"]), c) for s, c in others]
    distance, camp = min(by_distance, key=lambda pair: pair[0])
    return view.labelled(camp), round(100 * distance / frame(view.document["map"])[2])
