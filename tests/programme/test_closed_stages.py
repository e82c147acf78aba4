"""A closed stage on pages: the office changes it with a reason, everybody else is told before they type."""

from datetime import date

import pytest

from tests.walking import data_form
from tests.world import TODAY
from tracker.organisation.revision import renew_revision
from tracker.programme.models import Stage
from tracker.programme.plan import programme_plan

SHUT = "ปิดแล้ว เพิ่มหรือแก้ไขได้โดยฝ่ายเลขานุการ KM เท่านั้น"


@pytest.fixture
def close(session, make):
    """Give a function that closes a stage."""

    def closing(number: int = 2) -> None:
        session.get(Stage, make.stage(number).id).closed_on = TODAY
        renew_revision(session)
        session.commit()

    return closing


@pytest.fixture
def records(make, close):
    """Give records of each kind in a closed stage, also withdrawn ones, as the parts of addresses."""
    gone = {"withdrawn_on": TODAY, "withdrawn_reason": "ซ้ำ", "withdrawn_by": "ผู้ถอน สมมติ"}
    person = make.facilitator("P001")
    event, gone_event = make.event("P001", held_on=date(2026, 6, 10)), make.event("P001", **gone)
    places = {
        "activity": make.activity("P001").id,
        "gone_activity": make.activity("P001", **gone).id,
        "event": event.id,
        "gone_event": gone_event.id,
        "entry": make.entry(event, "P001").id,
        "training": make.training("P001", person).id,
        "gone_training": make.training("P001", **gone).id,
    }
    close()
    return places


FORMS = {
    "/activities/{activity}": ("edit", "withdraw"),
    "/activities/{gone_activity}": ("restore",),
    "/events/{event}": (
        "edit", "withdraw", "summarise", "entries/new", "entries/upload", "entries/{entry}/edit",
        "entries/{entry}/withdraw", "entries/{entry}/taken-up",
    ),
    "/events/{gone_event}": ("restore",),
    "/facilitators/trainings/{training}": ("edit", "withdraw"),
    "/facilitators/trainings/{gone_training}": ("restore",),
}  # fmt: skip


@pytest.mark.parametrize(("record", "form"), [(record, form) for record in FORMS for form in FORMS[record]])
def test_a_form_of_a_closed_stage_is_opened_to_the_office_only(browser_as, records, record, form):
    shown, address = record.format(**records), f"{record}/{form}".format(**records)

    told = browser_as("coordinator").get(address, status=303).follow()

    assert told.request.path == shown
    assert SHUT in told
    assert 'reason"' in browser_as("office").get(address)


@pytest.mark.parametrize("record", FORMS)
def test_a_record_of_a_closed_stage_offers_its_unit_no_change_and_says_why(browser_as, records, record):
    shown = record.format(**records)
    forms = {f"{record}/{form}".format(**records) for form in FORMS[record]}

    page = browser_as("coordinator").get(shown)
    linked = {link["href"] for link in page.html.select("main a[href]")}
    posted = {form["action"] for form in page.html.select("main form[action]")}
    assert SHUT in page.html.select_one("main .notice").text
    assert not forms & (linked | posted)
    assert SHUT not in browser_as("office").get(shown)


@pytest.mark.parametrize("address", ["/activities/new?unit=P001&stage=2&step=3", "/activities/new?unit=P001"])
def test_who_would_log_in_a_closed_stage_is_told_and_offered_another(browser_as, close, address):
    close()

    told = browser_as("coordinator").get(address, status=303).follow()

    assert SHUT in told
    assert told.html.select_one('select[name="stage"]')
    form = data_form(browser_as("office").get(address))
    assert "on_behalf_reason" in form.fields


def test_a_stage_that_closes_while_somebody_types_is_refused_with_what_was_typed(browser_as, session, close):
    form = data_form(browser_as("coordinator").get("/activities/new?unit=P001&step=3"))
    form["title"] = "วงที่พิมพ์ไว้"
    form["kind"] = f"3-{programme_plan(session).kind_by_code['s3_cop'].id}"
    close()

    page = form.submit(status=422)
    assert "ปิดแล้ว" in page.html.select_one(".errsum").text
    assert data_form(page)["title"].value == "วงที่พิมพ์ไว้"
    assert "on_behalf_reason" not in data_form(page).fields


def test_who_would_plan_an_event_in_a_closed_stage_is_told_and_may_choose_another(browser_as, close):
    close(1)
    told = browser_as("coordinator").get("/events/new?unit=P001&stage=1", status=303).follow()

    assert SHUT in told
    assert "on_behalf_reason" not in data_form(told).fields


def test_how_far_a_step_of_a_closed_stage_is_is_the_offices_to_say(browser_as, close):
    close()
    address = "/units/P001/stages/2/steps/3/status"

    assert SHUT in browser_as("coordinator").get(address, status=303).follow()
    assert "on_behalf_reason" in data_form(browser_as("office").get(address)).fields


def test_a_facilitator_on_whom_a_closed_stage_rests_is_the_offices_to_take_out(browser_as, make, close):
    person = make.facilitator("P001")
    make.training("P001", person)
    close()
    address = f"/facilitators/{person.id}"

    assert SHUT in browser_as("coordinator").get(f"{address}/withdraw", status=303).follow()
    assert f"{address}/withdraw" not in browser_as("coordinator").get(address)
    assert f"{address}/withdraw" in browser_as("office").get(address)
