"""Who may go where and see what, written by hand from the domain: what the gate is held to, and never asks itself."""

from __future__ import annotations

from collections.abc import Iterable

MEDIATOR, CHAIR, SECRETARIAT = "mediator", "chair", "secretariat"
VOTERS = {"head", "alternate", "delegate", "expert"}
SPEAKERS = VOTERS | {"counsel"}
TABLE = SPEAKERS | {"linguist"}
STAFF = {MEDIATOR, CHAIR, SECRETARIAT}
ROOM = STAFF | TABLE
KEEPERS = {MEDIATOR, SECRETARIAT}
OUTSIDE = {"liaison", "briefed"}
WATCHERS = {"observer", "custodian", "depositary", "auditor", "operator"}
EVERYBODY = ROOM | OUTSIDE | WATCHERS

OPEN = {
    "sign-in", "sign-in/second-factor", "sign-in/passkey", "passkey/options", "sign-out", "language", "seats",
    "confirm", "confirm/go-on", "demo-sign-in", "i/<str:token>", "joining", "joining/second-factor", "joining/codes",
    "joining/add", "w/open/<str:sounding>", "w/<str:link>", "w/<str:link>/vote", "w/<str:link>/votes",
    "w/<str:link>/results",
}  # fmt: skip
"""Addresses for whoever comes: signing in, an invitation, a consultation beyond the table."""

ALWAYS = {
    "", "visibility", "sign-out/everywhere", "account", "account/password", "account/second-factor",
    "account/recovery", "account/passkeys/new", "account/passkeys/add",
    "account/passkeys/<uuid:identifier>/remove",
}  # fmt: skip
"""What stays with a seat whose delegation is suspended."""


def _each(roles: Iterable[str], *patterns: str) -> dict[str, set[str]]:
    return {pattern: set(roles) for pattern in patterns}


_MEETING, _PEOPLE, _VOTE = "meetings/<uuid:identifier>", "people/seats/<uuid:identifier>", "statements/<uuid:sounding>"
_ORGANISATION, _CONCERN = "people/organisations/<uuid:identifier>", "concerns/<uuid:given>"
_ROUND, _STATEMENT = "meetings/rounds/<uuid:identifier>", "statements/<uuid:given>"
_CONFIDENCE, _LINE = "confidences/<uuid:confidence>", "plan/lines/<uuid:line>"
_TEXT = "texts/<uuid:text>"
_CONCEPT, _GROUP = f"{_TEXT}/concepts/<uuid:proposal>", f"{_TEXT}/groups/<uuid:group>"
_PROVISION, _PROPOSAL = f"{_TEXT}/provisions/<str:provision>", f"{_TEXT}/proposals/<uuid:proposal>"
_BRACKET = f"{_PROVISION}/brackets/<str:bracket>"
DOORS: dict[str, set[str]] = {
    **_each(EVERYBODY, *ALWAYS),
    **_each(ROOM | {"observer", "custodian", "depositary"}, "rules"),
    **_each({MEDIATOR}, "process/edit", "rules/edit", "rules/decision", "console", "console/present"),
    **_each(ROOM, "people"),
    **_each(
        KEEPERS, _PEOPLE, *(f"{_PEOPLE}/{end}" for end in ("invitation", "invitation/withdraw", "free", "suspend",
        "revoke", "restore")), "people/seats/new", "people/sides/new", "people/sides/<uuid:identifier>",
        "people/organisations/new", _ORGANISATION,
        *(f"{_ORGANISATION}/{end}" for end in ("suspend", "withdraw", "readmit")),
    ),
    **_each(ROOM | {"observer"}, "meetings", _MEETING, f"{_MEETING}/papers/<uuid:paper>"),
    **_each(
        KEEPERS, "meetings/new", "meetings/rounds/new", _ROUND, f"{_ROUND}/open", f"{_ROUND}/close",
        *(f"{_MEETING}/{end}" for end in ("edit", "agenda", "actions", "list", "papers/new",
        "papers/<uuid:paper>/edit", "papers/<uuid:paper>/remove")),
    ),
    **_each({"counsel"}, f"{_MEETING}/clear", f"{_MEETING}/stop"),
    **_each({"counsel"}, "holds", "holds/<uuid:item>", "holds/<uuid:item>/release"),
    **_each({MEDIATOR}, f"{_MEETING}/resume"),
    **_each(ROOM | {"observer"}, "concerns", "concerns/waiting", _CONCERN),
    **_each(ROOM | {"observer"}, "statements", _STATEMENT, f"{_VOTE}/results"),
    **_each(SPEAKERS, "concerns/raise", "concerns/sent", "concerns/waiting/<uuid:given>/withdraw"),
    **_each(SPEAKERS, f"{_CONCERN}/withdraw"),
    **_each({MEDIATOR, CHAIR}, "concerns/release", f"{_VOTE}/open", f"{_VOTE}/close"),
    **_each(
        KEEPERS, "concerns/themes", "concerns/themes/<uuid:given>", "concerns/themes/<uuid:given>/move",
        f"{_CONCERN}/outcomes", f"{_CONCERN}/outcomes/<uuid:outcome>/remove", f"{_CONCERN}/statement",
        "statements/new", *(f"{_STATEMENT}/{end}" for end in ("settings", "discard", "write", "edit/<uuid:which>",
        "edit/<uuid:which>/remove")),
    ),
    **_each(VOTERS, f"{_CONCERN}/assess", f"{_VOTE}/vote", f"{_VOTE}/votes"),
    **_each({MEDIATOR}, f"{_VOTE}/wide", f"{_VOTE}/audience", f"{_VOTE}/links/<str:handle>"),
    **_each(
        {MEDIATOR, "linguist"}, "translations", "translations/<str:kind>/<uuid:given>",
        "translations/<str:kind>/<uuid:given>/review",
    ),
    **_each(SPEAKERS | {"liaison", MEDIATOR}, "confidences", _CONFIDENCE),
    **_each(
        SPEAKERS | {"liaison"}, "confidences/new",
        *(f"{_CONFIDENCE}/{end}" for end in ("instruction", "share", "withdraw")),
    ),
    **_each({MEDIATOR}, f"{_CONFIDENCE}/use", "plan/lines/new", _LINE, f"{_LINE}/remove", "plan/thaw"),
    **_each(ROOM, "plan"),
    **_each({"head", "alternate"}, f"{_LINE}/agree", f"{_LINE}/take-back"),
    **_each({MEDIATOR, CHAIR, "head", "alternate"}, "plan/freeze"),
    **_each(ROOM | {"observer"}, f"{_TEXT}/concordance", f"{_TEXT}/terms", f"{_TEXT}/answer"),
    **_each(
        {"linguist"}, *(f"{_TEXT}/concordance/<str:provision>/{end}" for end in ("review", "note", "withdraw"))
    ),
    **_each(SPEAKERS, f"{_TEXT}/criticise", f"{_TEXT}/criticisms/<uuid:criticism>/withdraw"),
    **_each(ROOM, f"{_TEXT}/criticisms", f"{_TEXT}/groups", _GROUP, f"{_GROUP}/report"),
    **_each({MEDIATOR}, f"{_TEXT}/ask", f"{_TEXT}/close-asking"),
    **_each({MEDIATOR, CHAIR}, f"{_TEXT}/concepts/open", f"{_TEXT}/concepts/lapse", f"{_TEXT}/groups/new"),
    **_each(
        {"head", "alternate", "delegate"}, f"{_TEXT}/concepts/new", f"{_CONCEPT}/withdraw", f"{_GROUP}/propose",
        f"{_GROUP}/proposals/<uuid:proposal>/withdraw",
    ),
    **_each({"head", "alternate"}, f"{_CONCEPT}/echo", f"{_CONCEPT}/take-back"),
    **_each(ROOM | {"observer"}, "texts", f"{_TEXT}/ledger", f"{_TEXT}/compare"),
    **_each(
        {MEDIATOR, CHAIR}, "texts/new", f"{_TEXT}/settings", f"{_TEXT}/desk",
        f"{_TEXT}/desk/provisions/<str:provision>",
        f"{_TEXT}/desk/provisions/<str:provision>/remove",
        *(f"{_TEXT}/desk/{end}" for end in ("upload", "insert", "consolidate", "ask", "issue", "discard")),
    ),
    **_each(ROOM, f"{_TEXT}/files", f"{_TEXT}/files/<str:name>"),
    **_each({"head", "alternate"}, f"{_TEXT}/waive", f"{_TEXT}/receipt"),
    **_each({"head", "alternate", "delegate"}, f"{_TEXT}/word"),
    **_each(ROOM | {"observer"}, _TEXT, f"{_TEXT}/drafts/<int:number>", _PROVISION, _BRACKET),
    **_each(
        {"head", "alternate"}, f"{_PROVISION}/position",
        *(f"{_BRACKET}/{end}" for end in ("hold", "let-go", "say", "take-back", "fine")),
    ),
    **_each(
        {MEDIATOR, CHAIR}, f"{_PROVISION}/light", f"{_PROPOSAL}/decide",
        *(f"{_BRACKET}/{end}" for end in ("call", "conclude", "reopen", "assign", "confirm")),
    ),
    **_each(
        {"head", "alternate", "delegate"}, f"{_PROVISION}/propose", f"{_TEXT}/add", f"{_PROPOSAL}/withdraw",
        f"{_PROPOSAL}/confirm",
    ),
    **_each(ROOM, f"{_TEXT}/proposals", f"{_TEXT}/positions"),
    **_each({MEDIATOR, CHAIR}, f"{_TEXT}/outlook"),
}  # fmt: skip
"""The roles to which each address is open; to all others it is absent."""
