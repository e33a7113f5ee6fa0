"""Envelopes: what is confidential is sealed before it is written, so that disk, log and backup show nothing.

An envelope is an age file (X25519) around JSON that was padded, so that its size says little about its content. The
running process can open it, and so can whoever controls the process: the room says so where it matters.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from typing import Any

import pyrage

from tracktwo.room import keys

SMALLEST, LARGE = 256, 4096
"""Bytes that every envelope holds at least, and from which sizes go up in steps of as many rather than doubling."""


def seal(value: Any, *, least: int = SMALLEST) -> bytes:
    """An envelope around a value of JSON, which holds at least ``least`` bytes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    return pyrage.encrypt(text.ljust(padded(len(text), least)), [_recipient(keys.current().identity)])


def unseal(envelope: bytes) -> Any:
    """The value in an envelope; ValueError if it is none of this room."""
    return json.loads(_opened(bytes(envelope), keys.current().identity))


def padded(size: int, least: int = SMALLEST) -> int:
    """The size to which a text of ``size`` bytes is filled up with spaces, which JSON ignores."""
    room = least
    while room < size and room < LARGE:
        room *= 2
    return room if size <= room else -(-size // LARGE) * LARGE


@cache
def _identity(secret: str) -> Any:
    return pyrage.x25519.Identity.from_str(secret)


@cache
def _recipient(secret: str) -> Any:
    return _identity(secret).to_public()


@lru_cache(maxsize=20_000)
def _opened(envelope: bytes, secret: str) -> bytes:
    try:
        return bytes(pyrage.decrypt(envelope, [_identity(secret)]))
    except pyrage.DecryptError:
        raise ValueError("An envelope is damaged, or sealed for other keys.") from None
