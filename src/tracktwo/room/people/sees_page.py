"""The page "who can see what" as Markdown for the documentation: ``python -m tracktwo.room.people.sees_page docs``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

PLACES = {"en": "who-can-see-what.md", "zh": "zh/who-can-see-what.md"}
OTHERS = {"en": "*[中文](zh/who-can-see-what.md)*", "zh": "*[English](../who-can-see-what.md)*"}


def page(language: str) -> str:
    """The page in one language."""
    from tracktwo.room.words import reading

    with reading("zh" if language == "zh" else "en"):
        return "\n".join(_lines(language)).rstrip() + "\n"


def _lines(language: str) -> Iterator[str]:
    from tracktwo.room.people import sees
    from tracktwo.room.words import say

    yield f"# {say('Who can see what', '谁能看到什么')}\n"
    yield OTHERS[language] + "\n"
    note = say("Made from the rules that the room itself asks; the room shows the same page.",
               "由系统实际执行的规则生成；登录后可查看同样内容。")  # fmt: skip
    yield f"{note}\n"
    parts = (
        (say("What the running server can see", "运行中的服务器能看到什么"), sees.SERVER),
        (say("What non-attribution promises", "不具名的承诺"), sees.PROMISES),
        (say("What it does not promise", "不具名不承诺什么"), sees.LIMITS),
        (say("What each may see", "各类内容由谁查看"), [*sees.SEES.values()]),
    )
    for title, sentences in parts:
        yield f"## {title}\n"
        yield "\n".join(f"- {sentence}" for sentence in sentences) + "\n"
    yield f"## {say('What each role may do', '各角色可做什么')}\n"
    for table in sees.tables():
        yield f"### {table.title}\n"
        yield _row([str(say("Right", "权利")), *map(str, table.roles)])
        yield _row(["---"] * (len(table.roles) + 1))
        for about, lines in table.groups:
            yield _row([f"**{about}**", *[""] * len(table.roles)])
            for line in lines:
                yield _row([str(line.words), *["●" if yes else "–" for yes in line.marks]])
        yield ""


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracktwo.room.settings")
    import django

    django.setup()
    for language, place in PLACES.items():
        (Path(sys.argv[1]) / place).write_text(page(language), encoding="utf-8")
