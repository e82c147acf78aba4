"""Drafts: kept by the unit, shown to nobody else, gone once saved."""

from sqlalchemy import select

from tests.activities.asking import only, the_form
from tracker.activities.models import Draft

NEW = "/activities/new?unit=P001&stage=2&step=3"


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
