"""Texts of the fictional talks that were issued, for tests of what is done on them."""

from __future__ import annotations

from typing import Any

from room.talks import Talks

from tracktwo.room.drafting import issuing
from tracktwo.room.drafting.models import Draft, Text
from tracktwo.room.drafting.standings import latest
from tracktwo.room.drafting.stored import Whole, whole

TITLE = {"en": "Joint text", "zh": "共同案文"}
EN = """# Testing

1. Laboratories shall test each system before release.

2. Laboratories should report [within 30 days] what they find.

3. The secretariat may publish a summary.
"""
ZH = """# 测试

1. 实验室应在发布前测试每一系统。

2. 实验室宜[在30天内]报告测试结果。

3. 秘书处可公布摘要。
"""


def begun(talks: Talks, mode: str = "bracketed") -> Text:
    """A text that is being prepared."""
    return issuing.create_text(talks.viewer("mediator"), TITLE, mode)


def issue(talks: Talks, text: Text, en: str = EN, zh: str | None = ZH) -> Draft:
    """A draft of it, issued to all."""
    mediator = talks.viewer("mediator")
    working = issuing.write_first(mediator, text.pk, en, zh)
    if issuing.missing(working):
        issuing.ask_waiver(mediator, text.pk)
        for name in ("quill", "lantern", "cloudberry", "sandglass"):
            issuing.waive(talks.viewer(f"{name} head"), text.pk)
    return issuing.issue(mediator, text.pk)


def issued(talks: Talks, mode: str = "bracketed", en: str = EN, zh: str | None = ZH) -> Text:
    """A text of which one draft was issued."""
    text = begun(talks, mode)
    issue(talks, text, en, zh)
    return Text.objects.get(pk=text.pk)


def read(talks: Talks, text: Text, name: str = "mediator") -> Whole:
    """The latest draft."""
    return whole(latest(talks.viewer(name), text.pk))


def provision(talks: Talks, text: Text, words: str) -> str:
    """The id of the provision in which some words stand."""
    for identity, passage in read(talks, text).passages.items():
        if any(words in (passage.provision[each] or "") for each in ("en", "zh")):
            return identity
    raise LookupError(words)


def page(talks: Talks, name: str, address: str, *, language: str = "en") -> str:
    """What somebody reads at an address."""
    return str(talks.client(name, language=language).get(address).content.decode())


def status(talks: Talks, name: str, address: str, posted: dict[str, Any] | None = None) -> int:
    """How an address answers somebody."""
    client = talks.client(name)
    return int((client.get(address) if posted is None else client.post(address, posted)).status_code)
