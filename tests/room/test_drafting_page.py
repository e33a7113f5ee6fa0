"""The drafting page: what it shows of a text to whom, its readings and older drafts, and proposals made from it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from room.drafted import CHINESE, ENGLISH, Drafted, issued, negotiated
from room.talks import Talks

from tracktwo.room.drafting import articles, markup, proposing, shown
from tracktwo.room.drafting.models import Position, Proposal, Text
from tracktwo.room.drafting.page_forms import PROVISION
from tracktwo.room.drafting.proposing import Given
from tracktwo.room.words import reading
from tracktwo.text.parsing import parse

HTMX = {"HX-Request": "true"}


def page(client: Client, address: str, status: int = 200, **more: object) -> str:
    response = client.get(address, **more)  # type: ignore[arg-type]
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def article(html: str, provision: str) -> str:
    found = re.search(rf'<article id="p-{provision}".*?</article>', html, re.DOTALL)
    assert found, html
    return found[0]


def words(html: str) -> str:
    """What a piece of HTML says."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.fixture
def found(talks: Talks) -> Drafted:
    return negotiated(talks)


# the page


def test_every_word_of_the_draft_is_on_the_page_in_both_languages(talks: Talks) -> None:
    found = issued(talks)
    html = page(talks.client("quill head"), found.address)
    for body, tag in ((ENGLISH, "en"), (CHINESE, "zh-Hans")):
        shown_ = "".join(re.findall(rf'<(?:p|h2) class="w" lang="{tag}">(.*?)</(?:p|h2)>', html))
        plain = re.sub(r"<[^>]+>", "", shown_)
        assert "".join(unescape(plain).split()) == "".join(body.replace("## ", "").split())


@pytest.mark.parametrize(("language", "first"), [("en", "en"), ("zh", "zh-Hans")])
def test_the_readers_language_stands_first(talks: Talks, language: str, first: str) -> None:
    found = issued(talks)
    html = page(talks.client("quill head", language=language), found.address)
    for row in re.findall(r'<div class="two">(.*?)</div>', html):
        tags = re.findall(r'class="w" lang="([^"]+)"', row)
        assert len(tags) == 1 or tags[0] == first


def test_the_first_sentence_says_how_far_the_text_is(found: Drafted) -> None:
    html = page(found.talks.client("observer"), found.address)
    lead = words(re.search(r'<p class="lead">(.*?)</p>', html)[1])  # type: ignore[index]
    assert lead.startswith("11 brackets are open; 35 % of the words stand in brackets.")
    assert lead.endswith("Agreed in plenary: 1 of 7 provisions; in a group: 1.")
    lead = words(page(found.talks.client("observer", language="zh"), found.address))
    assert "尚有11处方括号未决" in lead
    assert "共7条条款：全体议定1条，组内议定1条。" in lead


def test_the_share_in_brackets_falls_only_with_what_was_settled(talks: Talks) -> None:
    found = issued(talks)
    viewer = talks.viewer("quill head")
    before = shown.Sheet.latest(viewer, found.text.pk).counts
    found.name("6", 0, "quill")
    found.act("say", "quill head", "6", 0, fate="parked")
    parked = shown.Sheet.latest(viewer, found.text.pk).counts
    assert parked == before
    found.act("say", "quill head", "6", 0, fate="lifted")
    lifted = shown.Sheet.latest(viewer, found.text.pk).counts
    assert (lifted.brackets, lifted.share < before.share) == (before.brackets - 1, True)


def test_what_is_asked_of_a_seat_stands_at_the_top(found: Drafted) -> None:
    html = words(
        re.search(r'<div id="stand">.*?</div>', page(found.talks.client("quill head"), found.address), re.S)[0]
    )  # type: ignore[index]
    assert "Your delegation holds 3 open brackets. 2 wait for you:" in html
    assert "1 [shall] another holder has said what to do" in html
    assert "1 [should] the chair asks whether you object" in html
    html = page(found.talks.client("observer"), found.address)
    assert 'class="asked"' not in html


def test_holders_proposals_and_positions_are_absent_for_who_may_not_see_them(found: Drafted) -> None:
    html = page(found.talks.client("quill linguist"), found.address)
    for there in ("held by Quill Laboratory", "within three days", "reserve ad referendum"):
        assert there in html
    html = page(found.talks.client("observer"), found.address)
    for absent in ("held by", "within three days", "ad-referendum", 'class="who"', "Lantern"):
        assert absent not in html
    key = found.at("1", 0)
    assert "Cloudberry" not in article(page(found.talks.client("observer"), key), found.provision("1"))
    assert found.talks.client("observer").get(f"{found.address}/proposals").status_code == 404


@pytest.mark.parametrize("who", ["liaison", "briefed", "operator", "auditor"])
def test_who_is_not_in_the_room_finds_nothing(found: Drafted, who: str) -> None:
    client = found.talks.client(who)
    nowhere = client.get("/no-such-place").content
    for address in (found.address, found.at("1"), found.at("1", 0), f"{found.address}/drafts/1"):
        response = client.get(address)
        assert (response.status_code, response.content) == (404, nowhere)


def test_states_of_brackets_are_marked_without_colour(found: Drafted) -> None:
    html = page(found.talks.client("quill head"), found.address)
    four = article(html, found.provision("4"))
    assert re.search(r'<del class="b dropped"><a [^>]*aria-label="Bracket, dropped: its words go', four)
    assert "<del>training data</del><ins>data that bear a Party’s name</ins>" in four
    assert "<del>训练数据</del><ins>载有一方名称的数据</ins>" in four
    assert re.search(r'<span class="b lifted"><a [^>]*aria-label="Bracket, lifted', article(html, found.provision("1")))
    assert re.search(r'<span class="b parked"><a [^>]*parked', article(html, found.provision("6")))
    rail = re.search(r'<nav id="rail".*?</nav>', html, re.S)[0]  # type: ignore[index]
    assert re.search(r'light plenary"></i><span>7</span><span class="unseen"> agreed in plenary', rail)
    assert "5 open brackets" in rail


def test_a_text_in_other_hands_is_shown_in_its_mode(talks: Talks) -> None:
    found = issued(talks, mode="one-text")
    html = page(talks.client("quill head"), found.address)
    assert f"{found.address}/criticise?provision={found.provision('1')}" in html
    assert "propose" not in html
    panel = page(talks.client("quill head"), found.at("1", 0))
    assert "/hold" not in panel
    assert "If it is dropped" in panel
    assert "/position" not in page(talks.client("quill head"), found.at("1"))


def test_before_a_draft_is_issued_the_page_says_so(talks: Talks) -> None:
    text = Text.objects.create(process=talks.process, state="open", title={"en": "Rules", "zh": "规则"}, terms=[])
    address = f"/texts/{text.pk}"
    assert "No draft of this text was issued yet." in page(talks.client("quill head"), address)
    assert f"{address}/desk" not in page(talks.client("quill head"), address)
    assert f"{address}/desk" in page(talks.client("mediator"), address)
    text.state = "preparing"
    text.save()
    page(talks.client("quill head"), address, 404)


def test_an_older_draft_is_read_and_nothing_is_done_on_it(found: Drafted) -> None:
    issued(found.talks, ENGLISH.replace("once a year", "twice a year"), CHINESE, number=2, text=found.text)
    html = page(found.talks.client("quill head"), f"{found.address}/drafts/1")
    assert "This is draft 1, which another has followed." in html
    assert "once a year" in html
    assert "/brackets/" not in html
    assert "/propose" not in html
    assert "data that bear a Party’s name" in html  # what was done on it stays seen
    assert "twice a year" in page(found.talks.client("quill head"), found.address)
    page(found.talks.client("quill head"), f"{found.address}/drafts/3", 404)


def test_a_closed_text_stays_to_be_read(found: Drafted) -> None:
    Text.objects.filter(pk=found.text.pk).update(state="closed")
    html = page(found.talks.client("quill head"), found.address)
    assert "This text is closed." in html
    assert "/propose" not in html


@pytest.mark.parametrize(
    ("wanted", "there", "absent"),
    [
        ("negotiated", "[shall][should]", "[jointly]"),
        ("lifted", "and jointly publish a summary of what was found within 30 60 days", "["),
        ("dropped", "Contacts meet once a year", "within"),
    ],
)
def test_the_whole_text_is_read_as_if_brackets_were_lifted_or_dropped(
    found: Drafted, wanted: str, there: str, absent: str
) -> None:
    html = page(found.talks.client("quill head"), f"{found.address}?as={wanted}")
    calm = words(re.search(r'<div class="provisions calm">(.*)</div>\s*</main>', html, re.S)[1])  # type: ignore[index]
    squeezed = calm.replace("[ ", "[").replace(" ]", "]").replace("] [", "][")
    assert there in squeezed
    assert absent not in squeezed
    assert "the weights" not in squeezed
    assert 'class="do"' not in html


def test_a_reading_is_of_the_text_as_it_stands_now(found: Drafted) -> None:
    """What was dropped stays away if all else is lifted, and what was lifted stays if all else is dropped."""
    client = found.talks.client("quill head")
    assert "weights" not in page(client, f"{found.address}?as=lifted")
    assert "jointly" in page(client, f"{found.address}?as=dropped")


# a provision by itself


def test_htmx_is_sent_the_article_its_line_and_the_sentence_alone(found: Drafted) -> None:
    client = found.talks.client("quill head")
    html = page(client, found.at("1"), headers=HTMX)
    assert html.startswith(f'<article id="p-{found.provision("1")}"')
    assert html.count("<article") == html.count('<div id="stand" hx-swap-oob="true">') == 1
    assert re.findall(r'<li id="(r-\w+)"[^>]* hx-swap-oob="true">', html) == [f"r-{found.provision('1')}"]
    assert "<html" not in html
    assert len(html) < 12_000
    closed = page(client, f"{found.at('1')}?closed=1", headers=HTMX)
    assert 'class="opened"' not in closed
    assert "<h1>" in page(client, f"{found.at('1')}?closed=1")


def test_a_provision_that_is_not_there_is_nothing(found: Drafted) -> None:
    for address in (
        f"{found.address}/provisions/0000",
        f"{found.address}/provisions/x%3Cy/propose",
        found.address + "0",
    ):
        page(found.talks.client("quill head"), address, 404)


def test_a_position_is_stated_with_a_note_and_changed(talks: Talks) -> None:
    found = issued(talks)
    head, where = talks.client("quill head"), found.at("1")
    given = {"value": "support", "note_en": "With <b>thanks</b>.", "note_zh": "", "on": "1"}
    answer = head.post(f"{where}/position", given)
    assert (answer.status_code, answer["Location"]) == (303, f"{where}#p-{found.provision('1')}")
    seen = page(talks.client("cloudberry delegate"), where)
    assert "With &lt;b&gt;thanks&lt;/b&gt;." in seen
    head.post(f"{where}/position", given | {"value": "object"})
    assert Position.objects.get().content["value"] == "object"
    assert re.search(r'value object">object</b> .*Quill', page(talks.client("quill head"), found.address))
    assert "Quill" not in words(article(page(talks.client("observer"), found.address), found.provision("1")))


@pytest.mark.parametrize("who", ["quill delegate", "quill expert", "mediator", "observer", "liaison"])
def test_only_heads_and_alternates_state_positions(talks: Talks, who: str) -> None:
    found = issued(talks)
    given = {"value": "support", "note_en": "", "note_zh": "", "on": "1"}
    assert talks.client(who).post(f"{found.at('1')}/position", given).status_code == 404
    assert not Position.objects.exists()


@pytest.mark.parametrize(
    "given", [{}, {"value": "veto"}, {"value": "object", "note_en": "a\u202eb"}, {"value": ["x" * 9000]}]
)
def test_a_position_that_is_not_complete_is_asked_for_again(talks: Talks, given: dict[str, str]) -> None:
    found = issued(talks)
    answer = talks.client("quill head").post(f"{found.at('1')}/position", {"on": "1", **given}, headers=HTMX)
    assert answer.status_code == 422
    assert answer.content.startswith(b"<article")
    assert b"Not sent yet" in answer.content
    assert not Position.objects.exists()


def test_a_position_on_a_draft_that_another_followed_is_told_and_what_was_typed_stays(talks: Talks) -> None:
    found = issued(talks)
    issued(talks, number=2, text=found.text)
    given = {"value": "object", "note_en": "Too weak.", "note_zh": "", "on": "1"}
    answer = talks.client("quill head").post(f"{found.at('1')}/position", given, headers=HTMX)
    assert answer.status_code == 409
    assert "Draft 2 was issued since you opened this page. Nothing was changed." in answer.content.decode()
    assert "Too weak." in answer.content.decode()
    assert not Position.objects.exists()


def test_the_chair_sets_the_light_once_no_bracket_is_open(talks: Talks) -> None:
    found = issued(talks)
    chair = talks.client("chair")
    refused = chair.post(f"{found.at('1')}/light", {"light": "plenary", "on": "1"}, headers=HTMX)
    assert refused.status_code == 409
    assert "6 brackets are still open in this provision; it is not agreed." in refused.content.decode()
    assert refused.content.startswith(b"<article")
    assert chair.post(f"{found.at('7')}/light", {"light": "plenary", "on": "1"}).status_code == 303
    assert "light plenary" in article(page(chair, found.address), found.provision("7"))
    assert chair.post(f"{found.at('7')}/light", {"light": "red", "on": "1"}).status_code == 404
    assert talks.client("quill head").post(f"{found.at('7')}/light", {"light": "open", "on": "1"}).status_code == 404


# proposals


def proposed(found: Drafted, who: str, label: str = "3", **given: str) -> object:
    row = next(each for each in found.draft.content["provisions"] if each[0] == found.provision(label))
    form = {"action": "MOD", "body_en": row[5] or "", "body_zh": row[6] or "", "after": "", "why_en": "", "why_zh": "",
            "on": "1"}  # fmt: skip
    return found.talks.client(who).post(f"{found.at(label)}/propose", form | given)


def test_a_change_is_proposed_from_the_words_and_shown_as_a_redline(talks: Talks) -> None:
    found = issued(talks)
    form = page(talks.client("quill delegate"), f"{found.at('3')}/propose", headers=HTMX)
    assert "Incidents are reported to all sides [without delay" in form
    assert "事故应[立即]通报各方。" in form
    answer = proposed(found, "quill delegate", body_en="Incidents are reported to all sides at once.",
                      why_zh="<i>拖延</i>")  # fmt: skip
    row = Proposal.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"{found.at('3')}#x-{row.pk}")  # type: ignore[attr-defined,index]
    assert (row.content["zh"], row.draft.number) == (None, 1)
    html = article(page(talks.client("cloudberry expert"), found.address), found.provision("3"))
    assert "<ins>at once</ins>" in html
    assert "Quill Laboratory" in html
    assert "&lt;i&gt;拖延&lt;/i&gt;" in html
    assert "withdraw" not in html


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "The words are as they were."),
        ({"action": "MOVE"}, "Choose the provision after which it is to stand."),
        ({"action": "BURN"}, "Select a valid choice"),
        ({"body_en": "One.\n\nTwo."}, "A provision is one paragraph"),
        ({"body_en": "x" * (PROVISION + 1)}, "It has 20001 characters; at most 20000 are taken."),
        ({"body_en": "a\u202eb"}, "cannot be used"),
        ({"body_en": "1. One.\n2. Two."}, "would not be read as one provision"),
        ({"action": "MOVE", "after": "0000"}, "Select a valid choice"),
    ],
)
def test_a_proposal_that_says_nothing_is_asked_for_again_with_what_was_typed(
    talks: Talks, given: dict[str, str], says: str
) -> None:
    found = issued(talks)
    answer = proposed(found, "quill head", why_en="Because.", **given)
    html = answer.content.decode()  # type: ignore[attr-defined]
    assert (answer.status_code, says in html, "Because." in html) == (422, True, True), html  # type: ignore[attr-defined]
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("action", ["SUP", "NOC", "MOVE"])
def test_what_changes_no_words_is_proposed_without_them(talks: Talks, action: str) -> None:
    found = issued(talks)
    after = found.provision("6") if action == "MOVE" else ""
    assert proposed(found, "quill head", action=action, after=after, body_en="anything").status_code == 303  # type: ignore[attr-defined]
    content = Proposal.objects.get().content
    assert (content["en"], content["zh"], content["after"]) == (None, None, after or None)
    html = words(article(page(talks.client("quill head"), found.address), found.provision("3")))
    said = {"SUP": "Suppress this provision.", "NOC": "Leave this provision as it is.",
            "MOVE": "it is to stand after 6."}  # fmt: skip
    assert said[action] in html


@pytest.mark.parametrize("who", ["quill expert", "quill counsel", "mediator", "observer"])
def test_who_may_not_propose_finds_no_form(talks: Talks, who: str) -> None:
    found = issued(talks)
    assert talks.client(who).get(f"{found.at('3')}/propose").status_code == 404
    assert proposed(found, who, body_en="Other words.").status_code == 404  # type: ignore[attr-defined]
    assert "/propose" not in page(talks.client(who), found.address)


def test_a_provision_is_added_after_another_or_at_the_beginning(talks: Talks) -> None:
    found = issued(talks)
    head = talks.client("quill head")
    form = {"after": found.provision("3"), "label": "3bis", "body_en": "Visits take place.", "body_zh": "",
            "why_en": "", "why_zh": "", "on": "1"}  # fmt: skip
    assert head.post(f"{found.address}/add", form).status_code == 303
    html = article(page(head, found.address), found.provision("3"))
    assert "<ins>Visits take place.</ins>" in html
    answer = head.post(f"{found.address}/add", form | {"after": "beginning", "body_en": "First of all."})
    assert answer["Location"].startswith(f"{found.address}/proposals#x-")
    assert "<ins>First of all.</ins>" in page(head, found.address).split("<article")[0]
    assert head.post(f"{found.address}/add", form | {"body_en": ""}).status_code == 422
    assert head.post(f"{found.address}/add", form | {"on": "9"}).status_code == 404


def test_two_proposals_on_the_same_words_both_stand_and_both_are_told(found: Drafted) -> None:
    for who, other in (("quill head", "Sandglass Laboratory"), ("sandglass head", "Quill Laboratory")):
        html = words(article(page(found.talks.client(who), found.address), found.provision("3")))
        assert f"It changes the same words as the proposal of {other}. Both stand" in html


def test_a_proposal_on_an_old_draft_is_kept_and_its_author_asked(talks: Talks) -> None:
    found = issued(talks)
    issued(talks, ENGLISH.replace("reported to all sides", "told to all sides"), CHINESE, number=2, text=found.text)
    answer = proposed(found, "quill head", body_en="Incidents are reported to all sides at once.")
    assert answer.status_code == 303  # type: ignore[attr-defined]
    row = Proposal.objects.get()
    assert row.draft.number == 1
    listed = words(page(talks.client("quill head"), f"{found.address}/proposals"))
    assert "on draft 1" in listed
    assert "on draft 2, or withdraw it." in listed
    assert "or withdraw it." not in words(page(talks.client("cloudberry head"), f"{found.address}/proposals"))


def test_an_author_withdraws_and_nobody_else(found: Drafted) -> None:
    row = next(each for each in Proposal.objects.all() if each.organisation == found.talks.organisations["quill"])
    where = f"{found.address}/proposals/{row.pk}/withdraw"
    refused = found.talks.client("cloudberry head").post(where, headers=HTMX)
    assert refused.status_code == 409
    assert "Only the delegation that proposed it changes or withdraws it." in refused.content.decode()
    assert found.talks.client("quill head").post(where, {"from": "list"})["Location"].endswith(f"proposals#x-{row.pk}")
    assert "within three days" not in page(found.talks.client("quill head"), found.address)
    assert "1 more was withdrawn or has lapsed." in page(found.talks.client("quill head"), f"{found.address}/proposals")


def test_the_chair_decides_and_the_room_sees_it(found: Drafted) -> None:
    row = next(each for each in Proposal.objects.all() if each.content["action"] == "ADD")
    where = f"{found.address}/proposals/{row.pk}/decide"
    assert found.talks.client("quill head").post(where, {"how": "taken"}).status_code == 404
    assert found.talks.client("mediator").post(where, {"how": "burnt"}).status_code == 404
    answer = found.talks.client("mediator").post(where, {"how": "bracketed"})
    assert answer["Location"] == f"{found.at('3')}#x-{row.pk}"
    html = words(page(found.talks.client("cloudberry head"), found.address))
    assert "into the next draft in brackets" in html
    mine = found.talks.client("lantern head").post(f"{found.address}/proposals/{row.pk}/withdraw")
    assert mine.status_code == 409


def test_the_same_form_sent_twice_proposes_once(talks: Talks) -> None:
    found = issued(talks)
    head = talks.client("quill head")
    form = {"action": "SUP", "body_en": "", "body_zh": "", "after": "", "why_en": "", "why_zh": "", "on": "1"}
    where = f"{found.at('3')}/propose"
    assert [head.post(where, form).status_code for _ in range(2)] == [303, 303]
    assert Proposal.objects.count() == 1


# markup


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("a [b [c] d] e", "a [b [c] d] e"),
        ("a [b [c", "a [b [c"),
        ("a] b [c", "a] b [c"),
        ("**[a** b]", "[a b]"),
        ("不[应］当", "不[应］当"),
        ("<script>alert(1)</script> [x & y]", "&lt;script&gt;alert(1)&lt;/script&gt; [x &amp; y]"),
    ],
)
def test_brackets_nest_whatever_is_written(body: str, html: str) -> None:
    prose = parse(body)
    for state in ("open", "narrowed", "lifted", "dropped"):
        marks = {each.number: markup.Mark(state, "L", "/x", words="") for each in prose.brackets}
        made = markup.words(prose, marks)
        assert re.sub(r"</?(?:span|del|ins|a|i|b|em)\b[^>]*>", "", made) == html
        _balanced(made)


def _balanced(html: str) -> None:
    stack: list[str] = []
    for closing, name in re.findall(r"<(/?)(\w+)", html):
        if closing:
            assert stack.pop() == name, html
        else:
            stack.append(name)
    assert stack == []


def test_words_of_a_bracket_that_was_narrowed_take_their_place_beside_its_holders() -> None:
    prose = parse("[EU: shall [not] go – reserve A]", parties=["EU", "A"])
    made = markup.words(prose, {0: markup.Mark("narrowed", "L", "/x", words="may <go>")})
    assert (
        re.sub(r"</?(?:span|a|i)\b[^>]*>", "", made)
        == "[EU: <del>shall [not] go</del><ins>may &lt;go&gt;</ins> – reserve A]"
    )
    _balanced(made)


def test_a_label_or_a_name_cannot_break_out_of_its_attribute(talks: Talks) -> None:
    organisation = talks.organisations["quill"]
    organisation.name = {"en": 'Q" onclick="x', "zh": "羽'笔"}
    organisation.save()
    found = issued(talks)
    found.act("hold", "quill head", "1", 0)
    html = page(talks.client("cloudberry head"), found.address)
    assert 'onclick="x' not in html
    assert "Q&quot; onclick=&quot;x" in html


def test_one_seats_page_is_never_another_seats(found: Drafted) -> None:
    """What is kept of an article is told apart by all that it shows."""
    seen = {}
    for who in ("observer", "quill head", "observer", "cloudberry head", "quill head"):
        for language in ("en", "zh"):
            html = page(found.talks.client(who, language=language), found.address)
            assert seen.setdefault((who, language), html) == html
    with reading("en"):
        sheet = shown.Sheet.latest(found.talks.viewer("observer"), found.text.pk)
        assert "held by" not in articles.whole(sheet)


def test_a_proposal_shows_no_words_of_the_draft_that_is_being_written(talks: Talks) -> None:
    found = issued(talks)
    proposing.propose(talks.viewer("quill head"), found.text.pk, 1, Given("NOC", found.provision("1")))
    from tracktwo.room.drafting.models import Draft

    Draft.objects.create(text=found.text, number=2, content=found.draft.content, waiver={})
    html = page(talks.client("quill head"), found.address)
    assert "Draft 1" in html
    assert "Draft 2" not in html
    page(talks.client("mediator"), f"{found.address}/drafts/2", 404)
