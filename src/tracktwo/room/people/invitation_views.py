"""Pages of an invitation: made by who keeps the roster, and taken step by step by who was invited."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tracktwo.room.access import Refused, one, visible
from tracktwo.room.doors import door, open_door, viewer
from tracktwo.room.people import invitation_acts as acts
from tracktwo.room.people.account_views import NOT_THE_CODE
from tracktwo.room.people.brakes import delays
from tracktwo.room.people.factors import grouped, new_recovery, new_secret, picture, recovery_mark, steps
from tracktwo.room.people.models import Invitation, Seat
from tracktwo.room.people.passwords import hashed
from tracktwo.room.people.signing import enter, require_fresh
from tracktwo.room.people.signing_forms import FirstCode, InvitationCode, Join
from tracktwo.room.people.signing_views import tried
from tracktwo.room.people.views.pages import see, sent
from tracktwo.room.words import language, say

WRONG = say("The link or the code is not right, or the invitation no longer stands. Ask the person who invited you for"
            " a new one.",
            "链接或邀请码不正确，或邀请已失效。请向邀请您的人索取新的邀请。")  # fmt: skip
TAKEN = say("Choose another name.", "请另选一个登录名。")
VOID = say("This invitation no longer stands. Ask the person who invited you for a new one.",
           "此邀请已失效。请向邀请您的人索取新的邀请。")  # fmt: skip


@door("roster.edit", "GET", "POST")
def invitation(request: HttpRequest, identifier: str) -> HttpResponse:
    """Invite somebody to a seat; link and code are shown once."""
    seen = viewer(request)
    seat = one(visible(seen).seats(), identifier)
    page: dict[str, Any] = {"seat": seat}
    if request.method == "POST":
        if asked := require_fresh(request):
            return asked
        link = acts.invite(seen, seat)
        page |= {"link": request.build_absolute_uri(link.path), "code": link.code}
    else:
        page["open"] = visible(seen).invitations().filter(seat=seat, expires__gt=timezone.now()).exists()
    return render(request, "people/invitation.html", page)


@door("roster.edit", "POST")
def withdraw(request: HttpRequest, identifier: str) -> HttpResponse:
    """Make an open invitation void."""
    seen = viewer(request)
    seat = one(visible(seen).seats(), identifier)
    if asked := require_fresh(request):
        return asked
    acts.withdraw_invitation(seen, seat)
    return see(f"/people/seats/{seat.id}/invitation")


@door("roster.edit", "POST")
def free(request: HttpRequest, identifier: str) -> HttpResponse:
    """Free a seat whose holder lost access."""
    seen = viewer(request)
    seat = one(visible(seen).seats(), identifier)
    if asked := require_fresh(request):
        return asked
    acts.free(seen, seat)
    return see(f"/people/seats/{seat.id}/invitation")


@open_door("asks for a code, whatever the link", "GET", "POST")
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the code: the same page for every link, whether it stands, stood or never was."""
    form = InvitationCode(sent(request))
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            code = form.cleaned_data["code"]
            found, status = tried(form, lambda: acts.opened(token, code), WRONG, f"invitation {acts.token_mark(token)}")
            if found is not None:
                request.session.pop("joining", None)
                request.session["joining"] = {"invitation": str(found.id)}
                request.session.cycle_key()
                return see("/joining")
    return render(request, "people/link.html", {"form": form}, status=status)


def _joining(request: HttpRequest) -> tuple[dict[str, Any], Invitation]:
    joining: dict[str, Any] | None = request.session.get("joining")
    if joining is None:
        raise acts.Void
    return joining, acts.standing(joining["invitation"])


def _void(request: HttpRequest) -> HttpResponse:
    request.session.pop("joining", None)
    return render(request, "people/void.html", {"words": VOID}, status=409)


def step(view: Any) -> Any:
    """A page on the way from an invitation to the seat."""

    def inner(request: HttpRequest) -> HttpResponse:
        try:
            joining, found = _joining(request)
            answer: HttpResponse = view(request, joining, found)
        except acts.Void:
            return _void(request)
        return answer

    inner.__name__, inner.__doc__ = view.__name__, view.__doc__
    return inner


STEP = "a step of an invitation whose code was given; without one it says that none stands"


@open_door(STEP, "GET", "POST")
@step
def join(request: HttpRequest, joining: dict[str, Any], found: Invitation) -> HttpResponse:
    """Say where the server stands, and ask for a name and a password."""
    form = Join(sent(request))
    if form.is_bound and form.is_valid():
        mark = form.cleaned_data["mark"]
        free, _ = tried(form, lambda: _free(mark, found), TAKEN, _guesses(found))
        if free:
            request.session["joining"] = {
                "invitation": joining["invitation"],
                "account": str(uuid4()),
                "mark": mark.hex,
                "password": hashed(form.cleaned_data["password"]),
                "secret": new_secret(),
            }
            return see("/joining/second-factor")
    page = {"form": form, "custody": found.seat.process.custody, "step": 1}
    return render(request, "people/join.html", page, status=422 if form.is_bound else 200)


def _guesses(found: Invitation) -> str:
    return f"name {found.id}"


def _free(mark: UUID, found: Invitation) -> bool:
    """Whether a name is free. Every name that is tried counts: a free one tells as much of who has an account here."""
    delays.attempt(_guesses(found), lambda: None)
    return acts.name_is_free(mark)


@open_door(STEP, "GET", "POST")
@step
def join_factor(request: HttpRequest, joining: dict[str, Any], found: Invitation) -> HttpResponse:
    """Show the secret of the authenticator, and ask for its first code."""
    if "secret" not in joining:
        return see("/joining")
    secret = joining["secret"]
    form = FirstCode(sent(request))
    if form.is_bound and form.is_valid():
        if steps.first(secret, form.cleaned_data["code"]):
            request.session["joining"] = joining | {"codes": joining.get("codes") or new_recovery()}
            return see("/joining/codes")
        form.add_error("code", NOT_THE_CODE)  # type: ignore[arg-type]
    page = {"form": form, "picture": picture(secret), "secret": grouped(secret), "step": 2}
    return render(request, "people/join_factor.html", page, status=422 if form.is_bound else 200)


@open_door(STEP, "GET", "POST")
@step
def join_codes(request: HttpRequest, joining: dict[str, Any], found: Invitation) -> HttpResponse:
    """Show the recovery codes; once they are kept, take the seat."""
    if "codes" not in joining:
        return see("/joining/second-factor")
    if request.method == "GET":
        return render(request, "people/join_codes.html", {"codes": joining["codes"], "step": 3})
    identity = UUID(joining["account"])
    newcomer = acts.Newcomer(
        id=identity,
        name_mark=UUID(joining["mark"]),
        password=joining["password"],
        secret=joining["secret"],
        recovery=[recovery_mark(identity, code) for code in joining["codes"]],
        language=language(),
    )
    try:
        account, seat = acts.accept(found.id, newcomer)
    except acts.NameTaken:
        request.session["joining"] = {"invitation": joining["invitation"]}
        form = Join()
        page = {"form": form, "custody": found.seat.process.custody, "step": 1, "trouble": TAKEN}
        return render(request, "people/join.html", page, status=422)
    return _seated(request, account, seat)


@open_door(STEP, "GET", "POST")
@step
def join_with(request: HttpRequest, joining: dict[str, Any], found: Invitation) -> HttpResponse:
    """Take the seat with the account that one is signed in with."""
    account: Any = request.account  # type: ignore[attr-defined]
    if account is None:
        return see("/sign-in?next=/joining/add")
    if request.method == "GET":
        return render(request, "people/join_with.html")
    if asked := require_fresh(request):
        return asked
    try:
        seat = acts.accept_with(found.id, account)
    except acts.SeatedAlready:
        raise Refused(say("This account holds a seat in these talks already. Take the new one with a name of its own.",
                          "此账户在该对话中已有席位。请以另一登录名就任新席位。")) from None  # fmt: skip
    return _seated(request, account, seat)


def _seated(request: HttpRequest, account: Any, seat: Seat) -> HttpResponse:
    request.session.pop("joining", None)
    delays.forget(str(account.name_mark))
    enter(request, account, timezone.localdate(), seat=seat)
    return see("/" if seat.active_on(timezone.localdate()) else "/seats")
