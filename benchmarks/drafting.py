"""Claim: the drafting page of 17,000 words and 1,000 brackets, in both languages, is answered in under 500 ms.

The text is made up, the same each time. It is read, marked up and counted when it is first asked for, and anew
after the server was started again; both are measured, in a process that imported what the server imports before it
answers anybody. After an act only the provision is sent, with its line of the rail and the sentence at the top.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from benchmarks.measuring import ROOT, table, verdict

LIMIT = 500
WORDS, BRACKETS, PROVISIONS = 17_000, 1_000, 350
NAMES = (("Quill Laboratory", "羽笔实验室"), ("Cloudberry Academy", "云莓科学院"))
RUNS = 5
_HAN = (
    "安全系统模型评测风险各方应当可以根据本条规定采取措施通报事故共享信息"
    "合作研究能力边界透明责任监督审核期限程序机构数据训练部署"
)


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory(prefix="tracktwo-drafting-") as folder:
        found = json.loads(_python("furnish", folder))
        starts = [json.loads(_python("ask", folder, found["seat"], found["text"])) for _ in range(RUNS)]
    cold, warm = (median(each[key] for each in starts) for key in ("first", "second"))
    one = starts[0]
    table(
        f"The drafting page of {found['words']:,} words and {found['brackets']:,} brackets in each language",
        ("what", "ms", f"≤ {LIMIT} ms", "bytes"),
        (
            ("first, after a start", f"{cold:.0f}", verdict(round(cold), LIMIT), f"{one['bytes']:,}"),
            ("again", f"{warm:.0f}", verdict(round(warm), LIMIT), f"{one['bytes']:,}"),
            ("holding a bracket, by htmx", f"{median(each['act'] for each in starts):.0f}", "", f"{one['sent']:,}"),
            ("the page after it", f"{median(each['after'] for each in starts):.0f}", "", f"{one['bytes_after']:,}"),
        ),
    )
    rows = []
    for brackets in (10, 20, 40, 80):
        taken = _paired(brackets)
        rows.append((f"{brackets}", f"{taken:.2f} ms", f"{1000 * taken / brackets:.0f} µs"))
    table("Pairing the brackets of one provision", ("brackets", "time", "each"), rows)


def files(words: int = WORDS, brackets: int = BRACKETS, provisions: int = PROVISIONS) -> tuple[str, str]:
    """A draft as a file in each language: headings, numbered paragraphs, brackets of which some are nested or held."""
    random = Random(2015)
    english = ["the", "of", "and", "to", "in", "shall", "Parties"]
    english += ["".join(random.choices("aeioulmnrstdcp", k=random.randint(3, 9))) for _ in range(1_500)]
    common = [1 / (rank + 2) for rank in range(len(english))]
    each, left = words // provisions, brackets
    both: tuple[list[str], list[str]] = ([], [])
    for number in range(1, provisions + 1):
        if number % 12 == 1:
            chapter = number // 12 + 1
            both[0].append(f"## Chapter {chapter}")
            both[1].append(f"## 第{chapter}章")
        share = round(left / (provisions - number + 1))
        left -= share
        ends = _brackets(each, share, random)
        latin = random.choices(english, common, k=each)
        han = ["".join(random.choices(_HAN, k=2)) for _ in range(each)]
        holder = random.randrange(8)
        for place, (begin, end) in enumerate(ends):
            for row, tongue in ((latin, 0), (han, 1)):
                held = f"{NAMES[holder][tongue]}{': ' if not tongue else '：'}" if holder < 2 and place == 0 else ""
                row[begin] = f"[{held}{row[begin]}"
                row[end] = f"{row[end]}]"
        both[0].append(f"{number}. {' '.join(latin)}.")
        both[1].append(f"{number}. {''.join(han)}。")
    return "\n\n".join(both[0]) + "\n", "\n\n".join(both[1]) + "\n"


def _brackets(words: int, share: int, random: Random) -> list[tuple[int, int]]:
    """Where brackets begin and end among so many words; every third within the one before."""
    found: list[tuple[int, int]] = []
    room = words // max(share, 1)
    for place in range(share):
        if place % 3 == 2:
            begin, end = found[-1]
            found.append((begin + 1, end - 1) if end - begin > 3 else (begin, begin + 1))
            continue
        begin = place * room + random.randrange(max(1, room // 3))
        found.append((begin, min(begin + random.randint(1, max(2, room // 2)), (place + 1) * room - 1)))
    return found


def _paired(brackets: int) -> float:
    from tracktwo.text.pairing import paired
    from tracktwo.text.parsing import parse

    random = Random(7)
    words = [f"[{''.join(random.choices('aeioulmnrst', k=6))} {n}]" for n in range(brackets)]
    mixed = [f"[{''.join(random.choices(_HAN, k=4))}{n}]" for n in range(brackets)]
    random.shuffle(mixed)
    en, zh = parse(" ".join(words)), parse("".join(mixed))
    return min(_took(lambda: paired(en, zh)) for _ in range(5))


def _took(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - began)


# the room


def furnish(folder: str) -> None:
    """Make a room with that text, issued, and a head of delegation; print what is needed to ask for it."""
    from tracktwo.room import keys
    from tracktwo.room.house import House, migrated, opened

    home, made = House(Path(folder)).prepared(), keys.Keys.new()
    keys.write(home.keys, made, None)
    keys.install(made)
    with home.locked():
        opened(home)
        migrated()
        print(json.dumps(_talks()))


def _talks() -> dict[str, Any]:
    from datetime import date

    from tracktwo.room.drafting.models import Draft, Text
    from tracktwo.room.drafting.stored import content
    from tracktwo.room.people.models import Account, Organisation, Process, Seat, Side
    from tracktwo.room.people.rules import Rules
    from tracktwo.text import drafts
    from tracktwo.text.progress import progress

    def named(en: str, zh: str) -> dict[str, str]:
        return {"en": en, "zh": zh}

    today = date.today()
    process = Process.objects.create(
        name=named("Talks", "对话"), code_name=named("Heron", "白鹭"), mandate=named("", ""), custody=named("", ""),
        rules=Rules().data(),
    )  # fmt: skip
    organisations = []
    for mark, name in zip("AB", NAMES, strict=True):
        side = Side.objects.create(process=process, mark=mark, name=named(mark, mark))
        organisations.append(Organisation.objects.create(process=process, side=side, name=named(*name)))
    account = Account.objects.create(name_mark=f"{1:032x}", password="!", language="en")
    seat = Seat.objects.create(
        process=process, organisation=organisations[0], account=account, role="head", name=named("Head", "团长"),
        state=Seat.State.ACTIVE, begins=today,
    )  # fmt: skip
    text = Text.objects.create(
        process=process, mode="bracketed", state="open", title=named("A text", "一份案文"), terms=[]
    )
    draft = drafts.Draft.first(*files(), parties=[each for name in NAMES for each in name])
    Draft.objects.create(
        text=text, number=1, state="issued", content=content(draft), waiver={"asked": False, "by": []},
        ledger={"hash": draft.hash, "files": {}, "moment": "", "to": [], "waived": [], "receipts": []}, issued_on=today,
    )  # fmt: skip
    counted = progress(draft.document("en"))
    return {"seat": str(seat.pk), "text": str(text.pk), "words": counted.words, "brackets": counted.open_marks}


def ask(folder: str, seat: str, text: str) -> None:
    """Ask for the page twice, hold a bracket, and ask again; print the times and sizes."""
    from tracktwo.room import keys
    from tracktwo.room.house import House, opened

    home = House(Path(folder))
    keys.install(keys.read(home.keys.read_bytes()))
    with home.locked():
        opened(home)
        print(json.dumps(_asked(seat, text)))


def _asked(seat: str, text: str) -> dict[str, Any]:
    import re

    from django.test import Client
    from django.urls import get_resolver
    from django.utils import timezone

    from tracktwo.room.people.models import Seat
    from tracktwo.room.sessions import SessionStore

    get_resolver().check()  # as the server does before it answers anybody
    account = Seat.objects.select_related("account").get(pk=seat).account
    assert account is not None
    session = SessionStore()
    session.update({"account": str(account.pk), "generation": account.generation, "seat": seat})
    session["fresh"] = timezone.now().timestamp()
    session.create()
    client = Client(headers={"sec-fetch-site": "same-origin"}, SERVER_NAME="localhost")
    client.cookies["room"] = session.session_key
    client.get("/")
    found: dict[str, Any] = {}
    answer: Any = None

    def get() -> None:
        nonlocal answer
        answer = client.get(f"/texts/{text}")
        assert answer.status_code == 200, answer.status_code

    found["first"] = _took(get)
    page = answer.content.decode()
    found["bytes"] = len(answer.content)
    found["second"] = _took(get)
    links = re.findall(rf"/texts/{text}/provisions/\w+/brackets/\d+-\d+(?=\")", page)
    where = links[len(links) // 2]
    htmx = {"HX-Request": "true"}
    act = "let-go" if f"{where}/let-go" in client.get(where).content.decode() else "hold"

    def hold() -> None:
        nonlocal answer
        answer = client.post(f"{where}/{act}", {"on": "1"}, headers=htmx, follow=True)
        assert answer.status_code == 200, answer.status_code

    found["act"] = _took(hold)
    found["sent"] = len(answer.content)
    found["after"] = _took(get)
    found["bytes_after"] = len(answer.content)
    return found


def _python(*arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", "benchmarks.drafting", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout


if __name__ == "__main__":
    if sys.argv[1] == "furnish":
        furnish(*sys.argv[2:])
    else:
        ask(*sys.argv[2:])
