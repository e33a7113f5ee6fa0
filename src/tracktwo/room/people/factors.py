"""Second factors: codes of an authenticator (TOTP, RFC 6238), and recovery codes.

Which code was last used is kept in memory: on the disk it would be the time of the last sign-in. A code made before
the process began is refused, so that a restart brings none back.
"""

from __future__ import annotations

import base64
import hmac
import io
import secrets
import threading
import time
import unicodedata
from uuid import UUID

import pyotp
import segno

from tracktwo.room.keys import current

STEP = 30
"""Seconds for which a code stands."""
CODES = 10
"""Recovery codes that a person has."""
ISSUER = "Room"
"""What an authenticator shows: a name that says nothing."""


def new_secret() -> str:
    """160 random bits in base32."""
    return pyotp.random_base32()


def picture(secret: str) -> str:
    """The secret as a QR code, as the address of an image."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=ISSUER, issuer_name=ISSUER)
    drawn = io.BytesIO()
    segno.make(uri, error="m").save(drawn, kind="svg", scale=5, border=4, dark="#000", light="#fff", xmldecl=False)
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.getvalue()).decode()


def grouped(text: str, size: int = 4) -> str:
    """In groups, to read out or to type."""
    return " ".join(text[at : at + size] for at in range(0, len(text), size))


def digits(given: str) -> str:
    """What was typed as a code, without the spaces and dashes of its groups and in plain digits."""
    return "".join(c for c in unicodedata.normalize("NFKC", given) if not c.isspace() and c not in "-‐‑–—")


class Steps:
    """The last time step that each account used."""

    def __init__(self, began: float | None = None) -> None:
        self._began = int((time.time() if began is None else began) // STEP)
        self._used: dict[str, int] = {}
        self._lock = threading.Lock()

    def take(self, owner: str, secret: str, code: str, now: float | None = None) -> bool:
        """Whether it is a code of this minute, or half a minute beside it, that was not used; now it is."""
        step = int((time.time() if now is None else now) // STEP)
        with self._lock:
            found = [each for each in (step - 1, step, step + 1) if _same(secret, each, code)]
            fresh = [each for each in found if each > self._used.get(owner, self._began - 1)]
            if fresh:
                self._used[owner] = max(fresh)
            return bool(fresh)

    def first(self, secret: str, given: str, now: float | None = None) -> bool:
        """Whether it is a code of an authenticator that is not yet anybody's; it may be used once more to sign in."""
        step = int((time.time() if now is None else now) // STEP)
        return any(_same(secret, each, digits(given)) for each in (step - 1, step, step + 1))


def _same(secret: str, step: int, code: str) -> bool:
    return hmac.compare_digest(pyotp.TOTP(secret).at(step * STEP).encode(), code.encode())


steps = Steps()


def new_recovery() -> list[str]:
    """Codes of twelve digits in groups, each of which stands in once for the authenticator."""
    return [grouped(f"{secrets.randbelow(10**12):012d}") for _ in range(CODES)]


def recovery_mark(owner: UUID, code: str) -> str:
    """What is kept of a recovery code."""
    return str(current().mark("recovery", owner.bytes, digits(code).encode()))
