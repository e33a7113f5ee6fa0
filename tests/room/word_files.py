"""Word files for tests: what delegations send, and what is sent to do harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile

from tracktwo.text import word
from tracktwo.text.marked import Marked

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def sent(content: bytes, name: str = "text.docx") -> SimpleUploadedFile:
    """A file as a form sends it."""
    return SimpleUploadedFile(name, content)


def written(document: Marked) -> bytes:
    """A Word file."""
    return word.write(document)


def changed(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """A Word file with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def _related(kind: str, target: str, mode: str = "") -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        name = "word/_rels/document.xml.rels"
        more = f'<Relationship Id="x9" Type="{REL}/{kind}" Target="{target}"{mode}/></Relationships>'
        parts[name] = parts[name].replace(b"</Relationships>", more.encode())

    return change


def _broken(parts: dict[str, bytes]) -> None:
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"</w:body>", b"</w:bo")


def _bomb(parts: dict[str, bytes]) -> None:
    lol = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    head, rest = parts["word/document.xml"].split(b"?>", 1)
    parts["word/document.xml"] = head + b'?><!DOCTYPE x [<!ENTITY l0 "lol">' + lol + b"]>" + rest


def _zeros(parts: dict[str, bytes]) -> None:
    parts["word/media/image1.png"] = b"\0" * (100 << 20)


def bad(plain: bytes) -> dict[str, tuple[bytes, str, str]]:
    """Files that are refused: what each is, its name as it is sent, and what is said in Chinese."""
    outside = ' TargetMode="External"'
    template = _related("attachedTemplate", "http://x.test/t.dotm", outside)
    picture = _related("image", "http://x.test/p.png", outside)
    return {
        "macros": (changed(plain, _related("vbaProject", "vbaProject.bin")), "a.docx", "宏"),
        "template": (
            changed(plain, template),
            "a.docx",
            "自带模板",
        ),
        "picture elsewhere": (
            changed(plain, picture),
            "a.docx",
            "外部内容的链接",
        ),
        "object": (changed(plain, _related("oleObject", "embeddings/o.bin")), "a.docx", "嵌入对象"),
        "broken": (changed(plain, _broken), "a.docx", "已损坏"),
        "bomb": (changed(plain, _bomb), "a.docx", "文档类型或实体"),
        "zeros": (changed(plain, _zeros), "a.docx", "解压后过大"),
        "cut": (plain[:-200], "a.docx", "已损坏"),
        "old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc", "旧版Word格式"),
        "pdf": (b"%PDF-1.7\n%x", "a.docx", "PDF"),
        "rich": (b"{\\rtf1 hello}", "a.rtf", "富文本"),
        "no text": (bytes(range(256)) * 4 + b"\xff\xff\x80", "a.txt", "不是UTF-8"),
        "spaces": (b"  \n\n ", "a.txt", "该文件为空"),
        "empty": (b"", "a.txt", "该文件为空"),
        "too large": (b"word " * ((3 << 20) // 5 + 10), "a.txt", "过大"),
    }
