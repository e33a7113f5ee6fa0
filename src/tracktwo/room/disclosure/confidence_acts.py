"""Acts on confidences: given, shared, instructed and withdrawn by their author; used by the mediator; frozen."""

from __future__ import annotations

from typing import Any

from tracktwo.room.access import TABLE, Refused, Viewer, one, require_thawed, visible
from tracktwo.room.acts import act
from tracktwo.room.disclosure.instructions import CONVEYING, LABELS, covers, widest
from tracktwo.room.disclosure.models import Confidence, ConfidenceUse, Instruction
from tracktwo.room.people.models import Organisation
from tracktwo.room.words import say

State = Confidence.State


def may_share(viewer: Viewer) -> bool:
    """Whether there is a delegation at the table to share with; who supports the talks writes for himself alone."""
    return viewer.organisation is not None and viewer.role in TABLE


def give(viewer: Viewer, given: dict[str, Any]) -> Confidence:
    """Tell the mediator something: ``text``, ``instruction``, ``condition``, ``then``, ``shared``."""
    with act(viewer, "confidence.give") as leaf:
        confidence = Confidence.objects.create(
            process=viewer.process,
            author=viewer.seat,
            shared=given["shared"] and may_share(viewer),
            instruction=given["instruction"],
            body={"text": given["text"]} | _condition(given),
            given_on=viewer.today,
        )
        leaf.commits("confidence", confidence.id, _content(confidence))
    return confidence


def instruct(viewer: Viewer, identifier: object, given: dict[str, Any]) -> Confidence:
    """Change the release instruction, stricter or wider; uses made before stay in the history."""
    with act(viewer, "confidence.give") as leaf:
        confidence = _own(viewer, identifier)
        _refuse_withdrawn(confidence)
        confidence.instruction = given["instruction"]
        confidence.body = {"text": confidence.body["text"]} | _condition(given)
        confidence.save(update_fields=["instruction", "body"])
        leaf.commits("confidence", confidence.id, _content(confidence))
    return confidence


def share(viewer: Viewer, identifier: object, shared: bool) -> Confidence:
    """Let the own delegation read it, or no longer."""
    with act(viewer, "confidence.give") as leaf:
        confidence = _own(viewer, identifier)
        if not may_share(viewer):
            raise Refused(
                say(
                    "Only a delegation at the table can share among itself; this is read by you and the mediator.",
                    "仅与会方可在内部共享；本件由您与调解人阅读。",
                )
            )
        confidence.shared = shared
        confidence.save(update_fields=["shared"])
        leaf.commits("confidence", confidence.id, _content(confidence))
    return confidence


def withdraw(viewer: Viewer, identifier: object) -> Confidence:
    """No use from now on; what was used before cannot be unsaid and stays in the history."""
    with act(viewer, "confidence.give") as leaf:
        confidence = _own(viewer, identifier)
        _refuse_withdrawn(confidence)
        confidence.state = State.WITHDRAWN
        confidence.save(update_fields=["state"])
        leaf.commits("confidence", confidence.id, _content(confidence))
    return confidence


def use(viewer: Viewer, identifier: object, kind: str, text: str, met: bool) -> ConfidenceUse:
    """Enter a use before it is made. ``met``: the mediator states that the condition of the instruction is met."""
    with act(viewer, "confidence.use") as leaf:
        confidence = one(_rows(viewer), identifier)
        _refuse_use(confidence, kind, met)
        if kind in CONVEYING:
            require_thawed(viewer)
        conditional = confidence.instruction == Instruction.CONDITIONAL
        made = ConfidenceUse.objects.create(
            confidence=confidence, kind=kind, note={"text": text, "met": conditional}, on=viewer.today
        )
        leaf.commits("confidence", confidence.id)
        leaf.commits("use", made.id, {"kind": kind, "note": made.note})
    return made


def freeze_of(organisation: Organisation) -> None:
    """Freeze the confidences of a delegation that is suspended or withdrew; within the act that says so."""
    _turn(organisation, State.STANDING, State.FROZEN)


def thaw_of(organisation: Organisation) -> None:
    """Give a delegation that is back its confidences as they stood; within the act that says so."""
    _turn(organisation, State.FROZEN, State.STANDING)


def _turn(organisation: Organisation, before: str, after: str) -> None:
    Confidence.objects.filter(author__organisation=organisation, state=before).update(state=after)


def _rows(viewer: Viewer) -> Any:
    return visible(viewer).confidences().select_for_update(of=("self",))


def _own(viewer: Viewer, identifier: object) -> Confidence:
    confidence: Confidence = one(_rows(viewer), identifier)
    if confidence.author_id != viewer.seat.pk:
        raise Refused(
            say(
                "Only the person who gave a confidence changes or withdraws it, at any time.",
                "保密告知仅由告知人本人变更或撤回，随时均可。",
            )
        )
    return confidence


def _refuse_withdrawn(confidence: Confidence) -> None:
    if confidence.state == State.WITHDRAWN:
        raise Refused(
            say(
                "This was withdrawn and is used no more. Give it anew if it may be used after all.",
                "本件已撤回，不再使用。如仍可使用，请重新告知。",
            )
        )


def _refuse_use(confidence: Confidence, kind: str, met: bool) -> None:
    _refuse_withdrawn(confidence)
    if confidence.state == State.FROZEN:
        raise Refused(
            say(
                "This is frozen with its delegation. It can be used once the delegation takes part again.",
                "本件已随该与会方一并冻结。待其恢复参加后方可使用。",
            )
        )
    if not covers(confidence.instruction, confidence.body, kind):
        raise Refused(
            say(
                "The instruction allows at most: {widest}. Only the person who gave it can widen that.",
                "所附指示的最大许可为：{widest}。仅告知人本人可放宽。",
                widest=LABELS[widest(confidence.instruction, confidence.body)],
            )
        )
    if confidence.instruction == Instruction.CONDITIONAL and not met:
        raise Refused(
            say(
                "This may be used once its condition is met; state that it is met when you enter the use.",
                "本件须待条件成就后方可使用；登记使用时请声明条件已成就。",
            )
        )


def _condition(given: dict[str, Any]) -> dict[str, str]:
    if given["instruction"] != Instruction.CONDITIONAL:
        return {"condition": "", "then": ""}
    return {"condition": given["condition"], "then": given["then"]}


def _content(confidence: Confidence) -> dict[str, Any]:
    return {
        "body": confidence.body,
        "instruction": confidence.instruction,
        "shared": confidence.shared,
        "state": confidence.state,
    }
