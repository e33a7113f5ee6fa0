"""The command line: what it prints and writes, and how it refuses, in one sentence and with nothing left behind."""

from __future__ import annotations

import io
import itertools
import json
import os
import random
import signal
import stat
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import tracktwo
from tracktwo import cli, writing
from tracktwo.cli import speaking
from tracktwo.opinion import passes

TALKS = Path(tracktwo.__file__).parent / "demo" / "talks"
HEAVY = ("numpy", "scipy", "polars", "contourpy")
DELEGATES = ["Ada", "Bo", "Chen", "Dina", "Emil", "Fang", "Gita", "Hugo", "Ines", "Jun", "Kofi", "Li"]
HEADER = "participant,statement,vote\n"


def ballots(seed: int = 3) -> list[tuple[str, int, int]]:
    """Twelve delegates on eight statements, everybody on each."""
    draw = random.Random(seed)
    return [(who, j, draw.choice([1, 1, 0, -1])) for who in DELEGATES for j in range(1, 9)]


VOTES = HEADER + "".join(f"{who},{j},{vote}\n" for who, j, vote in ballots())
SIDES = "participant,side\n" + "".join(f"{who},{'Alder' if i < 6 else 'Beech'}\n" for i, who in enumerate(DELEGATES))
GROUPS = "participant,group\n" + "".join(f"{who},{i % 2}\n" for i, who in enumerate(DELEGATES))


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with votes.csv, sides.csv and groups.csv."""
    for name, text in (("votes.csv", VOTES), ("sides.csv", SIDES), ("groups.csv", GROUPS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli.main, ["opinion", *arguments], input=given)


def refused(result: Result, *words: str) -> str:
    """That the command ended with one clear sentence; the sentence."""
    assert isinstance(result.exception, SystemExit)
    assert result.exit_code == 2
    assert result.stdout == ""
    sentence = result.stderr
    assert sentence.startswith("tracktwo: ")
    assert sentence.count("\n") == 1
    assert sentence.rstrip("\n").isprintable()
    assert sentence.rstrip().endswith(".")
    for word in words:
        assert word in sentence
    return sentence


def process(*arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    """The command as a process of its own."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    code = "import sys; from tracktwo.cli import main; main(sys.argv[1:])"
    return subprocess.Popen([sys.executable, "-c", code, *arguments], **pipes)


@pytest.mark.parametrize("arguments", [["--help"], ["opinion", "--help"], ["demo", "--help"], []])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    code = f"""
import sys
from tracktwo import cli
assert not {set(HEAVY)} & set(sys.modules), "importing"
cli.main({arguments}, standalone_mode=False) if {arguments} else None
assert not {set(HEAVY)} & set(sys.modules), "helping"
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not arguments or "Usage" in done.stdout


def test_the_version_says_whether_the_passes_are_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    said = []
    for compiled in (True, False):
        monkeypatch.setattr(passes, "compiled", compiled)
        result = CliRunner().invoke(cli.main, ["--version"])
        assert result.exit_code == 0
        said.append(result.stdout)
    assert all(line.startswith(f"tracktwo {tracktwo.__version__}\n") for line in said)
    assert "compiled" in said[0]
    assert "reference" in said[1]


def test_a_summary_and_every_file_asked_for(room: Path) -> None:
    result = run(
        "votes.csv", "--sides", "sides.csv", "--html", "out/r.html", "--json", "out/r.json", "--csv", "out/csv"
    )

    assert result.exit_code == 0, result.stderr
    assert result.stderr == ""
    assert "12 people, 8 statements, 96 votes" in result.stdout
    assert result.stdout.splitlines()[-2:] == ["out/r.html", "out/r.json"]
    document = json.loads((room / "out/r.json").read_text(encoding="utf-8"))
    assert document["schema"] == "tracktwo/opinion/1"
    assert document["compared"] == "sides"
    assert (room / "out/r.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert sorted(path.name for path in (room / "out/csv").iterdir()) == [
        *("camps.csv", "participants.csv", "statements.csv", "suppressed.csv")
    ]


def test_the_same_votes_give_the_same_bytes_and_replace_what_was_written(room: Path) -> None:
    found = []
    for seed in range(2):
        rows = random.Random(seed).sample(ballots(), 96)
        (room / "again.csv").write_text(HEADER + "".join(f"{w},{j},{v}\n" for w, j, v in rows), encoding="utf-8")
        assert run("again.csv", "--seed", "4", "--html", "r.html", "--json", "r.json").exit_code == 0
        found.append([(room / name).read_bytes() for name in ("r.html", "r.json")])
    assert found[0] == found[1]


def test_json_on_standard_output_is_the_document_alone(room: Path) -> None:
    result = run("votes.csv", "--groups", "none", "--json", "-", "--html", "r.html")

    assert json.loads(result.stdout)["counts"]["participants"] == 12
    assert (room / "r.html").exists()
    assert not (room / "-").exists()


def test_votes_come_from_standard_input(room: Path) -> None:
    assert "12 people" in run("-", "--groups", "none", given=VOTES).stdout
    refused(run("-", given=""), "standard input is empty")
    refused(run("-", given=b"\xff\xfea\0"), "standard input", "UTF-16")


def test_the_summary_and_the_report_speak_chinese(room: Path) -> None:
    result = run("votes.csv", "--groups", "none", "--lang", "zh", "--html", "r.html")
    assert "12人" in result.stdout
    assert 'lang="zh-Hans"' in (room / "r.html").read_text(encoding="utf-8")


def test_columns_and_statements_are_named(room: Path) -> None:
    (room / "odd.csv").write_text(VOTES.replace("participant,statement,vote", "who,item,said"), encoding="utf-8")
    (room / "texts.csv").write_text("id,text-en\n1,Test together\n2,Research together\n", encoding="utf-8")
    named = "participant=who,statement=item,vote=said"

    result = run("odd.csv", "--columns", named, "--statements", "texts.csv", "--groups", "none", "--json", "-")

    assert json.loads(result.stdout)["statements"][0]["text"] == {"en": "Test together"}


@pytest.mark.parametrize(("groups", "count"), [("none", 0), ("2", 2), ("groups.csv", 2)])
def test_groups_are_none_a_number_or_a_file(room: Path, groups: str, count: int) -> None:
    document = json.loads(run("votes.csv", "--groups", groups, "--suppress-below", "1", "--json", "-").stdout)
    assert len(document["groups"]) == count
    assert document["settings"]["groups"] == ("file" if "." in groups else groups)


def test_the_polis_method_takes_groups_from_a_file(room: Path) -> None:
    document = json.loads(run("votes.csv", "--method", "polis", "--groups", "groups.csv", "--json", "-").stdout)
    assert [group["size"] for group in document["groups"]] == [6, 6]


def test_as_many_groups_as_people_are_drawn_without_a_hang(room: Path) -> None:
    assert run("votes.csv", "--groups", "12").exit_code == 0


WRONG: dict[str, tuple[list[str], list[str]]] = {
    "a file that is not there": (["no.csv"], ["no.csv", "No such file"]),
    "sides that are not there": (["votes.csv", "--sides", "no.csv"], ["no.csv", "No such file"]),
    "statements that are not there": (["votes.csv", "--statements", "no.csv"], ["no.csv", "No such file"]),
    "no such groups": (["votes.csv", "--groups", "most"], ["--groups is 'most'", "neither auto, none, a number nor"]),
    "one group": (["votes.csv", "--groups", "1"], ["1 groups cannot be drawn of 12 people"]),
    "more groups than people": (["votes.csv", "--groups", "13"], ["13 groups cannot be drawn of 12 people"]),
    "groups beyond number": (["votes.csv", "--groups", "9" * 5000], ["neither auto, none, a number nor a file"]),
    "sides as groups": (["votes.csv", "--groups", "sides.csv"], ["sides.csv, row 1", "group"]),
    "groups as sides": (["votes.csv", "--sides", "groups.csv"], ["groups.csv, row 1", "side"]),
    "Polis without groups": (["votes.csv", "--method", "polis", "--groups", "none"], ["always draws groups"]),
    "a threshold of 0": (["votes.csv", "--threshold", "0"], ["--threshold is 0.0"]),
    "a threshold of 1": (["votes.csv", "--threshold", "1"], ["--threshold is 1.0"]),
    "a threshold that is none": (["votes.csv", "--threshold", "nan"], ["--threshold is nan"]),
    "columns without names": (["votes.csv", "--columns", "who"], ["--columns", "ROLE=NAME"]),
    "columns that are not there": (["votes.csv", "--columns", "vote=said"], ["votes.csv, row 1", '"said"']),
    "a column named twice": (["votes.csv", "--columns", "vote=a,vote=b"], ["'vote' is named twice"]),
    "an unknown role": (["votes.csv", "--columns", "voice=vote"], ['"voice"']),
    "one file for two outputs": (["votes.csv", "--html", "r", "--json", "./r"], ["written twice"]),
    "the votes as an output": (["votes.csv", "--json", "votes.csv"], ["votes.csv", "would be replaced"]),
    "the sides as an output": (["votes.csv", "--sides", "sides.csv", "--html", "sides.csv"], ["would be replaced"]),
    "a folder as an output": (["votes.csv", "--html", "."], [". cannot be written: Is a directory"]),
    "a file as a folder": (["votes.csv", "--json", "sides.csv/r.json"], ["cannot be written: Not a directory"]),
    "a file as a folder of tables": (["votes.csv", "--csv", "sides.csv"], ["sides.csv"]),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_arguments_end_with_a_sentence_and_nothing_written(room: Path, case: str) -> None:
    arguments, words = WRONG[case]
    before = {path: path.read_bytes() for path in room.rglob("*")}

    refused(run(*arguments, *([] if "--html" in arguments else ["--html", "new/r.html"])), *words)

    assert {path: path.read_bytes() for path in room.rglob("*")} == before


def archive(*entries: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries:
            file.writestr(name, content)
    return packed.getvalue()


BAD: dict[str, tuple[bytes, list[str]]] = {
    "nothing": (b"", ["is empty"]),
    "a header alone": (HEADER.encode(), ["holds no votes"]),
    "a wrong encoding": (HEADER.encode() + b"Zo\xeb,1,1\n", ["row 2", '"participant"', "UTF-8"]),
    "a missing column": (b"participant,vote\nAda,1\n", ["row 1", "statement"]),
    "a vote outside": (VOTES.replace("Bo,1,", "Bo,1,5").encode(), ["row 10", '"vote"']),
    "one participant": ((HEADER + "Ada,1,1\nAda,2,-1\n").encode(), ["Only one participant"]),
    "one statement": ((HEADER + "Ada,1,1\nBo,1,-1\n").encode(), ["Only one statement"]),
    "all votes equal": ((HEADER + "Ada,1,1\nAda,2,1\nBo,1,1\nBo,2,1\n").encode(), ["Every vote is the same"]),
    "a contradiction": ((HEADER + "Ada,1,1\nAda,1,-1\n").encode(), ["row 2 and row 3", '"Ada"']),
    "a zip bomb": (archive(("votes.csv", b"0" * (40 << 20))), ["zip bomb"]),
    "a path that leaves its folder": (archive(("../votes.csv", VOTES.encode())), ["leaves the archive's folder"]),
    "a zip of something else": (archive(("letter.txt", b"Dear Ada,")), ["neither votes.csv nor votes.json"]),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_votes_end_with_a_sentence_and_nothing_written(room: Path, case: str) -> None:
    content, words = BAD[case]
    (room / "bad.csv").write_bytes(content)

    sentence = refused(run("bad.csv", "--html", "new/r.html", "--json", "r.json", "--csv", "tables"), *words)

    assert sentence.startswith(("tracktwo: bad.csv", "tracktwo: Only", "tracktwo: Every"))
    assert sorted(path.name for path in room.iterdir()) == ["bad.csv", "groups.csv", "sides.csv", "votes.csv"]


@pytest.mark.parametrize(
    ("option", "table", "words"),
    [
        ("--sides", "participant,side\nAda,Alder\nBo,Beech\nAda,Beech\n", ["row 4", '"Ada"', "row 2"]),
        ("--sides", "participant,side\nAda,\n", ["row 2", "side is empty"]),
        ("--sides", "participant,side\nZoë,Alder\n", ["row 2", "nobody listed has voted"]),
        ("--sides", "", ["is empty"]),
        ("--groups", "participant,group\nAda,1\nAda,2\n", ["row 3", '"Ada"', "row 2"]),
        ("--groups", "participant,group\nAda,\n", ["nobody who voted is in a group"]),
        ("--statements", "id,text\n1,Yes\n1,No\n", ["row 3", "stands in row 2 differently"]),
    ],
)
def test_a_bad_list_ends_with_a_sentence_that_names_the_row(
    room: Path, option: str, table: str, words: list[str]
) -> None:
    (room / "list.csv").write_text(table, encoding="utf-8")
    assert refused(run("votes.csv", option, "list.csv"), *words).startswith("tracktwo: list.csv")


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5, 6])
def test_a_disk_that_fills_up_leaves_nothing_behind(room: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    counted, write = itertools.count(1), Path.write_bytes

    def full(self: Path, content: bytes) -> int:
        if next(counted) == number:
            write(self, content[:10])
            raise OSError(28, "No space left on device")
        return write(self, content)

    (room / "r.html").write_text("an earlier report", encoding="utf-8")
    before = {path: path.read_bytes() for path in room.rglob("*")}
    monkeypatch.setattr(Path, "write_bytes", full)

    result = run("votes.csv", "--groups", "none", "--html", "r.html", "--json", "new/deep/r.json", "--csv", "t")

    refused(result, "cannot be written: No space left on device")
    assert {path: path.read_bytes() for path in room.rglob("*")} == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to_is_named(room: Path) -> None:
    (room / "closed").mkdir(mode=0o500)
    result = run("votes.csv", "--groups", "none", "--json", "r.json", "--html", "closed/r.html")
    refused(result, "closed/r.html cannot be written: Permission denied")
    assert not (room / "r.json").exists()


def test_a_file_may_be_read_by_whom_the_user_lets(room: Path) -> None:
    (room / "old.json").write_text("{}", encoding="utf-8")
    (room / "old.json").chmod(0o640)
    mask = os.umask(0o077)
    try:
        run("votes.csv", "--groups", "none", "--json", "old.json", "--html", "new.html")
    finally:
        os.umask(mask)
    assert [stat.S_IMODE((room / name).stat().st_mode) for name in ("old.json", "new.html")] == [0o640, 0o600]


def test_a_link_is_followed_and_a_device_is_not_replaced(room: Path) -> None:
    (room / "shelf").mkdir()
    (room / "latest.html").symlink_to("shelf/report.html")

    result = run("votes.csv", "--groups", "none", "--html", "latest.html", "--json", os.devnull)

    assert result.exit_code == 0, result.stderr
    assert (room / "latest.html").is_symlink()
    assert (room / "shelf/report.html").exists()
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_an_output_in_the_folder_that_is_read_replaces_only_an_output(room: Path) -> None:
    (room / "talks").mkdir()
    for name in ("votes.csv", "comments.csv"):
        (room / "talks" / name).write_bytes((TALKS / name).read_bytes())

    for _ in range(2):
        assert run("talks", "--groups", "none", "--html", "talks/report.html").exit_code == 0
    refused(run("talks", "--groups", "none", "--html", "talks/comments.csv"), "comments.csv", "would be replaced")


def test_marks_and_formulas_of_strangers_stay_text(room: Path) -> None:
    (room / "texts.csv").write_text('id,text\n1,"<script>alert(1)</script>"\n2,"=1+1\x1b[31m"\n', encoding="utf-8")
    result = run("votes.csv", "--groups", "none", "--statements", "texts.csv", "--html", "r.html", "--csv", "t")
    assert result.exit_code == 0
    assert "<script>" not in (room / "r.html").read_text(encoding="utf-8")
    assert "\x1b" not in result.stdout + (room / "t/statements.csv").read_text(encoding="utf-8")
    assert "'=1+1" in (room / "t/statements.csv").read_text(encoding="utf-8")


def test_the_demonstration_writes_both_languages(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli.main, ["demo", "--report-only", "--out", str(tmp_path / "new")])

    assert result.exit_code == 0, result.stderr
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        "sample-talks-en.html",
        "sample-talks-zh.html",
    ]
    assert result.stdout.endswith("sample-talks-zh.html\n")
    (tmp_path / "file").touch()
    refused(
        CliRunner().invoke(cli.main, ["demo", "--report-only", "--lang", "en", "--out", str(tmp_path / "file")]),
        "cannot be written",
    )


def test_progress_is_for_those_who_wait_a_line_on_a_terminal_and_lines_in_a_log(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Terminal(io.StringIO):
        watched = True

        def isatty(self) -> bool:
            return self.watched

    for watched, seconds, shown in ((True, 3, True), (True, 1, False), (False, 3, True), (False, 1, False)):
        terminal, clock = Terminal(), itertools.count(0, seconds)
        terminal.watched = watched
        monkeypatch.setattr(sys, "stderr", terminal)
        monkeypatch.setattr(time, "monotonic", lambda clock=clock: next(clock))
        with speaking.progressing() as progress:
            progress("groups", 0.5)
            progress("groups", 0.5)
        assert ("groups  50%" in terminal.getvalue()) == shown
        assert not shown or terminal.getvalue().endswith("\r" if watched else "\n")
        assert watched or terminal.getvalue().count("groups") == shown


def test_a_reader_who_leaves_early_is_no_error(room: Path) -> None:
    with process("opinion", "votes.csv", "--groups", "none", "--json", "-") as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(1)
        running.stdout.close()
        assert b"Traceback" not in running.stderr.read()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("more", [[], ["--json", "-"]])
def test_a_full_standard_output_is_said(room: Path, more: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        running = process("opinion", "votes.csv", "--groups", "none", *more, stdout=full)
        said = running.communicate()[1].decode()
    assert running.returncode == 2
    assert said == "tracktwo: standard output cannot be written: No space left on device.\n"


def test_standard_input_that_is_closed_is_said(room: Path) -> None:
    command = [sys.executable, "-c", "from tracktwo.cli import main; main(['opinion', '-'])"]
    done = subprocess.run(["sh", "-c", '"$0" "$@" <&-', *command], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "tracktwo: standard input is closed; pipe the votes in, or name their file.\n"


def test_an_interruption_leaves_no_traceback(room: Path) -> None:
    running = process("opinion", "-", "--html", "r.html", stdin=subprocess.PIPE)
    assert running.stdin is not None
    running.stdin.write(HEADER.encode() + b"Ada,1,1\n" * 50_000)  # more than a pipe holds: it is being read
    running.stdin.flush()
    running.send_signal(signal.SIGINT)
    said = running.communicate()[1].decode()
    assert running.returncode not in (0, 2)
    assert "Traceback" not in said
    assert not (room / "r.html").exists()


def test_files_written_together_name_the_one_that_could_not_be(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(IsADirectoryError) as refusal:
        writing.write_together({tmp_path / "a/b/first": b"1", tmp_path / "taken": b"2"})
    assert refusal.value.filename == str(tmp_path / "taken")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


TABLES = st.lists(
    st.tuples(
        st.sampled_from(["Ada", "Bo", "1", "01", "", " ", "\x00", "=A", "Zoë"]),
        st.sampled_from(["1", "2", "x", "", "\ud800", "<b>"]),
        st.sampled_from(["1", "-1", "0", "1", "-1", "0.0", "", "2", "nan"]),
    ),
    max_size=12,
).map(lambda rows: (HEADER + "".join(",".join(row) + "\n" for row in rows)).encode("utf-8", "surrogatepass"))
ANYTHING = st.one_of(
    st.binary(max_size=200),
    TABLES,
    st.tuples(
        st.sampled_from([VOTES.encode(), SIDES.encode(), GROUPS.encode()]), st.integers(0, 300), st.binary(max_size=3)
    ).map(lambda cut: cut[0][: cut[1]] + cut[2] + cut[0][cut[1] + 1 :]),
    st.binary(max_size=60).map(lambda content: archive(("votes.csv", content))),
)


@given(st.sampled_from(["", "--sides", "--groups", "--statements"]), ANYTHING)
@example("", archive(("votes.csv", VOTES.encode())))
@example("--sides", SIDES.encode())
@settings(
    deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_any_bytes_anywhere_end_well(room: Path, option: str, content: bytes) -> None:
    (room / "any.csv").write_bytes(content)
    few = ["--groups", "none"] if option != "--groups" else []

    result = run(*([option, "any.csv", "votes.csv"] if option else ["any.csv"]), *few, "--json", "r.json")

    if result.exit_code == 0:
        assert json.loads((room / "r.json").read_text(encoding="utf-8"))["schema"] == "tracktwo/opinion/1"
    else:
        refused(result)
        assert not (room / "r.json").exists()
    (room / "r.json").unlink(missing_ok=True)
