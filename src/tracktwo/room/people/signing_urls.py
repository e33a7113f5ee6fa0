"""Addresses of signing in, of invitations, and of one's own account."""

from __future__ import annotations

from django.urls import path

from tracktwo.room.people import account_views, invitation_views, signing_views

SIGNING = [
    path("sign-in", signing_views.sign_in),
    path("sign-in/second-factor", signing_views.second_factor),
    path("sign-in/passkey", signing_views.passkey_sign_in),
    path("passkey/options", signing_views.passkey_options),
    path("sign-out", signing_views.sign_out),
    path("sign-out/everywhere", signing_views.everywhere),
    path("language", signing_views.language),
    path("seats", signing_views.seats),
    path("confirm", signing_views.confirm),
    path("confirm/go-on", signing_views.go_on),
    path("demo-sign-in", signing_views.demo_sign_in),
    path("account", account_views.account),
    path("account/password", account_views.password),
    path("account/second-factor", account_views.factor),
    path("account/recovery", account_views.recovery),
    path("account/passkeys/new", account_views.passkey_new),
    path("account/passkeys/add", account_views.passkey_add),
    path("account/passkeys/<uuid:identifier>/remove", account_views.passkey_remove),
    path("i/<str:token>", invitation_views.link),
    path("joining", invitation_views.join),
    path("joining/second-factor", invitation_views.join_factor),
    path("joining/codes", invitation_views.join_codes),
    path("joining/add", invitation_views.join_with),
    path("people/seats/<uuid:identifier>/invitation", invitation_views.invitation),
    path("people/seats/<uuid:identifier>/invitation/withdraw", invitation_views.withdraw),
    path("people/seats/<uuid:identifier>/free", invitation_views.free),
]
