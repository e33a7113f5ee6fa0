"""Who can see what, in words: made from the rights and from the methods of the gate, not written beside them."""

from __future__ import annotations

from dataclasses import dataclass

from tracktwo.room.access import RIGHTS, Right
from tracktwo.room.people.models import Role
from tracktwo.room.people.names import ROLES
from tracktwo.room.words import Words, say

COLUMNS: tuple[tuple[Words, tuple[str, ...]], ...] = (
    (say("The mediator’s people", "调解方"), (Role.MEDIATOR, Role.CHAIR, Role.SECRETARIAT, Role.OBSERVER)),
    (
        say("Delegations", "与会方"),
        (Role.HEAD, Role.ALTERNATE, Role.DELEGATE, Role.EXPERT, Role.COUNSEL, Role.LINGUIST),
    ),
    (
        say("Outside the table", "未与会者及其他"),
        (Role.LIAISON, Role.BRIEFED, Role.CUSTODIAN, Role.DEPOSITARY, Role.AUDITOR, Role.OPERATOR),
    ),
)
"""The roles in three tables, each narrow enough for a printed page."""
GROUPS: tuple[tuple[Words, frozenset[str]], ...] = (
    (
        say("People, meetings, rules", "人员、会议与规则"),
        frozenset({"home", "account", "visibility", "process", "rules", "roster", "circles", "console", "meeting"}),
    ),
    (
        say("Concerns, statements, results", "关切、观点与结果"),
        frozenset({"concern", "translation", "sounding", "vote", "results", "wide"}),
    ),
    (say("Texts", "案文"), frozenset({"text", "position", "group", "concordance"})),
    (say("Confidences and leaks", "保密告知与泄露应对"), frozenset({"confidence", "hold", "plan", "freeze"})),
)
OTHER = say("Other", "其他")
SEES: dict[str, Words] = {
    "sides": say("The sides: everybody in the room.", "各方名称：全体与会者可见。"),
    "organisations": say(
        "Delegations: everybody in the room. Those outside the table, and why they stay away: the mediator and the "
        "secretariat alone.",
        "与会方：全体与会者可见。未与会者及其缘由：仅调解人与秘书处可见。",
    ),
    "seats": say(
        "People: everybody in the room sees those who have taken a seat at the table. Seats not taken, suspended or "
        "revoked, and people outside the table: the mediator and the secretariat alone.",
        "人员：全体与会者可见已就席者。未就席、已暂停或已撤销的席位及未与会人员：仅调解人与秘书处可见。",
    ),
    "invitations": say(
        "Open invitations: the mediator and the secretariat, without their links.",
        "未使用的邀请：调解人与秘书处可见，但看不到其链接。",
    ),
    "passkeys": say("Passkeys: the person they belong to.", "通行密钥：仅本人可见。"),
    "rounds": say(
        "Rounds: everybody in the room; observers see only those with a meeting they are invited to.",
        "各轮：全体与会者可见；观察员仅见其受邀会议所在的轮次。",
    ),
    "meetings": say(
        "Meetings: those who are invited, and those who plan them. For everybody else they do not exist.",
        "会议：受邀者与安排者可见。对其他人如同不存在。",
    ),
    "invited": say(
        "Who is invited to a meeting: the others who are invited, and those who plan it.",
        "会议受邀名单：其他受邀者与安排者可见。",
    ),
    "owners": say(
        "Who has something to do after a meeting: those who are invited to it, and those who plan it.",
        "会后待办的负责方：受邀者与安排者可见。",
    ),
    "papers": say(
        "Papers: those who are invited to the meeting, and those who plan it.", "会议文件：受邀者与安排者可见。"
    ),
    "themes": say(
        "Themes of the register: everybody in the room, and observers.", "关切主题：全体与会者与观察员可见。"
    ),
    "concerns": say(
        "Concerns put to the room: everybody there, and observers. Concerns to a delegation: its people. Concerns to "
        "the mediator: the mediator and the person who raised them.",
        "提交全体的关切：全体与会者与观察员可见。提交本与会方的关切：该方人员可见。提交调解人的关切：调解人与提出者可见。",
    ),
    "waiting": say(
        "Concerns on their way: the mediator and the chair, unless counsel holds them; the counsel of the "
        "delegation they come from; the person who raised them, unless they are unattributed.",
        "待提交的关切：法律顾问未予暂缓者，调解人与主席可见；提出者所属与会方的法律顾问可见；提出者可见，但不具名者除外。",
    ),
    "held": say(
        "What is held back: the counsel who holds it, and the person who raised it.",
        "被暂缓的内容：作出暂缓的法律顾问与提出者可见。",
    ),
    "soundings": say(
        "Statements put to the vote: everybody in the room, and observers, once voting is open. Drafts: those who "
        "write and translate them.",
        "提交表态的观点：表态开启后全体与会者与观察员可见。草稿：拟写者与翻译者可见。",
    ),
    "asked": say(
        "Soundings: whoever sees their statements. Whether a seat has voted is shown to that seat alone.",
        "征询：可见其观点者可见。某席位是否已表态，仅该席位可见。",
    ),
    "statements": say(
        "Single statements: whoever sees the sounding that they belong to.", "各条观点：可见其所属征询者可见。"
    ),
    "texts": say(
        "Texts: everybody in the room, and observers, once they are before the body. While they are being prepared: "
        "the mediator and the chair; where a waiver is asked for, heads see the title, and no words.",
        "案文：提交各方后，全体与会者与观察员可见。准备期间：仅调解人与主席可见；请求豁免时，团长可见标题，不可见文字。",
    ),
    "drafts": say(
        "Drafts: everybody in the room, and observers, all from the same moment, once they are issued. A working "
        "draft: the mediator and the chair.",
        "草案：印发后，全体与会者与观察员同时可见。工作草案：仅调解人与主席可见。",
    ),
    "standings": say(
        "How the provisions of an issued draft stand: everybody in the room, and observers. Who holds a bracket: "
        "everybody in the room.",
        "已印发草案各条款的状态：全体与会者与观察员可见。方括号由谁持有：全体与会者可见。",
    ),
    "groups": say("Contact groups, who is in them and on what they work: everybody in the room.",
                  "联络组及其成员与所议条款：全体与会者可见。"),
    "proposals": say(
        "Proposals: everybody in the room. Within a contact group, until it reports back: its members, the mediator "
        "and the chair.",
        "提案：全体与会者可见。联络组内的提案，在其汇报之前：仅该组成员、调解人与主席可见。",
    ),
    "criticisms": say(
        "Criticism of a one-text: the delegation it comes from, without its linguists, and the mediator.",
        "对单一案文的批评：提出批评的与会方（不含其语文专家）与调解人可见。",
    ),
    "positions": say(
        "Positions on a bracketed text: everybody in the room. The yes or no to a one-text: the own delegation and "
        "the mediator.",
        "对带方括号案文的立场：全体与会者可见。对单一案文的“是”或“否”：本与会方与调解人可见。",
    ),
    "confidences": say(
        "Confidences: their author and the mediator; the author’s delegation where the author shares them.",
        "保密告知：告知人与调解人可见；告知人选择共享的，其所属与会方可见。",
    ),
    "holds": say(
        "Holds and their reasons: the counsel of the same delegation.", "暂缓及其理由：同一与会方的法律顾问可见。"
    ),
    "holding_lines": say("The leak plan: everybody in the room.", "泄露应对预案：全体与会者可见。"),
}  # fmt: skip
"""A sentence for each public method of :class:`tracktwo.room.access.Visible`."""
SERVER: tuple[Words, ...] = (
    say(
        "The mediator’s server could be made to read this: whoever controls the running server, its operator, the "
        "mediator, or somebody who compels or breaks into them, can read everything that passes through it, and who "
        "sends it.",
        "调解人的服务器有可能被用来读取这些内容：凡控制运行中服务器者，无论是运维人员、调解人，还是胁迫或入侵二者的人，"
        "均能读取经过服务器的一切内容，并得知由谁发送。",
    ),
    say(
        "What is confidential is sealed before it is written. A stolen disk, database, log or backup shows nothing of "
        "it without the keys, which are typed at start or kept on separate media.",
        "保密内容在写入之前即已加密封存。没有密钥，被窃取的磁盘、数据库、日志或备份均看不出其内容；"
        "密钥在启动时输入，或存于另外的介质。",
    ),
    say(
        "The operator’s seat sees no content here. Whoever runs the machine could still change the program, and then "
        "the first sentence above applies.",
        "运维人员的席位在此看不到任何内容。但运行服务器者仍可能改动程序；若如此，则适用上述第一句。",
    ),
    say(
        "Who is here is held in memory and shown to the mediator alone. No log of visits is kept, and no last sign-in.",
        "在线情况仅存于内存，仅供调解人查看。不保存访问日志，也不保存最近登录时间。",
    ),
)
PROMISES: tuple[Words, ...] = (
    say(
        "What is unattributed carries no author, no time and no history, and is put to the room in shuffled batches. "
        "The parties cannot tell whose it is; exports, the log and a stolen disk do not show it.",
        "不具名的内容不附作者、时间与修改历史，打乱次序后成批提交。各方无从辨别其出处，导出文件、日志及被窃取的磁盘也不显示其出处。",
    ),
    say(
        "A vote stands under a mark that only the keys can make of a seat. A copy of the database does not say who "
        "voted what. Results are never about fewer people a side than the rules say.",
        "表态以标记保存，只有凭密钥才能由席位算出该标记。数据库副本不显示何人作何表态。结果所涉每一方的人数绝不少于规则所定。",
    ),
    say("The record gives nobody a receipt that proves how anybody voted.", "记录不产生任何可证明个人表态的凭据。"),
)
LIMITS: tuple[Words, ...] = (
    say(
        "It does not hold against whoever controls the live server while you write or vote.",
        "在您撰写或表态时控制运行中服务器的人，不在此承诺的防范之内。",
    ),
    say(
        "It does not hold if all others on your side pool their votes: what is left is yours.",
        "若您所属一方的其他所有人将各自的表态汇总，余下的即为您的表态。",
    ),
    say(
        "Your words may give you away: style, examples, what only you can know. People remember, and tell.",
        "文字本身可能暴露作者：文风、举例、唯您知晓之事。人会记住，也会转述。",
    ),
    say(
        "It does not hold against a compromised device of your own. Revoking a seat stops what comes after; it cannot "
        "unsay.",
        "您本人的设备若已失陷，亦不在防范之内。撤销席位只能阻止此后的查阅，无法收回已知的内容。",
    ),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A right, and for each role of a table whether it has it."""

    action: str
    words: Words
    marks: tuple[bool, ...]
    suspended: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The rights of some roles, in groups."""

    title: Words
    roles: tuple[Words, ...]
    groups: tuple[tuple[Words, tuple[Line, ...]], ...]


def grouped() -> list[tuple[Words, list[tuple[str, Right]]]]:
    """Every right once, under what it is about."""
    known = frozenset().union(*(prefixes for _, prefixes in GROUPS))
    rest = frozenset(action.split(".")[0] for action in RIGHTS) - known
    found = [
        (title, [(action, right) for action, right in RIGHTS.items() if action.split(".")[0] in prefixes])
        for title, prefixes in (*GROUPS, (OTHER, rest))
    ]
    return [(title, rows) for title, rows in found if rows]


def tables() -> list[Table]:
    """Rights by role, in as many tables as there are groups of roles; a right that none of them has is left out."""
    return [Table(title, tuple(ROLES[role] for role in roles), _groups(roles)) for title, roles in COLUMNS]


def _groups(roles: tuple[str, ...]) -> tuple[tuple[Words, tuple[Line, ...]], ...]:
    found = []
    for about, rows in grouped():
        lines = [_line(action, right, roles) for action, right in rows if right.roles & set(roles)]
        if lines:
            found.append((about, tuple(lines)))
    return tuple(found)


def _line(action: str, right: Right, roles: tuple[str, ...]) -> Line:
    return Line(action, right.words, tuple(role in right.roles for role in roles), right.suspended)
