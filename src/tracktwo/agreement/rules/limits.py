"""Rules that no table could meet, or that any would: said when a rule is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracktwo.agreement.positions import Stand
from tracktwo.agreement.rules.forms import Rule
from tracktwo.agreement.rules.parts import met, tree
from tracktwo.agreement.rules.standing import accepting, objecting, ordered
from tracktwo.agreement.rules.telling import because, hear
from tracktwo.agreement.sentences import Sentence


def unmeetable(rule: Rule, delegations: Sequence[Stand]) -> Sentence | None:
    """Why a rule can never be met at this table, or that it always is; None for a rule that can decide.

    It can never be met if it is not with every delegation present and accepting (attendance and acceptance never hurt),
    and is always met if it is with every delegation present and objecting. Of the delegations, ids, names, sides,
    weights and key actors are looked at, not their positions. AgreementError as for :func:`decide`.
    """
    table = ordered(delegations)
    if not table:
        return Sentence(
            "This rule can never be met: there is no delegation at the table.", "本规则永远无法满足：没有任何与会方。"
        )
    everybody = tuple(accepting(stand) for stand in table)
    taken_apart = tree(rule, everybody)
    best = hear(taken_apart, everybody)
    if not best.met(taken_apart):
        why = because(taken_apart, best, named=True)
        return Sentence(
            f"This rule can never be met: even with every delegation present and accepting the text, {why.en}.",
            f"本规则永远无法满足：即使全体与会方均出席并接受案文，仍是{why.zh}。",
        )
    worst = tuple(replace(objecting(stand), present=True) for stand in table)
    if met(tree(rule, worst), worst):
        return Sentence(
            "This rule is always met, even if every delegation is present and objects: it decides nothing.",
            "即使全体与会方均出席并反对，本规则也始终得到满足，因而不起任何作用。",
        )
    return None
