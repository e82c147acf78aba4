"""What two templates of one structure say otherwise: where in the file, and both texts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tracker.programme.template import Template
from tracker.programme.template_rows import (
    Columns,
    activity_kinds,
    activity_rules,
    level_rows,
    stage_rows,
    step_rows,
    unit_kind_rows,
)


@dataclass(frozen=True, slots=True)
class Rewording:
    """A text that another template says otherwise; `where` as the file calls it."""

    where: str
    before: str
    after: str


def rewordings(old: Template, new: Template) -> list[Rewording]:
    """Return every wording that replacing one template by another of its structure would change."""
    before, after = dict(_texts(old)), dict(_texts(new))
    compared = [
        Rewording(where, before.get(where, ""), after.get(where, "")) for where in {**before, **after}
    ]
    return [one for one in compared if one.before != one.after]


def is_wording(name: str) -> bool:
    """Tell whether a column holds wording."""
    return name.endswith(("_th", "_en")) or name == "claim_words"


def _texts(template: Template) -> Iterator[tuple[str, str]]:
    yield from (("name_th", template.name_th), ("name_en", template.name_en))
    every: tuple[tuple[str, str, list[Columns]], ...] = (
        ("levels", "code", level_rows(template)),
        ("unit_kinds", "code", unit_kind_rows(template)),
        ("stages", "number", stage_rows(template, template.first_fiscal_year)),
        ("steps", "number", step_rows(template)),
        ("kinds", "code", activity_kinds(template, {})),
        ("rules", "code", activity_rules(template, {})),
    )
    for name, key, rows in every:
        for row in rows:
            yield from _texts_of(f"{name}[{row[key]}]", row)


def _texts_of(place: str, row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in row.items():
        where = f"{place}.{name.replace('short_name_', 'short_')}"
        if isinstance(value, dict):
            yield from _texts_of(where, {str(key): part for key, part in value.items()})
        elif is_wording(name) or name in ("th", "en"):
            yield where, str(value)
