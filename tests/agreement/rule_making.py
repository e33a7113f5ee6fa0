"""Rules and tables made up for the laws, and the rules applied plainly, form by form, without taking them apart."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from tracktwo.agreement.positions import POSITIONS, Stand
from tracktwo.agreement.rules import (
    AllOf,
    AnyOf,
    Blocking,
    Consensus,
    DoubleMajority,
    KeyActors,
    Majority,
    Meaning,
    SufficientConsensus,
    Threshold,
    Unanimity,
)
from tracktwo.agreement.sentences import Sentence

NAMES = "abcdefghijklmnopqrstuvwxyz"
SHARES = [Fraction(each) for each in ("1/3", "1/2", "2/3", "3/4", "55/100", "1", "0", "11/10")]


def stand(name, **other):
    return Stand(name, Sentence(name.upper(), f"{name.upper()}方"), **other)


@st.composite
def tables(draw, most=7, least=0):
    """Stands, and some of them to whom the question was put."""
    names = NAMES[: draw(st.integers(least, most))]
    stands = [
        stand(
            name,
            position=draw(st.sampled_from(POSITIONS)),
            present=draw(st.sampled_from([True, True, True, False])),
            side=draw(st.sampled_from(["", "A", "B", "B", "A"])),
            weight=Fraction(draw(st.integers(0, 6)), draw(st.sampled_from([1, 1, 3]))),
            key=draw(st.booleans()),
        )
        for name in names
    ]
    return stands, draw(st.sets(st.sampled_from(names))) if names else set()


readings = st.sampled_from(["yes", "no", "not-counted", "not-counted"])
meanings = st.builds(
    Meaning,
    absence=readings,
    abstention=readings,
    silence=readings,
    ad_referendum=readings,
    not_participating=readings,
    no_record=readings,
    in_writing=st.booleans(),
)
bases = st.sampled_from(["members", "participating", "present", "voting"])
measures = st.sampled_from(["count", "count", "weight"])


@st.composite
def thresholds(draw, of=bases, by=measures):
    kind = draw(st.sampled_from(["share", "share", "number", "both"]))
    share = None if kind == "number" else draw(st.sampled_from(SHARES))
    number = None if kind == "share" else Fraction(draw(st.integers(0, 5)))
    more_than = share is not None and draw(st.booleans())
    return Threshold(share, more_than, number, draw(of), draw(by))


quorums = st.none() | thresholds(st.just("members"), st.just("count"))
names = st.lists(st.sampled_from(NAMES[:5]), max_size=3, unique=True).map(tuple)


@st.composite
def double_majorities(draw):
    """With whatever the fields may hold together."""
    blocking = draw(
        st.none()
        | st.builds(Blocking, members=st.integers(0, 4), plus=st.integers(0, 2))
        | st.builds(Blocking, over=st.sampled_from(SHARES[:4]), plus=st.integers(0, 2))
    )
    of = st.sampled_from(["members", "participating"]) if blocking and blocking.over is not None else bases
    return DoubleMajority(
        draw(thresholds(by=st.just("count"))),
        draw(thresholds(of, st.just("weight"))),
        blocking,
        draw(meanings),
        draw(quorums),
    )


forms = st.one_of(
    st.builds(Unanimity, meaning=meanings, quorum=quorums),
    st.builds(Consensus, minus=st.integers(-1, 3), without=names, meaning=meanings, quorum=quorums),
    st.builds(
        SufficientConsensus,
        each_side=thresholds(),
        sides=st.sampled_from([(), ("A", "B"), ("A", "B", "C")]),
        overall=st.lists(thresholds(), max_size=2).map(tuple),
        meaning=meanings,
        quorum=quorums,
    ),
    double_majorities(),
    st.builds(
        KeyActors, others=thresholds(), overall=st.none() | thresholds(), actors=names, meaning=meanings, quorum=quorums
    ),
    st.builds(KeyActors, overall=thresholds(), meaning=meanings, quorum=quorums),
    st.builds(Majority, threshold=thresholds(), meaning=meanings, quorum=quorums),
    st.just(Unanimity()),
    st.just(Consensus()),
    st.just(Majority(Threshold(Fraction(2, 3), of="voting"))),
)
rules = st.recursive(
    forms,
    lambda parts: st.builds(
        lambda form, rules, quorum: form(rules, quorum),
        st.sampled_from([AllOf, AnyOf]),
        st.lists(parts, min_size=1, max_size=3).map(tuple),
        quorums,
    ),
    max_leaves=4,
)


def says(each, meaning, asked):
    """Yes, no, or nothing that is counted."""
    if each.position == "not-participating":
        return meaning.not_participating
    if not each.present and (not meaning.in_writing or each.position == "no-record"):
        return meaning.absence
    if each.position == "no-record":
        return meaning.silence if each.id in asked else meaning.no_record
    return {
        "support": "yes",
        "no-objection": "yes",
        "object": "no",
        "stand-aside": meaning.abstention,
        "ad-referendum": meaning.ad_referendum,
    }[each.position]


def reached(threshold, group, meaning, asked):
    """Whether a threshold is met within a group, by division."""
    measure = (lambda each: each.weight) if threshold.by == "weight" else (lambda each: 1)
    said = {each.id: says(each, meaning, asked) for each in group}
    bases = {
        "members": group,
        "participating": [each for each in group if each.position != "not-participating"],
        "present": [each for each in group if each.present or said[each.id] != "not-counted"],
        "voting": [each for each in group if said[each.id] != "not-counted"],
    }
    yes = sum(measure(each) for each in group if said[each.id] == "yes")
    if threshold.number is not None and yes < threshold.number:
        return False
    if threshold.share is None:
        return True
    base = sum(measure(each) for each in bases[threshold.of])
    if not yes:
        return False
    share = Fraction(yes) / base if base else None
    if share is None:  # nobody who accepts belongs to the base: who accepts without participating
        return not threshold.more_than or threshold.share < 0 or yes > 0
    return share > threshold.share if threshold.more_than else share >= threshold.share


def plainly(rule, stands, asked=frozenset()):
    """Whether a text is adopted, from the words of each form."""
    if not stands:
        return False
    here = [each for each in stands if each.present]
    quorum = rule.quorum
    if quorum is not None and quorum.number is not None and len(here) < quorum.number:
        return False
    if quorum is not None and quorum.share is not None:
        short = len(here) <= quorum.share * len(stands) if quorum.more_than else len(here) < quorum.share * len(stands)
        if short:
            return False
    if isinstance(rule, AllOf):
        return all(plainly(each, stands, asked) for each in rule.rules)
    if isinstance(rule, AnyOf):
        return any(plainly(each, stands, asked) for each in rule.rules)
    said = {each.id: says(each, rule.meaning, asked) for each in stands}
    accepting = [each for each in stands if said[each.id] == "yes"]
    against = [each for each in stands if said[each.id] == "no"]
    match rule:
        case Unanimity():
            return bool(accepting) and not against
        case Consensus(minus, without):
            counted = [each for each in against if each.id not in without]
            return bool(here or accepting) and len(counted) <= minus
        case SufficientConsensus(each_side, sides, overall):
            sides = sides or {each.side for each in stands} - {""}
            return (
                len(sides) >= 2
                and all(
                    reached(each_side, [each for each in stands if each.side == side], rule.meaning, asked)
                    for side in sides
                )
                and all(reached(threshold, stands, rule.meaning, asked) for threshold in overall)
            )
        case DoubleMajority(count, weight, blocking):
            both = reached(count, stands, rule.meaning, asked) and reached(weight, stands, rule.meaning, asked)
            return both or (blocking is not None and not blocks(blocking, weight.of, stands, said))
        case KeyActors(others, overall, actors):
            key = set(actors) or {each.id for each in stands if each.key}
            rest = [each for each in stands if each.id not in key]
            return (
                bool(key)
                and key <= said.keys()
                and bool(here or accepting)
                and not any(each.id in key for each in against)
                and (others is None or reached(others, rest, rule.meaning, asked))
                and (overall is None or reached(overall, stands, rule.meaning, asked))
            )
        case Majority(threshold):
            return reached(threshold, stands, rule.meaning, asked)
    raise AssertionError(rule)


def blocks(blocking, of, stands, said):
    """Whether those who do not accept are enough to block."""
    if "yes" not in said.values():
        return True
    base = {
        "members": stands,
        "participating": [each for each in stands if each.position != "not-participating"],
        "present": [each for each in stands if each.present or said[each.id] != "not-counted"],
        "voting": [each for each in stands if said[each.id] != "not-counted"],
    }[of]
    least = blocking.members
    if blocking.over is not None:
        weights = sorted((each.weight for each in base), reverse=True)
        enough = [n for n in range(1, len(weights) + 1) if sum(weights[:n]) > blocking.over * sum(weights)]
        least = min(enough, default=len(weights))
    return sum(said[each.id] != "yes" for each in base) >= least + blocking.plus
