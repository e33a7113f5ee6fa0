"""What each release instruction lets the mediator do, in words and as an order from strict to wide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tracktwo.room.disclosure.models import Instruction
from tracktwo.room.words import Words, say

LABELS: dict[str, Words] = {
    Instruction.NEVER: say("Never use it", "绝不使用"),
    Instruction.INFORM: say("Let it inform drafting", "供起草参考"),
    Instruction.TEST: say("Test it as the mediator’s own hypothetical", "以调解人自拟设想试探"),
    Instruction.UNATTRIBUTED: say("Convey it unattributed", "不具名转达"),
    Instruction.ATTRIBUTED: say("Convey it attributed", "具名转达"),
    Instruction.CONDITIONAL: say("Only on a condition", "附条件使用"),
}
MEANINGS: dict[str, Words] = {
    Instruction.NEVER: say(
        "The mediator knows it and makes no use of it.",
        "仅供调解人知悉，不作任何使用。",
    ),
    Instruction.INFORM: say(
        "The mediator may bear it in mind when writing drafts, and tells nobody.",
        "调解人拟稿时可予考虑，不告知任何人。",
    ),
    Instruction.TEST: say(
        "The mediator may also ask others “what if …” as an idea of the mediator’s own.",
        "此外，调解人可作为自己的设想，向他方提出“假如……”。",
    ),
    Instruction.UNATTRIBUTED: say(
        "The mediator may also tell others what was said, without saying who or which delegation said it.",
        "此外，调解人可将内容告知他方，但不透露出自何人、出自哪一与会方。",
    ),
    Instruction.ATTRIBUTED: say(
        "The mediator may also say whose it is.",
        "此外，调解人可说明出自何方。",
    ),
    Instruction.CONDITIONAL: say(
        "Nothing until a condition that you put in words is met, for example that another delegation offers the same; "
        "then what you choose below it. The mediator states with each use that the condition is met.",
        "在您写明的条件（例如另一与会方作出同样表示）成就之前，不作任何使用；成就之后，依您在下方所选行事。"
        "调解人每次使用时须声明条件已成就。",
    ),
}
ORDER: tuple[str, ...] = (
    Instruction.NEVER,
    Instruction.INFORM,
    Instruction.TEST,
    Instruction.UNATTRIBUTED,
    Instruction.ATTRIBUTED,
)
USES: tuple[str, ...] = ORDER[1:]
"""What can be entered as a use."""
CONVEYING: frozenset[str] = frozenset({Instruction.UNATTRIBUTED, Instruction.ATTRIBUTED})
"""Uses by which words reach somebody else; they stop in a freeze."""


def widest(instruction: str, body: Mapping[str, Any]) -> str:
    """The widest use that an instruction allows, its condition being met."""
    return str(body["then"]) if instruction == Instruction.CONDITIONAL else instruction


def covers(instruction: str, body: Mapping[str, Any], kind: str) -> bool:
    """Whether a use is within an instruction, its condition being met."""
    return 0 < ORDER.index(kind) <= ORDER.index(widest(instruction, body))
