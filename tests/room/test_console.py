"""The mediator's console: who is here, and what waits for whom."""

from __future__ import annotations

import pytest
from django.conf import settings
from room.talks import Talks

from tracktwo.room import sessions
from tracktwo.room.concerns.models import Waiting
from tracktwo.room.people.views.console import POLLS


@pytest.fixture(autouse=True)
def _nobody_here() -> None:
    sessions._kept.clear()


@pytest.mark.parametrize("name", ["chair", "secretariat", "quill head", "observer", "operator", "auditor"])
@pytest.mark.parametrize("path", ["/console", "/console/present"])
def test_the_console_is_the_mediators_alone(talks: Talks, name: str, path: str) -> None:
    client = talks.client(name)
    response = client.get(path)
    assert (response.status_code, response.content) == (404, client.get("/no-such-place").content)


def test_who_is_here_is_shown_in_two_states(talks: Talks) -> None:
    talks.client("sandglass head").get("/")
    page = talks.client("mediator").get("/console/present").content.decode()
    assert "2 of 34 seats are here" in page
    here = [row.split("<span")[0].strip() for row in page.split("● ")[1:]]
    assert here == ["Mediator", "Sandglass Head"]
    assert page.count("<div>") == 34


def test_the_section_rests_before_a_console_left_alone_is_signed_out(talks: Talks) -> None:
    client = talks.client("mediator")
    assert 'hx-get="/console/present?poll=1"' in client.get("/console").content.decode()
    assert POLLS * 20 < settings.SESSION_IDLE_SECONDS
    assert "poll=8" in client.get("/console/present?poll=7").content.decode()
    for last in ("79", "9999", "x", "", "-1", "٣"):
        page = client.get("/console/present", {"poll": last}).content.decode()
        assert "hx-get" not in page
        assert "stopped updating" in page


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_console_says_what_waits_and_whether_releases_are_frozen(talks: Talks, language: str) -> None:
    for _ in range(2):
        Waiting.objects.create(process=talks.process, content={"by": "nobody", "seat": None, "organisation": "x"})
    client = talks.client("mediator", language=language)
    page = client.get("/console").content.decode()
    assert ("2 concerns wait to be put to the room" if language == "en" else "有2项关切待提交全体") in page
    assert ("Releases are not frozen" if language == "en" else "信息发布未冻结") in page
    talks.process.frozen = True
    talks.process.save()
    assert ("All releases are frozen." if language == "en" else "一切信息发布均已冻结。") in client.get(
        "/console"
    ).content.decode()


def test_an_empty_console_says_so(talks: Talks) -> None:
    assert "Nothing waits for anybody now" in talks.client("mediator").get("/console").content.decode()
