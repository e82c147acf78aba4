"""Invented people: every full name once, office phones of an invented range."""

from collections.abc import Collection
from random import Random

from tracker.demo.bank import DemoUnit, words

_MEN_TITLES = ("นาย",) * 14 + ("ว่าที่ร้อยตรี", "ว่าที่ร้อยตรี", "พันจ่าเอก", "สิบเอก")
_WOMEN_TITLES = ("นาง", "นาง", "นางสาว", "นางสาว", "นางสาว", "ว่าที่ร้อยตรีหญิง")


def _without_title(full_name: str) -> tuple[str, str, str]:
    title = max((t for t in (*_MEN_TITLES, *_WOMEN_TITLES) if full_name.startswith(t)), key=len, default="")
    return full_name.removeprefix(title).partition(" ")


class People:
    """Gives out invented people; no first and last name come together twice."""

    def __init__(self, rng: Random, taken: Collection[str] = ()) -> None:
        """Begin with full names that were given already."""
        self._rng = rng
        self._bank = words("people")
        heads, tails = self._bank["family_heads"], self._bank["family_tails"]
        self._families = [a + b for a in heads for b in tails if a not in b and b not in a]
        self._taken = {(first, last) for first, _space, last in (_without_title(name) for name in taken)}

    def person(self, unit: DemoUnit | None = None) -> tuple[str, str, str]:
        """Give title, first name and last name of somebody new; mostly women where the unit is theirs."""
        share = 0.85 if unit and "หญิง" in unit.name_th else 0.4
        while True:
            woman = self._rng.random() < share
            first = self._rng.choice(self._bank["women" if woman else "men"])
            last = self._rng.choice(self._families)
            if (first, last) not in self._taken:
                self._taken.add((first, last))
                return self._rng.choice(_WOMEN_TITLES if woman else _MEN_TITLES), first, last

    def full_name(self, unit: DemoUnit | None = None) -> str:
        """Give the full name of somebody new."""
        title, first, last = self.person(unit)
        return f"{title}{first} {last}"

    def position(self, unit: DemoUnit) -> str:
        """Choose a position of the civil service that fits the unit."""
        return str(
            self._rng.choice(self._bank["positions"]["division" if unit.level == "division" else "prison"])
        )


def office_phone(index: int, extension: int | None = None) -> str:
    """Form a number of the invented range `0 2000 xxxx`, with an extension where given."""
    number = f"0 2000 {index:04d}"
    return f"{number} ต่อ {extension}" if extension else number
