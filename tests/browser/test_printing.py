"""What stays on paper when a page is printed."""

import pytest


def test_a_printed_event_shows_its_work_and_its_state_and_nothing_to_press(visit, make):
    event = make.event("P001")
    make.entry(event, "P001", name="ตู้ยืมคืนกุญแจ", taken_up_by=("P002",))
    page = visit("coordinator").open(f"/events/{event.id}")
    page.emulate_media(media="print")

    assert page.locator(".entry b", has_text="ตู้ยืมคืนกุญแจ").is_visible()
    assert page.locator("main .btn:visible, main .iconlink:visible").count() == 0
    assert page.get_by_text("เอาออก").is_hidden()
    assert page.locator("#h-after").is_hidden()
    state = page.locator(".life [aria-current]")
    assert state.evaluate("el => getComputedStyle(el).color") != "rgb(255, 255, 255)"


def test_a_printed_list_names_its_filters_and_offers_none(visit, make):
    make.activity("P001", step=3, title="วงกุญแจกลาง")
    page = visit("executive").open("/activities/?q=กุญแจ&stage=2")
    page.emulate_media(media="print")

    assert page.locator(".applied .tag", has_text="กุญแจ").is_visible()
    assert page.get_by_text("ล้างทั้งหมด").is_hidden()
    assert page.get_by_text("ค้นคำนี้ใน").is_hidden()
    assert page.locator(".applied .ic:visible").count() == 0


def test_a_printed_filtered_map_is_headed_by_its_filter(visit, make):
    page = visit("executive").open("/stages/2?only=late")
    page.emulate_media(media="print")

    assert page.locator(".pagehead p", has_text="เกินกำหนดตามแผน 7 จาก 7 หน่วยงาน").is_visible()


def test_a_printed_map_shows_whole_names(visit):
    page = visit("executive").open("/stages/2")
    page.emulate_media(media="print")

    name = page.locator(".heat tbody th a").first
    assert name.evaluate("el => getComputedStyle(el).whiteSpace") == "normal"


def test_a_printed_list_gives_most_room_to_what_its_rows_are_about(visit, make):
    make.activity("P001", step=3, title="วงกุญแจกลางของฝ่ายควบคุมและฝ่ายสวัสดิการร่วมกับหน่วยงานใกล้เคียง")
    page = visit("executive", width=720).open("/activities/")
    page.emulate_media(media="print")

    widths = page.locator("thead th").evaluate_all("all => all.map(el => [el.offsetWidth, el.className])")
    assert "margin" in max(widths)[1]


def test_nothing_of_the_printed_list_to_follow_leaves_its_column(visit):
    page = visit("office", width=680, language="en").open("/follow/")
    page.emulate_media(media="print")

    wide = page.locator(".follow td, .follow tbody th")
    assert wide.count()
    assert wide.evaluate_all("all => all.every(el => el.scrollWidth <= el.clientWidth)")


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("paper", ["/activities/blank?unit=P001", "/events/{event}/entries/blank"])
def test_a_blank_form_fills_one_sheet_of_a4_across_and_has_room_to_write(visit, make, language, paper):
    event = make.event("P001", title="วัน Share and Show ของเรือนจำนำร่องและหน่วยงานใกล้เคียง", venue="ห้องประชุม 1")
    # 277 × 190 mm: A4 across without its margins
    visitor = visit("coordinator", width=1047, height=718, language=language)
    page = visitor.open(paper.format(event=event.id))
    page.emulate_media(media="print")

    height = page.locator("main").evaluate("el => el.getBoundingClientRect().height")
    assert 0.85 * 718 < height <= 718
    heads = page.locator("thead th")
    widths = sorted(heads.evaluate_all("all => all.map(el => el.offsetWidth)"))
    assert widths[-2] > 227  # 60 mm
    assert heads.evaluate_all("all => all.every(el => el.scrollWidth <= el.clientWidth)")
