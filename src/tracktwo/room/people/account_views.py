"""Pages of one's own account: password, second factor, recovery codes, passkeys."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracktwo.room.access import Absent, one, seats_of, visible
from tracktwo.room.doors import door, viewer
from tracktwo.room.people import account_acts, passkeys
from tracktwo.room.people.factors import grouped, new_secret, picture, steps
from tracktwo.room.people.signing import fresh_door, renew
from tracktwo.room.people.signing_forms import FirstCode, NewPassword, PasskeyName
from tracktwo.room.people.views.pages import see, sent
from tracktwo.room.words import Words, say

NOT_THE_CODE = say("This is not the code that the authenticator shows now. Wait for the next code, and check the clock"
                   " of the device.",
                   "与身份验证器当前显示的验证码不符。请等待下一个验证码，并确认设备时间准确。")  # fmt: skip


@door("account.manage")
def account(request: HttpRequest) -> HttpResponse:
    """What belongs to one's own account."""
    seen = viewer(request)
    page = {
        "codes": len((seen.account.recovery or {}).get("codes", [])),
        "own_passkeys": sorted(visible(seen).passkeys(), key=lambda each: str(each.credential["name"])),
        "offered": passkeys.place(request) is not None,
        "several": len(seats_of(seen.account, seen.today)) > 1,
    }
    return render(request, "people/account.html", page)


@door("account.manage", "GET", "POST")
@fresh_door
def password(request: HttpRequest) -> HttpResponse:
    """Change the password; every other session ends."""
    form = NewPassword(sent(request))
    if form.is_bound and form.is_valid():
        changed = account_acts.change_password(viewer(request), form.cleaned_data["password"])
        renew(request, changed)
        return see("/account")
    return render(request, "people/password.html", {"form": form}, status=422 if form.is_bound else 200)


@door("account.manage", "GET", "POST")
@fresh_door
def factor(request: HttpRequest) -> HttpResponse:
    """Put another authenticator in place of the one there is."""
    if request.method == "POST" and "begin" in request.POST:
        request.session["secret"] = new_secret()
        return see("/account/second-factor")
    secret = request.session.get("secret")
    if secret is None:
        return render(request, "people/renew_factor.html")
    form = FirstCode(sent(request))
    if form.is_bound and form.is_valid():
        if steps.first(secret, form.cleaned_data["code"]):
            account_acts.renew_factor(viewer(request), secret)
            del request.session["secret"]
            return see("/account")
        form.add_error("code", NOT_THE_CODE)  # type: ignore[arg-type]
    page = {"form": form, "picture": picture(secret), "secret": grouped(secret)}
    return render(request, "people/renew_factor.html", page, status=422 if form.is_bound else 200)


@door("account.manage", "GET", "POST")
@fresh_door
def recovery(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes, and show them once."""
    codes = account_acts.renew_recovery(viewer(request)) if request.method == "POST" else None
    return render(request, "people/recovery.html", {"codes": codes})


@door("account.manage", "POST")
@fresh_door
def passkey_new(request: HttpRequest) -> HttpResponse:
    """What a browser needs to make a passkey."""
    place, seen = passkeys.place(request), viewer(request)
    if place is None:
        raise Absent
    options = passkeys.ask_registration(request.session, place, seen.account.id, visible(seen).passkeys())
    return HttpResponse(options, content_type="application/json")


@door("account.manage", "GET", "POST")
@fresh_door
def passkey_add(request: HttpRequest) -> HttpResponse:
    """Keep a passkey that the browser made."""
    place = passkeys.place(request)
    if place is None:
        raise Absent
    form = PasskeyName(sent(request))
    trouble: Words | None = None
    if form.is_bound and form.is_valid():
        try:
            made = passkeys.registered(request.session, place, form.cleaned_data["credential"])
            account_acts.add_passkey(viewer(request), made, form.cleaned_data["name"])
            return see("/account")
        except passkeys.NotTaken:
            trouble = PASSKEY_NOT_MADE
        except ValidationError as error:
            form.add_error(None, error)
    page = {"form": form, "trouble": trouble}
    return render(request, "people/passkey.html", page, status=422 if form.is_bound else 200)


PASSKEY_NOT_MADE = say("The passkey was not made. Try again.", "通行密钥未能建立。请重试。")


@door("account.manage", "GET", "POST")
@fresh_door
def passkey_remove(request: HttpRequest, identifier: str) -> HttpResponse:
    """Forget a passkey."""
    seen = viewer(request)
    row = one(visible(seen).passkeys(), identifier)
    if request.method == "POST":
        account_acts.remove_passkey(seen, row.id)
        return see("/account")
    return render(request, "people/passkey_remove.html", {"passkey": row})
