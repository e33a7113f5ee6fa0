"""Every address declares the right it asks for, and views reach rows through the gate alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

import tracktwo.room
from tracktwo.room.access import RIGHTS

HERE = Path(tracktwo.room.__file__).parent
VIEWS = sorted(HERE.glob("*/views*.py")) + sorted(HERE.glob("*/views/*.py"))


def addresses(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Every pattern of the URL table."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from addresses(each)
        else:
            yield each


def test_every_address_declares_a_policy() -> None:
    policies = {str(each.pattern): getattr(each.callback, "policy", None) for each in addresses()}
    assert {path: policy for path, policy in policies.items() if policy is None} == {}
    assert all(policy in RIGHTS or policy.startswith("open: ") for policy in policies.values() if policy)


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: str(path.relative_to(HERE)))
def test_no_view_touches_a_models_default_manager(path: Path) -> None:
    touched = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}
    ]
    assert touched == []
