"""What is wrong with a file or a text, in both languages: the library says it in English alone."""

from __future__ import annotations

import re

from tracktwo.room.words import Words, say
from tracktwo.text.errors import TextError

_WHAT = {
    "macros": "宏",
    "an embedded object": "嵌入对象",
    "an embedded file": "嵌入文件",
    "a control": "控件",
    "another document": "另一份文件",
    "a template of its own": "自带模板",
    "frames": "框架",
}
_KINDS = (
    (r"protected by a password|is encrypted", "该Word文件设有密码。请去除密码后另存。"),
    (r"old format of Word", "该文件为旧版Word格式（.doc）。请另存为.docx。"),
    (r"file is empty", "该文件为空。请重新选择文件。"),
    (r"is a PDF file", "该文件为PDF。请导出为Word文件后再上传。"),
    (r"rich text file", "该文件为富文本格式（.rtf）。请另存为.docx。"),
    (r"web page or XML", "该文件是网页或XML，并非Word文件。请另存为.docx。"),
    (r"OpenDocument", "该文件为OpenDocument格式（.odt）。请另存为.docx。"),
    (r"a spreadsheet|a presentation", "该文件是电子表格或演示文稿，并非Word文件。请将文字另存为.docx。"),
    (r"not a Word file|an archive", "该文件不是Word文件。请另存为.docx。"),
    (r"unpacks to more than", "该Word文件解压后过大，超出案文所需。请去除文字以外的内容。"),
    (r"more than .* MiB of words", "该Word文件中有一部分文字过多。请拆分案文。"),
    (r"more than .* MiB", "该文件过大，超出案文所需。请去除图片等内容。"),
    (r"more than .* (?:parts|marks)", "该Word文件的部件或标记过多，超出案文所需。请将文字复制到新文件。"),
    (r"document types or entities", "该Word文件定义了文档类型或实体，正常的Word文件不含此类内容。请在Word中重新保存。"),
    (r"a field that fetches or runs", "该Word文件含有读取外部内容或执行操作的域。请将其去除，或把文字复制到新文件。"),
    (r"a link to something outside", "该Word文件含有指向外部内容的链接。请将其去除，或把文字复制到新文件。"),
    (r"two parts of one name|leads elsewhere", "该Word文件的结构异常。请在Word中重新保存。"),
    (r"nested too deep", "该Word文件嵌套层次过深。请将文字复制到新文件。"),
    (
        r"damaged|lacks a part|encoding that Word|packed in a way",
        "该Word文件已损坏，无法读取。请重新索取，或在Word中重新保存。",
    ),
    (
        r"no text in UTF-8|is not UTF",
        "该文件不是UTF-8、UTF-16或GB 18030编码的文本。请另存为UTF-8纯文本或Word（.docx）。",
    ),
    (r"cannot stand in XML", "文中有XML不允许的字符，无法生成此格式。请删去该字符，或改用Markdown。"),
    (r"XML (?:cannot|has no way)|cannot hold", "文中有此格式无法容纳的字符。请将其删去。"),
    (r"more than one draft in one language|in one language\.", "两份文件为同一种语言。请分别提供英文与中文。"),
    (
        r"would not be read as one provision|read as several",
        "所写内容不能作为一个条款。一个条款即一个段落，段内没有空行，也没有以编号开头的行；请分为几个条款。",
    ),
    (r"cannot be carried out", "这些提案无法同时落实。"),
    (r"needs a text|Nothing was given", "请至少提供一种语言的文本。"),
)
_HOLDS = re.compile(r"holds (?P<what>[^,(]+?)(?: \(.*\))?, which a text does not need")
_GLYPH = re.compile(
    r"The fonts have no (?P<what>(?:“.” \()?U\+[0-9A-F]{4,6}.*?\)?), which stands (?P<where>.*)\. Replace", re.DOTALL
)
_PLACE = re.compile(r"in the (?P<of>English|Chinese) of paragraph (?P<n>\d+)")
_CODE = re.compile(r"(?:“(?P<seen>.)” \()?(?P<code>U\+[0-9A-F]{4,6})")


def said(error: TextError) -> Words:
    """What the library refuses, in both languages, with what to do."""
    english = str(error)
    return say(english, _chinese(english))  # without values, so that braces in it are words


def _chinese(english: str) -> str:
    if glyph := _GLYPH.match(english):
        return _missing(glyph)
    if held := _HOLDS.search(english):
        what = _WHAT.get(held["what"])
        if what:
            return f"该Word文件含有{what}，案文并不需要。请将其去除，或把文字复制到新文件。"
    for pattern, chinese in _KINDS:
        if re.search(pattern, english):
            return chinese
    return f"无法办理，系统给出的原因（英文）是：{english}"


def _missing(found: re.Match[str]) -> str:
    """That the fonts of the PDF lack a character, and where it stands."""
    code = _CODE.match(found["what"])
    named = f"“{code['seen']}”（{code['code']}）" if code and code["seen"] else code["code"] if code else found["what"]
    place = _PLACE.search(found["where"])
    where = ""
    if place:
        where = f"，位于第{place['n']}段{'英文' if place['of'] == 'English' else '中文'}"
    return f"字体中没有字符{named}{where}，因此未生成PDF。请替换或删去该字符，或改用其他格式。"
