"""Pages of signing in and out: for everybody, and therefore without a word about any talks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from tracktwo.room.access import Absent, seats_of
from tracktwo.room.doors import View, door, open_door, viewer
from tracktwo.room.people import passkeys
from tracktwo.room.people.account_acts import choose_language, sign_out_everywhere, use_passkey
from tracktwo.room.people.brakes import Wait, delays, flood
from tracktwo.room.people.direct import demo_groups, demo_seat, sign_in_directly
from tracktwo.room.people.names import ROLES
from tracktwo.room.people.passwords import name_mark
from tracktwo.room.people.signing import (
    PROMISE,
    WRONG,
    begin,
    confirmed,
    custody,
    enter,
    halfway,
    held,
    known,
    local,
    second,
    stay_fresh,
)
from tracktwo.room.people.signing_forms import Confirm, Language, SecondFactor, SignIn
from tracktwo.room.people.views.pages import see, sent
from tracktwo.room.words import Words, say

FORM = "the page with which one signs in, the same for everybody"
PASSKEY = say("The passkey was not taken. Try again, or use your code.", "通行密钥未通过验证。请重试，或改用验证码。")


def wait(seconds: float) -> Words:
    """When one may try again."""
    if seconds > 90:
        return say("You can try again in {n} minute.", "{n}分钟后可再试。", "You can try again in {n} minutes.",
                   n=-int(-seconds // 60))  # fmt: skip
    return say("You can try again in {n} second.", "{n}秒后可再试。", "You can try again in {n} seconds.",
               n=max(1, round(seconds)))  # fmt: skip


def tried(form: Form, check: Callable[[], Any], wrong: Words, key: str) -> tuple[Any, int]:
    """What ``check`` finds; where that is nothing the form says so, and when to try again. With it, the status."""
    try:
        found = check()
    except Wait as early:
        form.add_error(None, say("Not yet.", "请稍候。"))  # type: ignore[arg-type]
        form.add_error(None, wait(early.seconds))  # type: ignore[arg-type]
        return None, 429
    if not found:
        form.add_error(None, wrong)  # type: ignore[arg-type]
        if (left := delays.left(key)) > 0:
            form.add_error(None, wait(left))  # type: ignore[arg-type]
    return found, 422


@open_door(FORM, "GET", "POST")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password."""
    onward = local(request.GET.get("next"))
    if request.account is not None and request.method == "GET":  # type: ignore[attr-defined]
        return see(onward if request.viewer else "/seats")  # type: ignore[attr-defined]
    if settings.DEMO:
        return render(request, "people/demo.html", {"groups": demo_groups(), "next": onward})
    form = SignIn(sent(request))
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            name, password = form.cleaned_data["name"], form.cleaned_data["password"]
            account, status = tried(form, lambda: known(name, password), WRONG, str(name_mark(name)))
            if account:
                begin(request, account, onward)
                return see("/sign-in/second-factor")
    page = {"form": form, "next": onward, "passkeys": passkeys.place(request) is not None}
    return render(request, "people/sign_in.html", page | _before(), status=status)


def _before() -> dict[str, Any]:
    return {"custody": custody(), "promise": PROMISE}


@open_door("after the password, the second factor", "GET", "POST")
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor of whoever gave his password."""
    account = halfway(request)
    if account is None:
        for key in ("half", "sent"):
            request.session.pop(key, None)
        return see("/sign-in")
    form = SecondFactor(sent(request))
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            code = form.cleaned_data["code"]
            right, status = tried(form, lambda: second(account, code), WRONG, str(account.name_mark))
            onward = request.session["half"]["next"]
            if right:
                return _in(request, account, onward)
            if not request.session.exists(request.session.session_key):  # sent twice, and the first got in
                return see(onward)
    page = {"form": form, "passkeys": passkeys.place(request) is not None}
    return render(request, "people/second_factor.html", page, status=status)


def _in(request: HttpRequest, account: Any, onward: str) -> HttpResponse:
    seats = enter(request, account, timezone.localdate())
    if len(seats) == 1 or onward.startswith("/joining"):
        return see(onward)
    return see(f"/seats?next={quote(onward)}")


PURPOSES = ("sign-in", "second-factor", "confirm")


@open_door("random bytes for a passkey to sign, the same kind for everybody", "POST")
def passkey_options(request: HttpRequest) -> HttpResponse:
    """What a browser needs to have a passkey sign."""
    place, purpose = passkeys.place(request), request.POST.get("purpose")
    if place is None or purpose not in PURPOSES:
        raise Absent
    try:
        flood.take()
    except Wait:
        return JsonResponse({}, status=429)
    account = {"sign-in": None, "second-factor": halfway(request), "confirm": request.account}[purpose]  # type: ignore[attr-defined]
    if account is None and purpose != "sign-in":
        raise Absent
    allowed = account.passkeys.all() if account else ()
    return HttpResponse(passkeys.ask(request.session, place, purpose, allowed), content_type="application/json")


@open_door("signing in with a passkey", "POST")
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey, instead of name and password or of the code after them."""
    half = halfway(request)
    purpose = "second-factor" if half else "sign-in"
    onward = request.session["half"]["next"] if half else local(request.POST.get("next"))
    account = _passkey(request, purpose, half)
    if account is not None:
        return _in(request, account, onward)
    form: Form = SecondFactor() if half else SignIn()
    page = {"form": form, "next": onward, "passkeys": True, "trouble": PASSKEY}
    template = "second_factor" if half else "sign_in"
    return render(request, f"people/{template}.html", page | _before(), status=422)


def _passkey(request: HttpRequest, purpose: str, account: Any) -> Any:
    place = passkeys.place(request)
    if place is None:
        raise Absent
    try:
        flood.take()
        answer = passkeys.answer(request.session, place, purpose, request.POST.get("credential", ""))
        return use_passkey(answer, account)
    except (passkeys.NotTaken, Wait):
        return None


@open_door("leaving", "POST")
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    language = request.session.get("language")
    request.session.flush()
    if language:
        request.session["language"] = language
    return see("/sign-in")


@door("account.manage", "POST")
def everywhere(request: HttpRequest) -> HttpResponse:
    """End all sessions of the account, this one too."""
    sign_out_everywhere(viewer(request))
    request.session.flush()
    return see("/sign-in")


@open_door("the language of the pages", "POST")
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language, and go on where one was."""
    form = Language(request.POST)
    if form.is_valid():
        chosen = form.cleaned_data["language"]
        if request.account is not None:  # type: ignore[attr-defined]
            choose_language(request.account, chosen)  # type: ignore[attr-defined]
        else:
            request.session["language"] = chosen
    return see(local(request.POST.get("next")))


def signed_in(view: View) -> View:
    """Below ``@open_door``: for who is signed in, with a seat or without."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.account is None:  # type: ignore[attr-defined]
            raise Absent
        return view(request, *args, **kwargs)

    return inner


@open_door("the own seats, and nothing of others", "GET", "POST")
@signed_in
def seats(request: HttpRequest) -> HttpResponse:
    """Choose between one's seats; without any, say so, for whatever reason."""
    onward = local(request.POST.get("next") or request.GET.get("next"))
    found = seats_of(request.account, timezone.localdate())  # type: ignore[attr-defined]
    if request.method == "POST":
        chosen = [seat for seat in found if str(seat.id) == request.POST.get("seat")]
        if not chosen:
            raise Absent
        request.session["seat"] = str(chosen[0].id)
        return see(onward)
    rows = [{"seat": seat, "role": ROLES[seat.role]} for seat in found]
    return render(request, "people/own_seats.html", {"seats": rows, "next": onward})


@open_door("password and second factor of who is signed in", "GET", "POST")
@signed_in
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for password and second factor afresh, before what is grave."""
    account: Any = request.account  # type: ignore[attr-defined]
    onward = local(request.GET.get("next"))
    place = passkeys.place(request)
    if request.method == "POST" and request.POST.get("credential"):
        if _passkey(request, "confirm", account) is not None:
            return _confirmed(request, onward)
        page = {"form": Confirm(), "passkeys": True, "trouble": PASSKEY, "next": onward, "to": _here(onward)}
        return render(request, "people/fresh.html", page, status=422)
    form = Confirm(sent(request))
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            password, code = form.cleaned_data["password"], form.cleaned_data["code"]
            right, status = tried(form, lambda: confirmed(account, password, code), WRONG, str(account.name_mark))
            if right:
                return _confirmed(request, onward)
    offered = place is not None and account.passkeys.exists()
    page = {"form": form, "passkeys": offered, "next": onward, "to": _here(onward)}
    return render(request, "people/fresh.html", page, status=status)


def _here(onward: str) -> str:
    return f"/confirm?next={quote(onward)}"


def _confirmed(request: HttpRequest, onward: str) -> HttpResponse:
    stay_fresh(request)
    return see("/confirm/go-on" if held(request) else onward)


@open_door("what one was about to send oneself", "GET")
@signed_in
def go_on(request: HttpRequest) -> HttpResponse:
    """Offer again what was about to be sent when fresh authentication was asked for."""
    waiting = held(request)
    if waiting is None:
        return see("/")
    return render(request, "people/go_on.html", {"path": waiting[0], "fields": waiting[1]})


def only_in_demo(view: View) -> View:
    """An address that there is in the demonstration alone."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Absent
        return view(request, *args, **kwargs)

    return inner


@only_in_demo
@open_door("the demonstration, where anybody takes any seat", "POST")
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Take a seat of the fictional talks."""
    sign_in_directly(request, demo_seat(request.POST.get("seat", "")))
    return see(local(request.POST.get("next")))
