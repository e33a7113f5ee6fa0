"""What every change goes through: a form that keeps what was typed, and a question before what is grave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from tracktwo.room.people.inputs import Rows


def sent(request: HttpRequest) -> Mapping[str, Any] | None:
    """What was posted; None where the page is only read."""
    return request.POST if request.method == "POST" else None


def see(address: str) -> HttpResponse:
    """Where to look after an act."""
    return HttpResponseRedirect(address, status=303)


def fill(
    request: HttpRequest, form: Form | Rows, write: Callable[[Any], Any], to: Callable[[Any], str], **page: Any
) -> HttpResponse:
    """Show a form; once it is sent, ``write`` what it holds and go ``to`` where that is seen."""
    if form.is_bound and form.is_valid():
        try:
            written = write(form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return see(to(written))
    template = page.pop("template", "people/form.html")
    return render(request, template, {"form": form, **page}, status=422 if form.is_bound else 200)


def confirm(request: HttpRequest, do: Callable[[], Any], to: str, **page: Any) -> HttpResponse:
    """Ask before ``do``; once confirmed, do it and go ``to``."""
    if request.method == "POST":
        do()
        return see(to)
    return render(request, "people/confirm.html", {"back": to, **page})
