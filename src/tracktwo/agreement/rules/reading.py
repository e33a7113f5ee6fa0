"""Rules read from YAML or JSON, with errors that name the field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from pathlib import Path

import yaml

from tracktwo.agreement.errors import AgreementError
from tracktwo.agreement.rules.fields import Fields, amount, listing, share, shown, texts, whole
from tracktwo.agreement.rules.forms import (
    BASES,
    CONSENTED,
    KINDS,
    MEASURES,
    READINGS,
    UNOBJECTED,
    VOTED,
    AllOf,
    AnyOf,
    Base,
    Blocking,
    Consensus,
    DoubleMajority,
    KeyActors,
    Majority,
    Meaning,
    Measure,
    Reading,
    Rule,
    SufficientConsensus,
    Threshold,
    Unanimity,
)

DEEPEST, MOST = 8, 16
"""How deep rules lie in each other, and how many are joined, at most."""
FORMS = {
    "unanimity": (),
    "consensus": ("minus", "without"),
    "sufficient-consensus": ("each-side", "sides", "overall"),
    "double-majority": ("count", "weight", "blocking-minority"),
    "key-actors": ("actors", "others", "overall"),
    "majority": ("at-least", "more-than", "number", "of", "by"),
    "all-of": ("rules",),
    "any-of": ("rules",),
}
"""What each form is told in, beside its quorum and, unless it joins others, its meaning."""
_JOINING = ("all-of", "any-of")
_THRESHOLD = ("at-least", "more-than", "number", "of", "by")
_MEASURED = ("at-least", "more-than", "number", "of")


def read_rule(path: Path | str) -> Rule:
    """A rule from a file of YAML, which JSON is too; AgreementError with the file and the field that is wrong."""
    path = Path(path)
    try:
        return parse_rule_text(path.read_text("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise AgreementError(f"{path}: this is no text in UTF-8 (byte {error.start}); save it as such.") from None
    except AgreementError as error:
        raise AgreementError(f"{path}: {error}") from None


def parse_rule_text(text: str) -> Rule:
    """A rule from YAML or JSON as somebody wrote it; AgreementError with the line or the field that is wrong."""
    try:
        data = yaml.load(text, _Loader)  # noqa: S506 (a safe loader, see below)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise AgreementError(f"{where}this is no YAML ({error.problem}).") from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise AgreementError("this is no YAML, or a number or date in it cannot be taken.") from None
    return parse_rule(data)


class _Loader(yaml.SafeLoader):
    """Refuses aliases and a key that is given twice, and keeps decimals as they are written."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(None, None, "an alias is not taken here, write it out", self.get_mark())
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(None, None, f"{key!r} is given twice", node.start_mark)
        return super().construct_mapping(node, deep)


def _as_written(loader: _Loader, node: yaml.ScalarNode) -> object:
    return loader.construct_scalar(node)


_Loader.add_constructor("tag:yaml.org,2002:float", _as_written)


def parse_rule(data: object) -> Rule:
    """A rule from data as YAML or JSON give it; AgreementError with the path to the field that cannot be taken.

    Thresholds are exact: "2/3", "55 %", 0.55 (what a float shows counts, not its binary value). Yes and no may be
    written without quotes, though YAML takes them for true and false.
    """
    if len(list(islice(_joined(data, 0), MOST + 1))) > MOST:
        raise AgreementError(f"The rule joins more than {MOST} rules; join fewer.")
    return _rule(data, "rule", 0)


def _joined(data: object, depth: int) -> Iterator[object]:
    """What is joined, one by one, before any of it is read."""
    parts = data.get("rules") if isinstance(data, Mapping) else None
    if depth > DEEPEST or not isinstance(parts, list | tuple) or not parts:
        yield data
        return
    for part in parts:
        yield from _joined(part, depth + 1)


def _rule(data: object, path: str, depth: int) -> Rule:
    if depth > DEEPEST:
        raise AgreementError(f"{path}: rules lie more than {DEEPEST} deep in each other; write it flatter.")
    if not isinstance(data, Mapping):
        raise AgreementError(f"{path} must be a mapping with a form, such as form: consensus.")
    form = data.get("form")
    if not isinstance(form, str) or form not in FORMS:
        raise AgreementError(f"{path}.form is {shown(form)}; it must be one of {', '.join(FORMS)}.")
    terms = ("form", "quorum") if form in _JOINING else ("form", "quorum", "meaning")
    fields = Fields(data, path, (*terms, *FORMS[form]))
    quorum = _quorum(fields)
    match form:
        case "all-of" | "any-of":
            parts = listing(fields.needed("rules"), f"{path}.rules")
            rules = tuple(_rule(part, f"{path}.rules[{index}]", depth + 1) for index, part in enumerate(parts))
            return AllOf(rules, quorum) if form == "all-of" else AnyOf(rules, quorum)
        case "unanimity":
            return Unanimity(_meaning(fields, CONSENTED), quorum)
        case "consensus":
            minus = whole(fields.get("minus", 0), f"{path}.minus")
            return Consensus(
                minus, texts(fields.get("without", []), f"{path}.without"), _meaning(fields, UNOBJECTED), quorum
            )
        case "sufficient-consensus":
            return _sufficient(fields, quorum)
        case "double-majority":
            return _double(fields, quorum)
        case "key-actors":
            return _key_actors(fields, quorum)
        case _:
            return Majority(_threshold(fields, "voting"), _meaning(fields, VOTED), quorum)


def _sufficient(fields: Fields, quorum: Threshold | None) -> Rule:
    path = f"{fields.path}.overall"
    overall = fields.get("overall", [])
    given: list[tuple[object, str]] = [(overall, path)] if isinstance(overall, Mapping) else []
    if not given and overall != []:
        given = [(each, f"{path}[{index}]") for index, each in enumerate(listing(overall, path))]
    return SufficientConsensus(
        _threshold(fields.within("each-side", _THRESHOLD), "members"),
        texts(fields.get("sides", []), f"{fields.path}.sides"),
        tuple(_threshold(Fields(each, where, _THRESHOLD), "members") for each, where in given),
        _meaning(fields, VOTED),
        quorum,
    )


def _double(fields: Fields, quorum: Threshold | None) -> Rule:
    count = _threshold(fields.within("count", _MEASURED), "members")
    weight = replace(_threshold(fields.within("weight", _MEASURED), "members"), by="weight")
    blocking = None
    if fields.get("blocking-minority") is not None:
        given = fields.within("blocking-minority", ("members", "over", "plus"))
        if (given.get("members") is None) == (given.get("over") is None):
            raise AgreementError(f"{given.path} must have either members, a number, or over, a share of the weight.")
        over = None if given.get("over") is None else share(given.get("over"), f"{given.path}.over")
        if over is not None and weight.of not in ("members", "participating"):
            raise AgreementError(
                f"{given.path}.over needs a weight of members or participating, not {weight.of}: who blocks would "
                "depend on who votes."
            )
        members = whole(given.get("members") or 0, f"{given.path}.members")
        blocking = Blocking(members, over, whole(given.get("plus", 0), f"{given.path}.plus"))
    return DoubleMajority(count, weight, blocking, _meaning(fields, VOTED), quorum)


def _key_actors(fields: Fields, quorum: Threshold | None) -> Rule:
    thresholds = [
        None if fields.get(name) is None else _threshold(fields.within(name, _THRESHOLD), "members")
        for name in ("others", "overall")
    ]
    if thresholds == [None, None]:
        raise AgreementError(
            f"{fields.path} needs a threshold beside the key actors: others (of the others) or overall (of all)."
        )
    actors = texts(fields.get("actors", []), f"{fields.path}.actors")
    return KeyActors(thresholds[0], thresholds[1], actors, _meaning(fields, UNOBJECTED), quorum)


def _quorum(fields: Fields) -> Threshold | None:
    if fields.get("quorum") is None:
        return None
    return _threshold(fields.within("quorum", ("at-least", "more-than", "number")), "members")


def _threshold(fields: Fields, of: Base) -> Threshold:
    """A threshold from fields that may hold more than it."""
    path = fields.path
    at_least, more_than, number = (fields.get(name) for name in ("at-least", "more-than", "number"))
    if at_least is not None and more_than is not None:
        raise AgreementError(f"{path} has both at-least and more-than; keep one.")
    if at_least is None and more_than is None and number is None:
        raise AgreementError(f"{path} needs a threshold: at-least or more-than (a share), or number.")
    part = None
    if at_least is not None or more_than is not None:
        name = "at-least" if more_than is None else "more-than"
        part = share(fields.get(name), f"{path}.{name}")
    by: Measure = fields.one_of("by", MEASURES, "count")
    least = None
    if number is not None:
        least = Fraction(whole(number, f"{path}.number")) if by == "count" else amount(number, f"{path}.number")
    return Threshold(part, more_than is not None, least, fields.one_of("of", BASES, of), by)


def _meaning(fields: Fields, meaning: Meaning) -> Meaning:
    """The meaning of the form, with what the data say otherwise."""
    if fields.get("meaning") is None:
        return meaning
    given = fields.within("meaning", (*KINDS, "in-writing"))
    readings: dict[str, Reading] = {
        kind.replace("-", "_"): given.one_of(kind, READINGS, meaning.of(kind)) for kind in KINDS
    }
    in_writing = given.one_of("in-writing", ("yes", "no"), "yes" if meaning.in_writing else "no") == "yes"
    return Meaning(**readings, in_writing=in_writing)
