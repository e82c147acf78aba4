"""What a form offers to choose from, and what happens to an answer that it does not offer."""

from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag

from tests.permissions.things import NEVER, UNITS
from tests.permissions.trial import Trial

REFUSED = ("ตัวเลือกนี้ใช้ไม่ได้", "ไม่พบหน่วยงาน")


@dataclass
class Form:
    """A form as a browser would send it, and what each of its controls offers."""

    values: dict[str, str] = field(default_factory=dict)
    offers: dict[str, set[str]] = field(default_factory=dict)
    units: set[str] = field(default_factory=set)


def read_form(trial: Trial, who: str, address: str) -> Form:
    """Read the form with the most controls of a page."""
    page = BeautifulSoup(trial.ask(who, "GET", address).text, "html.parser")
    found = max(page.select("main form"), key=lambda each: len(each.select("[name]")))
    form = Form()
    for control in found.select("input[name], textarea[name]"):
        _read_input(form, control)
    for select in found.select("select[name]"):
        options = select.select("option")
        chosen = [option for option in options if option.has_attr("selected")] or options[:1]
        form.offers[str(select["name"])] = {str(option.get("value", option.text)) for option in options}
        if chosen and not select.has_attr("multiple"):
            form.values[str(select["name"])] = str(chosen[0].get("value", ""))
    return form


def _read_input(form: Form, control: Tag) -> None:
    name, kind, value = str(control["name"]), control.get("type"), str(control.get("value", ""))
    if kind in ("radio", "checkbox"):
        if kind == "radio" or value not in ("y", "1", "on"):
            form.offers.setdefault(name, set()).add(value)
        if control.has_attr("checked"):
            form.values[name] = value
    elif kind not in ("submit", "file"):
        form.values[name] = value


def unit_ids(trial: Trial) -> dict[str, str]:
    """Return the ids of units as forms post them, with their codes."""
    return {str(trial.things.make.node(code).id): code for code in UNITS}


def foreign_units(trial: Trial, who: str, address: str, name: str = "unit") -> set[str]:
    """Return the codes of the units that a form's list offers and that are not somebody's."""
    mine = {"coordinator": {"P001", "P001-G1"}}[who]
    ids = unit_ids(trial)
    offered = read_form(trial, who, address).offers.get(name, set())
    return {ids.get(value, value) for value in offered if value} & set(UNITS) - mine


def unrefused(trial: Trial, who: str, address: str, foreign: dict[str, str]) -> list[str]:
    """Return the controls of a form that take an answer which is not offered: any id, and the given ones."""
    form, taken = read_form(trial, who, address), []
    for name, offered in form.offers.items():
        if name.rpartition("-")[2] in ("day", "month", "year"):
            continue  # parts of a day have sentences of their own
        for value in {str(NEVER), "x", foreign.get(name, "x")} - offered:
            answer = trial.ask(who, "POST", address, **{**form.values, name: value})
            text = BeautifulSoup(answer.text, "html.parser").select_one("main")
            said = text is not None and any(sentence in text.text for sentence in REFUSED)
            if answer.status_code != 422 or not said:
                taken.append(f"{name}={value}: {answer.status_code}")
    return taken
