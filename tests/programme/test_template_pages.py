"""Pages of the template: trying one's own, what it would change, and taking it over."""

import pytest
from sqlalchemy import delete, select
from webtest import Upload

from tracker.organisation.revision import renew_revision
from tracker.programme.models import Enrolment, Stage, Step
from tracker.programme.template import DEFAULT_TEMPLATE


def the_form(page):
    return next(form for form in page.forms.values() if "content" in form.fields)


def replace(browser, text):
    form = the_form(browser.get("/programme/template/replace"))
    form["file"] = Upload("own.toml", text.encode() if isinstance(text, str) else text, "application/toml")
    return form.submit(expect_errors=True)


@pytest.fixture
def own_template(session):
    """Give the template that ships, as text; the world's programme comes from it."""
    return DEFAULT_TEMPLATE.read_text(encoding="utf-8")


def test_new_words_are_tried_and_taken_over(browser_as, session, own_template):
    browser = browser_as("administrator")
    page = replace(browser, own_template.replace('"จัดเก็บความรู้"', '"รวบรวมความรู้"'))
    assert "จะเปลี่ยนเฉพาะถ้อยคำ 1 แห่ง" in page.text
    changed = page.html.select("[aria-labelledby=h-words] tbody :is(th, td)")
    assert [cell.text for cell in changed] == ["steps[3].name_th", "จัดเก็บความรู้", "รวบรวมความรู้"]

    the_form(page).submit("confirm", status=303)

    assert session.scalars(select(Step).where(Step.number == 3)).one().name_th == "รวบรวมความรู้"
    assert "รวบรวมความรู้" in browser.get("/programme/template.toml").body.decode()


def test_another_structure_is_refused_once_units_take_part(browser_as, own_template):
    page = replace(browser_as("administrator"), own_template.replace("at_least = 2", "at_least = 3"))

    assert (page.status_int, "จึงใช้ไม่ได้" in page.text) == (422, True)


def test_a_broken_template_names_what_is_wrong(browser_as):
    page = replace(browser_as("administrator"), 'code = "x"\nfoo = 1\n')

    assert page.status_int == 422
    assert "foo" in page.text
    assert "stages" in page.text


@pytest.mark.parametrize(
    ("sent", "said", "own"),
    [
        ('code = "x"\nname_th broken', "บรรทัดที่ 2 ตัวอักษรที่ 9 ไม่ถูกรูปแบบ TOML", "Expected '='"),
        ('code = "x"\nlevels = [', "ไฟล์จบที่บรรทัดที่ 2 ทั้งที่ยังเขียนไม่ครบ", "Invalid value"),
        ("x = " + "1" * 5000, "ไฟล์นี้ไม่ใช่ TOML ที่อ่านได้", "digits"),
    ],
)
def test_a_text_that_is_no_toml_is_told_by_its_line_in_the_readers_language(browser_as, sent, said, own):
    row = replace(browser_as("administrator"), sent).html.select_one(".ledger tbody tr")

    assert row.td.contents[0].startswith(said)
    assert own in row.select_one(".sub [lang=en]").text


def test_a_template_that_was_not_chosen_is_told_as_on_other_pages(browser_as):
    page = the_form(browser_as("administrator").get("/programme/template/replace")).submit(status=422)

    assert "เลือกไฟล์ก่อน" in page.html.select_one(".errsum").text
    assert page.html.select_one("#file")["accept"] == ".toml"


@pytest.mark.parametrize("sent", [b"\xff\xfe\x00", b"= broken", b"x = " + b"[" * 5000])
def test_what_is_no_template_at_all_is_told(browser_as, sent):
    assert replace(browser_as("administrator"), sent).status_int == 422


def test_a_whole_template_is_installed_while_nothing_is_enrolled(browser_as, session, own_template):
    session.execute(delete(Enrolment))
    renew_revision(session)
    session.commit()
    page = replace(browser_as("administrator"), own_template.replace("at_least = 2", "at_least = 3"))
    form = the_form(page)
    form["first_fiscal_year"] = "ปีหน้า"
    assert "ปีงบประมาณแรก" in form.submit("confirm", status=422).text
    form["first_fiscal_year"] = "๒๕๗๐"

    form.submit("confirm", status=303)

    assert session.scalars(select(Stage).where(Stage.number == 1)).one().fiscal_year == 2570
