"""What pages and files of figures say of themselves: stage, units, day and filter; the tabs to filter by."""

from tracker.following.sentences import REASON_NAMES
from tracker.overview.lens import Lens
from tracker.overview.links import ONLY
from tracker.overview.rows import CLAIMS, REASONS, chosen
from tracker.overview.tables import FIGURE_NAMES
from tracker.programme.reference import plan
from tracker.thai.dates import format_day
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, named, unit_word


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
    return {name: str(FIGURE_NAMES[figure]) for figure, name in ONLY.items() if name == only}


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
        units=unit_word(looked_at.stage, len(view.enrolments)),
    )


def stage_name(looked_at: Lens) -> str:
    """Return which stage a file is of, in short."""
    return _("ระยะที่ %(n)s", n=looked_at.stage.number)


def about(looked_at: Lens, note: str = "", filtered: str = "") -> tuple[str, ...]:
    """Return what the head of a file says: which stage and units, as of when; of a past stage with a note."""
    then = looked_at.is_over and not looked_at.as_now
    return (
        f"{stage_name(looked_at)} {named(looked_at.stage)}",
        named(looked_at.unit) if looked_at.unit else _("ทุกหน่วยงาน"),
        *([filtered] if filtered else []),
        f"{_('ข้อมูล ณ')} {format_day(looked_at.day, language())}",
        *([note] if then and note else []),
    )


def file_name(looked_at: Lens, *words: str) -> str:
    """Return what a file is called: its words, which units, as of when."""
    of_units = [looked_at.unit.code] if looked_at.unit else []
    return " ".join((*filter(None, words), *of_units, format_day(looked_at.day, language())))
