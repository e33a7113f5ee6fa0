"""Everything that is said in two languages in the source: gathered from the Python files and the templates."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import tracktwo.demo.matters
import tracktwo.room

HAN = re.compile(r"[\u3400-\u9fff]")
ROOM = Path(tracktwo.room.__file__).parent
SAMPLE = Path(tracktwo.demo.matters.__file__)
TAG = re.compile(r"{%\s*say\s+(.*?)\s*%}", re.DOTALL)
SPAN = re.compile(r'<(\w+)[^>]*\blang="(en|zh-Hans)"[^>]*>(.*?)</\1>', re.DOTALL)
OTHER = re.compile(r"{%.*?%}|{#.*?#}|{{.*?}}", re.DOTALL)
RANGE = {"\u3400", "\u9fff", "[\u3400-\u9fff]"}
"""The first and the last letter of Chinese, by which code knows it."""


class Said(NamedTuple):
    """A sentence in both languages, with the English for more than one, and where it stands."""

    where: str
    en: str
    zh: str
    plural: str | None = None


def said() -> list[Said]:
    """Every sentence of the room."""
    return [each for path in _files() for each in _said(path, path.read_text("utf-8"))]


def sample() -> list[Said]:
    """What is said in the sample room."""
    return list(in_python(SAMPLE.name, SAMPLE.read_text("utf-8")))


def _files() -> list[Path]:
    return sorted(
        path for path in ROOM.rglob("*") if path.suffix in {".py", ".html"} and "migrations" not in path.parts
    )


def _said(path: Path, text: str) -> Iterator[Said]:
    name = str(path.relative_to(ROOM))
    return in_python(name, text) if path.suffix == ".py" else in_template(name, text)


def in_python(name: str, text: str) -> Iterator[Said]:
    """Texts of which the second is the first in Chinese, wherever they stand side by side; and every ``say``."""
    for node in ast.walk(ast.parse(text)):
        given = _given(node)
        call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say"
        for place, (en, zh) in enumerate(pairwise(given)):
            if en is None or zh is None:
                continue
            if not (call and place == 0) and (HAN.search(en) or not HAN.search(zh)):
                continue
            more = given[place + 2] if call and len(given) > place + 2 else None
            yield Said(f"{name}:{node.lineno}", en, zh, more)  # type: ignore[attr-defined]
        for en, zh in _keyed(node):
            yield Said(f"{name}:{node.lineno}", en, zh)  # type: ignore[attr-defined]


def _given(node: ast.AST) -> list[str | None]:
    if isinstance(node, ast.Call):
        return [_text(each) for each in [*node.args, *(each.value for each in node.keywords if each.arg == "plural")]]
    if isinstance(node, ast.Tuple | ast.List):
        return [_text(each) for each in node.elts]
    if isinstance(node, ast.Dict):
        return [_text(each) for each in node.values]
    return []


def _keyed(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Chinese by the English that it is of, in a dict; ``zh`` and ``MOD`` are names and not English."""
    for key, value in zip(node.keys, node.values, strict=True) if isinstance(node, ast.Dict) else ():
        en, zh = _text(key) if key else None, _text(value)
        if en and zh and HAN.search(zh) and en not in {"en", "zh", "text"} and re.fullmatch(r".*[a-z][ -~]*", en):
            yield en, zh


def _text(node: ast.AST) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def in_template(name: str, text: str) -> Iterator[Said]:
    """The sentences of ``say`` tags, and elements in English each followed by its like in Chinese."""
    for tag in TAG.finditer(text):
        line = text.count("\n", 0, tag.start()) + 1
        texts = re.findall(r'"([^"]*)"', re.split(r'"\s+(?:\w+=|as )', tag[1] + " ")[0] + '"')
        yield Said(f"{name}:{line}", *texts[:3])
    spans = [(each[2], OTHER.sub("", each[3])) for each in SPAN.finditer(text) if "{{" not in each[0].split(">")[0]]
    spans = [(language, re.sub(r"<[^>]+>", "", words)) for language, words in spans]
    assert [language for language, _ in spans] == ["en", "zh-Hans"] * (len(spans) // 2), name
    for (_, en), (_, zh) in zip(spans[::2], spans[1::2], strict=True):
        yield Said(name, en, zh)


def alone() -> list[str]:
    """Chinese in the source that has no English beside it."""
    found = []
    for path in _files():
        name, text = str(path.relative_to(ROOM)), path.read_text("utf-8")
        if path.suffix == ".html":
            rest = SPAN.sub("", OTHER.sub("", TAG.sub("", text)))
            found += [f"{name}: {line.strip()}" for line in rest.splitlines() if HAN.search(line)]
        else:
            found += [f"{name}: {words}" for words in _alone(name, text)]
    return found


def _alone(name: str, text: str) -> Iterator[str]:
    paired = {words for each in in_python(name, text) for words in (each.en, each.zh)} | RANGE
    tree = ast.parse(text)
    described = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        words = _text(node)
        if words and HAN.search(words) and words not in paired and node not in described:
            yield words
