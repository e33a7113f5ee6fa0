"""Who stands behind a bracket, where the text says so: ``[EU: …]``, ``[delete: A, B]``, ``[… – reserve C]``.

A colon alone does not make a holder ("[Preamble: …]"): a name must be one of the parties, one that is known in
conferences, or an abbreviation in capitals.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from tracktwo.text.prose import Holder, Stance

KNOWN = frozenset(
    """
    EU|European Union|US|USA|United States|UK|United Kingdom|China|Japan|India|Russia|Russian Federation|Brazil|Canada
    Australia|New Zealand|Norway|Switzerland|Korea|Republic of Korea|Mexico|Türkiye|Turkey|Saudi Arabia|South Africa
    Egypt|Indonesia|Singapore|Pakistan|Iran|Argentina|Chile|Colombia|Cuba|Kenya|Nigeria|Ukraine|Israel|Bolivia
    G77|G-77|G77 and China|African Group|Arab Group|Umbrella Group|Holy See|Secretariat|Chair|Co-Chairs|Mediator
    欧盟|中国|美国|英国|日本|印度|俄罗斯|俄罗斯联邦|巴西|加拿大|澳大利亚|新西兰|挪威|瑞士|韩国|大韩民国|墨西哥|土耳其
    沙特阿拉伯|南非|埃及|印度尼西亚|新加坡|巴基斯坦|伊朗|阿根廷|智利|七十七国集团|77国集团|非洲集团|阿拉伯集团|伞形集团
    秘书处|主席|联合主席|调解人
    """.replace("\n", "|").split("|")
)
_NAMES = frozenset(name.strip().casefold() for name in KNOWN if name.strip())
_ABBREVIATION = re.compile(r"[A-Z](?:[A-Z0-9&/-]{1,9}s?)?")
_NAME = re.compile(r"[A-Z][\w'’.-]*(?: (?:of|the|and|[A-Z][\w'’.-]*)){0,5}|[\u4e00-\u9fff·]{1,12}")
_AROUND = " *_.;。；"
_NOT_NAMES = frozenset({"NB", "NOTE", "TBD", "TBC", "OR", "AND", "ALT", "OPTION", "PS"})
_BETWEEN = re.compile(r"\s*(?:[,，、;；]|\band\b|\bwith\b|\+|和|与|及)\s*")
_BEFORE = re.compile(r"\s*[*_]*(?P<names>[^\[\]［］:：{}]{1,120}?)[*_]*\s*[:：]")
_DELETES = re.compile(
    r"\s*[*_]*(?:delete|delete by|deleted by|删除|删去)[*_]*\s*[:：]\s*(?P<names>[^\[\]］［{}]{1,200})\Z", re.IGNORECASE
)
_RESERVES = re.compile(
    r"\s*[–—-]+\s*(?:scrutiny )?(?:reserves?|reserved(?: by)?|reservation(?: of| by)?|待核准|暂留)\s*[:：]?\s*"
    r"(?P<names>[^\[\]［］{}]{1,200}?)\s*\Z",
    re.IGNORECASE,
)


def holders(first: str, last: str, parties: Collection[str] = ()) -> tuple[Holder, ...]:
    """The holders that a bracket names, from its first characters and its last, in that order."""
    found: list[Holder] = []
    deletes = _DELETES.match(first)
    if deletes:
        return _each(deletes["names"], "deletes", parties)
    proposes = _BEFORE.match(first)
    if proposes:
        found += _each(proposes["names"], "proposes", parties)
    reserves = _RESERVES.search(last)
    if reserves:
        found += _each(reserves["names"], "reserves", parties)
    return tuple(found)


def _each(names: str, stance: Stance, parties: Collection[str]) -> tuple[Holder, ...]:
    """One holder a name; none if anything among the names is not one."""
    whole = names.strip(_AROUND)
    given = [whole] if _is_name(whole, stance, parties) else [each.strip(_AROUND) for each in _BETWEEN.split(whole)]
    return tuple(Holder(name, stance) for name in given) if all(_is_name(n, stance, parties) for n in given) else ()


def _is_name(name: str, stance: Stance, parties: Collection[str]) -> bool:
    if name in parties or name.casefold() in _NAMES:
        return True
    if stance != "proposes" and _NAME.fullmatch(name):  # the word before it says that names follow
        return True
    return _ABBREVIATION.fullmatch(name) is not None and name not in _NOT_NAMES
