"""Zip archives and folders: read in memory, never beyond their own folder."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from foreign import EXPORT, VOTES, blob_files, long, put, same

from tracktwo.opinion.reading import read
from tracktwo.opinion.votes import InputError


def packed(files: dict[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


@pytest.mark.parametrize("folder", ["", "export/", "a/b c/"])
@pytest.mark.parametrize("files", [EXPORT, blob_files(), {"only.csv": VOTES}], ids=["export", "json", "table"])
def test_files_lie_at_the_top_or_in_one_folder(tmp_path: Path, folder: str, files: dict[str, str | bytes]) -> None:
    content = packed({f"{folder}{name}": text for name, text in files.items()} | {"__MACOSX/._votes.csv": b"\0"})

    assert same(read(io.BytesIO(content)), read(put(tmp_path, files)))


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_every_packing_that_python_knows_is_read(tmp_path: Path, method: int) -> None:
    assert same(read(io.BytesIO(packed(EXPORT, method=method))), read(put(tmp_path, EXPORT)))


def test_a_parquet_table_may_be_packed(tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    table = io.BytesIO()
    polars.DataFrame({"participant": [1, 2], "statement": [1, 1], "vote": [1, 0]}).write_parquet(table)

    votes = read(io.BytesIO(packed({"votes.parquet": table.getvalue()})))

    assert votes.participants.tolist() == [1, 2]


@pytest.mark.parametrize(
    "name", ["../votes.csv", "a/../../votes.csv", "/etc/votes.csv", "C:\\votes.csv", "..\\votes.csv"]
)
def test_a_path_that_leaves_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "export.zip").write_bytes(packed({**EXPORT, name: VOTES}))

    with pytest.raises(InputError, match="the path leaves the archive's folder"):
        read(tmp_path / "export.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["export.zip"]


def test_a_link_in_an_archive_is_refused() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        link = zipfile.ZipInfo("votes.csv")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")

    with pytest.raises(InputError, match="it is a link"):
        read(io.BytesIO(written.getvalue()))


def test_an_encrypted_archive_is_refused() -> None:
    content = bytearray(packed(EXPORT))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1

    with pytest.raises(InputError, match="it is encrypted"):
        read(io.BytesIO(bytes(content)))


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = packed({"votes.csv": "timestamp,voter-id,comment-id,vote\n" + "1,1,1,1\n" * 6_000_000})
    assert len(bomb) < 200_000

    with pytest.raises(InputError, match="zip bomb"):
        read(io.BytesIO(bomb))


def test_more_files_than_an_export_has_are_refused() -> None:
    with pytest.raises(InputError, match="zip bomb"):
        read(io.BytesIO(packed({f"{k}.csv": "" for k in range(10_001)}, method=zipfile.ZIP_STORED)))


def test_a_size_that_is_declared_too_small_is_refused() -> None:
    content = bytearray(packed({"votes.csv": VOTES * 100}))
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = content.index(mark) + offset
        content[at : at + 4] = struct.pack("<I", 10)

    with pytest.raises(InputError, match="damaged zip"):
        read(io.BytesIO(bytes(content)))


def test_two_conversations_in_one_archive_are_refused() -> None:
    with pytest.raises(InputError, match='more than one folder \\("a" and "b"\\)'):
        read(io.BytesIO(packed({"a/votes.csv": VOTES, "b/votes.csv": VOTES})))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_stands_twice_in_an_archive_is_refused() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("votes.csv", VOTES)
        archive.writestr("votes.csv", VOTES)

    with pytest.raises(InputError, match=r'holds "votes\.csv" twice'):
        read(io.BytesIO(written.getvalue()))


def test_an_excel_workbook_is_refused_with_advice() -> None:
    with pytest.raises(InputError, match='save the sheet as "CSV UTF-8"'):
        read(io.BytesIO(packed({"xl/workbook.xml": "<workbook/>", "[Content_Types].xml": "<Types/>"})))


def test_an_archive_without_votes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds neither votes\.csv nor votes\.json"):
        read(io.BytesIO(packed({"readme.txt": "hello"})))


def test_a_message_names_the_archive_and_the_file_in_it(tmp_path: Path) -> None:
    (tmp_path / "talks.zip").write_bytes(packed({"x/votes.csv": VOTES + "1,x,1,1,9\n"}))

    with pytest.raises(InputError, match=r'talks\.zip/x/votes\.csv, row 7, column "vote"'):
        read(tmp_path / "talks.zip")


def test_a_link_that_leads_out_of_a_folder_is_refused(tmp_path: Path) -> None:
    put(tmp_path / "elsewhere", {"secret.csv": VOTES})
    folder = put(tmp_path / "export", {"real.csv": VOTES})
    (folder / "votes.csv").symlink_to(folder / "real.csv")
    assert read(folder).n == 3

    (folder / "comments.csv").symlink_to(tmp_path / "elsewhere" / "secret.csv")
    with pytest.raises(InputError, match="a link that leads out of its folder"):
        read(folder)


def test_links_that_lead_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "votes.csv").symlink_to(tmp_path / "comments.csv")
    (tmp_path / "comments.csv").symlink_to(tmp_path / "votes.csv")

    with pytest.raises(InputError):
        read(tmp_path)


def test_a_folder_with_one_table_is_that_table(tmp_path: Path) -> None:
    folder = put(tmp_path, {"ours.csv": long((1, 1, 1, 1), (2, 1, 0, 1)), "notes.md": "# Notes", ".hidden.csv": "x"})

    assert read(folder).n == 2
