"""The opinion map: outlines of where groups and sides lie, drawn so that they show nobody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from tracktwo.opinion.analysis import Analysis, Camp, Flags, Floats

WIDTH, HEIGHT, MARGIN = 1000, 700, 60
LEVELS = (0.5, 0.8)
"""Share of the people of a camp inside each outline."""
FEWEST = 10
"""People below which there is no map."""
OUTLINED_SMOOTH = 60
"""People from which an outline follows the density; smaller camps get an ellipse, which tells only mean and spread."""
GRID = 96
REACH = 2.4
"""Standard deviations from the middle of a camp to the edge of the drawing, at least."""


def opinion_map(analysis: Analysis, shown: Flags, *, dots: bool, least: int = 1) -> dict[str, Any]:
    """The map of the camps ``shown`` (camps,): nested outlines a camp, a label, and dots only where they are allowed.

    No outline holds fewer than ``least`` people, and without dots the outermost people do not set the frame.
    Coordinates are those of a drawing of 1000 × 700; both axes have the same scale.
    """
    positions = analysis.space.positions[:, :2]
    placed = np.asarray(np.isfinite(positions).all(axis=1), dtype=bool)
    empty: dict[str, Any] = {"reason": None, "dots": False, "width": WIDTH, "height": HEIGHT, "shapes": []}
    if placed.sum() < FEWEST:
        return empty | {"reason": "too-few"}
    if float(np.ptp(positions[placed], axis=0).max()) < 1e-9:
        return empty | {"reason": "no-space"}
    if not shown[0]:
        return empty | {"reason": "suppressed"}
    wanted = [i for i, camp in enumerate(analysis.camps) if camp.kind in {"side", "group"} and shown[i]] or [0]
    camps = [analysis.camps[i].members & placed for i in wanted]
    low, high = np.percentile(positions[placed], [1, 99], axis=0) if dots else _extent(positions, camps)
    drawn = _scaled(positions, low, high)
    shapes = [
        _shape(analysis.camps[i], drawn[own], dots=dots, least=least) for i, own in zip(wanted, camps, strict=True)
    ]
    return empty | {"dots": dots, "shapes": [shape for shape in shapes if shape is not None]}


def _extent(positions: Floats, camps: Sequence[Flags]) -> tuple[Floats, Floats]:
    """Lower and upper corner of the camps, by their means and spreads."""
    own = [positions[members] for members in camps if members.any()]
    middle = np.array([points.mean(axis=0) for points in own])
    reach = REACH * np.array([points.std(axis=0) for points in own])
    return (middle - reach).min(axis=0), (middle + reach).max(axis=0)


def _scaled(positions: Floats, low: Floats, high: Floats) -> Floats:
    """Positions in the drawing: its middle is that of the two corners, and what lies between them lies inside."""
    low, high = low - 0.08 * (high - low), high + 0.08 * (high - low)
    room = np.array([WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN])
    scale = float((room / np.maximum(high - low, 1e-12)).min())
    scaled = (positions - (low + high) / 2) * scale * [1, -1] + [WIDTH / 2, HEIGHT / 2]
    return np.asarray(np.clip(scaled, 4, [WIDTH - 4, HEIGHT - 4]))


def _shape(camp: Camp, points: Floats, *, dots: bool, least: int) -> dict[str, Any] | None:
    if len(points) < 3:
        return None
    smooth = len(points) >= OUTLINED_SMOOTH
    return {
        "kind": camp.kind,
        "camp": camp.index,
        "levels": _outlines(points, least) if smooth else _ellipses(points),
        "label": [round(float(x), 1) for x in (np.median(points, axis=0) if dots else points.mean(axis=0))],
        "dots": "".join(f"M{x:.1f} {y:.1f}h0" for x, y in points) if dots else None,
    }


def _ellipses(points: Floats) -> list[dict[str, Any]]:
    """Ellipses of a normal distribution with the mean and (shrunken) covariance of the points."""
    mean = points.mean(axis=0)
    spread = np.cov(points.T, ddof=0) * 0.8 + 0.2 * np.eye(2) * float(points.var(axis=0).mean()) + np.eye(2) * 16
    values, axes = np.linalg.eigh(spread)
    turn = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    circle = np.stack([np.cos(turn), np.sin(turn)])
    levels = []
    for mass in LEVELS:
        radius = np.sqrt(-2 * np.log(1 - mass))
        ring = mean[:, None] + axes @ (np.sqrt(np.maximum(values, 0))[:, None] * circle) * radius
        levels.append({"mass": mass, "path": _path([ring.T])})
    return levels


def _outlines(points: Floats, least: int) -> list[dict[str, Any]]:
    """Contours of a Gaussian kernel density (Scott's bandwidth) that hold the given shares of the points.

    A ring around 1 to ``least`` − 1 points is left out.
    """
    from contourpy import LineType, contour_generator

    x, y = np.linspace(0, WIDTH, GRID), np.linspace(0, HEIGHT, GRID)
    count, _, _ = np.histogram2d(points[:, 1], points[:, 0], bins=GRID, range=[[0, HEIGHT], [0, WIDTH]])
    width = np.maximum(points.std(axis=0) * len(points) ** (-1 / 6), 12)
    density = _smoothed(count, width[1] / (HEIGHT / GRID), width[0] / (WIDTH / GRID))
    at = density[
        np.clip((points[:, 1] / HEIGHT * GRID).astype(int), 0, GRID - 1),
        np.clip((points[:, 0] / WIDTH * GRID).astype(int), 0, GRID - 1),
    ]
    lines = contour_generator(x, y, density, line_type=LineType.Separate)
    levels = []
    for mass in LEVELS:
        rings = lines.lines(float(np.quantile(at, 1 - mass)))
        kept = [ring for ring in rings if not 0 < _inside(points, np.asarray(ring)) < least]
        levels.append({"mass": mass, "path": _path(kept)})
    return levels


def _inside(points: Floats, ring: Floats) -> int:
    """How many points lie inside a closed ring, by the crossings of a ray to the right; at most 1,000 are counted."""
    low, high = ring.min(axis=0), ring.max(axis=0)
    x, y = points[((points >= low) & (points <= high)).all(axis=1)][:1000].T[:, :, None]
    (x1, y1), (x2, y2) = ring[:-1].T, ring[1:].T
    crossed = (y1 > y) != (y2 > y)
    right = x < x1 + (x2 - x1) * (y - y1) / np.where(y2 == y1, 1, y2 - y1)
    return int(((crossed & right).sum(axis=1) % 2).sum())


def _smoothed(count: Floats, rows: float, columns: float) -> Floats:
    def kernel(deviation: float) -> Floats:
        offset = np.arange(GRID)[:, None] - np.arange(GRID)[None, :]
        return np.asarray(np.exp(-0.5 * (offset / max(deviation, 0.3)) ** 2))

    return np.asarray(kernel(rows) @ count @ kernel(columns))


def _path(rings: Iterable[Any]) -> str:
    """Closed rings as path data of SVG; NumPy's numbers would be slow to write out."""
    drawn = (np.asarray(ring).tolist() for ring in rings if len(ring) > 2)
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z" for ring in drawn)
