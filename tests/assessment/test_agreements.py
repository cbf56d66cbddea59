"""After a round: agreed steps, dissent beside them, and those who answered are told before they are asked again."""

from __future__ import annotations

from datetime import date

import pytest

from alongside.assessment import agreements, rounds, shown
from alongside.assessment.models import Agreement, Dissent, Round, Tally
from alongside.assessment.rounds import GroupPlan, RoundPlan
from alongside.assessment.standing import Basis, agreed, dissents, standing
from alongside.people import actions
from alongside.people.models import Account, Event, Membership
from alongside.people.scope import scope_of
from alongside.rules.access import Role
from alongside.standard.items import Stage

TODAY = date(2026, 11, 25)


@pytest.fixture
def org(db):
    mara = Account.objects.create_user("mara@example.org")
    return actions.open_organisation(by=mara, name="Noorderhof", kind="kind.care", country="NL", stage=Stage.GROWING)


@pytest.fixture
def scope(org):
    return scope_of(Account.objects.get(email="mara@example.org"))


def asked(scope, org, edition, *, title="Autumn", day=TODAY, close=True, psw=1, team=3):
    """A round of five peer workers and five colleagues who each give the same answer everywhere."""
    groups = (GroupPlan("psw", printed=5), GroupPlan("team", printed=5))
    plan = RoundPlan(title, Stage.GROWING, groups)
    opened = rounds.open_round(by=scope, organisation=org.pk, plan=plan, edition=edition, today=day)
    for perspective, step in (("psw", psw), ("team", team)):
        for token in opened.codes[perspective]:
            found = rounds.find_response(token=token)
            answers = {
                one.id: min(step, edition.scales[one.scale].answers - 1)
                for one in rounds.asked_of(edition, found.group)
            }
            rounds.save_answers(response=found.pk, answers=answers, revision=0)
    if close:
        rounds.close_round(by=scope, organisation=org.pk, round_=opened.round.pk, today=day)
    return Round.objects.within(scope).get(pk=opened.round.pk)


def agree(scope, org, found, criterion="q.A8.buddy", step=2, revision=0, reason="We saw it.", today=TODAY):
    return agreements.agree(
        by=scope,
        organisation=org.pk,
        round_=found.pk,
        criterion=criterion,
        step=step,
        reason=reason,
        revision=revision,
        today=today,
    )


def test_nothing_is_agreed_while_people_answer(scope, org, edition):
    found = asked(scope, org, edition, close=False)
    with pytest.raises(agreements.NotClosed):
        agree(scope, org, found)
    with pytest.raises(agreements.NotClosed):
        agreements.tell(by=scope, organisation=org.pk, round_=found.pk, today=TODAY)


def test_agreeing_leaves_what_people_said_as_it_was(scope, org, edition):
    found = asked(scope, org, edition)
    before = list(Tally.objects.within(scope).order_by("pk").values_list())
    agree(scope, org, found)
    assert list(Tally.objects.within(scope).order_by("pk").values_list()) == before
    assert Agreement.objects.within(scope).get().step == 2


def test_the_second_of_two_learns_what_the_first_agreed_on(scope, org, edition):
    found = asked(scope, org, edition)
    agree(scope, org, found, step=3, reason="first")
    with pytest.raises(agreements.Overtaken) as overtaken:
        agree(scope, org, found, step=1, reason="second")
    assert (overtaken.value.agreement.step, overtaken.value.agreement.reason) == (3, "first")
    assert agree(scope, org, found, step=1, reason="second", revision=1).revision == 2


@pytest.mark.parametrize(("step", "reason"), [(5, "why"), (-1, "why"), (2, "  ")])
def test_a_step_the_scale_has_not_or_no_reason_is_refused(scope, org, edition, step, reason):
    found = asked(scope, org, edition)
    with pytest.raises(ValueError, match=r"no step|reason"):
        agree(scope, org, found, step=step, reason=reason)
    with pytest.raises(KeyError):
        agree(scope, org, found, criterion="q.unknown")
    with pytest.raises(ValueError, match="no step"):
        agree(scope, org, found, criterion="q.B1.happens")  # shares have no steps
    assert not Agreement.objects.within(scope).exists()


def test_agreeing_at_once_leaves_alone_what_was_agreed(scope, org, edition):
    found = asked(scope, org, edition)
    agree(scope, org, found, step=4)
    steps = {"q.A8.buddy": 1, "q.A8.contact-person": 2}
    number = agreements.agree_undisputed(
        by=scope, organisation=org.pk, round_=found.pk, steps=steps, reason="all", today=TODAY
    )
    assert number == 1
    assert {row.criterion: row.step for row in Agreement.objects.within(scope)} == steps | {"q.A8.buddy": 4}


def test_a_dissent_stands_beside_the_step_and_in_no_record(scope, org, edition):
    found = asked(scope, org, edition)
    agree(scope, org, found)
    sam = Account.objects.create_user("sam@example.org")
    Membership(org=org, account=sam, role=Role.PEER_WORKER).save()
    before = Event.objects.within(scope).count()
    said = agreements.dissent(
        by=scope_of(sam), organisation=org.pk, round_=found.pk, criterion="q.A8.buddy", voice="psw", text="Not for me."
    )
    assert Event.objects.within(scope).count() == before
    came = agreed(scope, found)["q.A8.buddy"]
    assert came.agreement.step == 2
    assert [one.text for one in came.dissents] == ["Not for me."]
    with pytest.raises(Dissent.DoesNotExist):  # nobody takes back what another said, not even the coordinator
        agreements.take_back(by=scope, organisation=org.pk, dissent=said.pk)
    agreements.take_back(by=scope_of(sam), organisation=org.pk, dissent=said.pk)
    assert not agreed(scope, found)["q.A8.buddy"].dissents


def test_nobody_speaks_in_the_voice_of_others(scope, org, edition):
    found = asked(scope, org, edition)
    jonas = Account.objects.create_user("jonas@example.org")
    Membership(org=org, account=jonas, role=Role.MANAGER).save()
    said = {"organisation": org.pk, "round_": found.pk, "criterion": "q.A8.buddy", "text": "All is well."}
    for voice in ("psw", "board", "nobody"):
        with pytest.raises(agreements.NotTheirVoice):
            agreements.dissent(by=scope_of(jonas), **said, voice=voice)
    agreements.dissent(by=scope_of(jonas), **said, voice="managers")
    assert agreements.voices_of(scope, org.pk) == ("project-group",)  # a coordinator alone
    assert Dissent.objects.within(scope).count() == 1


def test_a_dissent_stands_until_its_question_is_agreed_on_anew(scope, org, edition):
    last_year = asked(scope, org, edition, day=date(2025, 11, 25))
    for criterion in ("q.A8.buddy", "q.A8.guidelines"):
        agree(scope, org, last_year, criterion=criterion)
        agreements.dissent(
            by=scope, organisation=org.pk, round_=last_year.pk, criterion=criterion, voice="project-group", text="No."
        )
    agreements.tell(by=scope, organisation=org.pk, round_=last_year.pk, today=TODAY)
    found = asked(scope, org, edition, title="This year")
    assert len(dissents(scope, org.pk)) == 2
    agree(scope, org, found, criterion="q.A8.guidelines", step=3)
    assert [one.criterion for one in dissents(scope, org.pk)] == ["q.A8.buddy"]


def test_the_same_agreement_sent_twice_is_one(scope, org, edition):
    found = asked(scope, org, edition)
    agree(scope, org, found)
    assert agree(scope, org, found).revision == 1


def test_a_dissent_sent_twice_stands_once_and_a_changed_one_beside_it(scope, org, edition):
    found = asked(scope, org, edition)
    said = {"by": scope, "organisation": org.pk, "round_": found.pk, "criterion": "q.A8.buddy"}
    for text in ("One.", "One.", "Another."):
        agreements.dissent(**said, voice="project-group", text=text, once=found.pk)
    assert sorted(one.text for one in Dissent.objects.within(scope)) == ["Another.", "One."]


def test_what_was_done_is_recorded(scope, org, edition):
    found = asked(scope, org, edition)
    agree(scope, org, found)
    agreements.tell(by=scope, organisation=org.pk, round_=found.pk, today=TODAY)
    done = list(Event.objects.within(scope).values_list("action", flat=True))
    assert {"agreement.set", "round.tell"} <= set(done)


def test_nobody_is_asked_again_before_they_were_shown_what_came_of_it(scope, org, edition):
    found = asked(scope, org, edition)
    with pytest.raises(shown.NotShown) as refused:
        asked(scope, org, edition, title="Again")
    assert refused.value.perspectives == ("psw", "team")
    with pytest.raises(agreements.NothingAgreed):
        agreements.tell(by=scope, organisation=org.pk, round_=found.pk, today=TODAY)
    agree(scope, org, found)
    agreements.tell(by=scope, organisation=org.pk, round_=found.pk, today=TODAY)
    assert asked(scope, org, edition, title="Again").title == "Again"


def test_others_can_be_asked_meanwhile(scope, org, edition):
    asked(scope, org, edition)
    plan = RoundPlan("Board", Stage.GROWING, (GroupPlan("board", printed=1),))
    assert rounds.open_round(by=scope, organisation=org.pk, plan=plan, edition=edition, today=TODAY)


def test_telling_writes_to_everyone_who_was_asked_once(scope, org, edition):
    addresses = tuple(f"psw{n}@example.org" for n in range(5))
    plan = RoundPlan("Autumn", Stage.GROWING, (GroupPlan("psw", addresses),))
    opened = rounds.open_round(by=scope, organisation=org.pk, plan=plan, edition=edition, today=TODAY)
    found = rounds.close_round(by=scope, organisation=org.pk, round_=opened.round.pk, today=TODAY)
    agree(scope, org, found)
    told, written = agreements.tell(by=scope, organisation=org.pk, round_=found.pk, today=TODAY)
    assert written == addresses
    assert told.told_on == TODAY
    assert agreements.tell(by=scope, organisation=org.pk, round_=found.pk, today=TODAY)[1] == ()


def test_an_outsider_reaches_nothing(scope, org, edition):
    found = asked(scope, org, edition)
    eve = Account.objects.create_user("eve@example.org")
    other = actions.open_organisation(by=eve, name="Other", kind="kind.care", country="NL", stage=Stage.GROWING)
    for organisation in (org, other):
        with pytest.raises(Round.DoesNotExist):
            agree(scope_of(eve), organisation, found)


def test_standing_is_what_was_said_until_something_is_agreed(scope, org, edition):
    assert standing(scope, org.pk).basis is Basis.NOTHING
    found = asked(scope, org, edition, psw=1, team=1)
    said = standing(scope, org.pk)
    assert (said.basis, said.items["A8.buddy"]) == (Basis.SAID, 1)
    agree(scope, org, found, step=3)
    now = standing(scope, org.pk)
    assert (now.basis, now.items["A8.buddy"], now.items["A8.contact-person"]) == (Basis.AGREED, 3, None)
    assert now.moved == {}


def test_standing_moves_from_round_to_round(scope, org, edition, django_assert_max_num_queries):
    last_year = asked(scope, org, edition, day=date(2025, 11, 25))
    agree(scope, org, last_year, step=1)
    agree(scope, org, last_year, criterion="q.A8.contact-person", step=3)
    agreements.tell(by=scope, organisation=org.pk, round_=last_year.pk, today=TODAY)
    found = asked(scope, org, edition, title="This year")
    agree(scope, org, found, step=3)
    with django_assert_max_num_queries(4):
        now = standing(scope, org.pk)
    assert now.moved == {"A8.buddy": 2}
    assert now.items["A8.contact-person"] == 3  # not agreed on again: what stood still stands
    assert now.round == found


def test_a_question_in_other_words_is_another_question(scope, org, edition):
    last_year = asked(scope, org, edition, day=date(2025, 11, 25))
    agree(scope, org, last_year, step=3)
    agree(scope, org, last_year, criterion="q.A8.contact-person", step=3)
    agreements.tell(by=scope, organisation=org.pk, round_=last_year.pk, today=TODAY)
    texts = edition.texts["en"].model_dump()
    texts["criteria"]["q.A8.buddy"]["question"] = "Has every new colleague a buddy?"
    newer = edition.revised(version="next", texts={"en": texts})
    found = asked(scope, org, newer, title="This year")
    agree(scope, org, found, criterion="q.A8.guidelines", step=2)
    now = standing(scope, org.pk)
    assert now.items["A8.buddy"] is None
    assert now.items["A8.contact-person"] == 3
