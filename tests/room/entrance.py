"""People who sign in the real way: with a name, a password and an authenticator."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import pyotp
from django.test import Client

from tracktwo.room.people.factors import new_secret, recovery_mark
from tracktwo.room.people.models import Account, Seat
from tracktwo.room.people.passwords import hashed, name_mark

PASSWORD = "four herons at dusk"
KEPT = hashed(PASSWORD)
RECOVERY = ["1111 2222 3333", "4444 5555 6666"]


def browser(**headers: str) -> Client:
    """A browser in which nobody is signed in."""
    return Client(headers={"sec-fetch-site": "same-origin", **headers})


@dataclass
class Person:
    """Somebody with an account."""

    name: str
    account: Account
    secret: str

    def code(self, later: float = 0) -> str:
        """What the authenticator shows."""
        return pyotp.TOTP(self.secret).at(int(time.time() + later))

    def begin(self, client: Client, onward: str = "", password: str = PASSWORD) -> Any:
        """Give name and password."""
        return client.post(f"/sign-in?next={onward}", {"name": self.name, "password": password})

    def sign_in(self, client: Client, onward: str = "") -> Any:
        """Give both factors rightly."""
        assert self.begin(client, onward)["Location"] == "/sign-in/second-factor"
        return client.post("/sign-in/second-factor", {"code": self.code()})


def person(name: str, *seats: Seat) -> Person:
    """Somebody with an account, who holds these seats."""
    secret = new_secret()
    account = Account(name_mark=name_mark(name), password=KEPT, second_factor={"secret": secret})
    account.recovery = {"codes": [recovery_mark(account.id, code) for code in RECOVERY]}
    account.save()
    for seat in seats:
        seat.account = account
        seat.save()
    return Person(name, account, secret)
