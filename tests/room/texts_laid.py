"""Texts for the tests of the desk: two drafts of a bracketed text, and hands to lay and issue them."""

from __future__ import annotations

from typing import Any

from room.talks import Talks

from tracktwo.room.drafting import issuing
from tracktwo.room.drafting.models import Draft, Text

EN = """# Agreement

*Recalling* the talks,

1. Each Party [shall][should] report its tests.

2. Parties **may** [cooperate] on safety.

3. This is to go.
"""
ZH = """# 协议

*回顾*对话，

1. 各方[应][宜]报告其测试。

2. 各方**可**就安全[合作]。

3. 此条将删。
"""


def begun_text(talks: Talks, mode: str = "bracketed", title: str = "Frontier text") -> Text:
    """A text that is being prepared."""
    return issuing.create_text(talks.viewer("mediator"), {"en": title, "zh": "前沿案文"}, mode)


def laid(talks: Talks, text: Text, en: str | None = EN, zh: str | None = ZH, origin: Any = "en") -> Draft:
    """A working draft."""
    return issuing.write_first(talks.viewer("mediator"), text.pk, en, zh, origin)


def issued(talks: Talks, text: Text | None = None, en: str | None = EN, zh: str | None = ZH) -> Draft:
    """A draft that was issued."""
    text = text or begun_text(talks)
    laid(talks, text, en, zh)
    return issuing.issue(talks.viewer("mediator"), text.pk)


def second(talks: Talks) -> tuple[Draft, Draft]:
    """Two drafts of a text: in the second, 1 is changed, 3 is gone, and a new one stands behind 1."""
    first = issued(talks)
    en = EN.replace("[shall][should]", "shall").replace("3. This is to go.\n", "")
    zh = ZH.replace("[应][宜]", "应").replace("3. 此条将删。\n", "")
    en = en.replace("2. Parties", "2. New duties follow.\n\n3. Parties")
    zh = zh.replace("2. 各方", "2. 新义务如下。\n\n3. 各方")
    return first, issued(talks, first.text, en, zh)


def ids(draft: Draft) -> list[str]:
    """The ids of its provisions, in order."""
    return [row[0] for row in draft.content["provisions"]]
