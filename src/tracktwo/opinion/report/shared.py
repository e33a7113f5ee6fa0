"""What is shared: the sentence at the head, common ground, agreement across the divide, a representative slate."""

from __future__ import annotations

from tracktwo.opinion.report.bars import forest, legend, lines
from tracktwo.opinion.report.markup import Html, element, join
from tracktwo.opinion.report.view import Record, View, folded, section, silent, terms
from tracktwo.opinion.report.voice import Voice


def lead(document: Record, voice: Voice) -> str:
    """The one sentence a reader should take away."""
    if silent(document):
        return voice("lead-hidden")
    agree, disagree = (len(document["common_ground"][answer]) for answer in ("agree", "disagree"))
    form = "both" if agree and disagree else "agree" if agree else "disagree" if disagree else "none"
    kind = {"sides": "side", "groups": "group"}.get(document["compared"])
    if form == "none" and any(c["suppressed"] for c in document["camps"] if c["kind"] == kind):
        return voice("lead-kept", whom=voice(f"whom-{document['compared']}"))
    sentence = voice(
        f"lead-{form}",
        agree=agree,
        disagree=disagree,
        m=document["counts"]["included"],
        whom=voice(f"whom-{document['compared']}"),
        credibility=voice.setting(document["settings"]["credibility"]),
    )
    return sentence[:1].upper() + sentence[1:]


def common_ground(view: View) -> Html:
    """Statements that every camp compared answers alike, agreements first."""
    voice, found = view.voice, view.document["common_ground"]
    credibility = voice.setting(view.settings["credibility"])
    parts: list[Html] = [
        element(
            "div",
            terms(
                view,
                (voice("term-agrees"), voice("term-agrees-is", threshold=voice.setting(view.settings["threshold"]))),
                (voice("term-probability"), voice("term-probability-is", credibility=credibility)),
                (voice("term-interval"), voice("term-interval-is", credibility=credibility)),
            ),
            legend(view),
            class_="reading",
        )
    ]
    for answer in ("agree", "disagree"):
        if found[answer]:
            title = voice(f"common-{answer}-{view.document['compared']}")
            parts.append(element("h3", element("span", title), element("span", len(found[answer]), class_="count")))
            if answer == "disagree":
                parts.append(element("p", voice("refusal"), class_="gloss"))
            entries = (_shared(view, view.statements[i], answer) for i in found[answer])
            parts.append(folded(view, entries, 20, len(found[answer])))
    if not found["agree"] and not found["disagree"]:
        kept = any(c["suppressed"] for c in view.camps(view.compared))
        parts.insert(0, element("p", lead(view.document, voice) if kept else voice("common-empty"), class_="answer"))
    if view.polis:
        parts.append(_polis_consensus(view))
    return section(view, "common", voice("common"), *parts, count=len(found["agree"]) + len(found["disagree"]))


def _shared(view: View, statement: Record, answer: str) -> Html:
    voice, common = view.voice, statement["common"][answer]
    note = None
    if common:
        words = voice(
            f"common-probability-{view.document['compared']}",
            p=voice.chance(common["posterior"]),
            between=voice.between(common),
        )
        note = element("p", words, class_="note")
    return entry(view, statement, lines(view, statement, view.compared, answer), note)


def entry(view: View, statement: Record, *more: object, beside: bool = False) -> Html:
    """A statement in a list: number, sentence in both languages, and below or beside them what is said of it."""
    said = [part for part in more if part is not None]
    return element(
        "li",
        view.link(statement),
        element("div", view.pair(statement), *said, class_="body beside" if beside else "body"),
        class_="entry",
    )


def _polis_consensus(view: View, limit: int = 10) -> Html:
    """Rank statements by the Polis product."""
    voice = view.voice
    scored = [s for s in view.document["statements"] if s["consensus"] is not None and s["included"]]
    scored.sort(key=lambda s: -s["consensus"])
    kind = "group" if view.camps("group") else view.compared
    entries = [
        entry(
            view,
            s,
            lines(view, s, kind),
            element("p", voice("polis-product", x=voice.decimal(s["consensus"], 3)), class_="note"),
        )
        for s in scored[:limit]
    ]
    intro = element("p", voice("polis-consensus-is", n=len(entries)), class_="gloss")
    return join(
        [element("h3", element("span", voice("polis-consensus"))), intro, element("ol", *entries, class_="entries")]
    )


def bridging(view: View) -> Html | None:
    """Statements by the agreement that the line of division does not explain."""
    voice = view.voice
    scored = [s for s in view.document["statements"] if s["bridging"]]
    if view.document["bridging"] is None or not scored:
        none = voice("lead-hidden" if silent(view.document) else "bridging-none")
        return section(view, "bridging", voice("bridging"), element("p", none, class_="answer"))
    scored.sort(key=lambda s: -s["bridging"]["intercept"])
    reach = max(abs(s["bridging"][end]) for s in scored for end in ("low", "high")) or 1.0
    entries = (entry(view, s, _estimate(view, s["bridging"], reach), beside=True) for s in scored)
    intro = voice("bridging-is", credibility=voice.setting(view.settings["credibility"]))
    return section(
        view,
        "bridging",
        voice("bridging"),
        element("p", intro, class_="gloss"),
        folded(view, entries, 8, len(scored)),
        count=len(scored),
    )


def _estimate(view: View, value: Record, reach: float) -> Html:
    voice = view.voice
    numbers = {key: voice.decimal(value[key]) for key in ("intercept", "low", "high")}
    words = voice("bridging-value", x=numbers["intercept"], low=numbers["low"], high=numbers["high"])
    drawn = forest(value["low"], value["intercept"], value["high"], reach)
    return element(
        "div", element("div", drawn, element("span", words, class_="words"), class_="line plain"), class_="lines"
    )


def slate(view: View) -> Html | None:
    """A few statements among which everyone finds a share."""
    voice, chosen = view.voice, view.document["slate"]
    if not chosen or not chosen["statements"]:
        return None
    statements = [view.statements[i] for i in chosen["statements"]]
    rule = voice("slate-rule", rule=voice(f"rule-{chosen['rule']}"))
    checked = voice("ejr-yes" if chosen["ejr_plus"] else "ejr-no")
    return section(
        view,
        "slate",
        voice("slate"),
        element("p", voice("slate-is", n=len(statements)), class_="gloss"),
        element("ol", *[entry(view, s, lines(view, s, "all"), beside=True) for s in statements], class_="entries"),
        element("p", voice.prose([rule, checked]), class_="gloss"),
        count=len(statements),
    )
