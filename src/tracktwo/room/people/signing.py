"""Signing in: names, passwords, the session of somebody who is in, and authentication that is fresh.

A session holds ``account``, ``generation``, ``seat`` and ``fresh`` (when password and second factor, or a passkey, were
last given). Between password and second factor it holds ``half`` instead. Its key changes at both steps.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from tracktwo.room.access import seats_of
from tracktwo.room.people.account_acts import use_recovery
from tracktwo.room.people.brakes import delays, flood
from tracktwo.room.people.factors import digits, recovery_mark, steps
from tracktwo.room.people.models import Account, Process, Seat
from tracktwo.room.people.passwords import is_right, name_mark
from tracktwo.room.words import say

FRESH_SECONDS = 10 * 60
"""For how long password and second factor are fresh enough for what is grave."""
HALF_SECONDS = 5 * 60
"""For how long a right password waits for the second factor."""
"""The file in the room's folder that says, before anybody signs in, where the server stands; it must name no talks."""

WRONG = say("The name, the password or the code is not right.", "登录名、密码或验证码不正确。")


def known(name: str, password: str) -> Account | None:
    """The account of a name and its password; None otherwise, after as long. Wait where it is too early."""
    flood.take()
    mark = name_mark(name)

    def check() -> Account | None:
        account = Account.objects.filter(name_mark=mark).first()
        right = is_right(password, account.password if account else None)
        return account if right else None

    return delays.attempt(str(mark), check)


def confirmed(account: Account, password: str, code: str) -> bool:
    """Whether both were given rightly by somebody who is in. Wait where it is too early."""
    flood.take()

    def check() -> bool | None:
        right = is_right(password, account.password)
        return (right and _took(account, code)) or None

    if not delays.attempt(str(account.name_mark), check):
        return False
    delays.forget(str(account.name_mark))
    return True


def second(account: Account, code: str) -> bool:
    """Whether it is a code of the account's authenticator or a recovery code, which is used up. Wait as above."""
    flood.take()
    return bool(delays.attempt(str(account.name_mark), lambda: _took(account, code) or None))


def _took(account: Account, given: str) -> bool:
    code = digits(given)
    if len(code) == 6:
        secret = (account.second_factor or {}).get("secret")
        return secret is not None and steps.take(str(account.id), secret, code)
    return len(code) == 12 and use_recovery(account, recovery_mark(account.id, code))


# the session


def _now() -> float:
    return timezone.now().timestamp()


def begin(request: HttpRequest, account: Account, onward: str) -> None:
    """The password was right: wait for the second factor, under a new key of the session."""
    request.session["half"] = {
        "account": str(account.id), "generation": account.generation, "at": _now(), "next": onward,
    }  # fmt: skip
    request.session.cycle_key()


def halfway(request: HttpRequest) -> Account | None:
    """Whose password was right a short while ago; None otherwise."""
    half = request.session.get("half")
    if not half or _now() - half["at"] > HALF_SECONDS:
        return None
    return Account.objects.filter(pk=half["account"], generation=half["generation"]).first()


def enter(request: HttpRequest, account: Account, today: date, *, seat: Seat | None = None) -> list[Seat]:
    """Sign in: a new session in place of the old. The account's active seats; with only one, that is taken."""
    session = request.session
    kept = {key: session[key] for key in ("language", "joining") if key in session}
    session.flush()
    seats = seats_of(account, today)
    if seat is None and len(seats) == 1:
        seat = seats[0]
    session.update(kept | {"account": str(account.id), "generation": account.generation, "fresh": _now()})
    if seat is not None:
        session["seat"] = str(seat.id)
    session.cycle_key()
    delays.forget(str(account.name_mark))
    return seats


def renew(request: HttpRequest, account: Account) -> None:
    """Stay in after the account signed out everywhere else: a new session for this browser."""
    data = {key: request.session[key] for key in ("account", "seat", "fresh") if key in request.session}
    request.session.flush()
    request.session.update(data | {"generation": account.generation})
    request.session.cycle_key()


def stay_fresh(request: HttpRequest) -> None:
    """Password and second factor were given again: under a new key of the session."""
    request.session["fresh"] = _now()
    request.session.pop("sent", None)  # what waited for it may now be sent again
    request.session.cycle_key()


def local(address: str | None) -> str:
    """An address within the room to go to; the home page instead of any other."""
    given = address or ""
    fine = given.startswith("/") and len(given) < 2000 and given.isprintable()
    return given if fine and url_has_allowed_host_and_scheme(given, allowed_hosts=None) else "/"


# fresh authentication


def is_fresh(request: HttpRequest) -> bool:
    """Whether password and second factor were given within ten minutes."""
    return settings.DEMO or _now() - request.session.get("fresh", 0) <= FRESH_SECONDS


def require_fresh(request: HttpRequest) -> HttpResponse | None:
    """None where authentication is fresh; otherwise the answer to give, after which the reader goes on where he was.

    What was sent is held in the session meanwhile, in memory, and offered again once he confirmed.
    """
    if is_fresh(request):
        request.session.pop("held", None)
        return None
    if request.method == "POST":
        request.session["held"] = {"path": request.get_full_path(), "body": request.POST.urlencode()}
    else:
        request.session.pop("held", None)
    return HttpResponseRedirect(f"/confirm?next={quote(request.get_full_path())}", status=303)


def fresh_door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Below ``@door``: ask for password and second factor first, where they were not given within ten minutes."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return require_fresh(request) or view(request, *args, **kwargs)

    return inner


def held(request: HttpRequest) -> tuple[str, list[tuple[str, str]]] | None:
    """The form that waited for fresh authentication: its address, and what was filled in."""
    found = request.session.get("held")
    if not found:
        return None
    body = QueryDict(found["body"])
    return found["path"], [(name, value) for name, values in body.lists() for value in values]


# what is said before anybody is in


UNWRITTEN = {
    "en": "Whoever invited you keeps this server. Ask there, before you sign in, where it stands, under whose law, who "
    "holds its keys, and what is kept until when. Who runs the server could make it read what is written here.",
    "zh": "本服务器由邀请您的人管理。登录之前，请向其了解：服务器位于何处、受何地法律管辖、密钥由谁持有、"
    "哪些内容保留至何时。管理服务器的人有可能利用服务器读取此处所写的内容。",
}
PROMISE = {
    "en": "No address and no time of signing in is written down. Who is signed in is kept in memory alone and "
    "forgotten after half an hour without use.",
    "zh": "不记录网络地址与登录时间。登录状态仅存于内存，半小时未使用即清除。",
}


def custody() -> dict[str, str]:
    """Where the server stands, under whose law, who holds keys, what is kept until when, as the mediator wrote it.

    Where a server carries several talks, whose words would tell them apart, it names nothing.
    """
    written = [process.custody for process in Process.objects.all()[:2]]
    return written[0] if len(written) == 1 and any(written[0].values()) else UNWRITTEN
