"""What each plan allows."""

import pytest

from bot.office.model import Office, OrganizationId, Plan
from bot.office.plans import Feature, allowed


def office(plan: Plan, **options: bool) -> Office:
    return Office(organization=OrganizationId("a"), name="a", plan=plan, options=options)


@pytest.mark.parametrize(
    ("feature", "least"),
    [
        (Feature.MESSAGE, Plan.MESSAGE),
        (Feature.DIGEST, Plan.MESSAGE),
        (Feature.PROMISE, Plan.SCHEDULE),
        (Feature.ALTERNATIVES, Plan.SCHEDULE),
        (Feature.TRANSFER, Plan.TRANSFER),
        (Feature.VIP, Plan.TRANSFER),
        (Feature.AFTER_HOURS, Plan.ALWAYS),
        (Feature.ESCALATION, Plan.ALWAYS),
        (Feature.SMS, Plan.PREMIUM),
        (Feature.ENGLISH, Plan.PREMIUM),
    ],
)
def test_a_plan_has_what_it_adds_and_what_those_below_have(feature: Feature, least: Plan) -> None:
    order = list(Plan)
    assert [plan for plan in order if allowed(office(plan), feature)] == order[order.index(least) :]


def test_premium_has_everything() -> None:
    assert all(allowed(office(Plan.PREMIUM), feature) for feature in Feature)


def test_options_switch_single_features() -> None:
    assert allowed(office(Plan.MESSAGE, sms=True), Feature.SMS)
    assert not allowed(office(Plan.PREMIUM, sms=False), Feature.SMS)
    assert not allowed(office(Plan.MESSAGE, sms=True), Feature.TRANSFER)
