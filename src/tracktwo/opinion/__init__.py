"""Groups and common ground from votes on statements: votes in, honest common ground out."""

from tracktwo.opinion.analysing import analyse
from tracktwo.opinion.analysis import (
    Analysis,
    Bridging,
    Camp,
    Differences,
    Groups,
    Representative,
    Sides,
    Slate,
    Space,
    Structure,
    Weakest,
)
from tracktwo.opinion.bridging import bridging
from tracktwo.opinion.camps import read_groups, read_sides
from tracktwo.opinion.reading import read, require_analysable
from tracktwo.opinion.report import report
from tracktwo.opinion.routing import routing
from tracktwo.opinion.slates import slate
from tracktwo.opinion.votes import InputError, Statement, Votes

__all__ = [
    "Analysis",
    "Bridging",
    "Camp",
    "Differences",
    "Groups",
    "InputError",
    "Representative",
    "Sides",
    "Slate",
    "Space",
    "Statement",
    "Structure",
    "Votes",
    "Weakest",
    "analyse",
    "bridging",
    "read",
    "read_groups",
    "read_sides",
    "report",
    "require_analysable",
    "routing",
    "slate",
]
