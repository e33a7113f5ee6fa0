"""Passkeys (WebAuthn): keys in a person's device that sign a challenge of the room, where the room has a name.

A challenge stands five minutes, in the session, for one purpose, and is used up by the first answer. What the library
verifies: the challenge, the origin, the name of the room, the signature, that the person was verified, and that the
counter of the device went up.
"""

from __future__ import annotations

import ipaddress
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import webauthn
from django.http import HttpRequest
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from tracktwo.room.keys import current

LIFE = 300
"""Seconds for which a challenge stands."""
LARGEST = 16_384
"""Characters of an answer at most."""
NAME = "Room"
"""What a device calls the room: a name that says nothing."""


class NotTaken(Exception):
    """The answer of a device was not taken: wrong, late, of another origin, or played again."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the room stands, as a browser sees it."""

    name: str
    origin: str


def place(request: HttpRequest) -> Place | None:
    """Where passkeys can be used; None where the host is an address without a name, or is reached unprotected."""
    host = request.get_host()
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    if name == "localhost" or name.endswith(".localhost"):
        return Place(name, f"{request.scheme}://{host}")
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return Place(name, f"{request.scheme}://{host}") if request.is_secure() and "." in name else None
    return None


def mark(identifier: str) -> UUID:
    """What a credential is found by, from its identifier in base64url."""
    return current().mark("passkey", base64url_to_bytes(identifier))


def ask_registration(session: Any, place: Place, account: UUID, present: Iterable[Any], now: float = 0) -> str:
    """The options, in JSON, with which a browser makes a new passkey."""
    options = webauthn.generate_registration_options(
        rp_id=place.name,
        rp_name=NAME,
        user_name=NAME,
        user_id=_handle(account),
        user_display_name=NAME,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[_descriptor(each) for each in present],
        timeout=LIFE * 1000,
    )
    _remember(session, "register", options.challenge, now)
    return webauthn.options_to_json(options)


def registered(session: Any, place: Place, given: str, now: float = 0) -> dict[str, Any]:
    """The credential that a browser made, to be kept; NotTaken otherwise."""
    challenge = _challenge(session, "register", now)
    try:
        found = webauthn.verify_registration_response(
            credential=_read(given),
            expected_challenge=challenge,
            expected_rp_id=place.name,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except Exception as error:  # bytes of a stranger: whatever they break in the library, they are not taken
        raise NotTaken from error
    return {
        "id": bytes_to_base64url(found.credential_id),
        "key": bytes_to_base64url(found.credential_public_key),
        "count": found.sign_count,
    }


def ask(session: Any, place: Place, purpose: str, allowed: Iterable[Any] = (), now: float = 0) -> str:
    """The options, in JSON, with which a browser signs; without ``allowed`` the device offers what it has."""
    options = webauthn.generate_authentication_options(
        rp_id=place.name,
        allow_credentials=[_descriptor(each) for each in allowed],
        user_verification=UserVerificationRequirement.REQUIRED,
        timeout=LIFE * 1000,
    )
    _remember(session, purpose, options.challenge, now)
    return webauthn.options_to_json(options)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a browser signed, not yet verified."""

    given: dict[str, Any]
    challenge: bytes
    place: Place

    @property
    def mark(self) -> UUID:
        """What the credential is found by; NotTaken where it cannot be read."""
        try:
            return mark(self.given["rawId"])
        except (ValueError, LookupError, TypeError, AttributeError):
            raise NotTaken from None

    def count(self, credential: dict[str, Any], account: UUID) -> int:
        """The counter of the device, once the signature is verified; NotTaken otherwise."""
        try:
            handle = self.given["response"].get("userHandle")
            if handle and base64url_to_bytes(handle) != _handle(account):
                raise NotTaken
            return webauthn.verify_authentication_response(
                credential=self.given,
                expected_challenge=self.challenge,
                expected_rp_id=self.place.name,
                expected_origin=self.place.origin,
                credential_public_key=base64url_to_bytes(credential["key"]),
                credential_current_sign_count=credential["count"],
                require_user_verification=True,
            ).new_sign_count
        except Exception as error:  # as above
            raise NotTaken from error


def answer(session: Any, place: Place, purpose: str, given: str, now: float = 0) -> Answer:
    """Read what a browser signed; the challenge is used up."""
    challenge = _challenge(session, purpose, now)
    return Answer(_read(given), challenge, place)


def _read(given: str) -> dict[str, Any]:
    try:
        found = json.loads(given) if len(given) <= LARGEST else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise NotTaken
    return found


def _remember(session: Any, purpose: str, challenge: bytes, now: float) -> None:
    session["challenge"] = {"for": purpose, "is": bytes_to_base64url(challenge), "at": now or time.time()}


def _challenge(session: Any, purpose: str, now: float) -> bytes:
    found = session.pop("challenge", None)
    if not found or found["for"] != purpose or (now or time.time()) - found["at"] > LIFE:
        raise NotTaken
    return base64url_to_bytes(found["is"])


def _handle(account: UUID) -> bytes:
    return current().mark("passkey-owner", account.bytes).bytes


def _descriptor(passkey: Any) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(id=base64url_to_bytes(passkey.credential["id"]))
