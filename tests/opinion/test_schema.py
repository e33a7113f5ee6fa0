"""Documents keep to their published schema, and the schema keeps to what it says."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from documents import example, plans
from jsonschema import Draft202012Validator

import tracktwo.opinion

SCHEMA = json.loads((Path(tracktwo.opinion.__file__).parent / "opinion-1.schema.json").read_text(encoding="utf-8"))
DOCS = Path(__file__).resolve().parents[2] / "docs" / "json.md"


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", plans())
def test_documents_validate(name: str) -> None:
    Draft202012Validator(SCHEMA).validate(json.loads(json.dumps(example(name))))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "tracktwo/opinion/2"),
        (("method",), "other"),
        (("statements", 0, "agree"), -1),
        (("statements", 0, "share", "low"), 1.2),
        (("statements", 0, "sides", 0, "name"), "a name that has no place here"),
        (("map", "shapes", 0, "levels", 0, "path"), '"/><script>'),
        (("suppressed", 0, "reason"), "because"),
    ],
)
def test_documents_that_are_wrong_do_not(path: tuple[Any, ...], value: object) -> None:
    document = copy.deepcopy(example("small room"))
    inner: Any = document
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    assert not Draft202012Validator(SCHEMA).is_valid(document)


def fields(schema: dict[str, Any]) -> set[str]:
    """Every property named anywhere in the schema."""
    found: set[str] = set()
    for key, value in schema.items():
        if key == "properties":
            found |= set(value)
        for child in value if isinstance(value, list) else [*value.values(), value] if isinstance(value, dict) else []:
            if isinstance(child, dict):
                found |= fields(child)
    return found


def test_every_field_is_explained() -> None:
    words = DOCS.read_text(encoding="utf-8")
    assert [field for field in sorted(fields(SCHEMA)) if f"`{field}`" not in words] == []
