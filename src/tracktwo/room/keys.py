"""The keys of a room, which are never in its database: typed at start, or kept on separate media.

One age identity opens every envelope. One seed gives, by HKDF, the keys that pseudonyms, names and cookies are made
with. A copy of the database without them neither opens a body nor says who voted what.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pyrage
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORM = "tracktwo/keys/1"


class KeysError(Exception):
    """The keys cannot be read; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What opens a room's envelopes and makes its pseudonyms."""

    identity: str = field(repr=False)
    """An age secret key (X25519)."""
    seed: bytes = field(repr=False)
    """32 bytes."""

    @classmethod
    def new(cls) -> Keys:
        """Make keys from the system's randomness."""
        return cls(str(pyrage.x25519.Identity.generate()), secrets.token_bytes(32))

    def derived(self, purpose: str) -> bytes:
        """32 bytes for one purpose (HKDF, RFC 5869)."""
        return _derived(self.seed, purpose)

    def mark(self, purpose: str, *parts: bytes) -> UUID:
        """128 bits that only the holder of the keys can make of these parts (HMAC-SHA-256, cut)."""
        text = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
        # hmac.digest would be quicker alone, but lets other threads in, and every vote makes a mark
        return UUID(bytes=hmac.new(self.derived(purpose), text, "sha256").digest()[:16])

    def written(self, passphrase: str | None) -> bytes:
        """The file of the keys, under a passphrase (age, scrypt) or, for media kept elsewhere, without."""
        text = json.dumps({"form": FORM, "identity": self.identity, "seed": self.seed.hex()}).encode()
        return text if passphrase is None else pyrage.passphrase.encrypt(text, passphrase)


def read(content: bytes, passphrase: str | None = None) -> Keys:
    """The keys in the content of a file. KeysError where it is another file or the passphrase is not its own."""
    if content.startswith(b"age-encryption.org/"):
        if passphrase is None:
            raise KeysError("The keys are under a passphrase; type it, or give a file that holds it.")
        try:
            content = pyrage.passphrase.decrypt(content, passphrase)
        except pyrage.DecryptError:
            raise KeysError("The passphrase does not open these keys.") from None
    try:
        found = json.loads(content)
        keys = Keys(found["identity"], bytes.fromhex(found["seed"]))
        pyrage.x25519.Identity.from_str(keys.identity)
    except (ValueError, LookupError, TypeError, pyrage.IdentityError):
        raise KeysError("This is not a file of tracktwo's keys.") from None
    if found.get("form") != FORM or len(keys.seed) != 32:
        raise KeysError("This is not a file of tracktwo's keys.")
    return keys


def write(path: Path, keys: Keys, passphrase: str | None) -> None:
    """Write a file that only its owner reads, and that is there only when it is whole."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(keys.written(passphrase))
        file.flush()
        os.fsync(file.fileno())


@cache
def _derived(seed: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=f"tracktwo/{purpose}".encode()).derive(seed)


_installed: Keys | None = None


def install(keys: Keys) -> None:
    """Make these the keys of the process; once, before the room is opened."""
    global _installed  # a process has one room
    _installed = keys


def current() -> Keys:
    """The keys of the process; KeysError where none were installed."""
    if _installed is None:
        raise KeysError("No keys were given to this process.")
    return _installed


def fingerprint() -> str:
    """A short mark that tells two files of keys apart and says nothing of what they open."""
    return sha256(current().derived("fingerprint")).hexdigest()[:16]
