"""The one gate: what an analysis shows to others, with everything suppressed that must be.

Every output (JSON, CSV, terminal, report) is rendered from the document built here, and from nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np

from tracktwo import __version__
from tracktwo.opinion.analysing import CREDIBILITY, LEVEL, STRUCTURE_LEVEL
from tracktwo.opinion.analysis import Analysis, Camp, Differences, Flags, Weakest
from tracktwo.opinion.intervals import jeffreys
from tracktwo.opinion.mapping import opinion_map
from tracktwo.opinion.remaining import fitted, remaining_differences, remaining_slate
from tracktwo.opinion.suppression import Suppression, countable, safe_among, suppress
from tracktwo.opinion.threads import on_one_blas_thread
from tracktwo.opinion.votes import InputError

SCHEMA = "tracktwo/opinion/1"
KINDS = {"side": "sides", "delegation": "delegations", "group": "groups"}
Document = dict[str, Any]


@on_one_blas_thread
def publish(analysis: Analysis, *, suppress_below: int = 5, delegations: bool = False) -> Document:
    """The document "tracktwo/opinion/1" (docs/json.md): plain dictionaries, lists, numbers and text.

    No count of 1 to ``suppress_below`` − 1 people is in it, nor follows from others, and no position or group of a
    person; at 1 or less everything is shown. Results by delegation only with ``delegations``, where the rules of
    procedure allow them. InputError if ``suppress_below`` is negative.
    """
    if suppress_below < 0:
        raise InputError(f"Suppression below {suppress_below} people means nothing; give 1 to lift it, or more.")
    view = _View.of(analysis, below=suppress_below, delegations=delegations)
    return {
        "schema": SCHEMA,
        "version": __version__,
        "method": analysis.method,
        "title": dict(analysis.votes.title),
        "settings": {
            "threshold": analysis.threshold,
            "credibility": CREDIBILITY,
            "level": LEVEL,
            "structure_level": STRUCTURE_LEVEL,
            "suppress_below": suppress_below,
            "seed": analysis.seed,
            "groups": analysis.asked,
            "delegations": delegations,
        },
        "counts": {
            "participants": analysis.votes.n,
            "statements": analysis.votes.m,
            "included": int(analysis.included.sum()),
            "votes": int(analysis.counts[0][view.shown.counted[0]].sum()),
            "revotes": None if 0 < analysis.votes.revotes < suppress_below else analysis.votes.revotes,
        },
        "compared": view.compared,
        "participants": view.participants(),
        "camps": [view.camp(i) for i in view.listed],
        "groups": [view.group(i) for i in view.of_kind("group")],
        "statements": [view.statement(j) for j in range(analysis.votes.m)],
        "common_ground": {
            "agree": [view.id(j) for j in analysis.common_agree if view.comparable[j]],
            "disagree": [view.id(j) for j in analysis.common_disagree if view.comparable[j]],
        },
        "divides": view.divides(),
        "structure": view.structure(),
        "bridging": view.bridging(),
        "slate": view.slate(),
        "map": view.map(),
        "suppressed": view.suppressed(),
    }


@dataclass(frozen=True, slots=True, eq=False)
class _View:
    """An analysis behind its suppression."""

    analysis: Analysis
    shown: Suppression
    counts: list[list[list[int]]]
    """(camps, m, 3) disagreements, passes, agreements, as numbers that are quick to write out."""
    low: list[list[float]]
    """(camps, m) bounds of the share of agreement."""
    high: list[list[float]]
    comparable: Flags
    """(m,) whether every camp compared is shown, so that what is common to them may be."""
    grouped: Flags
    """(m,) whether everybody and every group is shown: Polis compares a group with all the others."""
    tested: Differences | None
    listed: tuple[int, ...]
    """Camps that the reader may know of at all."""

    @classmethod
    def of(cls, analysis: Analysis, *, below: int, delegations: bool) -> _View:
        hidden = np.array([camp.kind == "delegation" and not delegations for camp in analysis.camps])
        others = (fitted(analysis),)
        shown = suppress(analysis.votes, analysis.camps, below=below, hidden=hidden, others=others)
        low, high = jeffreys(analysis.counts[:, :, 2], analysis.counts.sum(axis=2))
        groups = [camp.kind in {"all", "group"} for camp in analysis.camps]
        return cls(
            analysis,
            shown,
            analysis.counts.tolist(),
            low.tolist(),
            high.tolist(),
            comparable=np.asarray(shown.counted[list(analysis.compared)].all(axis=0)),
            grouped=np.asarray(shown.counted[groups].all(axis=0)),
            tested=remaining_differences(analysis, shown),
            listed=tuple(np.flatnonzero(~hidden).tolist()),
        )

    @property
    def compared(self) -> str:
        kind = self.analysis.camps[self.analysis.compared[0]].kind
        return {"all": "everybody", "side": "sides", "group": "groups"}[kind]

    def of_kind(self, kind: str) -> list[int]:
        return [i for i in self.listed if self.analysis.camps[i].kind == kind]

    def id(self, statement: int) -> str:
        return self.analysis.votes.statements[statement].id

    def rounded(self, value: float) -> float | None:
        """A number that every vote moves a little, so that no vote is told by its last digits."""
        return number(value if self.shown.below <= 1 else round(float(value), 4))

    def participants(self) -> list[Document]:
        analysis, open_ = self.analysis, self.shown.below <= 1
        ids = analysis.votes.participants.tolist()
        if not open_:
            nothing = {"x": None, "y": None, "group": None, "confidence": None}
            return [{"id": str(each), **nothing} for each in ids]
        x, y = analysis.space.positions[:, :2].T
        return [
            {
                "id": str(each),
                "x": number(a),
                "y": number(b),
                "group": None if g < 0 else int(g),
                "confidence": number(c),
            }
            for each, a, b, g, c in zip(ids, x, y, analysis.groups.labels, analysis.groups.confidence, strict=True)
        ]

    def camp(self, index: int) -> Document:
        camp = self.analysis.camps[index]
        shown = bool(self.shown.camps[index])
        side = self._side_of(camp)
        return {
            "kind": camp.kind,
            "index": camp.index,
            "letter": self._letter(camp, side),
            "name": dict(camp.name),
            "size": int(camp.members.sum()) if shown else None,
            "side": side,
            "suppressed": not shown,
        }

    def _side_of(self, camp: Camp) -> int | None:
        if camp.kind != "delegation" or self.analysis.sides is None:
            return None
        return int(self.analysis.sides.side[camp.members].max()) if camp.members.any() else None

    def _letter(self, camp: Camp, side: int | None) -> str:
        if camp.kind == "side":
            return _letters(camp.index)
        if camp.kind == "group":
            return str(camp.index + 1)
        if side is None or self.analysis.sides is None:
            return ""
        before = [c for c in self.analysis.camps if c.kind == "delegation" and c.index < camp.index]
        return _letters(side) + str(1 + sum(self._side_of(c) == side for c in before))

    def group(self, index: int) -> Document:
        analysis, camp = self.analysis, self.analysis.camps[index]
        shown = bool(self.shown.camps[index])
        own = analysis.representative[camp.index] if analysis.representative and shown else ()
        sure = analysis.groups.confidence[camp.members]
        return {
            "id": camp.index,
            "size": int(camp.members.sum()) if shown else None,
            "mean_confidence": self.rounded(sure.mean()) if shown and len(sure) else None,
            "representative": [
                {
                    "statement": self.id(each.statement),
                    "direction": each.direction,
                    "p_success": number(each.p_success),
                    "p_test": number(each.p_test),
                    "repness": number(each.repness),
                    "repness_test": number(each.repness_test),
                }
                for each in own
                if self.grouped[each.statement]
            ],
        }

    def statement(self, j: int) -> Document:
        analysis, statement = self.analysis, self.analysis.votes.statements[j]
        return {
            "id": statement.id,
            "text": dict(statement.text),
            "moderated": statement.moderated,
            "meta": statement.meta,
            "included": bool(analysis.included[j]),
            **self._counts(0, j),
            "consensus": number(analysis.consensus[j]) if self._consensus_shown(j) else None,
            "common": {
                "agree": self._common(analysis.agree, analysis.common_agree, j),
                "disagree": self._common(analysis.disagree, analysis.common_disagree, j),
            },
            "priority": number(analysis.priority[j]) if self._consensus_shown(j) else None,
            **{name: [self._cell(i, j) for i in self.of_kind(kind)] for kind, name in KINDS.items()},
            "bridging": self._bridging(j),
        }

    def _consensus_shown(self, j: int) -> bool:
        """Under Polis the product is over groups, and the priority counts everybody in one."""
        return bool(self.grouped[j] if self.analysis.method == "polis" else self.comparable[j])

    def _counts(self, camp: int, j: int) -> Document:
        if not self.shown.counted[camp, j]:
            return {"agree": None, "disagree": None, "pass": None, "share": None}
        disagree, passed, agree = self.counts[camp][j]
        cast = agree + passed + disagree
        share = _interval(agree / cast, self.low[camp][j], self.high[camp][j]) if cast else None
        return {"agree": agree, "disagree": disagree, "pass": passed, "share": share}

    def _common(self, weakest: Weakest, found: Any, j: int) -> Document | None:
        if not self.comparable[j] or np.isnan(weakest.posterior[j]):
            return None
        return {
            "posterior": number(weakest.posterior[j]),
            **_interval(weakest.estimate[j], weakest.low[j], weakest.high[j]),
            "found": bool((found == j).any()),
        }

    def _cell(self, camp: int, j: int) -> Document:
        counted = bool(self.shown.counted[camp, j])
        return {
            "id": self.analysis.camps[camp].index,
            **self._counts(camp, j),
            "difference": self._difference(camp, j) if counted else None,
            "representative": self._stands_for(camp, j) if counted else None,
            "suppressed": not counted,
        }

    def _difference(self, camp: int, j: int) -> Document | None:
        tested = self.tested
        if tested is None or np.isnan(tested.q_value[camp, j]):
            return None
        return {
            "value": number(tested.difference[camp, j]),
            "p": number(tested.p_value[camp, j]),
            "q": number(tested.q_value[camp, j]),
            "found": bool(tested.found[camp, j]),
        }

    def _stands_for(self, camp: int, j: int) -> str | None:
        """Whether the camp stands out on a statement, and which way."""
        analysis, own = self.analysis, self.analysis.camps[camp]
        if self.tested is not None and self.tested.found[camp, j]:
            return "agree" if self.tested.difference[camp, j] > 0 else "disagree"
        if own.kind == "group" and analysis.representative and self.grouped[j]:
            return next((r.direction for r in analysis.representative[own.index] if r.statement == j), None)
        return None

    def _bridging(self, j: int) -> Document | None:
        found = self.analysis.bridging
        if found is None or np.isnan(found.statement_intercept[j]) or not self.shown.others_counted[0, j]:
            return None
        return {
            "intercept": self.rounded(found.statement_intercept[j]),
            "low": self.rounded(found.low[j]),
            "high": self.rounded(found.high[j]),
            "factor": self.rounded(found.statement_factor[j]),
        }

    def divides(self) -> list[Document]:
        """Differences found, largest first; of two camps that make up a kind only the first is named."""
        tested, rows = self.tested, []
        if tested is None:
            return []
        for kind in KINDS:
            camps = self.of_kind(kind)
            for i in camps[:1] if len(camps) == 2 else camps:
                for j in np.flatnonzero(tested.found[i]):
                    rows.append((-abs(tested.difference[i, j]), list(KINDS).index(kind), i, int(j)))
        return [
            {
                "kind": self.analysis.camps[i].kind,
                "camp": self.analysis.camps[i].index,
                "statement": self.id(j),
                "difference": number(tested.difference[i, j]),
                "q": number(tested.q_value[i, j]),
            }
            for _, _, i, j in sorted(rows)
        ]

    def structure(self) -> Document:
        found = self.analysis.structure
        return {
            "claimed": found.claimed,
            "p_value": number(found.p_value),
            "level": found.level,
            "stability": self.rounded(found.stability),
            "stability_of_people": self.rounded(found.stability_of_people),
            "stability_needed": found.stability_needed,
            "stability_of_everyone": self.rounded(found.stability_of_everyone),
            "stability_of_everyone_needed": found.stability_of_everyone_needed,
            "placed": self._placed(),
            "components": found.components,
            "silhouette": [self.rounded(x) for x in found.silhouette],
            "reason": found.reason,
            "variance": [self.rounded(x) for x in self.analysis.space.variance],
        }

    def _placed(self) -> int | None:
        """People placed in a group; null where that would tell how few are not."""
        groups, camps = self.analysis.groups, self.analysis.camps
        beside = [camp.members for camp, shown in zip(camps, self.shown.camps, strict=True) if shown]
        beside += [fitted(self.analysis)] if self.shown.others[0] else []
        told = groups.count and countable(groups.labels >= 0, beside, below=self.shown.below)
        return int((groups.labels >= 0).sum()) if told else None

    def bridging(self) -> Document | None:
        found, people = self.analysis.bridging, int(fitted(self.analysis).sum())
        if found is None or people < self.shown.below:
            return None
        return {
            "mean": self.rounded(found.mean),
            "loss": float(f"{found.loss:.8g}"),
            "people": people if self.shown.others[0] else None,
            "statements": int(np.isfinite(found.statement_intercept).sum()),
        }

    def slate(self) -> Document | None:
        found = remaining_slate(self.analysis, self.shown)
        if found is None:
            return None
        return {"rule": found.rule, "statements": [self.id(j) for j in found.statements], "ejr_plus": found.ejr_plus}

    def map(self) -> Document:
        """The map of camps that have so many people with a position that none of those is given away."""
        analysis, below = self.analysis, self.shown.below
        positioned = np.asarray(np.isfinite(analysis.space.positions[:, :2]).all(axis=1))
        parts = np.array([camp.kind != "all" for camp in analysis.camps])
        camps = safe_among(analysis.camps, positioned, below=below, candidates=self.shown.camps & parts)
        camps[0] = self.shown.camps[0] and positioned.sum() >= below
        return opinion_map(analysis, camps, dots=below <= 1, least=below)

    def suppressed(self) -> list[Document]:
        """What is not shown and why; never how many people it is about."""
        out: list[Document] = []
        if self.shown.below > 1:
            out.append(_kept_back("people", "person"))
        if len(self.listed) < len(self.analysis.camps):
            out.append(_kept_back("delegation", "rule", kind="delegation"))
        for i in self.listed:
            camp = self.analysis.camps[i]
            if not self.shown.camps[i] and camp.kind != "all":
                reason = "below-k" if self.shown.small[i] else "complement"
                out.append(_kept_back(camp.kind, reason, kind=camp.kind, camp=camp.index))
                continue
            for few, reason in ((True, "below-k"), (False, "complement")):
                gone = ~self.shown.counted[i] & (self.shown.few[i] == few)
                if gone.any():
                    what = "statement" if camp.kind == "all" else "cell"
                    ids = [self.id(int(j)) for j in np.flatnonzero(gone)]
                    out.append(_kept_back(what, reason, kind=camp.kind, camp=camp.index, statements=ids))
        return out


def number(value: float) -> float | None:
    """Twelve significant digits, so that the last bits of a machine are not in a document; None for NaN."""
    value = float(value)  # one of NumPy's is slow to write out
    return float(f"{value:.12g}") if isfinite(value) else None


def _interval(estimate: float, low: float, high: float) -> Document:
    return {"estimate": number(estimate), "low": number(low), "high": number(high)}


def _kept_back(
    what: str, reason: str, *, kind: str | None = None, camp: int | None = None, statements: list[str] | None = None
) -> Document:
    return {"what": what, "reason": reason, "kind": kind, "camp": camp, "statements": statements}


def _letters(index: int) -> str:
    """A, B, … Z, AA, AB, … for 0, 1, …."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
