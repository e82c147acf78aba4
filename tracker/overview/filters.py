"""The filters of the stage page in words: its tabs, and what a filtered page or file says of itself."""

from tracker.following.sentences import REASON_NAMES
from tracker.overview.lens import Lens, plan
from tracker.overview.rows import CLAIMS, REASONS, chosen
from tracker.overview.tables import FIGURE_NAMES
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, named

FIGURES = {"executives": 0, "first_five": 1, "trained": 2, "follow": 4}


def _names(looked_at: Lens, only: str) -> dict[str, str]:
    names = {"": _("ทั้งหมด")}
    if looked_at.view.reasons or only in REASONS:
        names |= {each: str(REASON_NAMES[kind]) for each, kind in REASONS.items()}
    return names if only in names else names | _other_names(only)


def _other_names(only: str) -> dict[str, str]:
    _word, _dash, number = only.partition("-")
    if number:
        claims = plan().steps[0].claim_words
        step = plan().step(int(number))
        words = step.claim_words if step else claims
        label = _("ขั้นตอนที่ %(number)s", number=number)
        return {
            f"{each}-{number}": f"{label} {words[each].get(language()) or words[each]['th']}"
            for each in CLAIMS
        }
    return {only: str(list(FIGURE_NAMES.values())[FIGURES[only]])}


def filter_tabs(looked_at: Lens, only: str) -> list[tuple[str, str, int, bool]]:
    """Return the tabs of the stage page: address, label, how many enrolments, whether it is this one."""
    view, names = looked_at.view, _names(looked_at, only)
    counts = {name: len(chosen(view, plan(), name) or ()) for name in names}
    return [
        (looked_at.stage_url(name or None), label, counts[name], name == only)
        for name, label in names.items()
    ]


def filter_name(looked_at: Lens, only: str) -> str:
    """Return what a filter is called, "" without one."""
    return _names(looked_at, only)[only] if only else ""


def filter_line(looked_at: Lens, only: str) -> str:
    """Return which enrolments a filter shows, and how many of all; "" without one."""
    view = looked_at.view
    return only and _(
        "%(filter)s %(n)s จาก %(of)s %(units)s",
        filter=filter_name(looked_at, only),
        n=f"{len(chosen(view, plan(), only) or ()):,}",
        of=f"{len(view.enrolments):,}",
        units=named(looked_at.stage, "unit_word"),
    )
