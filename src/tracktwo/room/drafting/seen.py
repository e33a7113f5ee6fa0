"""What a seat may see of texts: issued drafts, proposals, positions, criticism, the work of contact groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q, QuerySet

from tracktwo.room.people.models import Organisation, Process

if TYPE_CHECKING:
    from tracktwo.room.access import Viewer
    from tracktwo.room.drafting.models import Criticism, Draft, Group, Position, Proposal, Standing, Text

AWAY = (Organisation.Status.SUSPENDED, Organisation.Status.WITHDREW)


class SeenTexts:
    """The part of :class:`tracktwo.room.access.Visible` that is about texts."""

    viewer: Viewer
    if TYPE_CHECKING:

        @property
        def _process(self) -> Process: ...

        def _if(self, action: str, rows: Any) -> Any: ...

    def texts(self) -> QuerySet[Text]:
        """Texts before the body; those being prepared for who drafts them, and for whom they ask for a waiver."""
        from tracktwo.room.drafting.models import Text

        rows = Text.objects.filter(process=self._process).order_by("id")
        if not self.viewer.may("text.edit"):
            asking = self._asking() if self.viewer.may("position.take") else []
            rows = rows.filter(~Q(state=Text.State.PREPARING) | Q(pk__in=asking))
        return self._if("text.read", rows)

    def _asking(self) -> list[UUID]:
        """Texts being prepared whose first draft is issued once every head has waived a language."""
        from tracktwo.room.drafting.models import Draft, Text

        rows = Draft.objects.filter(text__process=self._process, text__state=Text.State.PREPARING)
        return [text for text, waiver in rows.values_list("text", "waiver") if waiver["asked"]]

    def drafts(self) -> QuerySet[Draft]:
        """Drafts of those texts that were issued, in order, without their words; the working one for who drafts."""
        from tracktwo.room.drafting.models import Draft

        rows = Draft.objects.filter(text__in=self.texts()).select_related("text").order_by("text", "number")
        if not self.viewer.may("text.edit"):
            rows = rows.filter(state=Draft.State.ISSUED)
        return rows.defer("content")

    def standings(self) -> QuerySet[Standing]:
        """How provisions of issued drafts stand."""
        from tracktwo.room.drafting.models import Draft, Standing

        return Standing.objects.filter(draft__in=self.drafts().filter(state=Draft.State.ISSUED)).order_by("id")

    def groups(self) -> QuerySet[Group]:
        """Contact groups: who is in them and on what they work."""
        from tracktwo.room.drafting.models import Group

        rows = Group.objects.filter(text__in=self.texts()).select_related("facilitator", "text").order_by("id")
        return self._if("position.read", rows)

    def proposals(self) -> QuerySet[Proposal]:
        """Proposals before the room; within a contact group for its members and for who drafts."""
        from tracktwo.room.drafting.models import Group, Proposal

        rows = Proposal.objects.filter(text__in=self.texts())
        if not self.viewer.may("text.edit"):
            mine = Group.objects.filter(Q(members=self.viewer.seat) | Q(facilitator=self.viewer.seat))
            rows = rows.filter(Q(group=None) | Q(group__in=mine.values("pk")))
        rows = rows.select_related("text", "draft", "organisation__side", "group").defer("draft__content")
        return self._if("position.read", rows.order_by("id"))

    def criticisms(self) -> QuerySet[Criticism]:
        """Criticism of a one-text: the own delegation's; all for the mediator."""
        from tracktwo.room.drafting.models import Criticism

        rows = Criticism.objects.filter(draft__text__in=self.texts()).order_by("id")
        rows = rows.select_related("draft__text", "organisation__side", "seat").defer("draft__content")
        if self.viewer.may("text.hear"):
            return rows
        return self._if("text.criticise", rows.filter(organisation=self.viewer.organisation))

    def positions(self) -> QuerySet[Position]:
        """Positions on a bracketed text: the room; on a one-text: the own delegation's, and all for the mediator."""
        from tracktwo.room.drafting.models import Mode, Position

        rows = Position.objects.filter(draft__in=self.drafts().values("pk")).exclude(organisation__status__in=AWAY)
        if not self.viewer.may("text.hear"):
            rows = rows.filter(~Q(draft__text__mode=Mode.ONE_TEXT) | Q(organisation=self.viewer.organisation))
        rows = rows.select_related("draft", "organisation__side").defer("draft__content")
        return self._if("position.read", rows.order_by("id"))
