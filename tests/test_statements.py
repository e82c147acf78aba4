"""How much pages and forms ask of the database, signing in included: no more when there are more records."""

import pytest

from tests.walking import fill_day
from tracker.organisation.models import Manner

GET_LIMIT, WIDE_LIMIT, POST_LIMIT = 12, 16, 30
WIDE = {"/overview", "/units/P001"}
PAGES = {
    "coordinator": (
        "/home/P001", "/home/P001?stage=1", "/home/P001-G1?stage=1",
        "/overview", "/units/P001", "/stages/2", "/stages/2/steps/3", "/stages/2/members",
        "/units/P001/stages/2/steps/3", "/units/P001/stages/2/steps/3/status", "/activities/",
        "/activities/?q=%E0%B8%A7%E0%B8%87", "/activities/?unit=P001&stage=2",
        "/activities/{activity}",
        "/activities/{activity}/edit", "/activities/{activity}/withdraw", "/activities/new",
        "/activities/upload", "/facilitators/", "/facilitators/{facilitator}", "/facilitators/new",
        "/facilitators/trainings/", "/facilitators/trainings/{training}", "/facilitators/trainings/new",
        "/events/", "/events/?q=%E0%B8%A7%E0%B8%87", "/events/{event}", "/events/new", "/events/{event}/edit",
        "/events/entries/", "/events/entries/?sort=taken_up", "/events/{event}/entries/new",
        "/words/", "/reports/", "/reports/stage/2?unit=P001", "/reports/stage/1?unit=P001", "/account",
    ),
    "office": (
        "/overview", "/units/P001", "/units/", "/stages/2", "/stages/2/steps/3", "/stages/2/members",
        "/follow/", "/follow/{enrolment}/call", "/activities/", "/activities/{activity}", "/facilitators/",
        "/events/", "/reports/", "/reports/stage/2?annex=1",
        "/programme/", "/programme/stages/2", "/announcements/",
    ),
    "executive": (
        "/overview", "/units/P001", "/stages/2", "/activities/", "/words/", "/units/P001/encourage",
    ),
    "administrator": (
        "/administration/", "/administration/people", "/administration/units", "/administration/audit",
    ),
}  # fmt: skip


@pytest.fixture
def places(make):
    """Give records of every kind, several of each, as the parts of addresses."""
    facilitators = [make.facilitator("P001") for _ in range(3)]
    post = make.post("P001")
    activities = [
        make.activity(
            "P001",
            step=step,
            facilitators=tuple(facilitators),
            executives=((post, Manner.LED),),
            joined=("P002", "P003"),
        )
        for step in (1, 2, 3, 3, None)
    ]
    training = make.training("P001", *facilitators)
    event = make.event("P001", executives=((post, Manner.LED),))
    entries = [make.entry(event, code, taken_up_by=("P004",)) for code in ("P001", "P002", "P003")]
    return {
        "activity": activities[0].id,
        "facilitator": facilitators[0].id,
        "training": training.id,
        "event": event.id,
        "entry": entries[0].id,
        "enrolment": make.enrolment("P001").id,
    }


@pytest.mark.parametrize(("who", "path"), [(who, path) for who, paths in PAGES.items() for path in paths])
def test_a_warm_page_needs_few_statements(browser_as, statements, places, who, path):
    browser, address = browser_as(who), path.format(**places)
    browser.get(address)
    statements.clear()

    browser.get(address, status=200)

    assert 0 < len(statements) <= (WIDE_LIMIT if path in WIDE else GET_LIMIT), statements


def largest_form(page):
    return max((f for f in page.forms.values() if f.method.upper() == "POST"), key=lambda f: len(f.fields))


def a_title(form, places):
    form["title"] = "วงเล่าเรื่องการตรวจค้น"
    if not form["kind"].value:
        form["kind"] = next(value for value, *_ in form["kind"].options if value.startswith("3-"))


def a_reason(form, places):
    form["reason"] = "บันทึกซ้ำ"


def a_claim(form, places):
    form["claim"], form["note"] = "doing", "เริ่มสัมภาษณ์แล้ว"


def an_event(form, places):
    form["title"] = "วัน Share and Show เขต 1"


def a_changed_event(form, places):
    form["title"] = "วัน Share and Show เขต 2"
    form["facilitators"] = [str(places["facilitator"])]


def an_entry(form, places):
    form["name"] = "ตู้ยืมคืนกุญแจ"


def a_training(form, places):
    form["course"] = "คุณอำนวยขั้นต้น"
    form[f"attended-{places['facilitator']}"] = "passed"
    fill_day(form, "starts_on", 1, 6, 2569)


def a_facilitator(form, places):
    form["name"] = "สุดา สมมติ"


def a_call(form, places):
    form["note"] = "จะส่งบันทึกภายในสัปดาห์นี้"


FORMS = {
    "log an activity": ("coordinator", "/activities/new?unit=P001&stage=2&step=3", a_title),
    "edit an activity": ("coordinator", "/activities/{activity}/edit", a_title),
    "withdraw an activity": ("coordinator", "/activities/{activity}/withdraw", a_reason),
    "claim a step": ("coordinator", "/units/P001/stages/2/steps/3/status", a_claim),
    "announce an event": ("coordinator", "/events/new", an_event),
    "edit an event": ("coordinator", "/events/{event}/edit", a_changed_event),
    "enter an innovation": ("coordinator", "/events/{event}/entries/new", an_entry),
    "enter a training": ("coordinator", "/facilitators/trainings/new", a_training),
    "add a facilitator": ("coordinator", "/facilitators/new", a_facilitator),
    "note a call": ("office", "/follow/{enrolment}/call", a_call),
}


@pytest.mark.parametrize(("who", "path", "fill"), FORMS.values(), ids=list(FORMS))
def test_a_form_needs_few_statements(browser_as, statements, places, who, path, fill):
    browser = browser_as(who)
    form = largest_form(browser.get(path.format(**places)))
    fill(form, places)
    statements.clear()

    form.submit(status=303)

    assert 0 < len(statements) <= POST_LIMIT, statements
