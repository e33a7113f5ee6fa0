"""The parts of a Word file that are the same for every document: types, relationships, styles, settings, fonts."""

from __future__ import annotations

from tracktwo.text.marked import Language
from tracktwo.text.word.vocabulary import CONTENT_TYPES, LANGUAGE_TAGS, PACKAGE_RELATIONS, RELATIONS, WORD

LATIN_FONT = "Georgia"
CHINESE_FONT = "Noto Serif CJK SC"
SIZE = 22
"""Half points, the same for both languages."""

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = {
    "document": "document.main",
    "styles": "styles",
    "settings": "settings",
    "fontTable": "fontTable",
    "comments": "comments",
    "header": "header",
    "footer": "footer",
}
_HEADINGS = ((32, 360), (28, 320), (26, 280), (24, 240), (SIZE, 240), (SIZE, 240))
"""Of each level: size in half points, space before in twentieths of a point."""


def types(parts: tuple[str, ...]) -> str:
    """The part that says what the others are."""
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_TYPE}.{_PARTS[part]}+xml"/>' for part in parts
    )
    return (
        f'{_DECLARATION}<Types xmlns="{CONTENT_TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def package_relations() -> str:
    """Where the document is; nothing else: no properties, no picture of the first page."""
    return _relations([("document", "officeDocument", "word/document.xml")])


def document_relations(parts: tuple[str, ...]) -> str:
    """What belongs to the document; the id of each part is its name."""
    return _relations([(part, part, f"{part}.xml") for part in parts if part != "document"])


def _relations(relations: list[tuple[str, str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{target}"/>' for name, kind, target in relations
    )
    return f'{_DECLARATION}<Relationships xmlns="{PACKAGE_RELATIONS}">{lines}</Relationships>'


def settings() -> str:
    """Edits are tracked from the first; dates of changes, moves and changes of form are not kept."""
    return (
        f'{_DECLARATION}<w:settings xmlns:w="{WORD}"><w:removeDateAndTime/><w:trackRevisions/><w:doNotTrackMoves/>'
        '<w:doNotTrackFormatting/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting '
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        "</w:settings>"
    )


def fonts() -> str:
    """The two typefaces, with what stands in for the Chinese one where it is missing."""
    return (
        f'{_DECLARATION}<w:fonts xmlns:w="{WORD}"><w:font w:name="{LATIN_FONT}"><w:altName w:val="Charter"/>'
        '<w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
        f'<w:font w:name="{CHINESE_FONT}"><w:altName w:val="Songti SC,SimSun"/><w:charset w:val="86"/>'
        '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def styles(language: Language) -> str:
    """The styles that the document uses; its language is the default of all words."""
    tag = LANGUAGE_TAGS[language]
    headings = "".join(
        _style(
            f"Heading{level}",
            f"heading {level}",
            f'<w:keepNext/><w:spacing w:before="{before}" w:after="120"/><w:outlineLvl w:val="{level - 1}"/>',
            f'<w:b/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>',
        )
        for level, (size, before) in enumerate(_HEADINGS, start=1)
    )
    return (
        f'{_DECLARATION}<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'<w:rFonts w:ascii="{LATIN_FONT}" w:eastAsia="{CHINESE_FONT}" w:hAnsi="{LATIN_FONT}" w:cs="{LATIN_FONT}"/>'
        f'<w:sz w:val="{SIZE}"/><w:szCs w:val="{SIZE}"/><w:lang w:val="{tag}" w:eastAsia="{tag}"/>'
        '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="300" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        + _style("Title", "Title", '<w:keepNext/><w:spacing w:after="360"/>', '<w:sz w:val="40"/><w:szCs w:val="40"/>')
        + headings
        + _style("Note", "Note", "", '<w:sz w:val="18"/><w:szCs w:val="18"/>')
        + _style("Header", "header", '<w:jc w:val="center"/>', '<w:sz w:val="18"/><w:szCs w:val="18"/>')
        + _style("Footer", "footer", '<w:jc w:val="center"/>', '<w:sz w:val="18"/><w:szCs w:val="18"/>')
        + "</w:styles>"
    )


def footer() -> str:
    """The number of the page."""
    return (
        f'{_DECLARATION}<w:ftr xmlns:w="{WORD}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>'
    )


def _style(name: str, shown: str, paragraph: str, words: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/><w:basedOn w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{words}</w:rPr></w:style>"
    )
