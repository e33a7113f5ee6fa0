"""What roles, circles, states and ways of being called are called in words."""

from __future__ import annotations

from tracktwo.room.people.models import Circle, Organisation, Role, Seat
from tracktwo.room.words import Words, say

ROLES: dict[str, Words] = {
    Role.MEDIATOR: say("mediator", "调解人"),
    Role.CHAIR: say("chair", "主席"),
    Role.SECRETARIAT: say("secretariat", "秘书处"),
    Role.HEAD: say("head of delegation", "团长"),
    Role.ALTERNATE: say("alternate", "副团长"),
    Role.DELEGATE: say("delegate", "代表"),
    Role.EXPERT: say("expert", "专家"),
    Role.COUNSEL: say("counsel", "法律顾问"),
    Role.LINGUIST: say("linguist", "语文专家"),
    Role.OBSERVER: say("observer", "观察员"),
    Role.LIAISON: say("supporter liaison", "支持方联络员"),
    Role.BRIEFED: say("briefed contact", "通报联系人"),
    Role.CUSTODIAN: say("record custodian", "记录保管人"),
    Role.DEPOSITARY: say("depositary", "保存人"),
    Role.AUDITOR: say("auditor", "审核员"),
    Role.OPERATOR: say("operator", "运维人员"),
}
CIRCLES: dict[str, Words] = {
    Circle.DELEGATIONS: say("At the table", "与会"),
    Circle.SUPPORTERS: say("Supporters, without a seat", "支持方（不设席位）"),
    Circle.BRIEFED: say("Briefed, do not attend", "仅获通报、不与会"),
    Circle.ABSENT: say("Not participating", "未参加"),
    Circle.PUBLIC: say("Public", "公众"),
}
STYLED: dict[str, Words] = {
    "party": say("party", "与会方"),
    "delegation": say("delegation", "代表团"),
    "group": say("group of experts", "专家组"),
}
STATUS: dict[str, Words] = {
    Organisation.Status.PARTICIPATING: say("participating", "与会中"),
    Organisation.Status.JOINED_LATER: say("joined later", "中途加入"),
    Organisation.Status.SUSPENDED: say("participation suspended", "暂停与会"),
    Organisation.Status.WITHDREW: say("withdrew", "已退出"),
}
CAPACITY: dict[str, Words] = {
    "scientist": say("scientist", "科学家"),
    "policy": say("policy expert", "政策专家"),
}
SEAT_STATES: dict[str, Words] = {
    Seat.State.PENDING: say("not yet taken", "尚未就席"),
    Seat.State.ACTIVE: say("taken", "已就席"),
    Seat.State.SUSPENDED: say("suspended", "已暂停"),
    Seat.State.REVOKED: say("revoked", "已撤销"),
}
ROUND_STATES: dict[str, Words] = {
    "planned": say("planned", "筹备中"),
    "open": say("open", "进行中"),
    "closed": say("closed", "已结束"),
}
LANGUAGES_SPOKEN: dict[str, Words] = {"en": say("English", "英文"), "zh": say("Chinese", "中文")}

STAFF_ROLES = (
    Role.MEDIATOR,
    Role.CHAIR,
    Role.SECRETARIAT,
    Role.OBSERVER,
    Role.CUSTODIAN,
    Role.DEPOSITARY,
    Role.AUDITOR,
    Role.OPERATOR,
)
CIRCLE_ROLES: dict[str | None, tuple[str, ...]] = {
    None: STAFF_ROLES,
    Circle.DELEGATIONS: (
        Role.HEAD,
        Role.ALTERNATE,
        Role.DELEGATE,
        Role.EXPERT,
        Role.COUNSEL,
        Role.LINGUIST,
        Role.CUSTODIAN,
    ),
    Circle.SUPPORTERS: (Role.LIAISON,),
    Circle.BRIEFED: (Role.BRIEFED,),
    Circle.ABSENT: (),
    Circle.PUBLIC: (),
}
"""The roles that a seat can have in each circle; None for those who belong to no organisation. A delegation may name
a custodian of the record, since those who break glass come from different sides."""
ORDER = {role: place for place, role in enumerate(ROLES)}
"""The order in which people are listed: by what they do, not by when they came."""


def standing(seat: Seat) -> tuple[int, str]:
    """What people are sorted by: role, then name."""
    return ORDER[seat.role], seat.name.get("en") or seat.name.get("zh", "")


def ranked(organisation: Organisation) -> tuple[str, str]:
    """What delegations are sorted by: the letter of their side, then name."""
    return organisation.side.mark if organisation.side else "", organisation.name.get("en") or organisation.name.get(
        "zh", ""
    )
