"""Texts in fictional talks, issued: a small one in which everything has happened to a bracket, and a large one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from room.talks import DELEGATIONS, Talks

from tracktwo.room.drafting import bracket_acts, position_acts, proposing
from tracktwo.room.drafting.models import Draft, Text
from tracktwo.room.drafting.proposing import Given
from tracktwo.room.drafting.stored import content, loaded
from tracktwo.text import drafts

ENGLISH = """\
## Article 1 – Purpose

1. The Parties [shall][should] evaluate frontier systems before they are deployed, and [jointly] publish a summary of \
what was found [within [30][60] days].

2. [Quill Laboratory: Each Party shall name a contact within [X] days.]

3. Incidents are reported to all sides [without delay – reserve Cloudberry Academy].

## Article 2 – Limits

4. Nothing in this text requires a Party to disclose [weights,] [training data] or commercial secrets.

5. [delete: Sandglass Laboratory]

6. Contacts meet once a year [, in turn in each place [of the Parties].

7. This text does not bind until all of it is adopted.
"""
CHINESE = """\
## 第一条 宗旨

1. 缔约方[应][宜]在部署前评测前沿系统，并[联合]公布结果摘要[，期限为[30][60]天]。

2. [羽笔实验室：各方应在[X]天内指定联络人。]

3. 事故应[立即]通报各方。

## 第二条 限度

4. 本案文不要求任何一方披露[权重、][训练数据]或商业秘密。

5. [删除：沙漏实验室]

6. 联络人每年会晤一次[，轮流在[缔约方]各地举行。
"""


@dataclass(frozen=True)
class Drafted:
    """A text that was issued, in talks."""

    talks: Talks
    text: Text
    draft: Draft

    @property
    def address(self) -> str:
        """Where its drafting page is."""
        return f"/texts/{self.text.pk}"

    def provision(self, label: str) -> str:
        """The id of a provision by its number."""
        rows = self.draft.content["provisions"]
        return next(row[0] for row in rows if row[2].rstrip(".") == label)

    def key(self, label: str, number: int) -> str:
        """The key of a bracket by its number in English."""
        from tracktwo.room.drafting.stored import whole

        found = whole(self.draft).passages[self.provision(label)].pairs
        return next(key for key in found if key.split("-")[0] == str(number))

    def at(self, label: str, number: int | None = None) -> str:
        """The address of a provision, or of a bracket in it."""
        here = f"{self.address}/provisions/{self.provision(label)}"
        return here if number is None else f"{here}/brackets/{self.key(label, number)}"

    def act(self, name: str, who: str, label: str, number: int, **more: Any) -> None:
        """An act on a bracket."""
        viewer = self.talks.viewer(who)
        bracket_acts.ACTS[name](viewer, self.text.pk, self.provision(label), self.key(label, number), 1, **more)

    def name(self, label: str, number: int, *delegations: str) -> None:
        """The chair names holders of a bracket."""
        holders = [str(self.talks.organisations[each].pk) for each in delegations]
        self.act("assign", "mediator", label, number, organisations=holders)


def issued(talks: Talks, english: str = ENGLISH, chinese: str | None = CHINESE, *, mode: str = "bracketed",
           number: int = 1, text: Text | None = None) -> Drafted:  # fmt: skip
    """A text with a draft that was issued today."""
    parties = [each for _, name in DELEGATIONS.values() for each in name.values()]
    if text is None:
        text = Text.objects.create(
            process=talks.process, mode=mode, state=Text.State.OPEN, terms=[],
            title={"en": "Common rules on frontier systems", "zh": "前沿系统共同规则"},
        )  # fmt: skip
    before = text.drafts.order_by("-number").first()
    if before is None:
        made = drafts.Draft.first(english, chinese, parties=parties, number=number)
    else:
        made = drafts.revised(loaded(number - 1, before.content), english, chinese, parties)
    row = Draft.objects.create(
        text=text, number=number, state=Draft.State.ISSUED, content=content(made), issued_on=timezone.localdate(),
        waiver={"asked": False, "by": []},
        ledger={"hash": made.hash, "files": {}, "moment": "2026-03-02T10:00Z", "to": [], "waived": [], "receipts": []},
    )  # fmt: skip
    return Drafted(talks, text, Draft.objects.select_related("text").get(pk=row.pk))


def negotiated(talks: Talks) -> Drafted:
    """The small text after a day at the table: every state of a bracket, proposals that collide, positions, lights."""
    found = issued(talks)
    # lifted: the chair asked, and nobody objected
    found.act("call", "mediator", "1", 2, fate="lifted", until=timezone.localdate() + timedelta(days=3))
    for each in DELEGATIONS:
        found.act("fine", f"{each} head", "1", 2)
    found.act("conclude", "mediator", "1", 2)
    # dropped: its only holder says so
    found.name("4", 0, "lantern")
    found.act("say", "lantern head", "4", 0, fate="dropped")
    # narrowed
    found.name("4", 1, "cloudberry")
    found.act("say", "cloudberry head", "4", 1, fate="narrowed",
              words={"en": "data that bear a Party’s name", "zh": "载有一方名称的数据"})  # fmt: skip
    # parked
    found.name("6", 0, "quill")
    found.act("say", "quill head", "6", 0, fate="parked")
    # held by two, one of whom has spoken; and one that all are asked about
    found.act("hold", "quill head", "1", 0)
    found.act("hold", "cloudberry head", "1", 0)
    found.act("say", "cloudberry head", "1", 0, fate="dropped")
    found.act("call", "mediator", "1", 1, fate="dropped", until=date(2099, 1, 1))
    _said(found)
    return found


def _said(found: Drafted) -> None:
    talks, text = found.talks, found.text.pk
    three, seven = found.provision("3"), found.provision("7")
    passage = next(row for row in found.draft.content["provisions"] if row[0] == three)
    for who, en in (("quill head", "within three days"), ("sandglass head", "within one day")):
        words = passage[5].replace("[without delay – reserve Cloudberry Academy]", en)
        why = {"en": "Delay has cost trust before.", "zh": "拖延曾损害互信。"}
        proposing.propose(talks.viewer(who), text, 1, Given("MOD", three, en=words, zh=passage[6], why=why))
    visits = "Visits to laboratories take place every year.", "每年进行实验室互访。"
    proposing.propose(talks.viewer("lantern head"), text, 1, Given("ADD", None, *visits, three, "3bis"))
    for who, value in (("quill head", "support"), ("lantern head", "no-objection"), ("cloudberry head", "object"),
                       ("sandglass head", "ad-referendum")):  # fmt: skip
        note = {"en": "Our ministry must see it first." if value == "ad-referendum" else "", "zh": ""}
        position_acts.take(talks.viewer(who), text, seven, value, note, 1)
    position_acts.light(talks.viewer("mediator"), text, seven, "plenary", 1)
    # the others of that provision are settled, so that it can be agreed in a group
    position_acts_ready(found)


def position_acts_ready(found: Drafted) -> None:
    """Provision 5 agreed in a group, once its bracket is dropped."""
    found.act("say", "sandglass head", "5", 0, fate="dropped")
    position_acts.light(found.talks.viewer("mediator"), found.text.pk, found.provision("5"), "group", 1)
