"""Bracketed prose as nobody would write it: for laws that must hold of any."""

from __future__ import annotations

from hypothesis import strategies as st

MARKS = [
    "[",
    "]",
    "[",
    "]",
    "［",
    "］",
    "【",
    "】",
    "\\[",
    "\\]",
    "*",
    "**",
    "***",
    "_",
    "__",
    "{chair: see above}",
    "[^1]",
]
MORE_MARKS = [
    "[^2]",
    "[^x]",
    "[text](https://example.org/a?b=c)",
    "[text][here]",
    "![image](a.png)",
    "〔2024〕",
    "《",
    "》",
]
STARTS = [
    "# ",
    "## Article 3 ",
    "### 附件一 ",
    "1. ",
    "3.3bis ",
    "(a) ",
    "（一）",
    "第三条 ",
    "- ",
    "> ",
    "a) ",
    "**Option 1:** ",
]
MORE_STARTS = [
    "Option II: ",
    "方案二：",
    "[Option 2: ",
    "Chapter IV",
    "[^1]: ",
    "[^2]: ",
    "[here]: https://example.org ",
    "① ",
]
WORDS = [
    "The Parties ",
    "shall",
    "should",
    " not ",
    "应",
    "应当",
    "不得",
    "开发者",
    "安全",
    "EU: ",
    "欧盟：",
    "delete: US, UK",
]
MORE_WORDS = [
    " – reserve China",
    "[X]",
    "[20XX]",
    "[x]-[y]%",
    "and[/or]",
    "[shall][should]",
    "[应][宜]",
    "[No text]",
    "55 %",
]
ODD = [
    "&",
    "<",
    ">",
    "]]>",
    '"',
    "'",
    "\r",
    "\t",
    "\u3000",
    "\xa0",
    "\x85",
    "\u2028",
    "e\u0301",
    "🕊️",
    "�",
    " ",
    "  ",
    "    ",
]
ENDS = ["\n", "\n\n", "\n    ", "\n\n    ", "\r\n", "---\n", "<!-- x -->\n"]

prose = st.lists(st.sampled_from(MARKS + MORE_MARKS + WORDS + MORE_WORDS + ODD), max_size=14).map("".join)
"""One paragraph, or what looks like one."""
drafts = st.lists(st.sampled_from(STARTS + MORE_STARTS + ENDS + ENDS) | prose, max_size=24).map("".join)
"""A file of several, in English, Chinese or both."""
