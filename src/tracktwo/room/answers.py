"""The answers that are the same for everybody: nothing here, not now, something broke."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from tracktwo.room.access import Refused


def absent(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is nothing here, or nothing for this reader: the same bytes. Who is not signed in is asked to sign in."""
    if getattr(request, "account", None) is None:
        return HttpResponseRedirect(f"/sign-in?next={quote(request.path)}", status=303)
    return render(request, "room/absent.html", status=404)


def refused(request: HttpRequest, exception: Refused) -> HttpResponse:
    """A sentence that says who may do this, and when."""
    return render(request, "room/refused.html", {"words": exception.words}, status=409)


def bad(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was sent cannot be read, or is too long."""
    return HttpResponse(_plain("What was sent cannot be read, or is too long. Go back and send less.",
                               "发送的内容无法读取或过长。请返回并减少内容后重试。"), status=400)  # fmt: skip


def broken(request: HttpRequest) -> HttpResponse:
    """Something is wrong with the room itself."""
    return HttpResponse(
        _plain(
            "Something went wrong here. Nothing that was acknowledged is lost. Go back and try again.",
            "此处出现故障。已确认的内容均未丢失。请返回重试。",
        ),
        status=500,
    )


def foreign() -> str:
    """A form that another site sent."""
    return _plain("This form did not come from the room itself. Open the page again and send it from there.",
                  "此表单并非由本系统页面提交。请重新打开页面并在其中提交。")  # fmt: skip


def _plain(en: str, zh: str) -> str:
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<meta name="color-scheme" content="light dark"><title>·</title><link rel="icon" href="data:,">'
        '<link rel="stylesheet" href="/static/room/room.css"><main class="short">'
        f'<h1>Not done <span lang="zh-Hans">未完成</span></h1><p>{en}</p><p lang="zh-Hans">{zh}</p>'
        '<p><a class="button quiet" href="/">Home <span lang="zh-Hans">首页</span></a></p></main></html>'
    )
