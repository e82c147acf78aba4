"""Moving the months in which the steps of a stage are due, over the real form."""

from datetime import date

from sqlalchemy import select

from tracker.programme.models import StageStep


def due_form(page):
    return next(form for form in page.forms.values() if form.action.endswith("/due"))


def test_due_months_are_moved(browser_as, session, make):
    form = due_form(browser_as("office").get("/programme/stages/2"))
    form["due-3"], form["due-4"] = "7", "0"

    form.submit(status=303)

    due = {
        row.step_id: row.due_on
        for row in session.scalars(select(StageStep).where(StageStep.stage_id == make.stage(2).id))
    }
    assert due[make.step_id(3)] == date(2026, 4, 30)
    assert due[make.step_id(4)] is None


def test_months_that_were_moved_are_moved_back_with_one_press(browser_as, session, make):
    find = select(StageStep.step_id, StageStep.due_on).where(StageStep.stage_id == make.stage(2).id)

    def due():
        session.expire_all()
        return dict(session.execute(find).all())

    before = due()
    form = due_form(browser_as("office").get("/programme/stages/2"))
    form["due-3"], form["due-4"] = "7", "0"
    page = form.submit(status=303).follow()
    undo = next(form for form in page.forms.values() if "/due?" in form.action)
    assert due() != before

    again = undo.submit(status=303).follow()
    assert due() == before
    redo = next(form for form in again.forms.values() if "/due?" in form.action)
    redo.submit(status=303)
    assert due()[make.step_id(4)] is None

    other = due_form(browser_as("office").get("/programme/stages/2"))
    other["due-3"] = "9"
    other.submit(status=303)
    assert "ขณะนี้ในระบบเป็น มิถุนายน 2569" in undo.submit(status=409).text


def test_a_month_that_somebody_else_moved_meanwhile_is_not_moved_back(browser_as, session, make):
    step_three, step_five, stage = make.step_id(3), make.step_id(5), make.stage(2).id

    def due(step_id):
        session.expire_all()
        found = select(StageStep.due_on).where(StageStep.stage_id == stage, StageStep.step_id == step_id)
        return session.scalar(found)

    old, crossing = (due_form(browser_as("office").get("/programme/stages/2")) for _ in range(2))
    first = due_form(browser_as("office").get("/programme/stages/2"))
    first["due-3"] = "9"
    first.submit(status=303)

    old["due-5"] = "11"
    old.submit(status=303)

    assert (due(step_three), due(step_five)) == (date(2026, 6, 30), date(2026, 8, 31))

    crossing["due-3"], crossing["due-5"] = "12", "11"
    page = crossing.submit(status=409)

    assert "ขณะนี้ในระบบเป็น มิถุนายน 2569" in page.text
    assert due(step_three) == date(2026, 6, 30)
    again = due_form(page)
    assert again["due-3"].value == "12"
    again.submit(status=303)
    assert due(step_three) == date(2026, 9, 30)


def test_a_foreign_month_is_refused(browser_as):
    form = due_form(browser_as("office").get("/programme/stages/2"))
    form["due-3"].force_value("13")

    form.submit(status=422)
