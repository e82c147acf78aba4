"""Drafts: kept by the unit, shown to nobody else, gone once saved, never lost or doubled in silence."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.activities.asking import only, the_form
from tracker.activities.models import Activity, Draft
from tracker.activities.operations_drafts import save_draft
from tracker.change import RefusedError, StaleError

NEW = "/activities/new?unit=P001&stage=2&step=3"


def keep(browser, title: str) -> None:
    form = the_form(browser.get(NEW))
    form["title"] = title
    form.submit("save_draft", status=303)


@pytest.fixture
def kept(browser_as, session):
    """Give a function that keeps a draft of the prison and returns it."""

    def keep_one() -> Draft:
        keep(browser_as("coordinator"), "ร่างแรก")
        draft: Draft = session.scalars(select(Draft)).one()
        return draft

    return keep_one


def titles(session) -> list[str]:
    session.expire_all()
    return list(session.scalars(select(Draft.title).order_by(Draft.id)))


def draft_form(browser, draft):
    return the_form(browser.get(f"/activities/new?draft={draft.id}"))


def test_a_draft_is_kept_opened_and_gone_once_saved(browser_as, session, kind):
    browser = browser_as("coordinator")
    form = the_form(browser.get(NEW))
    form["title"], form["outcome"] = "ยังไม่เสร็จ", "ได้ครึ่งเดียว"
    form.submit("save_draft", status=303)
    draft = session.scalars(select(Draft)).one()

    form = the_form(browser.get(f"/activities/new?draft={draft.id}"))
    assert (form["title"].value, form["outcome"].value) == ("ยังไม่เสร็จ", "ได้ครึ่งเดียว")
    form["kind"] = kind("s3_cop")
    form.submit(status=303)

    assert only(session).title == "ยังไม่เสร็จ"
    assert session.scalars(select(Draft)).all() == []


def test_a_draft_is_nobody_elses(browser_as, session):
    form = the_form(browser_as("coordinator").get(NEW))
    form["title"] = "ร่างของเรือนจำ"
    form.submit("save_draft", status=303)
    draft = session.scalars(select(Draft)).one()

    other = browser_as("other_coordinator")
    assert "ร่างของเรือนจำ" not in other.get(f"/activities/new?draft={draft.id}").text


def test_a_draft_is_kept_over_itself_and_thrown_away(browser_as, session):
    browser = browser_as("coordinator")
    form = the_form(browser.get(NEW))
    form["title"] = "ร่างแรก"
    form.submit("save_draft", status=303)
    draft = session.scalars(select(Draft)).one()
    address = f"/activities/drafts/{draft.id}/delete"
    form = the_form(browser.get(f"/activities/new?draft={draft.id}"))
    form["title"] = "ร่างสอง"
    form.submit("save_draft", status=303)
    session.expire_all()
    assert session.scalars(select(Draft.title)).all() == ["ร่างสอง"]

    token = the_form(browser.get(NEW))["csrf_token"].value
    browser.post(address, {"csrf_token": token}, status=303)
    browser.post(address, {"csrf_token": token}, status=404)
    assert session.scalars(select(Draft)).all() == []


@pytest.mark.parametrize("place", ["/home/P001", "/activities/new?draft={}"])
def test_a_draft_is_thrown_away_from_the_home_and_from_its_form_once_confirmed(
    browser_as, session, kept, place
):
    draft, browser = kept(), browser_as("coordinator")

    page = browser.get(place.format(draft.id)).click("ทิ้งร่าง")
    assert "ร่างแรก" in page.html.select_one("main").text
    assert titles(session) == ["ร่างแรก"]
    shown = next(f for f in page.forms.values() if f.action == "").submit(status=303).follow()

    assert "ทิ้งร่างแล้ว" in shown.text
    assert titles(session) == []


def test_keeping_the_same_page_twice_makes_one_draft(browser_as, session):
    form = the_form(browser_as("coordinator").get(NEW))
    form["title"] = "ร่างแรก"

    assert form.submit("save_draft", status=303).location == form.submit("save_draft", status=303).location
    assert titles(session) == ["ร่างแรก"]
    form["title"] = "ร่างที่พิมพ์ต่อ"
    assert "ส่งไปแล้วครั้งหนึ่ง" in form.submit("save_draft", status=422).text
    assert titles(session) == ["ร่างแรก"]


@pytest.mark.parametrize(("button", "left"), [("save_draft", ["ของฉัน"]), (None, [])])
def test_two_people_on_one_draft_see_both_versions(browser_as, session, kept, kind, button, left):
    draft, browser = kept(), browser_as("coordinator")
    mine, theirs = draft_form(browser, draft), draft_form(browser, draft)
    theirs["title"] = "ของเขา"
    theirs.submit("save_draft", status=303)
    mine["title"], mine["kind"] = "ของฉัน", kind("s3_cop")

    page = mine.submit(button, status=409)

    assert page.html.select("mark")[0].text == "ของฉัน"
    assert "ของเขา" in [mark.text for mark in page.html.select("mark")]
    assert titles(session) == ["ของเขา"]
    conflict = next(form for form in page.forms.values() if "title" in form.fields)
    edited = the_form(conflict.submit("keep", value="edit", status=200))
    assert edited["title"].value == "ของฉัน"
    edited.submit(button, status=303)
    assert titles(session) == left
    assert [activity.title for activity in session.scalars(select(Activity))] == ([] if left else ["ของฉัน"])


def test_a_draft_becomes_one_activity_though_it_is_open_twice(browser_as, session, kept, kind):
    draft, browser = kept(), browser_as("coordinator")
    first, second = draft_form(browser, draft), draft_form(browser, draft)
    first["kind"] = second["kind"] = kind("s3_cop")
    second["outcome"] = "พิมพ์ไว้ในแท็บที่สอง"
    first.submit(status=303)

    page = second.submit(status=422)

    only(session)
    assert "บันทึกเป็นกิจกรรมหรือทิ้งไปแล้ว" in page.html.select_one(".errsum").text
    again = the_form(page)
    assert again["outcome"].value == "พิมพ์ไว้ในแท็บที่สอง"
    again.submit(status=303)
    assert len(session.scalars(select(Activity)).all()) == 2


def test_a_draft_that_is_gone_says_so_when_opened(browser_as, kept, session):
    draft = kept()
    address = f"/activities/new?draft={draft.id}"
    session.delete(draft)
    session.commit()

    assert "ไม่พบร่างนี้" in browser_as("coordinator").get(address, status=303).follow().text


def test_the_office_sends_a_draft_twice_and_gets_the_first_answer(browser_as, session, kept, kind):
    draft = kept()
    form = draft_form(browser_as("office"), draft)
    form["kind"], form["on_behalf_reason"] = kind("s3_cop"), "หน่วยงานส่งเป็นหนังสือ"

    assert form.submit(status=303).location == form.submit(status=303).location
    only(session)


def test_the_home_says_how_many_more_drafts_there_are_and_leads_to_all(browser_as, session, make):
    browser = browser_as("coordinator")
    keep(browser, "ร่าง")
    first = session.scalars(select(Draft)).one()
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(24):
        session.add(
            Draft(
                unit_id=first.unit_id, person_id=first.person_id, title=f"ร่างที่ {number}.", values={},
                saved_at=begin + timedelta(days=number),
            )
        )  # fmt: skip
    session.commit()

    page = browser.get("/home/P001")
    assert "ร่างที่ 4." not in page.text
    assert "25" in page.html.select_one("#h-due").text
    every = page.click("ยังมีร่างอีก 5 รายการ")
    assert "ร่างที่ 0." in every.text
    assert "ยังมีร่างอีก" not in every.text


def test_a_draft_knows_its_versions(change, make):
    unit_id = make.node("P001").id
    draft = save_draft(change, unit_id=unit_id, values={}, title="หนึ่ง")
    save_draft(change, unit_id=unit_id, values={}, title="สอง", draft_id=draft.id, opened_with=1)

    with pytest.raises(StaleError):
        save_draft(change, unit_id=unit_id, values={}, title="สาม", draft_id=draft.id, opened_with=1)
    with pytest.raises(RefusedError, match="ทิ้งไปแล้ว"):
        save_draft(change, unit_id=unit_id, values={}, draft_id=999_999, opened_with=1)
    assert (draft.title, draft.version) == ("สอง", 2)
