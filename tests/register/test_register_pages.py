"""The register's pages: the list and its filters, profiles, adding with a training."""


def names(page) -> list[str]:
    return [link.text.strip() for link in page.html.select("tbody th a")]


def fill_day(form, name, day, month, year):
    form[f"{name}-day"], form[f"{name}-month"], form[f"{name}-year"] = str(day), str(month), str(year)


def test_the_register_lists_facilitators_to_everybody_who_reads_records(make, browser_as):
    make.facilitator("P001", name="มาลี สมมติ")
    make.facilitator("P002", name="กมล สมมติ")

    assert names(browser_as("executive").get("/facilitators/")) == ["กมล สมมติ", "มาลี สมมติ"]


def test_an_empty_register_says_what_to_do(browser_as):
    page = browser_as("coordinator").get("/facilitators/")

    page.mustcontain("ยังไม่มีคุณอำนวยในทะเบียน", "เพิ่มคุณอำนวย")
