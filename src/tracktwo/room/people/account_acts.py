"""What people do to their own accounts: password, second factor, recovery codes, passkeys, language."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from tracktwo.room import sessions
from tracktwo.room.access import Viewer, one, visible
from tracktwo.room.acts import act
from tracktwo.room.people import passkeys
from tracktwo.room.people.factors import new_recovery, recovery_mark
from tracktwo.room.people.models import Account, Passkey
from tracktwo.room.people.passwords import hashed
from tracktwo.room.words import Language, say

MOST_PASSKEYS = 10


def _locked(account: UUID) -> Account:
    return Account.objects.select_for_update().get(pk=account)


def change_password(viewer: Viewer, password: str) -> Account:
    """Change the password; every session of the account ends."""
    with act(viewer, "account.manage") as leaf:
        account = _locked(viewer.account.id)
        account.password = hashed(password)
        account.generation += 1
        account.save(update_fields=["password", "generation"])
        leaf.commits("password", account.id)
    sessions.end_all(str(account.id))
    return account


def renew_factor(viewer: Viewer, secret: str) -> None:
    """Put another authenticator in place of the one there was."""
    with act(viewer, "account.manage") as leaf:
        account = _locked(viewer.account.id)
        account.second_factor = {"secret": secret}
        account.save(update_fields=["second_factor"])
        leaf.commits("second-factor", account.id)


def renew_recovery(viewer: Viewer) -> list[str]:
    """Ten new recovery codes, told once; the old ones no longer hold."""
    codes = new_recovery()
    with act(viewer, "account.manage") as leaf:
        account = _locked(viewer.account.id)
        account.recovery = {"codes": [recovery_mark(account.id, code) for code in codes]}
        account.save(update_fields=["recovery"])
        leaf.commits("recovery-codes", account.id)
    return codes


def use_recovery(account: Account, mark: str) -> bool:
    """Whether it was one of the account's recovery codes; it no longer is. This is no act of a seat, so no entry."""
    with transaction.atomic():
        row = _locked(account.id)
        codes = (row.recovery or {}).get("codes", [])
        if mark not in codes:
            return False
        row.recovery = {"codes": [each for each in codes if each != mark]}
        row.save(update_fields=["recovery"])
    return True


def sign_out_everywhere(viewer: Viewer) -> None:
    """End every session of the account."""
    with act(viewer, "account.manage") as leaf:
        account = _locked(viewer.account.id)
        account.generation += 1
        account.save(update_fields=["generation"])
        leaf.commits("sessions", account.id)
    sessions.end_all(str(account.id))


def choose_language(account: Account, language: Language) -> None:
    """The language in which somebody reads; nothing that the record need know."""
    Account.objects.filter(pk=account.pk).update(language=language)


def add_passkey(viewer: Viewer, credential: dict[str, Any], name: str) -> Passkey:
    """Keep a passkey that a browser made (passkeys.registered)."""
    mark = passkeys.mark(credential["id"])
    with act(viewer, "account.manage") as leaf:
        _locked(viewer.account.id)
        if visible(viewer).passkeys().count() >= MOST_PASSKEYS:
            words = say("Ten passkeys are the most; remove one first.", "至多保存十个通行密钥；请先移除一个。")
            raise ValidationError(words)  # type: ignore[arg-type]
        if Passkey.objects.filter(credential_mark=mark).exists():
            raise passkeys.NotTaken
        row = Passkey.objects.create(
            account=viewer.account, credential_mark=mark, credential=credential | {"name": name}
        )
        leaf.commits("passkey", row.id)
    return row


def remove_passkey(viewer: Viewer, identifier: object) -> None:
    """Forget a passkey."""
    with act(viewer, "account.manage") as leaf:
        row = one(visible(viewer).passkeys(), identifier)
        leaf.commits("passkey-removed", row.id)
        row.delete()


def use_passkey(answer: passkeys.Answer, account: Account | None = None) -> Account:
    """Whose passkey signed, of ``account`` if given; its counter goes up. NotTaken otherwise. No entry, as above."""
    with transaction.atomic():
        rows = Passkey.objects.select_for_update().filter(credential_mark=answer.mark)
        row = (rows if account is None else rows.filter(account=account)).first()
        if row is None:
            raise passkeys.NotTaken
        count = answer.count(row.credential, row.account_id)
        if count != row.credential["count"]:
            row.credential = row.credential | {"count": count}
            row.save(update_fields=["credential"])
        return row.account
