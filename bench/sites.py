"""The two systems: where their pages are, what only the right page holds, how their form is filled in."""

from itertools import count
from typing import Protocol

from bench import dataset
from bench.clients import Client, Form, form_with
from bench.loading import PASSWORD, email

_SERIAL = count(1)
TEXT = next(dataset.activities(1)).text


class Site(Protocol):
    """What can be timed of a system with so many activities; `turn` varies the address."""

    name: str
    size: int
    port: int

    def signed_in(self, writer: int = 1) -> Client:
        """Return a browser in which one of the writers signed in."""

    def overview(self, client: Client, turn: int) -> bytes:
        """Open the overview."""

    def listing(self, client: Client, turn: int) -> bytes:
        """Open the list of a unit's activities in a stage."""

    def record(self, client: Client, turn: int) -> bytes:
        """Open one activity."""

    def create(self, client: Client, turn: int, writer: int = 1) -> bytes:
        """Open the form, send it, and open the page that it leads to."""

    def export(self, client: Client, turn: int) -> bytes:
        """Download everything as CSV."""


def _place(turn: int) -> tuple[int, int]:
    return turn * 7 % dataset.UNITS + 1, turn % dataset.STAGES + 1


class Floor:
    """The floor."""

    name = "floor"

    def __init__(self, port: int, size: int) -> None:
        self.port, self.size = port, size

    def signed_in(self, writer: int = 1) -> Client:
        """Return a browser with the floor's cookie."""
        client = Client(self.port)
        client.get("/login", "in")
        return client

    def overview(self, client: Client, turn: int) -> bytes:
        """Open the overview, from stored counts."""
        return client.get("/overview", 'id="overview"')

    def listing(self, client: Client, turn: int) -> bytes:
        """Open the list of a unit's activities in a stage."""
        unit, stage = _place(turn)
        return client.get(f"/list?unit={unit}&stage={stage}", dataset.unit_name(unit))

    def record(self, client: Client, turn: int) -> bytes:
        """Open one activity."""
        number = turn * 37 % self.size + 1
        return client.get(f"/activity/{number}", dataset.mark(number))

    def create(self, client: Client, turn: int, writer: int = 1) -> bytes:
        """Create an activity of a writer's unit."""
        form = form_with(client.get("/new", "textarea"), "title")
        title = f"บันทึกใหม่ {next(_SERIAL)}"
        form.fields |= {
            "title": title, "description": TEXT, "day": "2026-06-15", "unit": str(writer),
            "stage": "3", "step": str(turn % dataset.STEPS + 1),
        }  # fmt: skip
        return client.send("/new", form, title)

    def export(self, client: Client, turn: int) -> bytes:
        """Download everything as CSV."""
        return client.get("/export.csv", dataset.mark(self.size))


class Tracker:
    """The tracker, as a coordinator sees it: by the real sign-in form, with roles, audit and translation."""

    name = "tracker"

    def __init__(self, port: int, size: int) -> None:
        self.port, self.size = port, size

    def signed_in(self, writer: int = 1) -> Client:
        """Sign a coordinator in by the form."""
        client = Client(self.port)
        form = form_with(client.get("/sign-in", "password"), "password")
        form.fields |= {"email": email(writer), "password": PASSWORD}
        client.send("/sign-in", form, dataset.unit_name(writer))
        return client

    def empty(self, client: Client, turn: int) -> bytes:
        """Open the page with the least on it: the frame, and who one is."""
        return client.get("/account", email(1))

    def overview(self, client: Client, turn: int) -> bytes:
        """Open the overview."""
        return client.get("/overview", "/overview.csv")

    def listing(self, client: Client, turn: int) -> bytes:
        """Open the list of a unit's activities in a stage."""
        unit, stage = _place(turn)
        path = f"/activities/?unit={dataset.unit_code(unit)}&stage={stage}"
        return client.get(path, dataset.unit_name(unit))

    def record(self, client: Client, turn: int) -> bytes:
        """Open one activity."""
        number = turn * 37 % self.size + 1
        return client.get(f"/activities/{number}", dataset.mark(number))

    def create(self, client: Client, turn: int, writer: int = 1) -> bytes:
        """Create an activity of a writer's own unit, and come back to the unit's work."""
        path = f"/activities/new?step={turn % dataset.STEPS + 1}"
        form = form_with(client.get(path, "idempotency_key"), "idempotency_key")
        title = f"บันทึกใหม่ {next(_SERIAL)}"
        fill_in(form, title)
        return client.send(path, form, title)

    def export(self, client: Client, turn: int) -> bytes:
        """Download everything as CSV."""
        return client.get("/activities/export.csv", dataset.mark(self.size))


def fill_in(form: Form, title: str) -> None:
    """Fill in the tracker's form for a new activity: a title, a kind of the step, a text."""
    form.fields |= {"title": title, "outcome": TEXT, "participants": "12"}
    if not form.fields.get("kind"):
        step = form.fields.get("step", "")
        form.fields["kind"] = next(value for value in form.options["kind"] if value.startswith(f"{step}-"))
