"""Snapshots: results as they are shown, made when enough people have voted or changed, and once more at closing.

Between two snapshots no side changes by a few people, so that one less the other tells of nobody (SECURITY 2). The
document is what ``tracktwo.opinion`` publishes; nothing is shown that does not stand in it.
"""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from tracktwo.opinion import InputError, analyse
from tracktwo.opinion.publication import publish
from tracktwo.room.acts import Leaf, stage
from tracktwo.room.concerns.models import Snapshot, Sounding
from tracktwo.room.concerns.tallies import Tally, due, tally
from tracktwo.room.people.models import Process
from tracktwo.room.people.rules import Rules, rules

AT_ONCE = 2_000
"""Ballots up to which results are worked out while the mediator waits."""
_turns: defaultdict[UUID, threading.Lock] = defaultdict(threading.Lock)
_working: set[UUID] = set()
_log = logging.getLogger("tracktwo.room.snapshots")


def parts(sounding: Sounding) -> tuple[str, ...]:
    """What is analysed apart: votes that are not verified never touch those that are."""
    return ("verified", "unverified") if sounding.audience == "wide" and sounding.unverified else ("verified",)


def latest(sounding: Sounding, part: str = "verified") -> UUID | None:
    """The last snapshot of a part; of a closed sounding, the closing one alone."""
    found = _last(sounding, part)
    if found is None or (sounding.state == Sounding.State.CLOSED and not closing(found)):
        return None
    return found


def missing(sounding: Sounding) -> bool:
    """Whether a closed sounding still waits for its last results."""
    return any(latest(sounding, part) is None for part in parts(sounding))


def closing(snapshot: UUID) -> bool:
    """Whether a snapshot is the one made at closing."""
    return bool(stored(snapshot)["closing"])


@lru_cache(maxsize=16)
def stored(snapshot: UUID) -> Any:
    """What a snapshot keeps: {"closing": whether it is the last, "published": the document, None without votes}."""
    return Snapshot.objects.values_list("document", flat=True).get(pk=snapshot)


def refresh(sounding: Sounding, today: date) -> None:
    """Make a new snapshot of an open sounding whose results are shown, if enough has changed on every side."""
    if sounding.state != Sounding.State.OPEN or not sounding.shown_open or sounding.audience != "room":
        return
    turn = _turns[sounding.pk]
    if not turn.acquire(blocking=False):
        return  # somebody else is at it: what is shown stays until they are done
    try:
        _moved_on(sounding, today)
    finally:
        turn.release()


def _moved_on(sounding: Sounding, today: date) -> None:
    agreed = _rules(sounding)
    last = Snapshot.objects.filter(sounding=sounding, part="verified").order_by("-number").first()
    now = tally(sounding)
    before, basis = last.basis if last else {}, now.basis()
    if due(before, basis, now.camps.voters(), k=agreed.k, by_delegation=agreed.by_delegation):
        document = published(sounding, now, agreed, groups="none")
        _keep(sounding, "verified", (last.number if last else 0) + 1, document, basis, today, closing=False)


def settle(sounding: Sounding, today: date) -> None:
    """Make the closing snapshot of every part that has none yet; doing so again changes nothing."""
    if sounding.state != Sounding.State.CLOSED:
        return
    with _turns[sounding.pk]:
        for part in parts(sounding):
            last = _last(sounding, part)
            if last is not None and closing(last):
                continue
            now = tally(sounding, verified=part == "verified")
            document = published(sounding, now, _rules(sounding), groups="auto")
            number = Snapshot.objects.filter(sounding=sounding, part=part).count() + 1
            _keep(sounding, part, number, document, {}, today, closing=True)


def settle_soon(sounding: Sounding, today: date) -> None:
    """The same, beside the request where there are so many ballots that somebody would have to wait."""
    if connection.in_atomic_block or sounding.ballots.count() <= AT_ONCE:
        settle(sounding, today)
    elif sounding.pk not in _working:
        _working.add(sounding.pk)
        threading.Thread(target=_settled_apart, args=(sounding, today), name="results", daemon=True).start()


def _settled_apart(sounding: Sounding, today: date) -> None:
    try:
        settle(sounding, today)
        _working.discard(sounding.pk)
    except Exception:
        _log.exception("closing")  # it stays among those worked on: it is not tried again at every look
    finally:
        connection.close()


def published(sounding: Sounding, now: Tally, agreed: Rules, *, groups: str) -> dict[str, Any] | None:
    """The document of a tally; None where there is nothing to count.

    While voting is open no groups are sought: people who move from one found group to another would make two
    snapshots tell more than each of them does.
    """
    texts = {
        each.number: {name: each.body[name] for name in ("en", "zh") if each.body.get(name)}
        for each in sounding.statements.filter(withdrawn=False)
    }
    try:
        found = analyse(
            now.votes(texts),
            sides=now.sides(),
            groups=groups,  # type: ignore[arg-type]
            slate_size=None,
        )
    except InputError:
        return None
    document = publish(found, suppress_below=agreed.k, delegations=agreed.by_delegation)
    document["participants"] = []  # their places among each other are nobody's business
    if groups == "none":
        _without_fits(document)
    return document


def _without_fits(document: dict[str, Any]) -> None:
    """Leave out what was fitted to every vote at once: from snapshot to snapshot only counts move."""
    document["bridging"] = None
    for statement in document["statements"]:
        statement["bridging"] = statement["priority"] = None


def _keep(sounding: Sounding, part: str, number: int, document: Any, basis: Any, today: date, *, closing: bool) -> None:
    """Write a snapshot and its entry; the votes enter the record with it, and in no other way."""
    with transaction.atomic():
        state = Sounding.objects.select_for_update().values_list("state", flat=True).get(pk=sounding.pk)
        if state != (Sounding.State.CLOSED if closing else Sounding.State.OPEN):
            return
        if Process.objects.filter(pk=sounding.process_id, frozen=True).exists():
            return  # asked again at the next look, once the freeze has ended
        made = Snapshot.objects.create(
            sounding=sounding,
            part=part,
            number=number,
            document={"closing": closing, "published": document},
            basis=basis,
        )
        leaf = Leaf("results.shown", str(sounding.process_id), today)
        leaf.commits("snapshot", made.pk, document)
        stage(leaf)


def _last(sounding: Sounding, part: str) -> UUID | None:
    rows = Snapshot.objects.filter(sounding=sounding, part=part).order_by("-number")
    return rows.values_list("pk", flat=True).first()


def _rules(sounding: Sounding) -> Rules:
    return rules(Process.objects.get(pk=sounding.process_id).rules)
