"""Forms of a consultation beyond the table."""

from __future__ import annotations

from django import forms

from tracktwo.room.concerns.wide import MOST
from tracktwo.room.words import say


class TokensForm(forms.Form):
    """How many links to make."""

    count = forms.IntegerField(
        label=say("How many links", "链接数量"),
        help_text=say("From 1 to {n}. Each link opens one ballot.", "1至{n}个。每个链接对应一份表态。", n=MOST),
        min_value=1,
        max_value=MOST,
        initial=100,
    )
