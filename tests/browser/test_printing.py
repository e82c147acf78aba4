"""What stays on paper when a page is printed."""


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
