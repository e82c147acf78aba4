"""The page of the audit trail: what it shows by itself, and what the filters ask for."""

from tests import world


def the_form(page):
    return next(form for form in page.forms.values() if form.method.lower() == "post" and form.action == "")


def test_the_trail_is_filtered_by_person_subject_unit_and_day(browser_as, session):
    browser = browser_as("administrator")
    form = the_form(browser.get("/administration/units/P003/edit"))
    form["name_th"] = "ชื่อที่เปลี่ยนแล้ว"
    form.submit(status=303)
    administrator = world.person(session, "administrator")

    def rows(**query):
        return len(browser.get("/administration/audit", query).html.select("tbody tr"))

    assert rows(subject="units", unit="PG01") == 1
    assert rows(subject="units", unit="PG02") == 0
    assert rows(person=administrator.id, subject="units") == 1
    assert rows(subject="units", until="1/1/2560") == 0
    assert rows(subject="units", since="1/1/2560") == 1
    assert "อ่านวันที่ไม่ได้" in browser.get("/administration/audit", {"since": "เมื่อวาน"}).text
    exported = browser.get("/administration/audit.csv", {"subject": "units"}).body.decode("utf-8-sig")
    assert "ชื่อที่เปลี่ยนแล้ว" in exported


def test_the_trail_shows_changes_first_and_the_rest_when_asked(browser_as):
    browser = browser_as("administrator")
    form = the_form(browser.get("/administration/units/P003/edit"))
    form["name_th"] = "ชื่อที่เปลี่ยนแล้ว"
    form.submit(status=303)
    assert browser.get("/administration/units.csv").body

    def verbs(**query):
        rows = browser.get("/administration/audit", query).html.select("tbody th")
        return [row.contents[0] for row in rows]

    assert verbs() == verbs(kind="odd") == ["แก้ไขรายการ"]
    assert set(verbs(kind="access")) == {"เข้าสู่ระบบแล้ว"}
    assert verbs(kind="exports") == ["ส่งออกข้อมูล"]
    assert {"แก้ไขรายการ", "เข้าสู่ระบบแล้ว", "ส่งออกข้อมูล"} <= set(verbs(kind="all"))


def test_the_trail_shows_an_administrator_no_words_of_a_unit(browser_as, change_as, make):
    activity = make.activity("P001")
    with change_as("coordinator") as change:
        change.record(
            "edited",
            activity,
            unit_id=activity.unit_id,
            changes={"title": ["เรื่องลับเดิม", "เรื่องลับใหม่"], "held_on": ["2026-06-17", "2026-06-18"]},
            reason="เพราะเรื่องลับ",
        )
    administrator = browser_as("administrator")

    page = administrator.get("/administration/audit", {"subject": "activities"})
    file = administrator.get("/administration/audit.csv", {"subject": "activities"}).body.decode("utf-8-sig")

    line = "ที่แก้ไข: ชื่อเรื่อง … → …, วันที่จัด 17 มิ.ย. 2569 → 18 มิ.ย. 2569; เหตุผล: …"
    assert line in page.text
    assert line in file
    assert "เรื่องลับ" not in page.text + file
