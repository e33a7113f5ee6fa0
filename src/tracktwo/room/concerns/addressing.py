"""To whom a concern can be raised and what it can be marked as, with who will then see what: said before it is sent."""

from __future__ import annotations

from tracktwo.room.access import Viewer
from tracktwo.room.concerns.raising import has_counsel
from tracktwo.room.concerns.wording import MARKS
from tracktwo.room.words import Words, say

COUNSEL_FIRST = say("your counsel, ", "本与会方法律顾问、")
NOBODY_FIRST = say("", "")
TO: dict[str, Words] = {
    "seat": say(
        "To the room, in my name. While it waits {first}the mediator and the chair read it; then everybody in the room"
        " does, observers too, with your name and your delegation’s.",
        "提交全体，以本人名义。等待期间，{first}调解人与主席可以读到；此后全体与会者与观察员均可读到，并看到您的姓名与所属与会方。",
    ),
    "organisation": say(
        "To the room, in my delegation’s name. While it waits {first}your delegation, the mediator and the chair read"
        " it; then everybody in the room does, with your delegation’s name. Your own name is not kept.",
        "提交全体，以本与会方名义。等待期间，{first}本与会方、调解人与主席可以读到；此后全体与会者均可读到，并看到与会方名称。不保存您的姓名。",
    ),
    "nobody": say(
        "To the room, without a name. While it waits {first}the mediator and the chair read the words, not who raised"
        " them; everybody in the room reads them only together with at least {others} others, shuffled and undated.",
        "提交全体，不具名。等待期间，{first}调解人与主席可以读到文字，但看不到提出者；须与至少{others}项其他不具名关切一并打乱次序、不注日期，方提交全体。",
    ),
    "delegation": say(
        "To my delegation alone. Those in it who may raise concerns read it, with your name; the mediator and all"
        " others do not.",
        "仅向本与会方。本与会方中可提出关切的成员均可读到，并看到您的姓名；调解人与其他人读不到。",
    ),
    "mediator": say(
        "To the mediator alone, with your name. Your delegation and all others do not read it.",
        "仅向调解人，附您的姓名。本与会方与其他人读不到。",
    ),
}


def addressed(viewer: Viewer) -> list[tuple[str, Words]]:
    """To whom a seat can raise a concern."""
    first = COUNSEL_FIRST if has_counsel(viewer.organisation, viewer.today) else NOBODY_FIRST
    values = {"first": first, "others": viewer.rules.batch - 1}
    without = {"organisation", "delegation"} if viewer.organisation is None else set()
    return [(to, words.with_(**values)) for to, words in TO.items() if to not in without]


def marked(viewer: Viewer) -> list[tuple[str, Words]]:
    """The two marks, and what each leads to."""
    sensitive = say(
        "{mark}: it is shown beside a concern that bears a name",
        "{mark}：仅在具名的关切旁显示",
    )
    if has_counsel(viewer.organisation, viewer.today):
        sensitive = say(
            "{mark}: on its way to the room, your counsel holds it until letting it go; not possible without a name",
            "{mark}：提交全体前由本与会方法律顾问暂缓，待其放行；不具名时不可选",
        )
    controlled = say("{mark}: it is shown beside the concern", "{mark}：在关切旁显示")
    if not viewer.rules.controlled_data:
        controlled = say(
            "{mark}: the rules of procedure do not allow it here, and it is refused",
            "{mark}：议事规则不允许在此提交，将予拒收",
        )
    return [
        ("sensitive", sensitive.with_(mark=MARKS["sensitive"])),
        ("controlled", controlled.with_(mark=MARKS["controlled"])),
    ]
