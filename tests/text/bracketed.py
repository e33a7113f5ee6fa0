"""Bracketed prose for properties: whatever drafters, converters and mistakes put into a file."""

from __future__ import annotations

from hypothesis import strategies as st

MARKS = [
    "[", "]", "［", "］", "【", "】", "\\[", "\\]", "{", "}", "*", "**", "_", "[^4]", "[^4]: ", "(", ")", "[a][b]",
    "[b]: https://b.example\n", "[shall][should]", "[X]", "[20XX]", "[x]-[y]%", "and[/or]", "r*eaffirming*", "[EU: ",
    "[delete: A, B]", " – reserve C]", "Option 1", "**Option 2:**", "Option I: ", "No text", "3.3bis Alt ", "3.x",
    "(a) ", "1. ", "第三条之二 ", "（一）", "〔2024〕", "《公约》", "## Article 2bis ", "---\n", "\n", "\n\n", "\r\n",
    "\ufeff", "    ", "\t", "> ", "- ", "!", "<!-- -->", "{:.no_toc}", "\u2028", "\x00",
]  # fmt: skip
WORDS = [
    "shall",
    "the model",
    "评估",
    "安全",
    "应当",
    "é",
    "e\u0301",
    "👩‍🔬",
    "𠮷",
    "\ud800",
    " ",
    "，",
    "。",
    ".",
    ";",
    "5 %",
]

prose = st.lists(st.sampled_from(MARKS + WORDS) | st.text(max_size=4), max_size=30).map("".join)
