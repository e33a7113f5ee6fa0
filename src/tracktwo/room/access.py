"""The one gate: what a seat may see and do. Everything else asks here.

:data:`RIGHTS` says which roles have which right, in words that the page "who can see what" is made of.
:func:`visible` gives the querysets that every view and export starts from. What a seat may not see is absent:
:class:`Absent` is answered like an address that does not exist, byte for byte. What it sees but may not do now is
:class:`Refused` with a sentence that says who may, and when.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q, QuerySet

from tracktwo.room.drafting.seen import SeenTexts
from tracktwo.room.people.models import (
    Account,
    Circle,
    Invitation,
    Meeting,
    Organisation,
    Paper,
    Passkey,
    Process,
    Role,
    Round,
    Seat,
    Side,
)
from tracktwo.room.people.rules import Rules, rules
from tracktwo.room.words import Words, say

if TYPE_CHECKING:
    from tracktwo.room.concerns.models import Concern, Sounding, Statement, Theme, Waiting
    from tracktwo.room.disclosure.models import Confidence, Hold, HoldingLine


class Absent(Exception):
    """There is nothing here for this seat."""


class Refused(Exception):
    """The seat sees it, but may not do this now; ``words`` say who may, and when."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


@dataclass(frozen=True)
class Viewer:
    """Whoever looks: a seat of an account, on a day."""

    account: Account
    seat: Seat
    today: date

    @cached_property
    def process(self) -> Process:
        """The talks that the seat belongs to."""
        return self.seat.process

    @cached_property
    def organisation(self) -> Organisation | None:
        """Whom the seat is there for; None for the mediator's own people."""
        return self.seat.organisation

    @property
    def role(self) -> str:
        """One of :class:`Role`."""
        return self.seat.role

    @cached_property
    def rules(self) -> Rules:
        """The rules of procedure."""
        return rules(self.process.rules)

    @cached_property
    def rights(self) -> frozenset[str]:
        """The actions that this seat has a right to today."""
        if not self.seat.active_on(self.today):
            return frozenset()
        return rights(self.role, self.organisation)

    def may(self, action: str) -> bool:
        """Whether the seat has a right; ValueError for a right that nobody declared."""
        if action not in RIGHTS:
            raise ValueError(f"no right is called {action!r}")
        return action in self.rights


M, CHAIR, SEC = Role.MEDIATOR, Role.CHAIR, Role.SECRETARIAT
HEAD, ALT, DEL, EXPERT, COUNSEL, LING, OBS = (
    Role.HEAD, Role.ALTERNATE, Role.DELEGATE, Role.EXPERT, Role.COUNSEL, Role.LINGUIST, Role.OBSERVER,
)  # fmt: skip
LIAISON, BRIEFED = Role.LIAISON, Role.BRIEFED
CUSTODIAN, DEPOSITARY, AUDITOR, OPERATOR = Role.CUSTODIAN, Role.DEPOSITARY, Role.AUDITOR, Role.OPERATOR
STEERING = {M, CHAIR, SEC}
VOTING = {HEAD, ALT, DEL, EXPERT}
TABLE = VOTING | {COUNSEL, LING}
ROOM = STEERING | TABLE
EVERYBODY = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Right:
    """What may be done, by whom, in words."""

    roles: frozenset[Role]
    words: Words
    suspended: bool = False
    """Whether it stays with the seats of a delegation that is suspended or withdrew."""


def _right(roles: Any, en: str, zh: str, *, suspended: bool = False) -> Right:
    return Right(frozenset(roles), say(en, zh), suspended)


RIGHTS: dict[str, Right] = {
    # people
    "home.read": _right(EVERYBODY, "Open the home page", "打开首页", suspended=True),
    "account.manage": _right(
        EVERYBODY, "Manage one’s own password, second factor and passkeys", "管理本人的密码、第二重验证与通行密钥",
        suspended=True,
    ),
    "visibility.read": _right(EVERYBODY, "Read who can see what", "查看谁能看到什么", suspended=True),
    "rules.read": _right(ROOM | {OBS, CUSTODIAN, DEPOSITARY}, "Read the rules of procedure", "阅读议事规则"),
    "process.edit": _right(
        {M}, "Change the talks’ names, mandate and custody", "修改对话的名称、授权与保管说明"
    ),
    "rules.edit": _right({M}, "Change the rules of procedure", "修改议事规则"),
    "roster.read": _right(ROOM, "See the delegations and people at the table", "查看与会各方及人员"),
    "roster.edit": _right({M, SEC}, "Change delegations, seats and invitations", "变更与会方、席位与邀请"),
    "roster.steer": _right(
        {M}, "Give, change and revoke the seats of mediators and of the chair", "授予、变更与撤销调解人和主席的席位"
    ),
    "circles.read": _right({M, SEC}, "See who stands outside the table, and why", "查看未与会者及其缘由"),
    "console.read": _right({M}, "See who is here and what waits for whom", "查看在线人员与各方待办事项"),
    "meeting.read": _right(ROOM | {OBS}, "See the meetings to which one is invited", "查看本人受邀的会议"),
    "meeting.edit": _right({M, SEC}, "Plan and enter meetings", "安排与补录会议"),
    "meeting.stop": _right({COUNSEL}, "Clear an agenda beforehand, and stop a meeting", "事先核准议程、中止会议"),
    "meeting.resume": _right({M}, "Let a stopped meeting go on", "恢复已中止的会议"),
    # concerns
    "concern.read": _right(ROOM | {OBS}, "Read the concerns put to the room", "阅读提交全体的关切"),
    "concern.raise": _right(VOTING | {COUNSEL}, "Raise a concern", "提出关切"),
    "concern.assess": _right(VOTING, "Say how severe and how likely a concern is", "评估关切的严重性与可能性"),
    "concern.release": _right({M, CHAIR}, "Put waiting concerns to the room", "将待提交的关切提交全体"),
    "concern.edit": _right({M, SEC}, "Keep themes and what became of a concern", "维护主题与关切的处理结果"),
    "translation.write": _right({M, LING}, "Translate concerns and statements", "翻译关切与观点"),
    "sounding.read": _right(ROOM | {OBS}, "See the statements put to the room", "查看提交全体的观点"),
    "sounding.edit": _right({M, SEC}, "Draw statements from concerns", "由关切拟写观点"),
    "sounding.open": _right({M, CHAIR}, "Open and close voting", "开启与结束表态"),
    "vote.cast": _right(VOTING, "Vote on statements", "对观点表态"),
    "results.read": _right(
        ROOM | {OBS}, "See results that are shown, never below the least number", "查看已公布且不低于最少人数的结果"
    ),
    "wide.edit": _right({M}, "Consult people beyond the table", "向与会方以外征求意见"),
    # texts
    "text.read": _right(ROOM | {OBS}, "Read the drafts that were issued", "阅读已印发的草案"),
    "text.take": _right(ROOM, "Take a draft away as a file", "下载草案文件"),
    "text.edit": _right(
        {M, CHAIR}, "Draft texts, issue drafts, set up contact groups", "起草案文、印发草案、设立联络组"
    ),
    "text.propose": _right({HEAD, ALT, DEL}, "Propose changes to a bracketed text, and concepts",
                           "对带方括号的案文提出修改，提出概念"),
    "text.criticise": _right(
        VOTING | {COUNSEL}, "Criticise a one-text, to the mediator alone", "仅向调解人批评单一案文"
    ),
    "text.hear": _right({M}, "Read the criticism and the answers to a one-text", "阅读对单一案文的批评与答复"),
    "group.report": _right(ROOM, "Report back on a contact group that one facilitates", "报告本人召集的联络组工作"),
    "position.read": _right(ROOM, "See who proposes, who holds a bracket, and positions on a bracketed text",
                            "查看提案方、方括号持有方及对带方括号案文的立场"),
    "position.take": _right(
        {HEAD, ALT}, "Take positions; hold, narrow and lift brackets; waive a language",
        "表明立场；持有、缩小与取消方括号；豁免语文要求",
    ),
    "concordance.write": _right(
        {LING}, "Review that both languages of a draft say the same", "审校草案两种文本是否一致"
    ),
    # disclosure
    "confidence.give": _right(
        TABLE - {LING} | {LIAISON}, "Tell the mediator something in confidence", "向调解人保密告知"
    ),
    "confidence.read": _right(
        TABLE - {LING} | {LIAISON, M},
        "Read one’s own confidences, those shared by one’s delegation, and every use of them",
        "查看本人及本与会方共享的保密告知及其每次使用",
    ),
    "confidence.use": _right({M}, "Read confidences and enter every use made of them", "阅读保密告知并登记每次使用"),
    "hold.place": _right({COUNSEL}, "Hold back what one’s own delegation is about to send", "暂缓本与会方拟提交的内容"),
    "plan.read": _right(ROOM, "Read the leak plan", "阅读泄露应对预案"),
    "plan.edit": _right({M}, "Write the leak plan", "编写泄露应对预案"),
    "plan.agree": _right({HEAD, ALT}, "Agree to a holding line", "同意统一口径"),
    "freeze.begin": _right({M, CHAIR, HEAD, ALT}, "Freeze all releases", "冻结一切信息发布"),
    "freeze.end": _right({M}, "End a freeze", "解除冻结"),
}  # fmt: skip


def rights(role: str, organisation: Organisation | None) -> frozenset[str]:
    """The actions open to a role; fewer where its delegation is suspended or withdrew."""
    out = organisation is not None and organisation.status in {
        Organisation.Status.SUSPENDED,
        Organisation.Status.WITHDREW,
    }
    return _rights(role, out)


@lru_cache
def _rights(role: str, out: bool) -> frozenset[str]:
    return frozenset(action for action, right in RIGHTS.items() if role in right.roles and (right.suspended or not out))


def require(viewer: Viewer, action: str) -> None:
    """Absent where the seat has no such right, as it stands in the database now."""
    seat = Seat.objects.select_related("organisation").filter(pk=viewer.seat.pk).first()
    if action not in RIGHTS:
        raise ValueError(f"no right is called {action!r}")
    if seat is None or not seat.active_on(viewer.today) or action not in rights(seat.role, seat.organisation):
        raise Absent


def require_thawed(viewer: Viewer) -> None:
    """Refused while all releases are frozen, as it stands in the database now; called inside the act of a release."""
    if Process.objects.filter(pk=viewer.process.pk, frozen=True).exists():
        raise Refused(
            say(
                "All releases are frozen. This can be done once the mediator has ended the freeze.",
                "一切信息发布均已冻结。待调解人解除冻结后方可进行。",
            )
        )


def identifier(given: object) -> UUID:
    """An identifier as it stood in an address; Absent where it is none."""
    try:
        return given if isinstance(given, UUID) else UUID(hex=str(given))
    except ValueError:
        raise Absent from None


def one(rows: Any, given: object) -> Any:
    """The row of that identifier among those that may be seen; Absent otherwise."""
    found = rows.filter(pk=identifier(given)).first()
    if found is None:
        raise Absent
    return found


@dataclass(frozen=True)
class Visible(SeenTexts):
    """What one seat may see. Rows come in an order of their own, never in that of their writing."""

    viewer: Viewer

    def _if(self, action: str, rows: Any) -> Any:
        return rows if self.viewer.may(action) else rows.none()

    @property
    def _process(self) -> Process:
        return self.viewer.process

    # people
    def sides(self) -> QuerySet[Side]:
        """The sides of the talks."""
        return self._if("roster.read", Side.objects.filter(process=self._process).order_by("mark"))

    def organisations(self) -> QuerySet[Organisation]:
        """Those at the table; those outside it only for who keeps the circles."""
        rows = Organisation.objects.filter(process=self._process).select_related("side").order_by("id")
        if not self.viewer.may("circles.read"):
            rows = rows.filter(circle=Circle.DELEGATIONS)
        return self._if("roster.read", rows)

    def seats(self) -> QuerySet[Seat]:
        """Active seats at the table and of the mediator's people; all seats for who keeps the roster."""
        rows = Seat.objects.filter(process=self._process).select_related("organisation__side").order_by("id")
        if not self.viewer.may("roster.edit"):
            at_table = Q(organisation=None) | Q(organisation__circle=Circle.DELEGATIONS)
            rows = rows.filter(at_table, state=Seat.State.ACTIVE, role__in=[*ROOM])
        return self._if("roster.read", rows)

    def invitations(self) -> QuerySet[Invitation]:
        """Invitations that were not used."""
        return self._if(
            "roster.edit", Invitation.objects.filter(seat__process=self._process, used=False).order_by("id")
        )

    def passkeys(self) -> QuerySet[Passkey]:
        """The own passkeys."""
        return self._if("account.manage", Passkey.objects.filter(account=self.viewer.account).order_by("id"))

    def rounds(self) -> QuerySet[Round]:
        """The rounds of the talks, for those in the room; for others those with a meeting they are invited to."""
        rows = Round.objects.filter(process=self._process).order_by("number")
        if not self.viewer.may("roster.read"):
            rows = rows.filter(pk__in=self.meetings().values("round"))
        return self._if("meeting.read", rows)

    def meetings(self) -> QuerySet[Meeting]:
        """Meetings to which the seat is invited; all for who plans them."""
        rows = (
            Meeting.objects.filter(round__process=self._process).select_related("round").order_by("day", "hour", "id")
        )
        if not self.viewer.may("meeting.edit"):
            rows = rows.filter(invited=self.viewer.seat)
        return self._if("meeting.read", rows)

    def invited(self, meeting: Meeting) -> QuerySet[Seat]:
        """Who is on the list of such a meeting; seats not taken only for who plans it."""
        rows = Seat.objects.filter(meetings__in=self.meetings().filter(pk=meeting.pk)).order_by("id")
        if not self.viewer.may("meeting.edit"):
            rows = rows.filter(state=Seat.State.ACTIVE)
        return rows.select_related("organisation__side")

    def owners(self, meeting: Meeting) -> QuerySet[Organisation]:
        """Those who have something to do after such a meeting."""
        owners = {item["owner"] for item in meeting.actions.get("items", []) if item.get("owner")}
        rows = Organisation.objects.filter(process=self._process, circle=Circle.DELEGATIONS, pk__in=owners)
        return rows.order_by("id") if self.meetings().filter(pk=meeting.pk).exists() else rows.none()

    def papers(self) -> QuerySet[Paper]:
        """Papers of those meetings."""
        return Paper.objects.filter(meeting__in=self.meetings()).order_by("id")

    # concerns
    def themes(self) -> QuerySet[Theme]:
        """The themes of the register."""
        from tracktwo.room.concerns.models import Theme

        return self._if("concern.read", Theme.objects.filter(process=self._process).order_by("place", "id"))

    def concerns(self) -> QuerySet[Concern]:
        """Those put to the room or to the own delegation; for the mediator those to the mediator; the own."""
        from tracktwo.room.concerns.models import Concern, Scope

        mine = Q(scope=Scope.ROOM)
        if self.viewer.may("concern.raise"):
            mine |= Q(seat=self.viewer.seat)
            if self.viewer.organisation is not None:
                mine |= Q(scope=Scope.DELEGATION, organisation=self.viewer.organisation)
        if self.viewer.may("confidence.use"):
            mine |= Q(scope=Scope.MEDIATOR)
        rows = Concern.objects.filter(mine, process=self._process).select_related("theme", "organisation", "seat")
        return self._if("concern.read", rows.order_by("id"))

    def waiting(self) -> list[Waiting]:
        """On their way: the mediator sees what is neither held nor frozen, counsel the delegation's, authors theirs."""
        from tracktwo.room.concerns.models import Waiting

        rows = Waiting.objects.filter(process=self._process).order_by("id")
        if self.viewer.may("concern.release"):
            away = self._away()
            held = self._held(rows)
            return [row for row in rows if row.id not in held and not self._frozen(row.content, away)]
        own, seat = self.viewer.organisation, str(self.viewer.seat.id)
        if own is None:
            return []
        return [row for row in rows if self._on_its_way(row.content, str(own.id), seat)]

    def held(self) -> set[UUID]:
        """Those of them that counsel holds back."""
        return self._held(self.waiting())

    def _held(self, among: Iterable[Waiting]) -> set[UUID]:
        from tracktwo.room.disclosure.models import Hold, mark_of

        rows = Hold.objects.filter(organisation__process=self._process, released=False)
        held = set(rows.values_list("item", flat=True))
        return {row.id for row in among if mark_of(row.id) in held}

    def _away(self) -> set[str]:
        status = (Organisation.Status.SUSPENDED, Organisation.Status.WITHDREW)
        rows = Organisation.objects.filter(process=self._process, status__in=status)
        return {str(each) for each in rows.values_list("id", flat=True)}

    def _frozen(self, content: dict[str, Any], away: set[str]) -> bool:
        """Whether it bears the name of a delegation that is away; the unattributed go on, or they would be told."""
        return content["by"] != "nobody" and content.get("organisation") in away

    def _on_its_way(self, content: dict[str, Any], own: str, seat: str) -> bool:
        if self.viewer.may("hold.place") and content["organisation"] == own:
            return True
        theirs = content["seat"] == seat or (content["by"] == "organisation" and content["organisation"] == own)
        return self.viewer.may("concern.raise") and theirs

    def soundings(self) -> QuerySet[Sounding]:
        """Soundings of the room once they are open; drafts, and those beyond the table, for who makes them."""
        from tracktwo.room.concerns.models import Sounding

        rows = Sounding.objects.filter(process=self._process).order_by("id")
        if not (self.viewer.may("sounding.edit") or self.viewer.may("sounding.open")):
            rows = rows.filter(audience="room")
            if not self.viewer.may("translation.write"):
                rows = rows.exclude(state=Sounding.State.DRAFT)
        return self._if("sounding.read", rows)

    def asked(self, sounding: Sounding) -> bool:
        """Whether it is one that this seat may be asked to vote on, open or closed: :meth:`soundings` for one row."""
        seen = sounding.process_id == self.viewer.seat.process_id and self.viewer.may("sounding.read")
        return seen and sounding.audience == "room" and sounding.state != "draft"

    def statements(self) -> QuerySet[Statement]:
        """The statements of those soundings."""
        from tracktwo.room.concerns.models import Statement

        return Statement.objects.filter(sounding__in=self.soundings()).order_by("number")

    # disclosure
    def confidences(self) -> QuerySet[Confidence]:
        """The own; at the table those that the own delegation shares; all for the mediator."""
        from tracktwo.room.disclosure.models import Confidence

        rows = Confidence.objects.filter(process=self._process).select_related("author__organisation").order_by("id")
        if not self.viewer.may("confidence.use"):
            own = Q(author=self.viewer.seat)
            if self.viewer.organisation is not None and self.viewer.role in TABLE:
                own |= Q(shared=True, author__organisation=self.viewer.organisation)
            rows = rows.filter(own)
        return self._if("confidence.read", rows)

    def holds(self) -> QuerySet[Hold]:
        """Holds of the own counsel."""
        from tracktwo.room.disclosure.models import Hold

        rows = Hold.objects.filter(organisation=self.viewer.organisation, organisation__process=self._process)
        return self._if("hold.place", rows.order_by("id"))

    def holding_lines(self) -> QuerySet[HoldingLine]:
        """The lines of the leak plan."""
        from tracktwo.room.disclosure.models import HoldingLine

        return self._if("plan.read", HoldingLine.objects.filter(process=self._process).order_by("id"))


def visible(viewer: Viewer) -> Visible:
    """What a seat may see."""
    return Visible(viewer)


def whoever(account: str, generation: int, chosen: str | None) -> tuple[Account | None, Seat | None]:
    """An account that was not signed out since, and the seat that was chosen among those it holds."""
    with_it = Seat.objects.select_related("account", "process", "organisation__side")
    seat = with_it.filter(pk=chosen, account=account).first() if chosen else None
    found = seat.account if seat else Account.objects.filter(pk=account).first()
    if found is None or found.generation != generation:
        return None, None
    return found, seat


def seats_of(account: Account, today: date) -> list[Seat]:
    """The active seats of an account."""
    rows = Seat.objects.filter(account=account).select_related("process", "organisation").order_by("id")
    return [seat for seat in rows if seat.active_on(today)]
