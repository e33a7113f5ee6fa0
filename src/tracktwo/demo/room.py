"""The sample room: the fictional talks far enough along that every page has something to show."""

from __future__ import annotations

from datetime import date, time, timedelta
from random import Random
from uuid import UUID, uuid4

from django.db import transaction

from tracktwo.demo import matters, sample, texts
from tracktwo.demo.matters import Both, both
from tracktwo.demo.statements import SENTENCES
from tracktwo.room.concerns.assessing import renewed
from tracktwo.room.concerns.models import Assessment, Ballot, Concern, Scope, Sounding, Statement, Theme, Token, Waiting
from tracktwo.room.concerns.snapshots import settle
from tracktwo.room.concerns.themes import first_themes
from tracktwo.room.disclosure.models import Confidence, ConfidenceUse, HoldingLine
from tracktwo.room.keys import current
from tracktwo.room.people.models import (
    Account,
    Circle,
    Invited,
    Meeting,
    Organisation,
    Paper,
    Process,
    Role,
    Round,
    Seat,
    Side,
)
from tracktwo.room.people.rules import Rules

SEED = 11
UNKNOWN = 255
WIDE_VERIFIED, WIDE_UNVERIFIED = 240, 60


def furnish(today: date | None = None) -> Process:
    """Make the talks in an empty database, as they stand in the middle of the second round."""
    today = today or date.today()
    with transaction.atomic():
        furnishing = Furnishing(today)
        first = furnishing.all()
    settle(first, today)
    texts.draft(furnishing.process, furnishing.organisations, today)
    return furnishing.process


class Furnishing:
    """Talks in the making."""

    def __init__(self, today: date) -> None:
        self.today, self.random = today, Random(SEED)  # noqa: S311 (a sample, not a secret)
        self.process = Process.objects.create(
            name=matters.NAME,
            code_name=matters.CODE_NAME,
            mandate=matters.MANDATE,
            custody=matters.CUSTODY,
            rules=Rules(press_line=matters.PRESS_LINE, by_delegation=False).data(),
        )
        self.organisations: dict[str, Organisation] = {}
        self.voters: list[Seat] = []
        """The 36 delegates of the sample votes, in their order."""

    def all(self) -> Sounding:
        """Everything but the results of the first sounding, which is returned, closed."""
        self.rounds = self._rounds()
        self._table()
        self._beside_the_table()
        self._meetings()
        first = self._first_sounding()
        self._concerns(first)
        self._open_sounding()
        self._draft()
        self._wide()
        self._confidences()
        self._plan()
        return first

    def _rounds(self) -> list[Round]:
        spans = ((1, -120, -118, "closed", "First round", "第一轮"), (2, -1, 3, "open", "Second round", "第二轮"))
        return [
            Round.objects.create(
                process=self.process,
                number=number,
                title=both(en, zh),
                place=both("A house by a lake", "湖畔一处宅邸"),
                begins=self.today + timedelta(begins),
                ends=self.today + timedelta(ends),
                state=state,
            )
            for number, begins, ends, state, en, zh in spans
        ]

    def seat(self, name: Both, role: str, organisation: Organisation | None = None, capacity: str = "policy") -> Seat:
        """A seat that somebody has taken."""
        mark = current().mark("account", name["en"].lower().encode())
        account = Account.objects.create(name_mark=mark, password="!")  # noqa: S106 (opens nothing)
        return Seat.objects.create(
            process=self.process,
            organisation=organisation,
            account=account,
            role=role,
            capacity=capacity,
            name=name,
            state=Seat.State.ACTIVE,
            begins=self.rounds[0].begins,
        )

    def _name(self, number: int, side: str) -> Both:
        if side == "beech":
            chinese = matters.CHINESE_NAMES[number % len(matters.CHINESE_NAMES)]
            return both(f"{_PINYIN[chinese]}", chinese)
        first = matters.FIRST_NAMES[number % len(matters.FIRST_NAMES)]
        last = matters.LAST_NAMES[number // 3 % len(matters.LAST_NAMES)]
        return both(f"{first} {last}", f"{first} {last}")

    def _table(self) -> None:
        sides = {
            key: Side.objects.create(process=self.process, mark=mark, name=both(*sample.SIDES[key]))
            for key, mark in (("alder", "A"), ("beech", "B"))
        }
        roles = (Role.HEAD, Role.ALTERNATE, Role.DELEGATE, Role.EXPERT)
        styles = {"quill": "party", "lantern": "party", "kestrel": "party", "cloudberry": "group"}
        for delegation in sample.DELEGATIONS:
            self.organisations[delegation.key] = Organisation.objects.create(
                process=self.process,
                side=sides[delegation.side],
                name=both(delegation.en, delegation.zh),
                styled=styles.get(delegation.key, "party"),
                since=self.rounds[0].begins,
            )
        seated: dict[str, int] = {}
        for person in sample.people():
            key, count = person.delegation.key, seated.setdefault(person.delegation.key, 0)
            role = roles[count] if count < len(roles) else Role.DELEGATE
            capacity = "scientist" if person.id % 3 else "policy"
            name = self._name(person.id, person.delegation.side)
            self.voters.append(self.seat(name, role, self.organisations[key], capacity))
            seated[key] += 1
        for key, name in (
            ("quill", both("Tessa Quorndon", "Tessa Quorndon")),
            ("cloudberry", both("Luo Zhixing", "罗知行")),
        ):
            self.seat(name, Role.COUNSEL, self.organisations[key])
        for key, name in (
            ("lantern", both("Wren Oakley", "Wren Oakley")),
            ("nine-bridges", both("Meng Yiwen", "孟译文")),
        ):
            self.seat(name, Role.LINGUIST, self.organisations[key])

    def _beside_the_table(self) -> None:
        self.mediator = self.seat(matters.MEDIATOR, Role.MEDIATOR)
        self.seat(both("Anselm Reuter", "安塞尔姆·罗伊特"), Role.SECRETARIAT)
        self.seat(both("Birgit Solberg", "比吉特·索尔贝格"), Role.OBSERVER)
        self.seat(both("Custodian of the record", "记录保管人"), Role.CUSTODIAN)
        self.seat(both("Auditor", "审核员"), Role.AUDITOR)
        outside = (
            (Circle.SUPPORTERS, both("A supporting ministry", "某支持方部门"), None, Role.LIAISON, "Noor Vandam"),
            (Circle.BRIEFED, both("Harbour Laboratory", "港湾实验室"),
             both("Would rather hear than speak, for now.", "目前宁愿倾听，暂不发言。"), Role.BRIEFED, "Otis Calder"),
            (Circle.ABSENT, both("Summit Laboratory", "峰顶实验室"), None, None, ""),
        )  # fmt: skip
        for circle, name, reason, role, person in outside:
            organisation = Organisation.objects.create(process=self.process, circle=circle, name=name, reason=reason)
            if role is not None:
                self.seat(both(person, person), role, organisation)

    def _meetings(self) -> None:
        everybody = list(Seat.objects.filter(process=self.process).exclude(role__in=_OUTSIDE))
        for kind, title, day, hour, offline, agenda in matters.MEETINGS:
            meeting = Meeting.objects.create(
                round=self.rounds[1],
                format=kind,
                title=title,
                day=self.rounds[1].begins + timedelta(day),
                hour=time(hour),
                offline=offline,
                agenda={"items": list(agenda), "cleared": []},
                actions={"items": []},
            )
            chosen = [seat for seat in everybody if kind != "concordance" or seat.role in _WORDS]
            Invited.objects.bulk_create(Invited(meeting=meeting, seat=seat) for seat in chosen)
            if kind == "contact":
                owner = str(self.organisations["sandglass"].id)
                due = (self.rounds[1].ends + timedelta(30)).isoformat()
                task = both("Collect what each side calls a serious incident", "汇总双方对“严重事故”的界定")
                meeting.actions = {"items": [{**task, "owner": owner, "due": due, "done": False}]}
                meeting.save()
                Paper.objects.create(
                    meeting=meeting,
                    title=both("Incidents: what is reported today", "事故：目前通报哪些内容"),
                    body=both(
                        "Aviation, shipping and software security each know three things that we lack: a common word"
                        " for what is serious, a place to tell it, and a promise about what happens to whoever tells.",
                        "航空、航运与软件安全领域各有三样我们尚缺的东西：对“严重”的共同界定、可供通报的渠道，"
                        "以及对通报者后果的承诺。",
                    ),
                )

    def _sounding(self, title: Both, sentences: list[Both], **more: object) -> tuple[Sounding, list[Statement]]:
        sounding = Sounding.objects.create(process=self.process, title=title, **more)
        statements = [
            Statement(sounding=sounding, number=number, body={**sentence, "original": "en", "translation": "reviewed"})
            for number, sentence in enumerate(sentences)
        ]
        return sounding, Statement.objects.bulk_create(statements)

    def _ballots(self, sounding: Sounding, choices: dict[UUID, bytearray], *, verified: bool = True) -> None:
        Ballot.objects.bulk_create(
            Ballot(id=key, sounding=sounding, choices=bytes(given), verified=verified)
            for key, given in sorted(choices.items())
        )

    def _key(self, sounding: Sounding, voter: Seat) -> UUID:
        return current().mark("ballot", sounding.id.bytes, voter.id.bytes)

    def _first_sounding(self) -> Sounding:
        sentences = [both(each.en, each.zh) for each in SENTENCES]
        title = both("First sounding", "首次征询")
        opened = self.rounds[0].begins
        closed = self.rounds[0].ends
        sounding, _ = self._sounding(title, sentences, state=Sounding.State.CLOSED, opened_on=opened, closed_on=closed)
        choices = {i: bytearray([UNKNOWN]) * len(sentences) for i in range(len(self.voters))}
        for vote in sample.draw():
            choices[vote.person][vote.statement] = vote.vote + 1
        self._ballots(sounding, {self._key(sounding, self.voters[i]): given for i, given in choices.items()})
        return sounding

    def _concerns(self, first: Sounding) -> None:
        first_themes(self.process)
        themes = list(Theme.objects.filter(process=self.process).order_by("place"))
        concerns = []
        for number, raised in enumerate(matters.CONCERNS):
            seat = self.voters[(number * 7 + 2) % 36]
            concern = Concern(
                process=self.process,
                theme=themes[raised.theme % len(themes)],
                scope=Scope.ROOM,
                seat=seat if raised.by == "seat" else None,
                organisation=None if raised.by == "nobody" else seat.organisation,
                body={"en": raised.en, "zh": raised.zh, "original": "en", "translation": "reviewed"},
                evidence=[],
                outcomes=[{"id": str(uuid4()), "kind": raised.kind, **raised.became}] if raised.became else [],
                raised_on=None if raised.by == "nobody" else self.rounds[0].begins,
            )
            concerns.append((concern, raised))
        self.random.shuffle(concerns)
        Concern.objects.bulk_create(concern for concern, _ in concerns)
        for concern, raised in concerns:
            self._assessed(concern, raised)
        for organisation, text in (
            ("kestrel", both("Audits arrive after release.", "")),
            ("sandglass", both("", "测试数据在各方之间无法安全共享。")),
        ):
            head = next(s for s in self.voters if s.organisation == self.organisations[organisation])
            content = {
                "theme": str(themes[-1].id),
                "body": {**text, "original": "en" if text["en"] else "zh", "translation": "needed"},
                "evidence": [],
                "by": "organisation",
                "seat": str(head.id),
                "organisation": str(self.organisations[organisation].id),
                "marks": [],
            }
            Waiting.objects.create(process=self.process, content=content)

    def _assessed(self, concern: Concern, raised: matters.Raised) -> None:
        rows = []
        for seat in self.voters:
            at = "AB".index(seat.organisation.side.mark)
            if self.random.random() < 0.8:
                severity, likelihood = (
                    min(5, max(1, each[at] + self.random.choice((-1, 0, 0, 0, 1))))
                    for each in (raised.severity, raised.likelihood)
                )
                key = current().mark("assessment", concern.id.bytes, seat.id.bytes)
                rows.append(Assessment(id=key, concern=concern, severity=severity, likelihood=likelihood))
        Assessment.objects.bulk_create(sorted(rows, key=lambda row: row.id))
        concern.shown = renewed(concern, self.process, Rules().k)
        concern.save(update_fields=["shown"])

    def _open_sounding(self) -> None:
        title = both("Second sounding", "第二次征询")
        sounding, statements = self._sounding(
            title, list(matters.OPEN_SENTENCES), state=Sounding.State.OPEN, opened_on=self.rounds[1].begins
        )
        choices = {}
        for seat in self.voters[::2]:
            given = bytearray([UNKNOWN]) * len(statements)
            for number in range(self.random.randrange(3, len(statements) + 1)):
                given[number] = self.random.choice((0, 1, 2, 2, 2))
            choices[self._key(sounding, seat)] = given
        self._ballots(sounding, choices)

    def _draft(self) -> None:
        title = both("Third sounding", "第三次征询")
        self._sounding(title, [both("Pledges should name who checks them.", "承诺应写明由谁核查。")])

    def _wide(self) -> None:
        title = both("What people beyond the table think", "桌外人士的看法")
        sounding, statements = self._sounding(
            title, list(matters.WIDE_SENTENCES), audience="wide", state=Sounding.State.OPEN,
            opened_on=self.rounds[1].begins, unverified=True,
        )  # fmt: skip
        for count, verified in ((WIDE_VERIFIED, True), (WIDE_UNVERIFIED, False)):
            choices = {}
            for _ in range(count):
                key = UUID(int=self.random.getrandbits(128))
                choices[key] = bytearray(self.random.choice((0, 1, 2, 2, UNKNOWN)) for _ in statements)
            self._ballots(sounding, choices, verified=verified)
        Token.objects.bulk_create(
            Token(id=UUID(int=self.random.getrandbits(128)), sounding=sounding) for _ in range(60)
        )

    def _confidences(self) -> None:
        for number, (instruction, text, condition) in enumerate(matters.CONFIDENCES):
            confidence = Confidence.objects.create(
                process=self.process,
                author=self.voters[(0, 18, 30)[number]],
                shared=number == 1,
                instruction=instruction,
                body={"text": text, "condition": condition, "then": "unattributed" if condition else ""},
                given_on=self.rounds[1].begins,
            )
            if instruction == "test":
                note = {"text": "Asked the other side what it would make of 72 hours, as a thought of my own."}
                ConfidenceUse.objects.create(
                    confidence=confidence, kind="test", note=note, on=self.rounds[1].begins + timedelta(1)
                )

    def _plan(self) -> None:
        for occasion, line, speaker in matters.HOLDING_LINES:
            agreed = {"by": [str(self.organisations[key].id) for key in ("quill", "cloudberry")]}
            HoldingLine.objects.create(
                process=self.process, occasion=occasion, line=line, speaker=speaker, agreed=agreed
            )


_OUTSIDE = (Role.LIAISON, Role.BRIEFED, Role.AUDITOR, Role.CUSTODIAN)
_WORDS = (Role.MEDIATOR, Role.SECRETARIAT, Role.LINGUIST)
_PINYIN = {
    "林知远": "Lin Zhiyuan", "沈若水": "Shen Ruoshui", "周怀谷": "Zhou Huaigu", "许明岚": "Xu Minglan",
    "陆青禾": "Lu Qinghe", "何叙白": "He Xubai", "顾清和": "Gu Qinghe", "唐以宁": "Tang Yining",
    "程望舒": "Cheng Wangshu", "宋砚秋": "Song Yanqiu", "韩映雪": "Han Yingxue", "江闻笛": "Jiang Wendi",
    "叶疏桐": "Ye Shutong", "白景行": "Bai Jingxing", "秦南乔": "Qin Nanqiao", "苏见微": "Su Jianwei",
    "温如玉": "Wen Ruyu", "方未晚": "Fang Weiwan",
}  # fmt: skip
