"""Numbers of provisions, as drafters write them: 3, 3.3bis, 3.3bis Alt, 3.x, (a), (iv), 第三条之二, （一）."""

from __future__ import annotations

import re

_LATIN = r"bis|ter|quat|quater|quinquies|sexies|septies|octies|novies|decies|alt"
_HAN = "〇零一二三四五六七八九十百两"
NUMBER = re.compile(
    rf"""
    (?P<label>
        \d{{1,4}}(?:\.(?:\d{{1,4}}|[xyz](?!\w)))+ (?:[ ]?(?:{_LATIN})(?!\w)(?:[ ]?\d{{1,2}}(?![\w.]))?)* [.:)]?
      | \d{{1,4}} (?:[ ]?(?:{_LATIN})(?!\w))+ [.:)]?
      | \d{{1,4}} \\?[.)](?![\d])
      | \d{{1,4}} [．、]
      | [（(](?:[a-zA-Z]{{1,2}}|[ivxlIVXL]{{1,7}}|\d{{1,3}}|[{_HAN}]{{1,4}})(?:[ ](?:{_LATIN}))?[)）]
      | [a-z][)](?=\s)
      | [{_HAN}]{{1,4}}、
      | 第[{_HAN}\d]{{1,6}}(?:条|章|节|款|项|部分|编)(?:之[{_HAN}\d]{{1,3}})?
      | [①-⑳]
    )
    (?=[\s\*\[［【（(:：]|$|(?<=[)）、．.条章节款项分编①-⑳])|(?<=[{_HAN}])|\[\^)
    """,
    re.VERBOSE | re.IGNORECASE,
)
ARTICLE = re.compile(
    rf"""
    (?P<label>
        (?:Article|Section|Chapter|Annex|Part|Paragraph|Decision)[ ]
        (?:\d{{1,4}}|[IVXLC]{{1,7}}(?!\w)|[A-Z](?!\w)|[xyXY](?!\w))(?:\.\d{{1,3}})*(?:[ ]?(?:{_LATIN})(?!\w))*
      | 第[{_HAN}\d]{{1,6}}(?:条|章|节|部分|编)(?:之[{_HAN}\d]{{1,3}})?
      | 附件[{_HAN}\d]{{0,3}}
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_KINDS = {
    "条": "article", "章": "chapter", "节": "section", "部分": "part", "编": "part", "附件": "annex", "款": "", "项": ""
}  # fmt: skip
_WITH_KIND = re.compile(rf"第([{_HAN}\d]+)(条|章|节|款|项|部分|编)(?:之([{_HAN}\d]+))?", re.IGNORECASE)
_TIMES = {2: "bis", 3: "ter", 4: "quater", 5: "quinquies", 6: "sexies", 7: "septies", 8: "octies"}


def normal(label: str) -> str:
    """A number in a form in which the two languages can be compared: 第三条之二 and Article 3 bis are alike."""
    found = _WITH_KIND.fullmatch(label.strip())
    if found:
        more = _TIMES.get(han(found[3]), "") if found[3] else ""
        return " ".join(part for part in (_KINDS[found[2]], str(han(found[1])), more) if part)
    text = label.strip().strip("（()）.:：、．").lower()
    if text and all(character in _HAN for character in text):
        return str(han(text))
    if "①" <= text[:1] <= "⑳":
        return str(ord(text) - ord("①") + 1)
    text = re.sub(rf"(?<=[\dxyz])\s*({_LATIN})(?!\w)", r" \1", text)
    return re.sub(r"\bquat\b", "quater", re.sub(r"\s+", " ", text))


def han(text: str) -> int:
    """The value of a number in Chinese or in digits, up to 9,999."""
    if text.isdigit() and text.isascii():
        return int(text)
    total, digit = 0, 0
    for character in text:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        elif character.isdigit() and character.isascii():
            digit = digit * 10 + int(character)
        else:
            digit = _DIGITS.get(character, 0)
    return total + digit
