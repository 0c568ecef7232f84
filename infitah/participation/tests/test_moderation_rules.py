"""The moderation rules: set at the desk, dated, in the register; what held is never rewritten."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from infitah.community.tests.factories import log_in
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.participation import operations
from infitah.participation.models import ModerationRule
from infitah.participation.tests.factories import (
    BY,
    DURING,
    make_consultation,
    make_idea,
    make_rule,
)

pytestmark = pytest.mark.django_db
AT = "/desk/participation/rules/"
WORDS = LocalizedText(ar="إشهار تجاري أو دعاية", fr="Publicité ou propagande")
NEWER = LocalizedText(ar="إشهار تجاري أو دعاية حزبية", fr="Publicité ou propagande de parti")
TODAY, TOMORROW, LATER = date(2023, 6, 14), date(2023, 6, 15), date(2023, 7, 1)


@pytest.fixture(autouse=True)
def _june():
    with time_machine.travel(DURING, tick=False):
        yield


def added(sefrou, starts_on=TODAY):
    return operations.add_rule(
        community=sefrou.province, text=WORDS, starts_on=starts_on, by=BY, now=DURING
    )


def reworded(rule, starts_on):
    return operations.reword_rule(rule=rule, text=NEWER, starts_on=starts_on, by=BY, now=DURING)


def held(sefrou, day):
    return list(
        ModerationRule.objects.of(sefrou.province)
        .in_force_on(day)
        .values_list("number", "text", "starts_on")
    )


def entries():
    return [
        (entry.act, entry.subject)
        for entry in Entry.objects.order_by("number")
        if "rule" in entry.act
    ]


# --- Acts -------------------------------------------------------------------------
def test_a_rule_takes_the_next_number_and_stands_in_the_register(sefrou):
    make_rule(sefrou.province, 4)
    rule = added(sefrou)
    assert rule.number == 5
    entry = Entry.objects.latest("number")
    assert (entry.act, entry.subject) == ("participation.rule_added", "SFR/moderation-rule/5")
    assert entry.facts.public == {
        "number": 5,
        "text": WORDS.as_json(),
        "starts_on": "2023-06-14",
    }


def test_no_rule_holds_before_it_was_set(sefrou):
    with pytest.raises(operations.ModerationRuleRefused) as refused:
        added(sefrou, date(2023, 6, 13))
    assert refused.value.field == "starts_on"


def test_history_is_entered_afterwards(sefrou):
    rule = operations.add_rule(
        community=sefrou.province,
        text=WORDS,
        starts_on=date(2022, 1, 1),
        by=BY,
        now=DURING,
        occurred_on=date(2022, 1, 1),
    )
    assert rule.starts_on == Entry.objects.latest("number").facts.occurred_on


def test_new_words_follow_the_old_ones_under_the_same_number(sefrou):
    rule = added(sefrou)
    newer = reworded(rule, LATER)
    assert newer.number == rule.number and newer.pk != rule.pk
    assert held(sefrou, TOMORROW) == [(1, WORDS, TODAY)]
    assert held(sefrou, LATER) == [(1, NEWER, LATER)]
    with pytest.raises(operations.ModerationRuleRefused):
        reworded(rule, LATER)


def test_what_has_not_begun_is_corrected_and_the_old_words_last_until_then(sefrou):
    newer = reworded(added(sefrou), LATER)
    corrected = operations.reword_rule(
        rule=newer, text=WORDS, starts_on=TOMORROW, by=BY, now=DURING
    )
    assert corrected.pk == newer.pk
    assert ModerationRule.objects.get(starts_on=TODAY).ends_on == TOMORROW


def test_withdrawing_new_words_lets_the_old_ones_go_on(sefrou):
    rule = added(sefrou)
    newer = reworded(rule, LATER)
    operations.withdraw_rule(rule=newer, by=BY, now=DURING)
    rule.refresh_from_db()
    assert rule.ends_on is None and held(sefrou, LATER) == [(1, WORDS, TODAY)]
    with pytest.raises(operations.ModerationRuleRefused):
        operations.withdraw_rule(rule=rule, by=BY, now=DURING)
    assert entries() == [
        ("participation.rule_added", "SFR/moderation-rule/1"),
        ("participation.rule_reworded", "SFR/moderation-rule/1"),
        ("participation.rule_withdrawn", "SFR/moderation-rule/1"),
    ]


def test_a_closed_rule_and_its_decisions_stay(sefrou):
    june = make_consultation(sefrou.province, sefrou.axis)
    rule, idea = added(sefrou), make_idea(june, sefrou.axis)
    asked = {"community_id": sefrou.province.pk, "reference": idea.reference, "by": BY}
    operations.hide_idea(**asked, rule=rule, reason="دعاية تجارية لمحل", now=DURING)
    for day in (TODAY, date(2023, 1, 1)):
        with pytest.raises(operations.ModerationRuleRefused) as refused:
            operations.close_rule(rule=rule, ends_on=day, by=BY, now=DURING)
        assert refused.value.field == "ends_on"
    operations.close_rule(rule=rule, ends_on=TOMORROW, by=BY, now=DURING)
    assert held(sefrou, TODAY) and not held(sefrou, TOMORROW)
    assert rule.decisions.count() == 1
    assert entries()[-1] == ("participation.rule_closed", "SFR/moderation-rule/1")


def test_what_has_not_begun_is_not_closed(sefrou):
    with pytest.raises(operations.ModerationRuleRefused):
        operations.close_rule(rule=added(sefrou, LATER), ends_on=LATER, by=BY, now=DURING)


# --- Desk -------------------------------------------------------------------------
def test_the_walk_of_a_rule(sefrou, focal):
    assert "لا قاعدة سارية" in focal.get(AT).text
    bad = focal.post(
        f"{AT}add/", {"text_ar": "", "text_fr": "Publicité", "starts_on": "2023-06-14"}
    )
    assert bad.status_code == 422 and "id_text_ar-error" in bad.text and "Publicité" in bad.text
    early = focal.post(f"{AT}add/", {"text_ar": WORDS.ar, "starts_on": "2023-01-01"})
    assert early.status_code == 422 and "id_starts_on-error" in early.text
    assert focal.post(f"{AT}add/", {"text_ar": WORDS.ar, "starts_on": "2023-06-14"}).url == AT
    rule = ModerationRule.objects.get()
    at = f"{AT}{rule.pk}/"
    assert WORDS.ar in focal.get(AT).text and WORDS.ar in focal.get(at).text
    late = {"reword-text_ar": NEWER.ar, "reword-starts_on": "2023-06-14"}
    refused = focal.post(f"{at}reword/", late)
    assert refused.status_code == 422 and "id_reword-starts_on-error" in refused.text
    assert NEWER.ar in refused.text
    assert focal.post(f"{at}reword/", late | {"reword-starts_on": "2023-07-01"}).url == AT
    newer = ModerationRule.objects.get(ends_on=None)
    assert focal.post(f"{AT}{newer.pk}/withdraw/").url == AT
    assert focal.post(f"{at}withdraw/").status_code == 422
    assert focal.post(f"{at}close/", {"close-ends_on": "x"}).status_code == 422
    assert focal.post(f"{at}close/", {"close-ends_on": "2023-06-15"}).url == AT
    assert focal.post(f"{at}close/", {"close-ends_on": "2023-06-16"}).status_code == 422


def test_a_moderator_reads_the_rules_from_the_hide_form_and_sets_none(sefrou):
    rule = make_rule(sefrou.province)
    idea = make_idea(make_consultation(sefrou.province, sefrou.axis), sefrou.axis)
    moderator = log_in(Client(), sefrou.moderator, sefrou.province)
    page = moderator.get(f"/desk/participation/ideas/{idea.reference}/")
    assert f'href="{AT}"' in page.text.split('id="hide"')[1]
    listed = moderator.get(AT)
    assert rule.text.ar in listed.text and f"{AT}add/" not in listed.text
    for address in (f"{AT}add/", f"{AT}{rule.pk}/", f"{AT}{rule.pk}/close/"):
        assert moderator.get(address).status_code == 404
        assert moderator.post(address).status_code == 404


def test_the_rules_of_another_community_do_not_exist(sefrou, focal):
    rule = make_rule(sefrou.other)
    assert rule.text.ar not in focal.get(AT).text
    assert focal.get(f"{AT}{rule.pk}/").status_code == 404
    assert focal.post(f"{AT}{rule.pk}/close/").status_code == 404


def test_the_list_costs_the_same_whatever_its_rules(sefrou, focal, django_assert_max_num_queries):
    for number in range(1, 30):
        make_rule(sefrou.province, number)
    with django_assert_max_num_queries(16):
        assert focal.get(AT).status_code == 200
