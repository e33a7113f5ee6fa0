"""Documents "tracktwo/opinion/1" built from random counts, for what is drawn from a document to be tested alone."""

from __future__ import annotations

import functools
import math
import pickle
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.stats import beta

Document = dict[str, Any]
LETTERS = "ABCDEFGH"


@dataclass
class Plan:
    """What kind of room to make."""

    method: str = "tracktwo"
    sides: tuple[tuple[str, str], ...] = ()
    delegations: tuple[tuple[int, str, str, int], ...] = ()
    """Side, English name, Chinese name, size."""
    people: int = 36
    statements: int = 40
    groups: int = 2
    reason: str = "claimed"
    compared: str = "sides"
    suppress_below: int = 5
    show_delegations: bool = False
    texts: list[dict[str, str]] = field(default_factory=list)
    title: dict[str, str] = field(default_factory=dict)
    dots: bool = False
    seed: int = 3


def share(successes: int, trials: int) -> dict[str, float] | None:
    """A share with its Jeffreys interval."""
    if not trials:
        return None
    low, high = beta.ppf([0.025, 0.975], successes + 0.5, trials - successes + 0.5)
    return {
        "estimate": successes / trials,
        "low": 0.0 if successes == 0 else float(low),
        "high": 1.0 if successes == trials else float(high),
    }


def cell(index: int, counts: list[int], hidden: bool) -> Document:
    """A camp's votes on a statement; ``counts`` are agreements, disagreements, passes."""
    agree, disagree, passed = (None, None, None) if hidden else counts
    return {
        "id": index,
        "agree": agree,
        "disagree": disagree,
        "pass": passed,
        "share": None if hidden else share(counts[0], sum(counts)),
        "difference": None,
        "representative": None,
        "suppressed": hidden,
    }


def camps(plan: Plan, sizes: dict[str, list[int]]) -> list[Document]:
    """Everybody, sides, delegations and groups."""
    k = plan.suppress_below

    def camp(kind: str, index: int, letter: str, name: dict[str, str], size: int, side: int | None) -> Document:
        hidden = size < k
        return {
            "kind": kind,
            "index": index,
            "letter": letter,
            "name": name,
            "side": side,
            "size": None if hidden else size,
            "suppressed": hidden,
        }

    result = [camp("all", 0, "", {}, plan.people, None)]
    result += [
        camp("side", i, LETTERS[i], {"en": s[0], "zh": s[1]}, sizes["side"][i], None) for i, s in enumerate(plan.sides)
    ]
    numbers = [0] * len(plan.sides)
    for i, (side, en, zh, size) in enumerate(plan.delegations if plan.show_delegations else ()):
        numbers[side] += 1
        result.append(camp("delegation", i, f"{LETTERS[side]}{numbers[side]}", {"en": en, "zh": zh}, size, side))
    return result + [camp("group", i, str(i + 1), {}, sizes["group"][i], None) for i in range(plan.groups)]


def document(plan: Plan) -> Document:
    """A whole document according to the plan."""
    random = np.random.default_rng(plan.seed)
    side_sizes = [sum(d[3] for d in plan.delegations if d[0] == i) for i in range(len(plan.sides))]
    cuts = np.diff(
        [0, *sorted(random.integers(plan.people // 4, plan.people * 3 // 4, max(plan.groups - 1, 0))), plan.people]
    )
    sizes = {"side": side_sizes, "group": [int(c) for c in cuts][: plan.groups]}
    made = camps(plan, sizes)
    statements = [statement(plan, random, made, sizes, j) for j in range(plan.statements)]
    common = {
        answer: [
            s["id"]
            for s in sorted(statements, key=lambda s: -(s["common"][answer] or {"posterior": 0})["posterior"])
            if s["common"][answer] and s["common"][answer]["found"]
        ]
        for answer in ("agree", "disagree")
    }
    claimed = plan.reason in ("claimed", "given", "polis")
    return {
        "schema": "tracktwo/opinion/1",
        "version": "0.1.0",
        "method": plan.method,
        "title": plan.title,
        "settings": {
            "threshold": 0.6,
            "credibility": 0.95,
            "level": 0.05,
            "structure_level": 0.01,
            "suppress_below": plan.suppress_below,
            "seed": 0,
            "groups": "auto",
            "delegations": plan.show_delegations,
        },
        "counts": {
            "participants": plan.people,
            "statements": plan.statements,
            "included": plan.statements,
            "votes": plan.people * plan.statements * 9 // 10,
            "revotes": 5,
        },
        "compared": plan.compared,
        "participants": [
            {"id": str(i), "x": None, "y": None, "group": None, "confidence": None} for i in range(plan.people)
        ],
        "camps": made,
        "groups": groups(plan, made, statements),
        "statements": statements,
        "common_ground": common,
        "divides": divides(made, statements),
        "structure": {
            "claimed": claimed,
            "p_value": 0.005 if claimed else 0.4,
            "level": 0.01,
            "stability": 0.93 if claimed else 0.52,
            "stability_of_people": 0.91 if claimed else 0.5,
            "stability_needed": 0.9,
            "stability_of_everyone": 0.86 if claimed else 0.4,
            "stability_of_everyone_needed": 0.75,
            "placed": plan.people if claimed and plan.groups else None,
            "components": 1,
            "silhouette": [0.61, 0.44, 0.39],
            "reason": plan.reason,
            "variance": [0.31, 0.14],
        },
        "bridging": {"mean": 0.1, "loss": 0.13, "people": plan.people, "statements": plan.statements},
        "slate": {"rule": "equal-shares", "statements": [s["id"] for s in statements[:5]], "ejr_plus": True},
        "map": drawing(plan, made),
        "suppressed": suppressed(plan, made, statements),
    }


def statement(
    plan: Plan, random: np.random.Generator, made: list[Document], sizes: dict[str, list[int]], j: int
) -> Document:
    """One statement: shared, split by side, split by group or lukewarm, in turn."""
    kind = ("shared", "side", "group", "open", "group", "refused", "shared", "open")[j % 8]

    def chance(camp: str, index: int) -> float:
        if kind in ("shared", "refused"):
            return 0.97 if kind == "shared" else 0.02
        return (0.85, 0.2, 0.5)[index % 3] if camp == kind else 0.5

    cells: dict[str, list[Document]] = {"side": [], "delegation": [], "group": []}
    raw: dict[str, list[list[int]]] = {"side": [], "delegation": [], "group": []}
    for camp in made[1:]:
        name, i = camp["kind"], camp["index"]
        size = plan.delegations[i][3] if name == "delegation" else sizes[name][i]
        p = chance("side" if name == "delegation" else name, camp["side"] if name == "delegation" else i)
        voters = 0 if size == 0 else max(1, int(random.binomial(size, 0.94)))
        counts = [int(c) for c in random.multinomial(voters, [p, (1 - p) * 0.75, (1 - p) * 0.25])]
        few = j == plan.statements - 1 and plan.suppress_below > 1
        cells[name].append(cell(i, counts, camp["suppressed"] or few))
        raw[name].append(counts)
    basis = raw["side"] or raw["group"] or [[int(c) for c in random.multinomial(plan.people, [0.5, 0.35, 0.15])]]
    total = [sum(c[i] for c in basis) for i in range(3)]
    few = all(c["suppressed"] for c in cells["side"] + cells["group"]) and bool(cells["side"] + cells["group"])
    compared = (
        raw[{"sides": "side", "groups": "group"}.get(plan.compared, "")] if plan.compared != "everybody" else [total]
    )
    for name in ("side", "group"):
        if not few and plan.method == "tracktwo":
            difference(cells[name], raw[name])
    return {
        "id": str(j),
        "text": plan.texts[j % len(plan.texts)] if plan.texts else {"": f"Statement {j}"},
        "moderated": 0,
        "meta": False,
        "included": True,
        **dict(zip(("agree", "disagree", "pass"), [None] * 3 if few else total, strict=True)),
        "share": None if few else share(total[0], sum(total)),
        "consensus": None if few else float(np.prod([(c[0] + 1) / (sum(c) + 2) for c in compared])),
        "common": {a: None if few else common(compared, i) for i, a in enumerate(("agree", "disagree"))},
        "priority": None if few else float(random.random()),
        "sides": cells["side"],
        "delegations": cells["delegation"],
        "groups": cells["group"],
        "bridging": None if few else bridging(random, kind),
    }


def common(compared: list[list[int]], answer: int) -> Document:
    """How the camp with the smallest share stands."""
    shares = [share(c[answer], sum(c)) for c in compared]
    weakest = min((s for s in shares if s), key=lambda s: s["low"])
    posterior = math.prod(beta.sf(0.6, c[answer] + 0.5, sum(c) - c[answer] + 0.5) for c in compared)
    return {"posterior": float(posterior), **weakest, "found": bool(posterior >= 0.95)}


def difference(cells: list[Document], raw: list[list[int]]) -> None:
    """Give every cell its difference from the rest."""
    for i, (made, counts) in enumerate(zip(cells, raw, strict=True)):
        rest = [sum(c[a] for k, c in enumerate(raw) if k != i) for a in range(3)]
        if not sum(rest) or not sum(counts) or made["suppressed"]:
            continue
        value = counts[0] / sum(counts) - rest[0] / sum(rest)
        made["difference"] = {"value": value, "p": 0.01, "q": 0.02, "found": abs(value) > 0.35}
        if abs(value) > 0.5:
            made["representative"] = "agree" if value > 0 else "disagree"


def bridging(random: np.random.Generator, kind: str) -> Document:
    middle = float(random.normal({"shared": 0.35, "refused": -0.3}.get(kind, 0), 0.08))
    return {"intercept": middle, "low": middle - 0.12, "high": middle + 0.12, "factor": float(random.normal(0, 0.5))}


def divides(made: list[Document], statements: list[Document]) -> list[Document]:
    result = []
    for kind, plural in (("side", "sides"), ("group", "groups")):
        count = sum(c["kind"] == kind for c in made)
        for s in statements:
            for c in s[plural][: 1 if count == 2 else count]:
                if c["difference"] and c["difference"]["found"]:
                    found = {"difference": c["difference"]["value"], "q": c["difference"]["q"]}
                    result.append({"kind": kind, "camp": c["id"], "statement": s["id"], **found})
    return sorted(result, key=lambda d: -abs(d["difference"]))


def groups(plan: Plan, made: list[Document], statements: list[Document]) -> list[Document]:
    return [
        {
            "id": c["index"],
            "size": c["size"],
            "mean_confidence": None if c["suppressed"] else 0.94,
            "representative": [
                {
                    "statement": s["id"],
                    "direction": s["groups"][c["index"]]["representative"] or "agree",
                    **dict(zip(("p_success", "p_test", "repness", "repness_test"), (0.9, 3.1, 2.2, 2.9), strict=True)),
                }
                for s in statements
                if s["groups"][c["index"]]["representative"] or (plan.method == "polis" and s["id"] in "159")
            ][:5],
        }
        for c in made
        if c["kind"] == "group" and plan.reason in ("claimed", "given", "polis")
    ]


def ring(x: float, y: float, width: float, height: float, turn: float) -> str:
    """A closed wavy path around a point."""
    points = []
    for i in range(48):
        angle = i / 48 * 2 * math.pi
        r = 1 + 0.1 * math.sin(3 * angle + x) + 0.05 * math.cos(5 * angle + y)
        u, v = r * width * math.cos(angle), r * height * math.sin(angle)
        points.append(
            f"{x + u * math.cos(turn) - v * math.sin(turn):.0f} {y + u * math.sin(turn) + v * math.cos(turn):.0f}"
        )
    return "M" + "L".join(points) + "Z"


def drawing(plan: Plan, made: list[Document]) -> Document:
    """The map: sides one above the other, groups left and right."""
    shown = [c for c in made if c["kind"] in ("side", "group") and not c["suppressed"]]
    if plan.suppress_below > plan.people or not shown:
        return {"reason": "suppressed", "dots": False, "width": 1000, "height": 700, "shapes": []}
    shapes = []
    for c in shown:
        i, count = c["index"], max(2, len([s for s in shown if s["kind"] == c["kind"]]))
        x, y = (
            (500 + 30 * i, 270 + 160 * i) if c["kind"] == "side" else (250 + 500 * i / (count - 1), 350 - 90 * (i % 2))
        )
        w, h = (300, 110) if c["kind"] == "side" else (120, 170)
        shapes.append(
            {
                "kind": c["kind"],
                "camp": i,
                "label": [x, y],
                "levels": [{"mass": m, "path": ring(x, y, w * f, h * f, 0.2 * i)} for m, f in ((0.5, 0.6), (0.8, 1))],
                "dots": "".join(f"M{x + 13 * k % 170 - 80} {y + 29 * k % 150 - 70}h0" for k in range(60))
                if plan.dots
                else None,
            }
        )
    return {"reason": None, "dots": plan.dots, "width": 1000, "height": 700, "shapes": shapes}


def suppressed(plan: Plan, made: list[Document], statements: list[Document]) -> list[Document]:
    if plan.suppress_below <= 1:
        return []
    result: list[Document] = [{"what": "people", "reason": "person", "kind": None, "camp": None, "statements": None}]
    if plan.delegations and not plan.show_delegations:
        result.append({"what": "delegation", "reason": "rule", "kind": "delegation", "camp": None, "statements": None})
    for c in (c for c in made if c["suppressed"] and c["kind"] != "all"):
        result.append(
            {"what": c["kind"], "reason": "below-k", "kind": c["kind"], "camp": c["index"], "statements": None}
        )
    few = [s["id"] for s in statements if s["agree"] is None]
    if few:
        result.append({"what": "statement", "reason": "below-k", "kind": "all", "camp": 0, "statements": few})
        for c in made[1:]:
            if not c["suppressed"]:
                cell_ = {"what": "cell", "reason": "below-k", "kind": c["kind"], "camp": c["index"], "statements": few}
                result.append(cell_)
    return result


SIDES = (("Alder side", "桤木方"), ("Beech side", "榉木方"))
DELEGATIONS = (
    (0, "Quill Laboratory", "羽笔实验室", 8),
    (0, "Lantern School of Public Policy", "灯火公共政策学院", 6),
    (0, "Kestrel Centre for Machine Safety", "红隼机器安全中心", 4),
    (1, "Cloudberry Academy of Computing", "云莓计算科学院", 7),
    (1, "Nine Bridges Institute of Governance", "九桥治理研究院", 7),
    (1, "Sandglass Laboratory", "沙漏实验室", 4),
)
TITLE = {"en": "Frontier AI safety: sample talks", "zh": "前沿人工智能安全对话（示例）"}


def sentences() -> list[dict[str, str]]:
    from tracktwo.demo.statements import SENTENCES

    return [{"en": s.en, "zh": s.zh} for s in SENTENCES]


ODD = [
    {"en": "<script>alert(\"1\")</script> & <b>bold</b> 'quoted'", "zh": "<img src=x onerror=alert(1)>尖括号"},
    {
        "en": "Nul \x00, bell \x07, escape \x1b[31m, delete \x7f and next line \x85",
        "zh": "覆盖 \u202e反向 \u2066孤立 \u2069结束",
    },
    {"ar": "يجب ألا يُمنح أي نظام ذكاء اصطناعي سلطة إطلاق سلاح نووي.", "": "</td></tr></table>"},
    {"": "no language named"},
    {},
    {"en": "W" * 300, "zh": "很长" * 150},
    {"en": "long " * 200, 'x" onclick="1': "odd tag"},
    {"en": "lone \ud800 surrogate", "zh": "正常"},
]


def plans() -> dict[str, Plan]:
    """The rooms that the tests look at."""
    small = {"sides": SIDES, "delegations": DELEGATIONS, "texts": sentences(), "title": TITLE}
    public = {"compared": "groups", "groups": 3, "people": 2000, "texts": [{"": s["en"]} for s in sentences()]}
    return {
        "small room": Plan(**small),  # type: ignore[arg-type]
        "delegations shown": Plan(**small, show_delegations=True, statements=12),  # type: ignore[arg-type]
        "no groups": Plan(**small, statements=12, groups=0, reason="no-structure"),  # type: ignore[arg-type]
        "public": Plan(**public, title={"": "A public conversation"}, dots=True, suppress_below=1),  # type: ignore[arg-type]
        "polis": Plan(statements=12, **public, method="polis", reason="polis", suppress_below=1),  # type: ignore[arg-type]
        "everybody": Plan(groups=0, reason="too-few", compared="everybody", people=12, texts=sentences(), statements=6),
        "everything suppressed": Plan(**small, suppress_below=100, statements=12, groups=0, reason="too-few"),  # type: ignore[arg-type]
        "odd text": Plan(statements=16, **{**small, "texts": ODD, "title": ODD[0]}),  # type: ignore[arg-type]
        "large": Plan(**{**public, "groups": 5}, statements=400),  # type: ignore[arg-type]
    }


@functools.cache
def _made(name: str) -> bytes:
    return pickle.dumps(document(plans()[name]))


def example(name: str) -> Document:
    """One of :func:`plans`, made."""
    made: Document = pickle.loads(_made(name))
    return made
