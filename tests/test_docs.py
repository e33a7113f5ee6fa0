"""The documentation is true: options are described, commands and code run, links lead somewhere."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
import zipfile
from importlib.resources import as_file, files
from pathlib import Path

import click
import numpy as np
import pytest
from click.testing import CliRunner

from tracktwo import __version__, cli
from tracktwo.opinion import analysing, read, structure
from tracktwo.room.people import sees_page
from tracktwo.text import documents as text_documents
from tracktwo.text import files as text_files

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
COMMANDS = [
    pytest.param(line, id=f"{page.name}: {line}")
    for page in PAGES
    for block in re.findall(r"^```sh\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    for line in block.splitlines()
    if line.startswith("tracktwo ")
]


@pytest.fixture
def sample(tmp_path, monkeypatch):
    """The sample talks under the names that the documentation uses, in the current folder."""
    monkeypatch.chdir(tmp_path)
    with as_file(files("tracktwo.demo") / "talks") as talks:
        shutil.copytree(talks, "export")
    votes = read("export")
    ids = [statement.id for statement in votes.statements]
    cast = list(zip(votes.participants[votes.rows], np.array(ids)[votes.columns], votes.values, strict=True))
    for name, header in (("votes.csv", "participant,statement,vote"), ("answers.csv", "who,item,answer")):
        Path(name).write_text("\n".join([header, *(f"{who},{what},{vote}" for who, what, vote in cast)]) + "\n")
    shutil.copy("export/sides.csv", "sides.csv")
    shutil.copy("export/comments.csv", "statements.csv")
    people = "".join(f"{who},{('early', 'late')[who % 2]}\n" for who in votes.participants)
    Path("groups.csv").write_text("participant,group\n" + people)
    with zipfile.ZipFile("export.zip", "w") as archive:
        for file in Path("export").iterdir():
            archive.write(file, file.name)
    Path("draft.md").write_text(DRAFT, "utf-8")
    Path("draft-zh.md").write_text(DRAFT_ZH, "utf-8")
    Path("next.md").write_text(DRAFT.replace("[shall][should]", "shall"), "utf-8")
    Path("draft.docx").write_bytes(
        text_files.written(text_documents.read(DRAFT), Path("draft.docx"), text_files.About())
    )
    return tmp_path


DRAFT = """\
# Article 1

1. Each laboratory [shall][should] evaluate its models [Quill: before release].

2. Notification

    Option 1: within [72] hours

    Option 2: within a month
"""

DRAFT_ZH = """\
# 第一条

1. 各实验室［应］［宜］评估其模型［羽笔：在发布之前］。

2. 通报

    方案一：［七十二］小时之内

    方案二：一个月之内
"""


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_in_the_documentation_runs(sample, line):
    words, _, piped = line.partition(" < ")
    outcome = CliRunner().invoke(
        cli.main, shlex.split(words)[1:], input=Path(piped).read_bytes() if piped else None, catch_exceptions=False
    )
    assert outcome.exit_code == 0, outcome.output
    for written in re.findall(r"--(?:html|json|csv|out) (?!-)(\S+)", words):
        assert Path(written).exists()


def test_some_commands_are_documented():
    assert len(COMMANDS) > 8


def each_command(command):
    """The command and those that belong to it."""
    yield command
    for other in getattr(command, "commands", {}).values():
        yield from each_command(other)


@pytest.mark.parametrize("name", sorted(cli.main.commands))
def test_every_option_is_described(name):
    page = (ROOT / "docs" / "command.md").read_text("utf-8")
    section = page.partition(f"## `tracktwo {name}")[2].partition("\n## ")[0]
    options = []
    for command in each_command(cli.main.commands[name]):
        with click.Context(command, help_option_names=["-h", "--help"]) as context:
            options += [option for each in command.get_params(context) for option in each.opts if option[0] == "-"]
    assert options
    assert [option for option in options if not re.search(rf"^\| .*`{option}\b", section, re.MULTILINE)] == []


def test_the_options_described_are_there():
    page = (ROOT / "docs" / "command.md").read_text("utf-8")
    known = {option for command in each_command(cli.main) for each in command.params for option in each.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", page)) - known == {"--help"}


def test_the_python_in_the_documentation_runs(sample):
    failed, tried = doctest.testfile(str(ROOT / "docs" / "library.md"), module_relative=False, encoding="utf-8")
    assert tried > 10
    assert failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_within_the_repository_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert target.startswith("https://") or (page.parent / target).exists(), target


def test_the_numbers_of_the_method_are_those_of_the_code():
    page = " ".join((ROOT / "docs" / "opinion.md").read_text("utf-8").split())
    for sentence in (
        f"from a posterior of {analysing.CREDIBILITY} on",
        f"The level is {analysing.STRUCTURE_LEVEL},",
        f"At least {analysing.STABILITY_NEEDED} is asked for",
        f"at least {analysing.STABILITY_OF_EVERYONE_NEEDED} over everybody",
        f"again {analysing.DRAWS} times after",
        f"controlled at {analysing.LEVEL} ",
        f"{structure.MOST_STATEMENTS} statements most voted on and the {structure.MOST_PEOPLE} people",
    ):
        assert sentence in page


def test_the_changelog_names_this_version():
    assert f"## {__version__}\n" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_picture_of_the_report_is_small():
    picture = (ROOT / "docs" / "report.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 300_000


@pytest.mark.parametrize("language", sorted(sees_page.PLACES))
def test_who_can_see_what_is_what_the_room_asks(language):
    assert (ROOT / "docs" / sees_page.PLACES[language]).read_text("utf-8") == sees_page.page(language)
