"""Every number of the overview equals the count of the list that it opens, and the rows of its export."""

import csv
import html
import io
import re
from datetime import date

import pytest
from openpyxl import load_workbook

from tracker.organisation.models import Audience, Manner

ANCHOR = re.compile(r'<a class="(headline|cell|fig|plain)[^"]*" href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
BAR = re.compile(r'<li[^>]*><a href="([^"]*)"><b>([\d,]+)</b>')
PAGES = (
    "/overview", "/overview?unit=PG01", "/overview?stage=3", "/overview?stage=3&unit=PG01",
    "/overview?stage=1", "/overview?stage=1&at=now", "/stages/2", "/stages/2/steps/3",
    "/stages/3/steps/3?unit=PG01",
)  # fmt: skip
ASKED = [
    *((who, page) for who in ("executive", "coordinator") for page in PAGES),
    *((who, page) for who in ("office", "head", "group_head") for page in ("/overview", "/stages/2")),
]


def numbers(page):
    """Return (what it is, number, address) of every number on a page that is a link."""
    found = []
    for kind, href, body in ANCHOR.findall(page.text):
        text = re.search(r'headline-num">([\d,]+)', body) if kind == "headline" else None
        text = text or re.search(r"([\d,]+)", re.sub(r"<[^>]+>", " ", body))
        if text and (kind == "headline" or not re.match(r"\s*[ก-๛]", re.sub(r"<[^>]+>", " ", body))):
            found.append((kind, int(text[1].replace(",", "")), html.unescape(href)))
    return found + [
        ("bar", int(n.replace(",", "")), html.unescape(href)) for href, n in BAR.findall(page.text)
    ]


def exported_rows(browser, page):
    """Return how many units or records the CSV behind a list page stands for; an empty list may offer none.

    A file with units that may only be counted says in each row for how many it stands.
    """
    href = re.search(r'href="([^"]*\.csv[^"]*)"', page.text)
    if href is None:
        assert 'class="empty"' in page.text, page.request.path
        return 0
    said = browser.get(html.unescape(href[1])).body.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(said)))
    offered = re.search(r"XLSX <span[^>]*>([\d,]+) แถว", page.text)
    assert offered is None or int(offered[1].replace(",", "")) == len(rows), page.request.path
    return sum(int(row.get("จำนวนหน่วยงาน", 1)) for row in rows)


@pytest.fixture
def records(make, change_as):
    """Make a little of everything: activities, trainings, entries taken up, in stages 1 to 3."""
    post = make.post("P002")
    facilitator = make.facilitator("P001")
    make.training("P001", facilitator, entered_on=date(2026, 2, 4))
    for code, step in (("P001", 3), ("P001", 3), ("P002", 3), ("P004", 1), ("D01", 2), ("P001", None)):
        make.activity(code, step=step, held_on=date(2026, 5, 4), entered_on=date(2026, 5, 5))
    make.activity("P002", step=3, executives=((post, Manner.SHARED),))
    make.activity("PG01", step=3)  # the group is not enrolled in stage 2: listed, counted nowhere
    make.activity("P001-G1", step=3, stage=1, held_on=date(2025, 3, 1), entered_on=date(2025, 3, 2))
    make.activity("P001", step=3, stage=3, joined=("P002",))
    make.activity("P002", step=3, audience=Audience.UNIT)  # kept to its unit: counted for everybody
    event = make.event("P001")
    make.entry(event, "P002", taken_up_by=("P004",))
    make.entry(event, "P001")
    kept = make.event("P004", audience=Audience.UNIT)
    make.entry(kept, "P004", taken_up_by=("P002",))
    make.training("P004", make.facilitator("P004"), entered_on=date(2026, 2, 4), audience=Audience.UNIT)
    with change_as("office") as change:
        claims(change, make)


def claims(change, make):
    from tracker.progress.models import Claim
    from tracker.progress.operations import claim_step

    wanted = (
        ("P001", 2, 1, Claim.DONE), ("P001", 2, 3, Claim.DOING), ("P002", 2, 1, Claim.DONE),
        ("P001-G1", 1, 1, Claim.DONE),
    )  # fmt: skip
    for code, stage, step, claim in wanted:
        claim_step(
            change, enrolment_id=make.enrolment(code, stage).id, step_id=make.step_id(step), claim=claim,
            claimed_on=min(change.today, make.stage(stage).ends_on), note="ทำแล้ว",
            on_behalf_reason="หน่วยงานแจ้งทางโทรศัพท์",
        )  # fmt: skip


@pytest.mark.parametrize(("who", "address"), ASKED)
def test_each_number_equals_its_list_and_its_export(browser_as, records, who, address):
    browser = browser_as(who)
    lists: dict[str, int] = {}
    wrong = []

    for kind, number, href in numbers(browser.get(address)):
        if href not in lists:
            lists[href] = exported_rows(browser, browser.get(href))
        if lists[href] != number:
            wrong.append((kind, number, href, lists[href]))

    assert wrong == []


def differing(browser, address):
    """Return the numbers of a page that are not those of their lists."""
    lists: dict[str, int] = {}
    wrong = []
    for kind, number, href in numbers(browser.get(address)):
        if href not in lists:
            lists[href] = exported_rows(browser, browser.get(href))
        if lists[href] != number:
            wrong.append((kind, number, href, lists[href]))
    return wrong


@pytest.fixture
def comings_and_goings(records, make, change_as, session):
    """Withdraw units from stages 1 and 2, enrol others late, and withdraw what was shown."""
    from sqlalchemy import select

    from tracker.programme.operations import enrol_units, withdraw_enrolment
    from tracker.sharing.models import Adoption
    from tracker.sharing.operations_entries import withdraw_entry

    make.unit("P009", "PG02")
    make.unit("P001-G2", "P001", level="pilot_group", kind="pilot_group")
    shown = make.event("P001-G1", stage=1, held_on=date(2025, 5, 1), entered_on=date(2025, 5, 1))
    gone = make.entry(shown, "P001-G1", taken_up_by=("P002",), entered_on=date(2025, 5, 1))
    session.scalars(select(Adoption).where(Adoption.entry_id == gone.id)).one().entered_on = date(2025, 6, 1)
    session.commit()
    with change_as("office") as change:
        for number, code in ((2, "P009"), (1, "P001-G2")):
            enrol_units(change, stage_id=make.stage(number).id, unit_ids=[make.node(code).id], reason="ตกหล่น")
    make.activity("P009", step=3)
    make.activity("P001-G2", step=3, stage=1, held_on=date(2025, 3, 1))
    with change_as("office") as change:
        for number, code in ((2, "P002"), (1, "P001-G1")):
            withdraw_enrolment(
                change,
                enrolment_id=make.enrolment(code, number).id,
                withdrawn_on=change.today,
                reason="ยุบรวม",
            )
        withdraw_entry(change, entry_id=gone.id, reason="ซ้ำ")


@pytest.mark.parametrize("who", ["executive", "coordinator", "office"])
@pytest.mark.parametrize("address", [*PAGES, "/stages/1", "/stages/1?at=now", "/overview?unit=PG02"])
def test_the_numbers_are_their_lists_when_units_left_or_came_late(
    browser_as, comings_and_goings, who, address
):
    assert differing(browser_as(who), address) == []


@pytest.mark.parametrize("address", ["/overview?stage=3", "/overview?stage=3&at=now", "/programme/"])
def test_the_numbers_of_a_past_stage_of_groups_are_their_lists(browser_as, make, change_as, on_day, address):
    from tracker.programme.operations import withdraw_enrolment

    day = date(2026, 11, 3)
    for code in ("P001", "P004"):
        make.activity(code, step=3, stage=3, held_on=day, entered_on=day)
    on_day(date(2027, 11, 1))
    with change_as("office") as change:
        change.today = date(2027, 10, 20)
        withdraw_enrolment(
            change, enrolment_id=make.enrolment("PG01", 3).id, withdrawn_on=date(2027, 10, 15), reason="ยุบรวม"
        )

    assert differing(browser_as("office"), address) == []


def test_what_was_taken_up_by_the_last_day_of_a_stage_stays_so(browser_as, comings_and_goings):
    browser = browser_as("executive")

    def taken_up(address):
        return [number for kind, number, _href in numbers(browser.get(address)) if kind == "headline"][3]

    assert taken_up("/overview?stage=1") == 1
    assert taken_up("/overview?stage=1&at=now") == 0


def test_a_number_of_programme_is_its_list(browser_as, comings_and_goings):
    browser = browser_as("office")

    assert differing(browser, "/programme/") == []


def test_the_shown_row_of_a_past_stage_is_of_the_same_day_as_its_figures(browser_as, make, change_as):
    from tracker.progress.models import Claim
    from tracker.progress.operations import claim_step

    with change_as("coordinator") as change:
        claim_step(
            change, enrolment_id=make.enrolment("P001-G1", 1).id, step_id=make.step_id(1), claim=Claim.DONE,
            claimed_on=date(2025, 9, 30), note="ลงย้อนหลัง",
        )  # fmt: skip
    browser = browser_as("executive")

    def row(address):
        [found] = re.findall(r'<tr class="now">.*?</tr>', browser.get(address).text, re.DOTALL)
        return re.sub("<[^>]+>", " ", found)

    assert "แล้วเสร็จ" not in row("/overview?stage=1")
    assert "แล้วเสร็จ" in row("/overview?stage=1&at=now")


@pytest.mark.parametrize(
    ("address", "note"),
    [("/overview.xlsx?stage=1", "ระยะนี้แสดง ณ วันสุดท้าย"), ("/stages/1.xlsx?", "ส่วนหลักฐานในระบบเป็นของวันนี้")],
)
def test_a_file_of_a_past_stage_says_what_is_as_of_today(browser_as, address, note):
    browser = browser_as("executive")

    def told(address):
        book = load_workbook(io.BytesIO(browser.get(address).body))
        return " ".join(
            str(cell.value) for sheet in book for row in sheet.iter_rows(max_row=6) for cell in row
        )

    assert note in told(address)
    assert note not in told(f"{address}&at=now")


def test_the_numbers_of_a_unit_are_its_lists(browser_as, make):
    from datetime import UTC, datetime

    from tracker.sharing.models import EventState

    ahead = make.event("P001", state=EventState.PLANNED, held_on=date(2026, 7, 1))
    make.entry(ahead, "P001")
    make.entry(make.event("P001"), "P001")
    make.event("P001", hidden_at=datetime.now(UTC), hidden_reason="ลับ")

    for who in ("coordinator", "executive"):
        found = [
            n for n in numbers(browser_as(who).get("/units/P001")) if "/entries" in n[2] or "/events" in n[2]
        ]
        browser = browser_as(who)
        assert [(n, href) for _k, n, href in found if exported_rows(browser, browser.get(href)) != n] == []


def test_a_group_row_is_a_link_only_where_a_list_shows_just_that(browser_as, make, change_as):
    from tracker.programme.operations import enrol_units

    make.unit("D09", "DOC", level="division", kind="division")
    with change_as("office") as change:
        enrol_units(change, stage_id=make.stage(2).id, unit_ids=[make.node("D09").id])
    browser = browser_as("office")

    for address in ("/stages/2", "/stages/2/steps/3"):
        assert differing(browser, address) == []
    groups = re.findall(r'<tr class="group">.*?</tr>', browser.get("/stages/2").text, re.DOTALL)
    alone = next(group for group in groups if "กรมสมมติ" in group)
    assert 'href="' not in alone and "จาก 1" in alone


def test_in_stage_3_a_prison_moves_its_groups_members(browser_as, make, on_day):
    day = date(2026, 11, 20)
    on_day(day)
    before = numbers(browser_as("executive").get("/overview"))
    make.activity("P001", step=3, stage=3, held_on=day, entered_on=day)
    browser = browser_as("executive")

    after = numbers(browser.get("/overview"))
    moved = [(b[1], a[1], a[2]) for a, b in zip(after, before, strict=True) if a[1] != b[1]]

    assert (0, 1, "/stages/3/members?step=3") in moved
    assert [exported_rows(browser, browser.get(href)) for _old, _new, href in moved] == [
        n for _o, n, _h in moved
    ]
    assert "ร่วมแล้ว" in browser.get("/stages/3/members?step=3").text


def test_the_figures_are_what_was_recorded(browser_as, records):
    found = numbers(browser_as("executive").get("/overview"))
    heads = [number for kind, number, _href in found if kind == "headline"]

    assert heads[:4] == [1, 0, 2, 2]
    assert sum(number for kind, number, _href in found if kind == "bar") == 8


@pytest.mark.parametrize(
    "address", ["/stages/2.csv?only=follow", "/stages/3/members.csv?step=3&only=not_yet"]
)
def test_units_that_may_only_be_counted_are_one_row_of_their_group_in_a_file(browser_as, records, address):
    said = browser_as("group_coordinator").get(address).body.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(said)))

    counted = [(row["กลุ่ม"], row["จำนวนหน่วยงาน"]) for row in rows if not row["รหัสหน่วยงาน"]]
    assert counted == [("กลุ่มเรือนจำเขต 2", "2"), ("กลุ่มกองสนับสนุน", "2")]
    assert {row["จำนวนหน่วยงาน"] for row in rows if row["รหัสหน่วยงาน"]} == {"1"}
    everything = browser_as("executive").get(address).body.decode("utf-8-sig")
    assert "จำนวนหน่วยงาน" not in everything
    assert len(everything.splitlines()) - 1 == sum(int(row["จำนวนหน่วยงาน"]) for row in rows)
