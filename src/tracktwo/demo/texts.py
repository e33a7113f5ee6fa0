"""Texts in the sample room: one full of brackets, one that the mediator drafts, one that is made of concepts.

Everything is done by the acts of the room, from the seats that have a right to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Any
from uuid import UUID

from tracktwo.demo.matters import Both, both
from tracktwo.room.access import Viewer
from tracktwo.room.drafting import (
    bracket_acts,
    concept_acts,
    concordance_acts,
    group_acts,
    issuing,
    one_text_acts,
    position_acts,
    proposing,
    term_acts,
)
from tracktwo.room.drafting.compared import digest
from tracktwo.room.drafting.models import Draft, Proposal, Text
from tracktwo.room.drafting.proposing import Given
from tracktwo.room.drafting.standings import latest
from tracktwo.room.drafting.stored import Passage, loaded, terms_of, whole
from tracktwo.room.people.models import Organisation, Process, Role, Seat
from tracktwo.text.drafts import LANGUAGES

UNDERSTANDING = both("Understanding on testing and on notice of incidents", "关于测试与事故通报的谅解")
LINE = both("A line between the laboratories", "实验室之间的联络专线")
PATHWAY = both("The scientific pathway", "科学路径")
CHINESE_FIRST = (
    ("12", "12bis",
     "Corrections should appear in every language in which the error spread, and should reach no fewer people.",
     "更正宜以错误传播所用的每种语言作出，所及人数宜不少于错误所及人数。"),
    ("14", "14bis",
     "Each side should name one laboratory that receives notices at any hour.",
     "双方宜各指定一家实验室，随时接收通报。"),
)  # fmt: skip
CONCEPTS = (
    ("quill", both("Tests that neither side owns", "不归任何一方所有的测试"),
     both("A small set of tests is kept by scientists of both sides together. Neither side sees the questions before"
          " its own system has answered them.",
          "由双方科学家共同保管一小套测试题目。任何一方在其系统作答之前均不得先行查看题目。")),
    ("nine-bridges", both("A yearly account of what is not known", "年度未知事项报告"),
     both("Once a year both sides write down together what the science cannot say yet, and who is working on it.",
          "双方每年共同写明科学尚无法回答的问题，以及由谁研究。")),
    ("lantern", both("Researchers who change places", "研究人员互换"),
     both("Two researchers of each side work for half a year in a laboratory of the other side.",
          "双方各派两名研究人员，到对方实验室工作半年。")),
)  # fmt: skip


def draft(process: Process, organisations: Mapping[str, Organisation], today: date) -> None:
    """Make the texts. Not within a transaction: each act is one by itself."""
    table = Table(process, organisations, today)
    Understanding(table).make()
    _line(table)
    _pathway(table)


def read(name: str) -> str:
    """A file of this folder's ``drafts/``."""
    return (files("tracktwo.demo") / "drafts" / f"{name}.txt").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Table:
    """The people of the sample room, by delegation and role."""

    process: Process
    organisations: Mapping[str, Organisation]
    today: date

    def seat(self, who: str, role: str = Role.HEAD) -> Seat:
        """A seat of a delegation, or of the mediator's people."""
        rows = Seat.objects.select_related("process", "organisation__side", "account").filter(process=self.process)
        found = rows.filter(role=role, organisation=self.organisations.get(who)).order_by("id").first()
        assert found is not None
        return found

    def viewer(self, who: str, role: str = Role.HEAD) -> Viewer:
        """Whoever holds it."""
        seat = self.seat(who, role)
        assert seat.account is not None
        return Viewer(seat.account, seat, self.today)

    @property
    def mediator(self) -> Viewer:
        """The mediator, who chairs as well."""
        return self.viewer("", Role.MEDIATOR)


class Understanding:
    """The text of brackets, in the making."""

    def __init__(self, table: Table) -> None:
        self.table, self.mediator = table, table.mediator
        self.text = issuing.create_text(self.mediator, UNDERSTANDING, "bracketed").pk

    def make(self) -> None:
        """Two drafts, with what was said on each."""
        self._first()
        self._on_the_first()
        self._second()
        self._brackets()
        self._proposals()
        self._positions()
        self._tongues()
        self._group()

    # where things are

    @property
    def draft(self) -> Draft:
        """The latest draft."""
        return latest(self.mediator, self.text)

    def passage(self, words: str) -> Passage:
        """The provision in whose English some words stand."""
        return next(each for each in whole(self.draft).passages.values() if words in (each.provision.en or ""))

    def at(self, words: str) -> tuple[str, str]:
        """The provision and the key of the bracket whose English words begin so."""
        for passage in whole(self.draft).passages.values():
            for key in passage.pairs:
                bracket = passage.bracket(key, "en")
                if bracket and passage.blocks["en"].prose.content(bracket).lstrip(", ").startswith(words):
                    return passage.provision.id, key
        raise LookupError(words)

    def act(self, name: str, who: str, begins: str, **more: Any) -> None:
        """An act on a bracket, by a head or, with no name, by the mediator."""
        viewer = self.table.viewer(who) if who else self.mediator
        bracket_acts.ACTS[name](viewer, self.text, *self.at(begins), self.draft.number, **more)

    def named(self, begins: str, *who: str) -> None:
        """The mediator names delegations as holders of a bracket."""
        self.act("assign", "", begins, organisations=[str(self.table.organisations[each].pk) for each in who])

    def propose(self, who: str, action: str, words: str, en: Any = None, zh: Any = None, why: Both | None = None,
                role: str = Role.HEAD, label: str = "", group: Any = None) -> Proposal:  # fmt: skip
        """A proposal on the provision in which some words stand; ``en`` and ``zh`` are (old, new) or a new body."""
        provision = self.passage(words).provision
        en, zh = (
            (provision[of] or "").replace(*given) if isinstance(given, tuple) else given
            for of, given in zip(LANGUAGES, (en, zh), strict=True)
        )
        on, after = (None, provision.id) if action == "ADD" else (provision.id, None)
        given = Given(action, on, en, zh, after, label, why or both("", ""))
        return proposing.propose(self.table.viewer(who, role), self.text, self.draft.number, given, group)

    # the first draft

    def _first(self) -> None:
        working = issuing.write_first(self.mediator, self.text, read("understanding-en"), read("understanding-zh"))
        for after, label, en, zh in CHINESE_FIRST:
            made = loaded(working.number, working.content)
            place = next(each.id for each in made.provisions if each.label.rstrip(".") == after)
            working = issuing.add_provision(self.mediator, self.text, place, label, en, zh, made.hash, "zh")
        table = terms_of(Text.objects.get(pk=self.text))
        term_acts.set_terms(self.mediator, self.text, table, term_acts.digest(Text.objects.get(pk=self.text)))
        issuing.issue(self.mediator, self.text)
        for who in _DELEGATIONS:
            issuing.acknowledge(self.table.viewer(who), self.text, 1)

    def _on_the_first(self) -> None:
        again = "and again after"
        self.act("call", "", again, fate="lifted", until=self.table.today + timedelta(2))
        for who in _DELEGATIONS:
            self.act("fine", who, again)
        self.act("conclude", "", again)
        self.named("or customers", "sandglass")
        self.act("say", "sandglass", "or customers", fate="dropped")
        self.named("twice", "lantern", "nine-bridges")
        for who in ("lantern", "nine-bridges"):
            self.act("say", who, "twice", fate="lifted")
        taken = self.propose(
            "kestrel", "MOD", "Tests should cover", (" and long", " persuasion of many people at once, and long"),
            ("、网络攻击以及", "、网络攻击、对众多人同时施加影响以及"),
            both("The first sounding named it.", "首次征询中已提出此项。"),
        )  # fmt: skip
        beside = self.propose(
            "nine-bridges", "ADD", "Participants may share tests",
            "A test that one side wrote should be tried by the other before results are compared.",
            "一方编写的测试，宜先由另一方试用，再比较结果。", label="9bis",
        )  # fmt: skip
        self.propose(
            "lantern", "MOD", "should mark what", ("mark what", "mark, in every language, what"),
            ("加以标识", "以各种语言加以标识"),
            both("A mark in one language is lost in the other.", "以一种语言所作的标识，换成另一种语言便会丢失。"),
        )  # fmt: skip
        proposing.decide(self.mediator, self.text, taken.pk, "taken")
        proposing.decide(self.mediator, self.text, beside.pk, "bracketed")

    def _second(self) -> None:
        working = issuing.consolidate(self.mediator, self.text)
        made = loaded(working.number, working.content)
        marked = next(each for each in made.provisions if "should mark what" in (each.en or ""))
        en = (marked.en or "").replace("mark what their systems make", "mark pictures, sound and film")
        zh = (marked.zh or "").replace("其系统生成的内容", "其系统生成的图像、音频与影片")
        issuing.write_provision(self.mediator, self.text, marked.id, en, zh, made.hash)
        issuing.issue(self.mediator, self.text)
        for who in ("quill", "cloudberry"):
            issuing.acknowledge(self.table.viewer(who), self.text, 2)

    # what was said on the second

    def _brackets(self) -> None:
        self.named("unless their", "cloudberry")
        words = both("unless a public test of their safeguards was announced", "，除非已宣布对其保障措施进行公开测试")
        self.act("say", "cloudberry", "unless their", fate="narrowed", words=words)
        self.named("or made possible", "kestrel")
        self.act("say", "kestrel", "or made possible", fate="lifted")
        self.named("30", "quill")
        self.act("say", "quill", "30", fate="parked")
        self.named("weights", "quill", "cloudberry")
        self.act("say", "cloudberry", "weights", fate="lifted")
        self.act("hold", "quill", "24")
        self.act("hold", "sandglass", "72")
        self.act("call", "", "and in at least", fate="dropped", until=self.table.today + timedelta(2))
        for who in ("kestrel", "nine-bridges"):
            self.act("fine", who, "and in at least")

    def _proposals(self) -> None:
        why = both("Whoever waits three days tells the newspapers first.", "等待三天，等于先告知报界。")
        self.propose("quill", "MOD", "within [24]", ("[24][72] hours", "24 hours"), ("[24][72]小时", "24小时"), why)
        why = both("In one day nobody knows yet what happened.", "一天之内，尚无人知晓发生了何事。")
        self.propose("sandglass", "MOD", "within [24]", ("[24][72] hours", "72 hours"), ("[24][72]小时", "72小时"), why)
        self.propose("nine-bridges", "SUP", "Kestrel Centre",
                     why=both("Numbers without a common count mislead.", "没有统一口径的数字会误导公众。"),
                     role=Role.ALTERNATE)  # fmt: skip
        self.propose("cloudberry", "(MOD)", "Either side may end", ("Either side", "Each side"))

    def _positions(self) -> None:
        for words, said in _POSITIONS:
            provision = self.passage(words).provision.id
            for who, value in said:
                note = both("Our board meets next week.", "我方理事会下周开会。") if value == "ad-referendum" else None
                viewer = self.table.viewer(who)
                position_acts.take(viewer, self.text, provision, value, note or both("", ""), self.draft.number)
        for words, light in _LIGHTS:
            provision = self.passage(words).provision.id
            position_acts.light(self.mediator, self.text, provision, light, self.draft.number)

    def _tongues(self) -> None:
        linguists = {who: self.table.viewer(who, Role.LINGUIST) for who in ("lantern", "nine-bridges")}
        for words, by in _REVIEWED:
            found = self.passage(words)
            for who in by:
                provision, read = found.provision.id, digest(found)
                concordance_acts.review(linguists[who], self.text, provision, self.draft.number, read)
        found = self.passage("Frontier system” means")
        concordance_acts.note(
            linguists["nine-bridges"], self.text, found.provision.id, self.draft.number, digest(found),
            "The English compares what systems are capable of. 中文比较的是系统的“水平”，含义较宽。",
        )  # fmt: skip

    def _group(self) -> None:
        inside = ("“Serious incident” means", "tell both sides", "The notice should say", "What a notice says")
        members = [self.table.seat(who, role) for who, role in _MEMBERS]
        made = group_acts.set_up(
            self.mediator, self.text, both("Contact group on incidents", "事故问题联络组"), members[0].pk,
            [each.pk for each in members], [self.passage(each).provision.id for each in inside],
        )  # fmt: skip
        self.propose(
            "kestrel", "MOD", "The notice should say",
            ("what is not known.", "what is not known yet, and when more will be told."),
            ("以及尚未查明之处。", "尚未查明之处以及何时续报。"), group=made,
        )  # fmt: skip


_DELEGATIONS = ("quill", "lantern", "kestrel", "cloudberry", "nine-bridges", "sandglass")
_MEMBERS = (
    ("sandglass", Role.DELEGATE),
    ("kestrel", Role.HEAD),
    ("quill", Role.ALTERNATE),
    ("cloudberry", Role.EXPERT),
)
_LIGHTS = (
    ("sets out how", "plenary"), ("Participants may share", "plenary"), ("equally authentic", "plenary"),
    ("Tests of agents", "group"), ("receives notices", "group"),
)  # fmt: skip
_REVIEWED = (
    ("sets out how", ("lantern", "nine-bridges")), ("Participants may share", ("nine-bridges", "lantern")),
    ("Tests of agents", ("lantern",)), ("receives notices", ("nine-bridges",)), ("equally authentic", ("lantern",)),
)  # fmt: skip
_POSITIONS: tuple[tuple[str, Iterable[tuple[str, str]]], ...] = (
    (
        "tell both sides",
        (
            ("quill", "support"),
            ("nine-bridges", "ad-referendum"),
            ("cloudberry", "stand-aside"),
            ("sandglass", "object"),
        ),
    ),
    ("Tests of agents", (("kestrel", "support"), ("cloudberry", "support"), ("lantern", "no-objection"))),
)


def _line(table: Table) -> None:
    text = issuing.create_text(table.mediator, LINE, "one-text").pk
    issuing.write_first(table.mediator, text, read("contact-line-en"), read("contact-line-zh"))
    made = issuing.issue(table.mediator, text)
    third = next(each.id for each in loaded(made.number, made.content).provisions if "two hours" in (each.en or ""))
    hours = "At night two hours are too few for us: four would do."
    one_text_acts.criticise(table.viewer("lantern", Role.DELEGATE), text, 1, third, hours)
    one_text_acts.criticise(table.viewer("cloudberry"), text, 1, None, "宜写明专线由谁出资维护。")


def _pathway(table: Table) -> None:
    text: UUID = issuing.create_text(table.mediator, PATHWAY, "conceptual").pk
    concept_acts.open_concepts(table.mediator, text)
    made = [concept_acts.propose(table.viewer(who), text, title, body) for who, title, body in CONCEPTS]
    concept_acts.echo(table.viewer("cloudberry"), text, made[0].pk)
