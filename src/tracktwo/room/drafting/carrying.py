"""What is carried over from one issued draft to the next: holders, lights, concordance, proposals."""

from __future__ import annotations

from collections.abc import Mapping

from tracktwo.room.drafting.models import Draft, Proposal, Standing, Text
from tracktwo.room.drafting.proposing import carry, towards
from tracktwo.room.drafting.standings import UNDECIDED, BracketStanding, ProvisionStanding, mark_of, read, written
from tracktwo.room.drafting.stored import Passage, Whole, whole
from tracktwo.text.comparing import diff
from tracktwo.text.drafts import LANGUAGES


def carry_over(text: Text, old: Draft | None, new: Draft) -> None:
    """Carry over what stands; within the act that issues the new draft."""
    if old is None:
        return
    before, after = whole(old), whole(new)
    for state in Standing.objects.filter(draft=old).values_list("state", flat=True):
        made = carried(before, after, read(state))
        if made is not None:
            Standing.objects.create(pk=mark_of(new.pk, made.provision), draft=new, state=written(made))
    for row in Proposal.objects.filter(text=text, draft=old, state=Proposal.State.TABLED).select_related("draft__text"):
        found = towards(row, new)
        if found.carries_over and found.proposal is not None:
            carry(row, new, found)


def carried(before: Whole, after: Whole, standing: ProvisionStanding) -> ProvisionStanding | None:
    """How a provision stands in the next draft: None where it is gone.

    Where its words are as they were all stays, also what was settled and is not carried out yet. Where they changed, it
    is open again, both languages wait to be reviewed, and brackets that are still there keep their holders.
    """
    identity = standing.provision
    if identity not in before.passages or identity not in after.passages:
        return None
    old, new = before.passages[identity], after.passages[identity]
    same = all(old.provision[each] == new.provision[each] for each in LANGUAGES)
    made = ProvisionStanding(identity)
    keys = {key: key for key in new.pairs} if same else matched(old, new)
    for key, bracket in standing.brackets.items():
        if key in keys and (same or bracket.state in UNDECIDED):
            made.brackets[keys[key]] = bracket if same else _held(bracket)
    if same:
        made.light, made.concordance = standing.light, standing.concordance
    return made


def _held(bracket: BracketStanding) -> BracketStanding:
    """A bracket whose provision changed: its holders stay; what they said of the old words does not."""
    state = "open" if bracket.state == "narrowed" else bracket.state
    return BracketStanding(state, bracket.holders, kind=bracket.kind)


def matched(old: Passage, new: Passage) -> Mapping[str, str]:
    """The key in the new draft of each bracket of the old one that is still there, in either language."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        if language not in old.blocks or language not in new.blocks:
            continue
        moved = _moved(old.provision[language] or "", new.provision[language] or "")
        keys = new.keys(language)
        opened = {each.start: keys[each.number] for each in new.blocks[language].prose.brackets}
        for number, key in old.keys(language).items():
            start = moved.get(old.blocks[language].prose.brackets[number].start)
            if start in opened:
                found.setdefault(key, opened[start])
    return found


def _moved(old: str, new: str) -> dict[int, int]:
    """Where each character that stays stands in the new text."""
    found, before, after = {}, 0, 0
    for edit in diff(old, new):
        size = len(edit.text)
        if edit.kind == "keep":
            found.update({before + place: after + place for place in range(size)})
        before += size * (edit.kind != "insert")
        after += size * (edit.kind != "delete")
    return found
