"""Cut the fonts of the PDF from Debian's; write the table of characters they must hold, and which they do hold.

Not needed to use tracktwo, only to change its fonts. On Debian 12, with fontTools (the dev group has it)::

    apt-get install fonts-noto-cjk fonts-sil-charis unicode-data
    python -m tracktwo.text.pdf.fonts.make

The same packages give the same bytes. Both fonts are under the SIL Open Font License, which asks for a name of its own
for a changed font where one is reserved: "Tracktwo Serif" is Charis SIL, "Tracktwo Serif SC" is Noto Serif CJK SC.
"""

from __future__ import annotations

import bz2
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from tracktwo.text.pdf.fonts import general_standard

HERE = Path(__file__).parent
TABLE = HERE / "general_standard.txt"
COVERED = HERE / "covered.txt"
UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")
CHARIS = Path("/usr/share/fonts/truetype/charis")
NOTO = Path("/usr/share/fonts/opentype/noto")
SC = 2
"""Which font of Noto's collections has the forms of the mainland."""

LATIN_RANGES = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x024F),  # Latin-1, Latin Extended-A and -B: European names, pinyin
    (0x02B9, 0x02DD),  # modifier letters
    (0x0300, 0x036F),  # accents set over any letter
    (0x1E00, 0x1EFF),  # Latin Extended Additional: Vietnamese names
    (0x2000, 0x200D),  # general punctuation, without the signs that turn the direction of what follows
    (0x2010, 0x2027),
    (0x202F, 0x2060),
    (0x2070, 0x20CF),  # superscripts, subscripts, currencies
    (0x2100, 0x218F),  # letter-like symbols, number forms
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators
)
CHINESE_RANGES = (
    *LATIN_RANGES,
    (0x2460, 0x24FF),  # enclosed numbers
    (0x2500, 0x257F),  # lines, as in ──
    (0x25A0, 0x25FF),  # geometric shapes
    (0x3000, 0x303F),  # punctuation
    (0x3200, 0x32FF),  # enclosed numbers and months
    (0xFE30, 0xFE4F),  # compatibility forms
    (0xFF00, 0xFFEF),  # full-width forms
)
ENGLISH = "Tracktwo Serif"
CHINESE = "Tracktwo Serif SC"


def write_table() -> None:
    """Write the table from Unihan: property kTGH, "2013:" and the number in the table."""
    numbered: dict[int, str] = {}
    with bz2.open(UNIHAN, "rt", encoding="utf-8") as lines:
        for line in lines:
            code, _, rest = line.partition("\tkTGH\t")
            if rest:
                numbered[int(rest.removeprefix("2013:"))] = chr(int(code.removeprefix("U+"), 16))
    ordered = "".join(numbered[number] for number in sorted(numbered))
    head = (
        "# 《通用规范汉字表》 (State Council, 2013): 8,105 characters in the order of the table.\n"
        "# From property kTGH of the Unicode Han Database 15.0.0, © 2022 Unicode, Inc.; unicode.LICENSE.\n"
    )
    rows = "".join(f"{ordered[at : at + 50]}\n" for at in range(0, len(ordered), 50))
    TABLE.write_text(head + rows, encoding="utf-8")


def cut(source: Path, target: Path, wanted: Iterable[int], family: str, index: int = -1) -> None:
    """Write those characters of a font, under the name of that family, to the target."""
    options = subset.Options(
        # for Chinese: the two halves of —— become one line
        layout_features=["kern", "mark", "mkmk", "ccmp", "liga", "locl"] if family == ENGLISH else ["ccmp"],
        hinting=False,
        notdef_outline=True,
        name_IDs=[0, 1, 2, 3, 4, 6, 13, 14],
        name_languages=[0x409],
        drop_tables=["vhea", "vmtx", "VORG", "BASE", "DSIG", "Silf", "Sill", "Glat", "Gloc", "Feat", "Silt", "meta"],
    )
    font = TTFont(source, fontNumber=index, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    _rename(font, family)
    font.save(target)


def write_covered(codes: set[int]) -> None:
    """Write which characters the fonts hold, as ranges in hexadecimal, both ends included, one a line."""
    firsts = sorted(code for code in codes if code - 1 not in codes)
    lasts = sorted(code for code in codes if code + 1 not in codes)
    COVERED.write_text("".join(f"{first:04X}-{last:04X}\n" for first, last in zip(firsts, lasts, strict=True)))


def _rename(font: TTFont, family: str) -> None:
    """Give a font its new name, keeping its style, copyright and licence."""
    style = str(font["name"].getDebugName(2))
    compact = f"{family.replace(' ', '')}-{style.replace(' ', '')}"
    names = {1: family, 2: style, 3: compact, 4: f"{family} {style}", 6: compact}
    for record in list(font["name"].names):
        if record.nameID in names:
            record.string = names[record.nameID]
        elif record.nameID not in (0, 13, 14):
            font["name"].removeNames(nameID=record.nameID)
    if "CFF " in font:
        outlines = font["CFF "].cff
        outlines.fontNames = [compact]
        outlines[0].FullName, outlines[0].FamilyName = f"{family} {style}", family
        for part in outlines[0].FDArray:
            part.FontName = compact


def main() -> None:
    """Write the table, all fonts, and what they cover."""
    write_table()
    latin = [code for first, last in LATIN_RANGES for code in range(first, last + 1)]
    for style in ("Regular", "Bold", "Italic", "BoldItalic"):
        cut(CHARIS / f"CharisSIL-{style}.ttf", HERE / f"TracktwoSerif-{style}.ttf", latin, ENGLISH)
    chinese = [code for first, last in CHINESE_RANGES for code in range(first, last + 1)]
    chinese += [ord(character) for character in general_standard()]
    for style in ("Regular", "Bold"):
        cut(NOTO / f"NotoSerifCJK-{style}.ttc", HERE / f"TracktwoSerifSC-{style}.otf", chinese, CHINESE, SC)
    fonts = [*HERE.glob("*.ttf"), *HERE.glob("*.otf")]
    write_covered(set().union(*(TTFont(font).getBestCmap() for font in fonts)))


if __name__ == "__main__":
    main()
