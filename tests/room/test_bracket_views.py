"""A bracket opened on the drafting page: what it shows, what each seat may do with it, what is told when it may not."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from room.drafted import CHINESE, ENGLISH, Drafted, issued, negotiated
from room.talks import DELEGATIONS, Talks

from tracktwo.room.acts import StagedLeaf
from tracktwo.room.drafting.models import Standing
from tracktwo.room.drafting.opened import sentence
from tracktwo.room.drafting.standings import read, standing
from tracktwo.room.people.models import Organisation

HTMX = {"HX-Request": "true"}
ACTS = ("hold", "let-go", "say", "take-back", "call", "fine", "conclude", "reopen", "assign", "confirm")


def panel(client: Client, address: str) -> str:
    response = client.get(address, headers=HTMX)
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def forms(html: str) -> set[str]:
    """The acts that an opened bracket offers."""
    return set(re.findall(r'action="[^"]+/brackets/[^/"]+/([a-z-]+)"', html))


def post(found: Drafted, who: str, act: str, label: str, number: int, status: int = 303, **given: object) -> str:
    where = f"{found.at(label, number)}/{act}"
    response = found.talks.client(who).post(where, {"on": "1", **given}, headers=HTMX)
    assert response.status_code == status, response.content.decode()
    if status == 303:
        assert response["Location"] == f"{found.at(label, number)}#p-{found.provision(label)}"
    return response.content.decode()


def state(found: Drafted, label: str, number: int) -> str:
    here = standing(found.talks.viewer("mediator"), found.draft, found.provision(label))
    bracket = here.brackets.get(found.key(label, number))
    return bracket.state if bracket else "open"


@pytest.fixture
def found(talks: Talks) -> Drafted:
    return issued(talks)


# what it shows


def test_a_bracket_opens_in_both_languages_with_what_each_reading_would_say(found: Drafted) -> None:
    html = panel(found.talks.client("quill expert"), found.at("1", 3))
    assert html.count('class="b open now"') == 2
    assert html.count('aria-current="true"') == 2
    said = words(html)
    assert "If it is lifted 1." not in said
    assert "a summary of what was found within [ 30 ][ 60 ] days." in said.replace("] [", "][").replace("[30", "[ 30")
    assert "If it is dropped" in said
    assert "autofocus>Bracket: open</h3>" in html


def test_alternatives_that_words_do_not_tell_are_marked_for_a_person_to_confirm(found: Drafted) -> None:
    html = panel(found.talks.client("quill head", language="zh"), found.at("1", 0))
    assert "须由主席确认，系统不作推测。" in html
    assert re.search(r'<b class="text">应</b>', html)
    assert re.search(rf'<a class="text" href="{found.at("1", 1)}">宜</a>', html)


def test_what_holders_said_is_shown_to_those_who_may_see_it(found: Drafted) -> None:
    found.act("hold", "lantern head", "2", 0)
    found.act("say", "lantern head", "2", 0, fate="dropped")
    html = words(panel(found.talks.client("sandglass counsel"), found.at("2", 0)))
    assert "Quill Laboratory proposes the words has said nothing yet" in html
    assert "Lantern School holds the bracket Drop: the words go" in html
    observer = words(panel(found.talks.client("observer"), found.at("2", 0)))
    assert "Held by" not in observer
    assert "Lantern" not in observer


def test_a_bracket_that_is_not_there_is_nothing(found: Drafted) -> None:
    here = f"{found.at('1')}/brackets/"
    for key in ("9-9", "-", "0-0x", "..", "%00", "0"):
        assert found.talks.client("quill head").get(here + key).status_code == 404
        for act in ("hold", "say"):
            assert found.talks.client("quill head").post(f"{here}{key}/{act}", {"on": "1"}).status_code in {404, 403}


def test_without_script_a_bracket_is_a_page(found: Drafted) -> None:
    html = found.talks.client("quill head").get(found.at("1", 0)).content.decode()
    assert html.count("<h1>") == html.count("<article") == 1
    assert 'id="stand"' in html


def test_an_unclosed_bracket_can_be_opened_and_dropped(found: Drafted) -> None:
    panel(found.talks.client("quill head"), found.at("6", 0))
    found.name("6", 0, "quill")
    post(found, "quill head", "say", "6", 0, fate="dropped")
    assert state(found, "6", 0) == "dropped"


def test_of_a_long_paragraph_the_sentence_is_shown_that_changes() -> None:
    before = "First it is said. " * 20 + "Then [it may be] done. And more is said, at length."
    after = before.replace("[it may be]", "it may be")
    assert sentence(before, after) == "… Then it may be done. …"
    assert sentence("short [one]", "short one") == "short one"


# who may do what


OFFERED = {
    "quill head": {"say", "let-go"},
    "quill alternate": {"say", "let-go"},
    "cloudberry head": {"hold"},
    "mediator": {"call", "assign"},
    "chair": {"call", "assign"},
    "quill delegate": set(),
    "quill linguist": set(),
    "secretariat": set(),
    "observer": set(),
}


@pytest.mark.parametrize("who", OFFERED)
def test_each_seat_is_offered_what_it_may_do(found: Drafted, who: str) -> None:
    assert forms(panel(found.talks.client(who), found.at("2", 0))) == OFFERED[who]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    "who", ["quill delegate", "quill expert", "quill counsel", "secretariat", "observer", "liaison"]
)
def test_nobody_else_does_anything_with_a_bracket(found: Drafted, who: str, act: str) -> None:
    given = {"fate": "lifted", "until": "2099-01-01"}
    staged = StagedLeaf.objects.count()
    post(found, who, act, "2", 0, status=404, **given)
    assert (Standing.objects.count(), StagedLeaf.objects.count()) == (0, staged)


def test_heads_do_not_do_what_is_the_chairs_nor_the_chair_what_is_theirs(found: Drafted) -> None:
    for act in ("call", "conclude", "reopen", "assign"):
        post(found, "quill head", act, "2", 0, status=404, fate="lifted", until="2099-01-01")
    for act in ("hold", "let-go", "say", "take-back", "fine"):
        post(found, "mediator", act, "2", 0, status=404, fate="lifted")
    assert not Standing.objects.exists()


# what is done


def test_holders_agree_and_it_is_done(found: Drafted) -> None:
    post(found, "cloudberry head", "hold", "2", 0)
    post(found, "cloudberry head", "say", "2", 0, fate="lifted")
    assert state(found, "2", 0) == "open"
    html = panel(found.talks.client("quill head"), found.at("2", 0))
    assert "Say the same" in html
    join = re.search(r'<form method="post" action="[^"]+/say"><input type="hidden" name="on" value="1">'
                     r'<input type="hidden" name="fate" value="(\w+)">', html)  # fmt: skip
    assert join is not None
    assert join[1] == "lifted"
    post(found, "quill head", "say", "2", 0, fate=join[1])
    assert state(found, "2", 0) == "lifted"
    html = panel(found.talks.client("quill head"), found.at("2", 0))
    assert "Bracket: lifted: its words stay" in html
    assert forms(html) == set()
    assert forms(panel(found.talks.client("chair"), found.at("2", 0))) == {"reopen"}


def test_what_was_said_is_taken_back(found: Drafted) -> None:
    found.act("hold", "cloudberry head", "2", 0)
    post(found, "quill head", "say", "2", 0, fate="dropped")
    assert "take-back" in forms(panel(found.talks.client("quill head"), found.at("2", 0)))
    post(found, "quill head", "take-back", "2", 0)
    assert "take-back" not in forms(panel(found.talks.client("quill head"), found.at("2", 0)))
    post(found, "quill head", "let-go", "2", 0)
    assert "Quill Laboratory</span> <span" not in panel(found.talks.client("quill head"), found.at("2", 0))


def test_other_words_are_given_in_both_languages_and_another_holder_joins_them(found: Drafted) -> None:
    found.act("hold", "lantern head", "3", 0)
    html = panel(found.talks.client("lantern head"), found.at("3", 0))
    assert "without delay</textarea>" in html
    assert "立即</textarea>" in html
    post(found, "lantern head", "say", "3", 0, fate="narrowed", en="within <two> days", zh="两日内")
    html = panel(found.talks.client("cloudberry head"), found.at("3", 0))
    assert '<input type="hidden" name="en" value="within &lt;two&gt; days">' in html
    post(found, "cloudberry head", "say", "3", 0, fate="narrowed", en="within <two> days", zh="两日内")
    assert state(found, "3", 0) == "narrowed"
    page = found.talks.client("observer").get(found.address).content.decode()
    assert "<ins>within &lt;two&gt; days</ins> – reserve Cloudberry Academy" in page
    assert "<ins>两日内</ins>" in page


@pytest.mark.parametrize(
    ("given", "status", "says"),
    [
        ({"en": "within two days", "zh": ""}, 422, "Fill this in."),
        ({"en": "a\u202eb", "zh": "两日内"}, 422, "cannot be used"),
        ({"en": "x" * 20_001, "zh": "两日内"}, 422, "at most 20000 are taken"),
        ({"en": "within] two days", "zh": "两日内"}, 409, "Give words whose brackets match"),
    ],
)
def test_words_that_cannot_stand_in_it_are_told_and_stay(
    found: Drafted, given: dict[str, str], status: int, says: str
) -> None:
    html = post(found, "cloudberry head", "say", "3", 0, status=status, fate="narrowed", **given)
    assert html.startswith("<article")
    assert says in html
    assert given["zh"] in html
    assert "<details open>" in html
    assert state(found, "3", 0) == "open"


def test_the_chair_asks_and_concludes_once_all_have_said_fine(found: Drafted) -> None:
    until = (timezone.localdate() + timedelta(days=3)).isoformat()
    post(found, "mediator", "call", "4", 0, fate="dropped", until=until)
    assert "The chair asks whether you object" in panel(found.talks.client("quill head"), found.at("4", 0))
    for each in [*DELEGATIONS][:-1]:
        post(found, f"{each} head", "fine", "4", 0)
    assert forms(panel(found.talks.client("quill head"), found.at("4", 0))) == {"hold"}
    early = post(found, "mediator", "conclude", "4", 0, status=409)
    assert "Not every delegation has said that it does not object." in early
    assert early.startswith("<article")
    post(found, "sandglass head", "fine", "4", 0)
    post(found, "mediator", "conclude", "4", 0)
    assert state(found, "4", 0) == "dropped"


def test_who_was_not_named_does_not_settle_a_bracket_alone(found: Drafted) -> None:
    post(found, "lantern head", "hold", "4", 0)
    post(found, "lantern head", "say", "4", 0, fate="dropped")
    assert state(found, "4", 0) == "open"
    assert "Nobody was named as its holder" in panel(found.talks.client("lantern head"), found.at("4", 0))
    until = (timezone.localdate() + timedelta(days=3)).isoformat()
    post(found, "mediator", "call", "4", 0, fate="lifted", until=until)
    for each in DELEGATIONS:
        if each != "lantern":
            post(found, f"{each} head", "fine", "4", 0)
    assert "and so objects" in post(found, "mediator", "conclude", "4", 0, status=409)
    post(found, "lantern head", "say", "4", 0, fate="lifted")
    post(found, "mediator", "conclude", "4", 0)
    assert state(found, "4", 0) == "lifted"


def test_alternatives_that_the_chair_confirms_fall_with_the_choice_of_one(found: Drafted) -> None:
    post(found, "quill head", "confirm", "1", 0, status=404, kind="alternatives")
    assert "confirm" in forms(panel(found.talks.client("chair"), found.at("1", 0)))
    post(found, "chair", "confirm", "1", 0, kind="alternatives")
    html = panel(found.talks.client("quill head"), found.at("1", 1))
    assert "须由主席确认" not in html
    assert "One of several alternatives" in html
    assert "The Parties should evaluate" in words(html)
    found.name("1", 0, "quill")
    post(found, "quill head", "say", "1", 0, fate="lifted")
    assert (state(found, "1", 0), state(found, "1", 1)) == ("lifted", "dropped")


def test_an_alternative_that_somebody_else_holds_does_not_fall(found: Drafted) -> None:
    post(found, "chair", "confirm", "1", 0, kind="alternatives")
    found.name("1", 0, "quill")
    found.act("hold", "lantern head", "1", 1)
    post(found, "quill head", "say", "1", 0, fate="lifted")
    assert (state(found, "1", 0), state(found, "1", 1)) == ("lifted", "open")


@pytest.mark.parametrize(
    ("label", "number", "kind"), [("1", 0, "neither"), ("2", 0, "alternatives"), ("3", 0, "optional")]
)
def test_what_is_sure_or_unknown_is_not_confirmed(found: Drafted, label: str, number: int, kind: str) -> None:
    post(found, "chair", "confirm", label, number, status=404, kind=kind)


def test_to_hold_it_is_to_object(found: Drafted) -> None:
    post(found, "mediator", "call", "4", 0, fate="dropped", until="2099-01-01")
    post(found, "lantern head", "hold", "4", 0)
    assert "Nobody is asked about this bracket now" in post(found, "quill head", "fine", "4", 0, status=409)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"fate": "lifted"},
        {"fate": "narrowed", "until": "2099-01-01"},
        {"fate": "lifted", "until": "soon"},
        {"fate": "lifted", "until": "2001-01-01"},
    ],
)
def test_a_question_that_is_not_complete_is_asked_for_again(found: Drafted, given: dict[str, str]) -> None:
    html = post(found, "mediator", "call", "4", 0, status=422, **given)
    assert "Not sent yet" in html
    assert not Standing.objects.exists()


def test_the_chair_names_holders_and_opens_again(found: Drafted) -> None:
    quill, lantern = (str(found.talks.organisations[each].pk) for each in ("quill", "lantern"))
    html = panel(found.talks.client("chair"), found.at("4", 0))
    assert html.count('name="organisations"') == len(DELEGATIONS)
    post(found, "chair", "assign", "4", 0, organisations=[quill, lantern])
    assert "held by Lantern School, Quill Laboratory" in panel(found.talks.client("quill head"), found.at("4"))
    post(found, "chair", "assign", "4", 0, status=422)
    outside = str(found.talks.organisations["supporter"].pk)
    post(found, "chair", "assign", "4", 0, status=422, organisations=[outside])
    for each in ("quill", "lantern"):
        post(found, f"{each} head", "say", "4", 0, fate="parked")
    assert state(found, "4", 0) == "parked"
    post(found, "chair", "reopen", "4", 0)
    assert state(found, "4", 0) == "open"


# told, and nothing lost


def test_a_bracket_lifted_twice_is_told(found: Drafted) -> None:
    post(found, "quill head", "say", "2", 0, fate="lifted")
    for who, act in (("quill alternate", "say"), ("cloudberry head", "hold")):
        html = post(found, who, act, "2", 0, status=409, fate="lifted")
        assert "This bracket is settled already: lifted: its words stay." in html
        assert re.search(r'<div class="wrong" role="alert" tabindex="-1" autofocus>', html)
    refused = found.talks.client("quill alternate").post(f"{found.at('2', 0)}/say", {"on": "1", "fate": "dropped"})
    assert (refused.status_code, refused.content.count(b"<h1>")) == (409, 1)


def test_who_does_not_hold_it_is_told_who_may(found: Drafted) -> None:
    html = post(found, "cloudberry head", "say", "2", 0, status=409, fate="lifted")
    assert "Only the delegations that hold this bracket say what becomes of it" in html
    assert state(found, "2", 0) == "open"


def test_after_another_draft_nothing_is_done_and_what_was_typed_is_shown(found: Drafted) -> None:
    where = f"{found.at('3', 0)}/say"
    issued(found.talks, ENGLISH.replace("Incidents are", "An incident is"), CHINESE, number=2, text=found.text)
    given = {"on": "1", "fate": "narrowed", "en": "within two days", "zh": "两日内"}
    answer = found.talks.client("cloudberry head").post(where, given, headers=HTMX)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Draft 2 was issued since you opened this page." in html
    assert "within two days" in html
    assert "两日内" in html
    assert "An incident is" in html
    assert [read(each.state).provision for each in Standing.objects.exclude(draft=found.draft)] == []


def test_of_a_provision_that_is_gone_it_is_told_and_what_was_typed_is_shown(found: Drafted) -> None:
    where = f"{found.at('3', 0)}/say"
    english, chinese = (re.sub(r"3\. [^\n]+\n\n", "", body) for body in (ENGLISH, CHINESE))
    issued(found.talks, english, chinese, number=2, text=found.text)
    given = {"on": "1", "fate": "narrowed", "en": "within <two> days", "zh": ""}
    for headers in (HTMX, {}):
        answer = found.talks.client("cloudberry head").post(where, given, headers=headers)
        assert answer.status_code == 409
        assert "This provision is not in draft 2, which was issued since." in answer.content.decode()
        assert "within &lt;two&gt; days" in answer.content.decode()
    assert found.talks.client("cloudberry head").post(where, given | {"on": "7"}).status_code == 404


def test_the_same_act_sent_twice_is_done_once(found: Drafted) -> None:
    client = found.talks.client("cloudberry head")
    answers = [client.post(f"{found.at('2', 0)}/hold", {"on": "1"}).status_code for _ in range(2)]
    assert answers == [303, 303]


def test_a_delegation_that_is_away_does_nothing(found: Drafted) -> None:
    Organisation.objects.filter(pk=found.talks.organisations["quill"].pk).update(status=Organisation.Status.SUSPENDED)
    post(found, "quill head", "say", "2", 0, status=404, fate="lifted")
    assert found.talks.client("quill head").get(found.address).status_code == 404


@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_sent_as_a_form_and_not_asked_for(found: Drafted, act: str) -> None:
    who = "mediator" if act in {"call", "conclude", "reopen", "assign", "confirm"} else "quill head"
    assert found.talks.client(who).get(f"{found.at('2', 0)}/{act}").status_code == 405


def test_a_fate_that_there_is_not_is_nothing(found: Drafted) -> None:
    for fate in ("", "merged", "<b>"):
        post(found, "quill head", "say", "2", 0, status=404, fate=fate)


def test_every_state_is_shown_in_both_languages(talks: Talks) -> None:
    found = negotiated(talks)
    for language in ("en", "zh"):
        for label in "1234567":
            client = found.talks.client("quill head", language=language)
            passage = re.findall(
                rf'href="({found.at(label)}/brackets/[^"]+)"', client.get(found.address).content.decode()
            )
            for address in sorted(set(passage)):
                html = panel(client, address)
                assert "{" not in words(html)
