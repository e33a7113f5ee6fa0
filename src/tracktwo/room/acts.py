"""Acts: everything that changes state. An act checks the right, writes, and stages its entry, in one transaction.

The entry is a sealed leaf of a fixed size under a random name, in a table that keeps no order, so that the staged log
says neither who acted nor in which order (SECURITY 2 and 5). What is unattributed stays so in its leaf.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from tracktwo.room.access import Viewer, require
from tracktwo.room.fields import Identified, Sealed

LEAF = 2048
"""Bytes that every staged leaf is padded to."""


class StagedLeaf(Identified):
    """What an act leaves for the record, until a sequencer takes it up among others."""

    leaf = Sealed(least=LEAF)

    class Meta:
        app_label = "room"


@dataclass(slots=True)
class Leaf:
    """What the record will say of one act."""

    action: str
    process: str
    on: date
    actor: str | None = None
    """The seat; None where the act is unattributed."""
    about: list[dict[str, str]] = field(default_factory=list)

    def commits(self, kind: str, identifier: Any, content: Any = None) -> None:
        """Name an object, and commit to a content of JSON by a salted hash of its canonical form."""
        entry = {"kind": kind, "id": str(identifier)}
        if content is not None:
            salt = secrets.token_bytes(16)
            text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
            entry |= {"salt": salt.hex(), "sha256": hashlib.sha256(salt + text).hexdigest()}
        self.about.append(entry)


@contextmanager
def act(viewer: Viewer, action: str, *, attributed: bool = True) -> Iterator[Leaf]:
    """A transaction in which ``viewer`` does ``action``: Absent where it may not be done, and nothing is written.

    What is acknowledged after it is durable. ``attributed=False`` keeps the actor out of the record.
    """
    with transaction.atomic(durable=True):
        require(viewer, action)
        leaf = Leaf(action, str(viewer.process.id), viewer.today, str(viewer.seat.id) if attributed else None)
        yield leaf
        stage(leaf)


def stage(leaf: Leaf) -> None:
    """Write the leaf of an act; within its transaction."""
    StagedLeaf.objects.create(
        leaf={
            "act": leaf.action,
            "process": leaf.process,
            "on": leaf.on.isoformat(),
            "by": leaf.actor,
            "about": leaf.about,
        }
    )
