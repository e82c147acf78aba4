"""What a session's end interrupted comes back to its account, and to nobody else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from cryptography.fernet import InvalidToken
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.browsers import Browser
from tests.signin.conftest import Enter, form_in, form_to, send
from tests.walking import fill_day
from tracker.signin.kept import EACH
from tracker.signin.models import KeptText

TITLE = "ถอดบทเรียนการทำครัวสะอาด"
BODY = "บรรทัดแรกที่พิมพ์ไว้\nบรรทัดที่สองยาวกว่า"
Turn = Callable[..., None]
Interrupt = Callable[..., Browser]


@pytest.fixture
def interrupt(notes_app: Flask, entered: Enter, turn_clock: Turn) -> Interrupt:
    """Give a function by which somebody types, stays away too long, and sends."""

    def type_and_wait(who: str = "coordinator", title: str = TITLE, address: str = "/notes/new") -> Browser:
        browser = entered(who, notes_app)
        form = form_to(browser, "", "/notes/new")
        form["title"], form["body"] = title, BODY
        form.action = address
        turn_clock(seen=timedelta(minutes=31))
        answer = form.submit(status=303)
        assert "/sign-in" in answer.location
        browser.page = answer.follow()
        return browser

    return type_and_wait


def test_the_text_comes_back_into_its_form_and_is_saved_by_hand_only(
    interrupt: Interrupt, saved: list[str], session: Session
):
    browser = interrupt()
    assert "ข้อความที่พิมพ์ไว้ยังอยู่" in browser.page
    resume = send(browser, "coordinator", status=303).follow()
    assert TITLE in resume
    assert "บรรทัดที่สองยาวกว่า" in resume
    page = resume.click("เปิดแบบฟอร์มพร้อมข้อความนี้")
    form = page.forms[0]

    assert (form["title"].value, form["body"].value.split()) == (TITLE, BODY.split())
    assert saved == []
    form.submit(status=303)
    assert saved == [TITLE]
    assert session.scalars(select(KeptText)).all() == []
    assert "ไม่มีข้อความค้างอยู่" in browser.get("/resume")


@pytest.mark.parametrize("language", ["th", "en"])
def test_what_was_typed_stands_under_the_labels_of_its_form(
    entered: Enter, turn_clock: Turn, session: Session, language: str
):
    browser = entered()
    form = form_in(browser.get("/activities/new?unit=P001"), "outcome")
    form["title"], form["outcome"], form["step"], form["participants"] = TITLE, BODY, "3", "12"
    fill_day(form, "held_on", 2, 3, 2569)
    turn_clock(seen=timedelta(minutes=31))
    form.submit(status=303)
    browser.get(f"/language/{language}", status=303)
    page = send(browser, "coordinator", status=303).follow()

    english = language == "en"
    facts = page.html.select_one("dl.facts")
    told = dict(zip([dt.text for dt in facts("dt")], [dd.text for dd in facts("dd")], strict=True))
    assert told == {
        "Title" if english else "ชื่อเรื่อง": TITLE,
        "Date held" if english else "วันที่จัด": "2 Mar 2026" if english else "2 มี.ค. 2569",
        "What came of it" if english else "ผลที่ได้": BODY.replace("\n", ""),
        "Participants" if english else "จำนวนผู้เข้าร่วม": "12",
    }
    assert page.html.select_one(".sheet-head h2").text == ("Activities" if english else "กิจกรรม")


def test_opening_the_form_again_and_again_saves_nothing(
    interrupt: Interrupt, saved: list[str], statements: list[str]
):
    browser = interrupt()
    resume = send(browser, "coordinator", status=303).follow()
    statements.clear()
    for _ in range(2):
        assert TITLE in resume.click("เปิดแบบฟอร์มพร้อมข้อความนี้")

    assert saved == []
    assert all(said.startswith("SELECT") for said in statements)


def test_another_account_never_sees_it(interrupt: Interrupt, session: Session):
    browser = interrupt()
    kept_id = session.scalars(select(KeptText.id)).one()
    answer = send(browser, "office", status=303)

    assert answer.location.endswith("/account")
    assert TITLE not in browser.get("/resume")
    assert TITLE not in browser.get(f"/notes/new?resumed={kept_id}", status=200)
    token = form_to(browser, "/sign-out")["csrf_token"].value
    browser.post("/resume", {"csrf_token": token, "kept": str(kept_id)}, status=303)
    assert len(session.scalars(select(KeptText)).all()) == 1


def test_it_is_encrypted_for_its_person_alone(interrupt: Interrupt, session: Session, app: Flask):
    from tracker.signin.kept import _seal

    interrupt()
    kept = session.scalars(select(KeptText)).one()

    assert TITLE.encode() not in kept.sealed
    assert b"title" not in kept.sealed
    with app.app_context():
        assert _seal(kept.person_id).decrypt(kept.sealed)
        with pytest.raises(InvalidToken):
            _seal(kept.person_id + 1).decrypt(kept.sealed)


def test_it_is_gone_after_half_an_hour(interrupt: Interrupt, session: Session):
    browser = interrupt()
    session.scalars(select(KeptText)).one().kept_at -= timedelta(minutes=31)
    session.commit()

    assert send(browser, "coordinator", status=303).location.endswith("/account")
    assert TITLE not in browser.get("/resume")


def test_it_can_be_thrown_away(interrupt: Interrupt, session: Session):
    browser = interrupt()
    resume = send(browser, "coordinator", status=303).follow()
    form = next(form for form in resume.forms.values() if "kept" in form.fields)

    assert "ทิ้งข้อความ" in form.submit(status=303).follow()
    assert session.scalars(select(KeptText)).all() == []


def test_what_was_typed_into_an_action_without_a_page_can_be_read(interrupt: Interrupt, saved: list[str]):
    browser = interrupt(address="/notes/poke")
    resume = send(browser, "coordinator", status=303).follow()

    assert TITLE in resume
    assert "เปิดแบบฟอร์มพร้อมข้อความนี้" not in resume
    assert saved == []


def test_only_the_latest_few_are_kept(interrupt: Interrupt, session: Session):
    for number in range(EACH + 2):
        interrupt(title=f"{TITLE} {number}")

    assert len(session.scalars(select(KeptText)).all()) == EACH


def test_a_session_that_was_signed_out_elsewhere_keeps_its_text_too(
    notes_app: Flask, entered: Enter, session: Session
):
    browser = entered("coordinator", notes_app)
    form = form_to(browser, "", "/notes/new")
    form["title"] = TITLE
    form_to(entered("coordinator", notes_app), "/account/sessions/end-others", "/account/sessions").submit()
    form.submit(status=303)

    assert session.scalars(select(KeptText)).one().path == "/notes/new"


def test_somebody_who_never_was_signed_in_leaves_nothing(notes_app: Flask, session: Session):
    browser = Browser(notes_app, session)
    browser.set_cookie("tracker_session", "A" * 43)
    browser.post("/notes/new", {"title": TITLE}, status=303)

    assert session.scalars(select(KeptText)).all() == []


def test_somebody_who_was_disabled_leaves_nothing(notes_app: Flask, entered: Enter, session: Session):
    from datetime import UTC, datetime

    from tests import world

    browser = entered("coordinator", notes_app)
    form = form_to(browser, "", "/notes/new")
    form["title"] = TITLE
    world.person(session, "coordinator").disabled_at = datetime.now(UTC)
    session.commit()
    form.submit(status=303)

    assert session.scalars(select(KeptText)).all() == []


def test_passwords_and_tokens_are_never_kept(
    notes_app: Flask, entered: Enter, turn_clock: Turn, session: Session
):
    from tracker.signin.kept import kept_for

    browser = entered("coordinator", notes_app)
    turn_clock(seen=timedelta(minutes=31))
    browser.post("/account/password", {"current": "secret-one", "password": "secret-two"}, status=303)
    assert session.scalars(select(KeptText)).all() == []
    browser.post("/notes/new", {"title": TITLE, "old_password": "secret", "csrf_token": "x"}, status=303)
    kept = session.scalars(select(KeptText)).one()
    with notes_app.test_request_context():
        assert [name for name, _value in kept_for(kept.person_id)[0].fields] == ["title"]


def test_an_empty_or_enormous_form_is_not_kept(
    notes_app: Flask, entered: Enter, turn_clock: Turn, session: Session
):
    browser = entered("coordinator", notes_app)
    turn_clock(seen=timedelta(minutes=31))
    browser.post("/notes/new", {"title": " ", "csrf_token": "x"}, status=303)
    browser.post("/notes/new", {"title": "x" * 900_000, "body": "ก" * 40_000}, status="*")
    browser.post("/notes/new?" + "x" * 1500, {"title": TITLE}, status=303)

    assert session.scalars(select(KeptText)).all() == []


def test_a_text_sealed_with_another_secret_is_passed_over(interrupt: Interrupt, session: Session):
    browser = interrupt()
    session.scalars(select(KeptText)).one().sealed = b"not ours"
    session.commit()

    assert send(browser, "coordinator", status=303).location.endswith("/account")


@pytest.mark.parametrize("number", ["0", "x", "-1", "99999999999999", "²", "1.5"])
def test_an_odd_number_of_a_text_is_nothing(interrupt: Interrupt, number: str, session: Session):
    browser = interrupt()
    send(browser, "coordinator", status=303)
    token = form_to(browser, "/sign-out")["csrf_token"].value

    assert TITLE not in browser.get("/notes/new", params={"resumed": number})
    browser.post("/resume", {"csrf_token": token, "kept": number}, status=303)
    assert len(session.scalars(select(KeptText)).all()) == 1


def signed_in_again(browser: Browser, who: str = "coordinator") -> None:
    form_to(browser, "/sign-out").submit(status=303)
    send(browser, who, status=303)


def test_a_form_of_ones_own_earlier_session_is_kept_and_opened_again(
    notes_app: Flask, entered: Enter, saved: list[str]
):
    browser = entered("coordinator", notes_app)
    form = form_to(browser, "", "/notes/new")
    form["title"], form["body"] = TITLE, BODY
    signed_in_again(browser)
    answer = form.submit(status=303)

    assert answer.location.endswith("/resume")
    resume = answer.follow()
    assert "ยังไม่บันทึก เพราะหน้านี้เปิดไว้ก่อน" in resume
    assert saved == []
    resume.click("เปิดแบบฟอร์มพร้อมข้อความนี้").forms[0].submit(status=303)
    assert saved == [TITLE]


def test_a_form_of_somebody_elses_session_is_refused_and_kept_for_nobody(
    notes_app: Flask, entered: Enter, session: Session
):
    browser = entered("coordinator", notes_app)
    form = form_to(browser, "", "/notes/new")
    form["title"] = TITLE
    signed_in_again(browser, "office")

    assert TITLE not in form.submit(status=400)
    assert session.scalars(select(KeptText)).all() == []


@pytest.mark.parametrize("token", ["", "x", "IjEyMyI.aaaa.bbbb"])
def test_a_token_that_no_session_gave_keeps_nothing(
    notes_app: Flask, entered: Enter, session: Session, token: str
):
    entered("coordinator", notes_app).post("/notes/new", {"title": TITLE, "csrf_token": token}, status=400)

    assert session.scalars(select(KeptText)).all() == []


def test_whoever_signs_in_next_sweeps_away_what_was_kept_long_enough(
    interrupt: Interrupt, entered: Enter, session: Session
):
    interrupt()
    session.scalars(select(KeptText)).one().kept_at -= timedelta(minutes=31)
    session.commit()
    entered("office")

    assert session.scalars(select(KeptText)).all() == []
