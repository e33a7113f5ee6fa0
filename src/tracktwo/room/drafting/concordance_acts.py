"""Acts of linguists: that both languages of a provision say the same, or that they do not, and why.

The second review is another side's. A change of either body, in the next draft, reopens it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tracktwo.room.access import Refused, Viewer
from tracktwo.room.drafting.compared import digest
from tracktwo.room.drafting.standings import Touched, touching
from tracktwo.room.words import Words, say
from tracktwo.text.concordance import State, noted, reviewed, withdrawn

STAGES: dict[str, Words] = {
    "untranslated": say("in one language only", "仅有一种语言"),
    "draft": say("to be reviewed", "待审校"),
    "reviewed": say("reviewed by one side", "一方已审校"),
    "concordant": say("concordant", "一致"),
    "divergent": say("divergence noted", "已注明不一致"),
}
RIGHT = "concordance.write"


def review(viewer: Viewer, text: object, provision: str, on: object, read: str) -> None:
    """Say for one's side that both languages say the same; ``read`` is the digest of the bodies that were read."""
    with _checking(viewer, text, provision, on, read) as (touched, state, side):
        if state.stage == "divergent":
            raise Refused(
                say("A divergence is noted for this provision. It is reviewed once the side that noted it withdraws "
                    "the note, or a later draft changes the words.",
                    "本条款已注明两种语言不一致。待注明方撤回，或后续草案修改文字后，方可审校。")
            )  # fmt: skip
        if state.stage == "concordant":
            raise Refused(say("Two sides have reviewed this provision; it is concordant.",
                              "本条款已由两方审校，两种语言一致。"))  # fmt: skip
        if side in state.reviews:
            raise Refused(say("Your side has reviewed this provision. The next review is another side’s.",
                              "贵方已审校本条款，下一次审校须由另一方进行。"))  # fmt: skip
        _keep(touched, reviewed(state, side))


def note(viewer: Viewer, text: object, provision: str, on: object, read: str, reason: str) -> None:
    """Say for one's side that the languages do not say the same, and why; its own review falls."""
    with _checking(viewer, text, provision, on, read) as (touched, state, side):
        if state.stage == "divergent":
            raise Refused(say("A divergence is noted for this provision already.", "本条款已注明不一致。"))
        if not reason.strip():
            raise Refused(say("Say what each language says.", "请说明两种语言各自的含义。"))
        _keep(touched, noted(state, side, reason))


def withdraw(viewer: Viewer, text: object, provision: str, on: object) -> None:
    """Take back one's side's note of a divergence."""
    with _checking(viewer, text, provision, on) as (touched, state, side):
        if state.stage != "divergent":
            raise Refused(say("No divergence is noted for this provision.", "本条款未注明不一致。"))
        if side != state.noted_by:
            raise Refused(say("Only a linguist of the side that noted the divergence can withdraw the note.",
                              "仅注明不一致一方的语文专家可撤回。"))  # fmt: skip
        _keep(touched, withdrawn(state, side))


@contextmanager
def _checking(
    viewer: Viewer, text: object, provision: str, on: object, read: str | None = None
) -> Iterator[tuple[Touched, State, str]]:
    """A provision of the latest draft, how far it is checked, and the mark of the linguist's side."""
    # a page that names no draft is none of ours; what it shows is not known
    with touching(viewer, RIGHT, text, provision, on or "-") as touched:
        if read is not None and read != digest(touched.passage):
            raise Refused(
                say("These are not the words that you read. Nothing was changed. Read both languages again.",
                    "现有文字与您所读的不同。未作任何变更。请重新核对两种语言。")
            )  # fmt: skip
        side = side_of(viewer)
        if not side:
            raise Refused(say("Your delegation belongs to no side, and a review is a side’s.",
                              "贵方未归入任何一方，而审校由各方进行。"))  # fmt: skip
        state = touched.standing.checked(touched.passage)
        if state.stage == "untranslated":
            raise Refused(say("The provision is there in one language only: there is nothing to compare yet.",
                              "本条款仅有一种语言，尚无可核对的内容。"))  # fmt: skip
        yield touched, state, side


def side_of(viewer: Viewer) -> str:
    """The mark of the side that a seat belongs to; empty where it belongs to none."""
    organisation = viewer.organisation
    return organisation.side.mark if organisation is not None and organisation.side is not None else ""


def _keep(touched: Touched, state: State) -> None:
    touched.standing.concordance = {
        "reviews": list(state.reviews), "divergence": state.divergence, "noted_by": state.noted_by,
    }  # fmt: skip
