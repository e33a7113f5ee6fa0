"""Decisions under rules of procedure as they were published, with what each rule makes of them.

Stands are written short: ``12+`` is twelve delegations that do not object, ``s`` support, ``-`` an objection, ``~``
standing aside, ``?`` reserving ad referendum, ``n`` not participating, ``.`` no record, ``!`` silence of who was asked;
an ``x`` before it says that they are absent (``2x`` without a word, ``1x-`` objecting in writing). Then may follow
``@side``, ``*`` for key actors, ``:weight`` of each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from tracktwo.agreement.positions import Position, Stand
from tracktwo.agreement.sentences import Sentence

POSITIONS: dict[str, Position] = {
    "+": "no-objection",
    "s": "support",
    "-": "object",
    "~": "stand-aside",
    "?": "ad-referendum",
    "n": "not-participating",
    ".": "no-record",
    "!": "no-record",
    "": "no-record",
}
TOKEN = re.compile(r"(\d+)(x?)([+s\-~?n.!]?)(?:@(\w+))?(\*?)(?::([\d./]+))?")


@dataclass(frozen=True)
class Table:
    """Stands, and to whom the question was put."""

    stands: tuple[Stand, ...]
    asked: frozenset[str] = frozenset()


def table(short: str) -> Table:
    """A table from the short form."""
    stands: list[Stand] = []
    asked = set()
    for token in short.split():
        found = TOKEN.fullmatch(token)
        assert found, token
        number, away, mark, side, key, weight = found.groups()
        for _ in range(int(number)):
            name = f"d{len(stands):03}"
            if mark == "!":
                asked.add(name)
            stands.append(
                Stand(
                    name,
                    Sentence(name.upper(), f"{name}方"),
                    POSITIONS[mark],
                    not away,
                    side or "",
                    Fraction(weight or 0),
                    bool(key),
                )
            )
    return Table(tuple(stands), frozenset(asked))


@dataclass(frozen=True)
class Published:
    """A rule with its source, and decisions: what is the case, the stands, whether the text is adopted."""

    source: str
    rule: str
    decisions: tuple[tuple[str, str | Table, bool], ...]


TWO_THIRDS = "form: majority\nat-least: 2/3\nquorum: {more-than: 1/2}"
SIMPLE = "form: majority\nmore-than: 1/2\nquorum: {more-than: 1/2}"

UNITED_NATIONS = (
    Published(
        "Charter of the United Nations, Article 18(2); General Assembly, rules of procedure 67, 83 and 86",
        TWO_THIRDS,
        (
            ("resolution ES-10/19 (2017)", "128+ 9- 35~ 21x", True),
            ("resolution ES-11/1 (2022)", "141+ 5- 35~ 12x", True),
            (
                "resolution ES-11/3 (2022): two thirds of those voting, less than half of the members",
                "93+ 24- 58~ 18x",
                True,
            ),
            ("draft A/73/L.42 (2018): a majority, not two thirds", "87+ 58- 32~ 16x", False),
            ("exactly two thirds", "124+ 62- 7x", True),
            ("one short of two thirds", "123+ 62- 8x", False),
            ("who abstains is not voting", "2+ 1- 190~", True),
            ("everybody abstains", "193~", False),
            ("who is present and does not take part is not voting", "2+ 1- 94n 96x", True),
            ("97 of 193 present are a quorum", "66+ 31- 96x", True),
            ("96 of 193 present are none", "96+ 97x", False),
            ("what an absent member wrote does not count", "2+ 1- 120~ 70x-", True),
        ),
    ),
    Published(
        "Charter of the United Nations, Article 18(3); General Assembly, rules of procedure 85, 86 and 95",
        SIMPLE,
        (
            ("one more for than against", "51+ 50- 92~", True),
            ("a vote equally divided is not adopted", "60+ 60- 73~", False),
            ("one less", "60+ 61- 72~", False),
            ("unopposed", "1+ 192~", True),
        ),
    ),
    Published(
        "General Assembly, rules of procedure 108, 125 and 126: in committees",
        SIMPLE,
        (
            ("a majority of those present and voting", "80+ 79- 34~", True),
            ("equally divided", "79+ 79- 35~", False),
            ("no quorum", "90+ 103x", False),
        ),
    ),
    Published(
        "Charter of the United Nations, Article 27(2): procedural matters",
        "form: majority\nnumber: 9",
        (
            ("nine, permanent members against", "9+ 1+* 3-* 1-* 1~", True),
            ("nine", "9+ 6-", True),
            ("eight", "8+ 7~", False),
        ),
    ),
    Published(
        "Charter of the United Nations, Article 27(3); abstention: ICJ, Namibia, Advisory "
        "Opinion of 1971, paragraph 22",
        "form: key-actors\noverall: {number: 9}\nmeaning: {no-record: not counted}",
        (
            ("resolution 1973 (2011): two permanent members abstain", "7+ 3~ 3+* 2~*", True),
            ("resolution 2728 (2024): one permanent member abstains", "10+ 4+* 1~*", True),
            ("resolution 340 (1973): a permanent member does not participate", "10+ 4+* 1n*", True),
            ("draft of 25 February 2022: 11 for, 1 permanent member against", "8+ 2~ 3+* 1~* 1-*", False),
            ("draft of 18 April 2024: 12 for, 1 permanent member against", "9+ 1~ 3+* 1~* 1-*", False),
            ("draft of 30 December 2014: 8 for, 2 against, 5 abstaining", "5+ 1- 4~ 3+* 1-* 1~*", False),
            ("eight without a veto", "3+ 7~ 5+*", False),
            ("a permanent member is absent", "10+ 4+* 1x*", True),
            ("all permanent members abstain", "9+ 1~ 5~*", True),
            ("elected members cannot veto", "4+ 6- 5+*", True),
            ("no record of a permanent member is no veto here", "9+ 1~ 4+* 1.*", True),
        ),
    ),
    Published(
        "Charter of the United Nations, Article 27(3) before 1966: seven of eleven",
        "form: key-actors\noverall: {number: 7}\nmeaning: {no-record: not counted}",
        (
            (
                "resolution 83 (1950): one permanent member absent, one against, two not participating",
                "3+ 1- 2n 4+* 1x*",
                True,
            ),
            ("six", "2+ 4~ 4+* 1x*", False),
        ),
    ),
    Published(
        "Charter of the United Nations, Article 108: ratification by two thirds of the "
        "Members, all permanent members among them",
        "form: key-actors\noverall: {at-least: 2/3}\n"
        "meaning: {absence: no, abstention: no, silence: no, ad-referendum: no, "
        "not-participating: no, in-writing: yes}",
        (
            ("two thirds with all permanent members", "124x+ 64x 5x+*", True),
            ("one permanent member has not ratified", "180x+ 8x 4x+* 1x*", False),
            ("128 of 193 are less than two thirds", "123x+ 65x 5x+*", False),
        ),
    ),
)

CONSENSUS = "form: consensus"

BY_CONSENSUS = (
    Published(
        "Agreement Establishing the WTO, Article IX:1, note 1: no Member present formally objects",
        CONSENSUS,
        (
            ("nobody objects", "20+ 3~ 140x", True),
            ("one objects", "20+ 1- 140x", False),
            ("who is absent cannot object", "20+ 5x-", True),
            ("silence, when asked, is no objection", "1+ 19! 5x", True),
            ("all are asked and silent", "20!", True),
            ("nobody was asked and nothing is known", "20.", False),
            ("nothing is known of one", "19+ 1.", False),
            ("nobody is there", "20x", False),
        ),
    ),
    Published(
        "Agreement Establishing the WTO, Article IX:1: where consensus fails, a majority of the votes cast",
        "form: any-of\nrules: [{form: consensus}, {form: majority, more-than: 1/2}]",
        (
            ("consensus", "30+ 5~", True),
            ("no consensus, a majority", "20+ 10- 9~", True),
            ("no consensus, no majority", "10+ 10- 19~", False),
            ("nobody votes, nobody objects", "40~", True),
        ),
    ),
    Published(
        "Agreement Establishing the WTO, Article IX:3: waivers by three fourths of the Members",
        "form: any-of\nrules: [{form: consensus}, {form: majority, at-least: 3/4, of: members}]",
        (
            ("three fourths of the Members", "123+ 1- 40x", True),
            ("one less", "122+ 1- 41x", False),
            ("unopposed by those present", "30+ 134x", True),
        ),
    ),
    Published(
        "CSCE, Final Recommendations of the Helsinki Consultations (1973), paragraph 69: the "
        "absence of any objection expressed",
        CONSENSUS,
        (
            ("no objection of 57", "57+", True),
            ("one objection", "56+ 1-", False),
            ("a reserve ad referendum is no objection", "56+ 1?", True),
            ("absent States do not object", "50+ 7x", True),
        ),
    ),
    Published(
        "CSCE, Prague Document of January 1992, paragraph 16: without the consent of the State concerned",
        "form: consensus\nwithout: [d056]",
        (
            ("the State concerned objects", "56+ 1-", True),
            ("another one does too", "55+ 2-", False),
            ("another one alone", "1- 56+", False),
            ("nobody", "57+", True),
        ),
    ),
    Published(
        "consensus minus one, without a name",
        "form: consensus\nminus: 1",
        (
            ("one objects", "9+ 1-", True),
            ("two object", "8+ 2-", False),
            ("nothing is known of one, one objects", "8+ 1. 1-", False),
            ("one objects, the others abstain", "9~ 1-", True),
        ),
    ),
    Published(
        "Convention on the Conservation of Antarctic Marine Living Resources, Article XII(1): consensus",
        CONSENSUS,
        (("one of 27 objects", "26+ 1-", False), ("one of 27 abstains", "26+ 1~", True)),
    ),
    Published(
        "Chemical Weapons Convention, Article VIII(16) and (18): consensus, else two thirds "
        "of the members present and voting",
        "form: any-of\nrules: [{form: consensus}, {form: majority, at-least: 2/3}]\nquorum: {more-than: 1/2}",
        (
            ("consensus", "120+ 73x", True),
            ("decision of June 2018: 82 for, 24 against", "82+ 24- 26~ 61x", True),
            ("decision of April 2021: 87 for, 15 against", "87+ 15- 34~ 57x", True),
            ("less than two thirds", "60+ 31- 40~ 62x", False),
            ("without a quorum there is no consensus either", "96+ 97x", False),
        ),
    ),
    Published(
        "Framework Convention on Climate Change, Article 15(3): consensus, else three fourths "
        "of the Parties present and voting",
        "form: any-of\nrules: [{form: consensus}, {form: majority, at-least: 3/4}]",
        (
            ("three fourths", "75+ 25- 98x", True),
            ("two thirds", "80+ 40- 78x", False),
            ("abstaining is not voting", "3+ 1- 190~", True),
        ),
    ),
    Published(
        "FCCC/CP/1996/2, draft rules 31 and 42 (never adopted): consensus, else two thirds; "
        "two thirds of the Parties present",
        "form: any-of\nrules: [{form: consensus}, {form: majority, at-least: 2/3}]\nquorum: {at-least: 2/3}",
        (
            ("two thirds with a quorum", "80+ 40- 12~ 66x", True),
            ("two thirds of the Parties must be there", "80+ 40- 11~ 67x", False),
            ("consensus", "132+ 66x", True),
        ),
    ),
    Published(
        "Convention on Biological Diversity, Article 29(3) and (6): consensus, else two "
        "thirds of the Parties present and voting",
        "form: any-of\nrules: [{form: consensus}, {form: majority, at-least: 2/3}]",
        (
            ("two thirds", "100+ 50- 46~", True),
            ("less", "99+ 50- 47~", False),
            ("nobody objects", "10+ 100~ 86x", True),
        ),
    ),
    Published(
        "Rome Statute, Article 112(7)(a): two thirds of those present and voting, an absolute "
        "majority of States Parties a quorum",
        "form: any-of\nrules: [{form: consensus}, {form: majority, at-least: 2/3, quorum: {more-than: 1/2}}]",
        (
            ("two thirds and a quorum", "42+ 21- 60x", True),
            ("two thirds without a quorum for voting", "41+ 20- 62x", False),
            ("consensus needs none", "40+ 83x", True),
        ),
    ),
)

TACIT = (
    "form: double-majority\ncount: {more-than: 2/3}\nweight: {more-than: 50 %}\n"
    "meaning: {absence: yes, silence: yes, no-record: yes, abstention: yes, "
    "ad-referendum: yes, not-participating: yes, "
    "in-writing: yes}"
)

BY_VOTE = (
    Published(
        "Vienna Convention on the Law of Treaties, Article 9(2): two thirds of the States present and voting",
        "form: majority\nat-least: 2/3",
        (
            ("two thirds", "8+ 4-", True),
            ("less", "7+ 4-", False),
            ("nobody votes", "5~ 5x", False),
        ),
    ),
    Published(
        "Vienna Convention on the Law of Treaties, Article 9(1): the consent of all the States participating",
        "form: unanimity",
        (
            ("all consent", "5+ 3s", True),
            ("one abstains", "7+ 1~", False),
            ("one is silent though asked", "7+ 1!", False),
            ("one awaits its capital", "7+ 1?", False),
            ("one is absent", "7+ 1x", False),
            ("one consents in writing", "7+ 1x+", True),
            ("one does not participate", "7+ 1n", True),
            ("nobody participates", "8n", False),
        ),
    ),
    Published(
        "Covenant of the League of Nations, Article 5(1): all the Members represented at the meeting",
        "form: unanimity\nmeaning: {absence: not counted, abstention: not counted, in-writing: no}",
        (
            ("all represented agree", "30+ 20x", True),
            ("one objects", "30+ 1- 20x", False),
            ("who abstained counted as absent", "30+ 4~ 20x", True),
        ),
    ),
    Published(
        "Antarctic Treaty, Article IX(4): approved by all the Contracting Parties entitled to participate",
        "form: unanimity\nmeaning: {not-participating: no}",
        (
            ("approved by all 29", "29x+", True),
            ("one approval outstanding", "28x+ 1x", False),
            ("one does not take part", "28x+ 1n", False),
        ),
    ),
    Published(
        "Third United Nations Conference on the Law of the Sea, rule 39(1): two thirds, with "
        "a majority of the participating States",
        "form: all-of\nrules: [{form: majority, at-least: 2/3}, {form: majority, more-than: 1/2, of: members}]",
        (
            ("30 April 1982: 130 for, 4 against, 17 abstaining", "130+ 4- 17~", True),
            ("two thirds of those voting, but half of the participating States", "75+ 20- 55~", False),
            ("a majority of those participating, but not two thirds", "90+ 61-", False),
        ),
    ),
    Published(
        "Chemical Weapons Convention, Article VIII(29): the Executive Council, substance, two "
        "thirds of all its members",
        "form: majority\nat-least: 2/3\nof: members",
        (
            ("28 of 41", "28+ 8- 5~", True),
            ("27 of 41", "27+ 14~", False),
            ("absence weighs as much as a no", "27+ 14x", False),
        ),
    ),
    Published(
        "Comprehensive Nuclear-Test-Ban Treaty, Article VII(4); Chemical Weapons Convention, "
        "Article XV(3): a majority of the "
        "States Parties, with no State Party casting a negative vote",
        "form: all-of\nrules: [{form: majority, more-than: 1/2, of: members}, "
        "{form: consensus, meaning: {no-record: not counted}}]",
        (
            ("a majority, nobody against", "100+ 20~ 73x", True),
            ("one negative vote", "190+ 1-", False),
            ("no majority, nobody against", "96+ 97~", False),
        ),
    ),
    Published(
        "Convention on the IMO, voting: two thirds of the Members present, who abstains being present",
        "form: majority\nat-least: 2/3\nof: present",
        (
            ("two thirds of those present", "80+ 20- 20~ 50x", True),
            ("abstentions weigh here", "79+ 20- 21~ 50x", False),
            ("who takes no part in the vote is present", "79+ 20- 21n 50x", False),
        ),
    ),
    Published(
        "Convention on the IMO, voting: otherwise a majority of the Members present and voting",
        "form: majority\nmore-than: 1/2",
        (("a majority", "40+ 39- 40~", True), ("equally divided", "40+ 40- 40~", False)),
    ),
    Published(
        "MARPOL 73/78, Article 16(2)(f)(iii): accepted unless one third of the Parties, or "
        "half of the world's tonnage, object",
        TACIT,
        (
            ("nobody answers", "100x:1", True),
            ("one third objects", "66x:1 33x-:1", False),
            ("less than one third objects", "67x:1 32x-:1", True),
            ("one Party with half of the tonnage objects", "50x:1 1x-:50", False),
            ("one Party with less", "51x:1 1x-:50", True),
        ),
    ),
    Published(
        "ITU, General Rules of conferences, assemblies and meetings, voting: more than half "
        "of the delegations present and voting",
        SIMPLE,
        (
            ("no quorum", "50+ 45- 95x", False),
            ("a majority with a quorum", "51+ 45- 94x", True),
            ("equally divided, rejected", "60+ 60- 10~", False),
            ("abstentions are not taken into account", "31+ 30- 60~", True),
        ),
    ),
    Published(
        "Rome Statute, Article 121(3): two thirds of the States Parties",
        "form: majority\nat-least: 2/3\nof: members",
        (("82 of 123", "82+ 10~ 31x", True), ("81 of 123", "81+ 42x", False)),
    ),
    Published(
        "Articles of Agreement of the IMF, Article III, section 2(c): 85 per cent of the total voting power",
        "form: majority\nat-least: 85 %\nof: members\nby: weight",
        (
            ("a member with 16.5 per cent abstains", "167+:0.5 1~:16.5", False),
            ("85 per cent exactly", "170+:0.5 30-:0.5", True),
        ),
    ),
    Published(
        "Articles of Agreement of the IMF, Article XXVIII(a): three fifths of the members, 85 "
        "per cent of the voting power",
        "form: double-majority\ncount: {at-least: 3/5}\nweight: {at-least: 85 %}",
        (
            ("both", "60+:1.5 40-:0.25", True),
            ("voting power alone", "59+:1.5 41-:0.2", False),
            ("members alone", "90+:0.5 10-:5.5", False),
        ),
    ),
)

SIDES = (
    Published(
        "Montreal Protocol, Article 2(9)(c), as amended at London: consensus, else two thirds "
        "of the Parties present and voting "
        "with a majority of each group present and voting",
        "form: any-of\nrules:\n- form: consensus\n- form: sufficient-consensus\n  sides: [article5, other]\n"
        "  each-side: {more-than: 1/2, of: voting}\n  overall: {at-least: 2/3, of: voting}",
        (
            ("consensus", "60+@article5 40+@other", True),
            ("two thirds and both majorities", "50+@article5 10-@article5 21+@other 19-@other", True),
            ("two thirds without a majority of the other group", "60+@article5 20+@other 20-@other", False),
            ("two thirds without a majority of Article 5 Parties", "40+@other 10+@article5 10-@article5", False),
            ("both majorities, not two thirds", "35+@article5 25-@article5 25+@other 15-@other", False),
            ("abstaining is not voting", "2+@article5 1-@article5 2+@other 90~@article5 30~@other", True),
            ("a group that does not vote has no majority", "60+@article5 1-@article5 40~@other", False),
        ),
    ),
    Published(
        "Montreal Protocol, Article 2(9)(c), of 1987: two thirds of the Parties present and "
        "voting, with half of the consumption",
        "form: double-majority\ncount: {at-least: 2/3, of: voting}\nweight: {at-least: 50 %}",
        (
            ("both", "20+:2 10-:3 5x:2", True),
            ("not half of the consumption", "20+:2 1-:50", False),
            ("not two thirds", "19+:5 10-:1", False),
        ),
    ),
    Published(
        "Northern Ireland talks, rules of procedure of 29 July 1996, rule 34: parties with a "
        "majority of the valid votes, of both "
        "communities respectively, and a majority of the participating parties",
        "form: sufficient-consensus\nsides: [nationalist, unionist]\neach-side: {more-than: 1/2, by: weight}\n"
        "overall: [{more-than: 1/2, by: weight}, {more-than: 1/2}]",
        (
            # shares of the vote of 30 May 1996 in per cent: UUP 24.2, DUP 18.8, UKUP 3.7, PUP 3.5, UDP 2.2; SDLP 21.4,
            # Sinn Féin 15.5; Alliance 6.5, Women's Coalition 1.0, Labour 0.9
            (
                "all unionist parties at the table, two against",
                "1+@unionist:24.2 1-@unionist:18.8 1-@unionist:3.7 1+@unionist:3.5 1+@unionist:2.2 "
                "1+@nationalist:21.4 1+:6.5 1+:1.0 1+:0.9",
                True,
            ),
            (
                "the Ulster Unionist Party alone is no majority of its community",
                "1+@unionist:24.2 1-@unionist:18.8 1-@unionist:3.7 1-@unionist:3.5 1~@unionist:2.2 "
                "1+@nationalist:21.4 1+:6.5 1+:1.0 1+:0.9",
                False,
            ),
            (
                "after September 1997, two unionist parties gone, Sinn Féin in",
                "1+@unionist:24.2 1+@unionist:3.5 1+@unionist:2.2 1+@nationalist:21.4 1~@nationalist:15.5 "
                "1+:6.5 1+:1.0 1+:0.9",
                True,
            ),
            (
                "without the SDLP there is no majority of nationalists",
                "1+@unionist:24.2 1+@unionist:3.5 1+@unionist:2.2 1-@nationalist:21.4 1+@nationalist:15.5 "
                "1+:6.5 1+:1.0 1+:0.9",
                False,
            ),
            (
                "a majority of votes, of both communities, not of the parties",
                "1+@unionist:24.2 1-@unionist:3.5 1-@unionist:2.2 1+@nationalist:21.4 1-@nationalist:15.5 "
                "1-:6.5 1-:1.0 1-:0.9",
                False,
            ),
        ),
    ),
    Published(
        "South Africa, Multi-Party Negotiating Process (1993): the chair found sufficient "
        "consensus where the talks could move "
        "forward, in practice where both principal parties agreed; here with half of the others",
        "form: key-actors\nothers: {at-least: 1/2}",
        (
            ("both agree, most others do", "2+* 14+ 10-", True),
            ("one of the two objects", "1+* 1-* 24+", False),
            ("both agree, most others do not", "2+* 11+ 13-", False),
            ("nothing is known of one of the two", "1+* 1.* 24+", False),
        ),
    ),
)

POPULATIONS = {
    "DE": "84.4", "FR": "68.2", "IT": "59.0", "ES": "48.1", "PL": "36.8", "RO": "19.1", "NL": "17.8", "BE": "11.7",
    "CZ": "10.8", "SE": "10.5", "PT": "10.5", "EL": "10.4", "HU": "9.6", "AT": "9.1", "BG": "6.4", "DK": "5.9",
    "FI": "5.6", "SK": "5.4", "IE": "5.3", "HR": "3.9", "LT": "2.9", "SI": "2.1", "LV": "1.9", "EE": "1.4",
    "CY": "0.9", "LU": "0.7", "MT": "0.5",
}  # fmt: skip
"""Millions, rounded, about 2023; shares of the population do not come near a threshold in the cases below."""


def council(against: str = "", abstaining: str = "", outside: str = "", absent: str = "") -> Table:
    """The Council of the European Union, the others in favour."""
    stands = []
    for name, population in POPULATIONS.items():
        position: Position = "no-objection"
        for names, other in ((against, "object"), (abstaining, "stand-aside"), (outside, "not-participating")):
            if name in names.split():
                position = other
        stands.append(
            Stand(name, Sentence(name, name), position, name not in absent.split(), weight=Fraction(population))
        )
    return Table(tuple(stands))


SMALL = "HR LT SI LV EE CY LU MT"
"""The eight with the fewest people."""
ALL = " ".join(POPULATIONS)
QUALIFIED = (
    "form: double-majority\ncount: {at-least: 55 %, number: 15}\nweight: {at-least: 65 %}\n"
    "blocking-minority: {members: 4}"
)
ABSTAINING = "form: unanimity\nmeaning: {abstention: not counted, in-writing: no}"

EUROPEAN_UNION = (
    Published(
        "Treaty on European Union, Article 16(4): 55 per cent of the members, at least "
        "fifteen, 65 per cent of the population, "
        "a blocking minority of at least four",
        QUALIFIED,
        (
            ("everybody", council(), True),
            ("three with more than 35 per cent of the population cannot block", council("DE FR IT"), True),
            ("four can", council("DE FR IT ES"), False),
            ("four can, the fourth however small", council("DE FR IT MT"), False),
            ("abstaining weighs like a vote against", council("DE FR", "IT ES"), False),
            ("four small ones do not block", council("CY LU MT EE"), True),
            ("fifteen with 65 per cent", council("HU AT BG DK FI SK IE HR LT SI LV EE"), True),
            ("fourteen are less than 55 per cent of 27", council("EL HU AT BG DK FI SK IE HR LT SI LV EE"), False),
            ("fifteen with less than 65 per cent", council("DE FR IT ES PL RO NL BE CZ SE PT EL"), False),
            ("absence weighs like a vote against", council("DE FR IT", absent="ES"), False),
        ),
    ),
    Published(
        "Treaty on the Functioning of the European Union, Article 238(2): 72 per cent of the "
        "members, 65 per cent of the population",
        "form: double-majority\ncount: {at-least: 72 %}\nweight: {at-least: 65 %}",
        (
            ("twenty", council("SI LV EE CY LU MT LT"), True),
            ("nineteen", council(SMALL), False),
            ("three large ones against", council("DE FR IT"), False),
        ),
    ),
    Published(
        "Treaty on the Functioning of the European Union, Article 238(3)(a): among the "
        "participating Member States; a blocking "
        "minority of the fewest with more than 35 per cent of their population, plus one",
        "form: double-majority\ncount: {at-least: 55 %, of: participating}\nweight: "
        "{at-least: 65 %, of: participating}\n"
        "blocking-minority: {over: 35 %, plus: 1}",
        (
            ("one outside", council(outside="DK"), True),
            (
                "three against: three hold more than 35 per cent, so four are needed",
                council("DE FR ES", outside="DK"),
                True,
            ),
            ("four against", council("DE FR ES IT", outside="DK"), False),
            (
                "two of the others hold more than 35 per cent, so three are needed",
                council("ES PL", outside="DE FR IT"),
                True,
            ),
            ("three of them", council("ES PL MT", outside="DE FR IT"), False),
            ("half of those who participate", council("NL BE CZ SE PT EL HU AT BG DK FI SK LT", outside="DE"), False),
        ),
    ),
    Published(
        "Treaty on the Functioning of the European Union, Article 238(1): a simple majority of the component members",
        "form: majority\nmore-than: 1/2\nof: members",
        (
            ("fourteen of 27", council("DE FR IT ES PL RO NL BE CZ SE PT EL HU"), True),
            ("thirteen for, one against", council("DE", "FR IT ES PL RO NL BE CZ SE PT EL HU AT"), False),
        ),
    ),
    Published(
        "Treaty on the Functioning of the European Union, Article 238(4): abstentions do not prevent unanimity",
        ABSTAINING,
        (
            ("one abstains", council(abstaining="HU"), True),
            ("one is against", council("HU"), False),
            ("one is neither present nor represented", council(absent="HU"), False),
            ("all abstain", council(abstaining=ALL), False),
        ),
    ),
    Published(
        "Treaty on European Union, Article 31(1): not if those abstaining are a third of the "
        "Member States with a third of the people",
        "form: all-of\nrules:\n- {form: unanimity, meaning: {abstention: not counted, in-writing: no}}\n"
        "- form: any-of\n  rules: [{form: majority, more-than: 2/3, of: members}, "
        "{form: majority, more-than: 2/3, of: members, by: weight}]",
        (
            ("nine small ones abstain", council(abstaining=f"{SMALL} IE"), True),
            ("nine abstain with a third of the people", council(abstaining="DE FR IT LU MT CY EE LV SI"), False),
            ("eight abstain, with more people", council(abstaining="DE FR IT ES PL LU MT CY"), True),
            ("one objects", council("MT"), False),
        ),
    ),
    Published(
        "Treaty on European Union, Article 7(1), and Treaty on the Functioning of the "
        "European Union, Article 354: four fifths of "
        "the members, the one concerned not counted",
        "form: majority\nat-least: 4/5\nof: participating",
        (
            ("21 of 26", council("PL AT BG DK FI", outside="HU"), True),
            ("20 of 26", council("PL AT BG DK FI SK", outside="HU"), False),
        ),
    ),
)

COMING_INTO_FORCE = (
    Published(
        "Paris Agreement, Article 21(1): 55 Parties with 55 per cent of the emissions",
        "form: double-majority\ncount: {number: 55}\nweight: {at-least: 55 %}\nmeaning: {in-writing: yes}",
        (
            ("5 October 2016: 73 States with 58.82 per cent", "73x+:2941/3650 124x:2059/6200", True),
            ("55 with 55 per cent", "55x+:1 142x:45/142", True),
            ("54 with more", "54x+:1.5 143x:19/143", False),
            ("55 with less", "55x+:0.9 142x:101/284", False),
        ),
    ),
    Published(
        "Kyoto Protocol, Article 25(1): 55 Parties, with 55 per cent of the carbon dioxide of Annex I in 1990",
        "form: double-majority\ncount: {number: 55}\nweight: {at-least: 55 %}\nmeaning: {in-writing: yes}",
        (
            ("before the Russian Federation: 44.2 per cent", "125x+ 1x+:44.2 1x:17.4 1x:36.1 1x:2.3", False),
            ("with it: 61.6 per cent", "125x+ 1x+:44.2 1x+:17.4 1x:36.1 1x:2.3", True),
        ),
    ),
)

PUBLISHED = (*UNITED_NATIONS, *BY_CONSENSUS, *BY_VOTE, *SIDES, *EUROPEAN_UNION, *COMING_INTO_FORCE)
