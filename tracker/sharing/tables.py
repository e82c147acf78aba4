"""Events and entries as tables to take away."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from tracker.accounts.permissions import Actor
from tracker.organisation.tree import UnitTree
from tracker.programme.plan import Plan
from tracker.sharing.filters import WantedEntries, WantedEvents
from tracker.sharing.queries import counts_of, event_list
from tracker.sharing.queries_entries import adoptions_of, entry_list
from tracker.sharing.words import TYPES, state_word
from tracker.web.i18n import gettext as _
from tracker.web.i18n import named
from tracker.web.tables import Cell, Column, ColumnKind, Table


def _about(wanted: WantedEvents | WantedEntries) -> tuple[str, ...]:
    return tuple(f"{name}: {value}" for name, value, _url in wanted.tags)


def events_table(session: Session, actor: Actor, tree: UnitTree, plan: Plan, wanted: WantedEvents) -> Table:
    """Return the events of a filter as a table."""
    columns = (
        Column(_("วันที่จัด"), ColumnKind.DAY, 16),
        Column(_("ชื่องาน"), width=50),
        Column(_("ประเภทงาน"), width=22),
        Column(_("หน่วยงานที่จัด"), width=32),
        Column(_("ระยะ"), ColumnKind.COUNT, 8),
        Column(_("สถานที่"), width=30),
        Column(_("สถานะ"), width=14),
        Column(_("จำนวนผู้เข้าร่วม"), ColumnKind.COUNT, 12),
        Column(_("ผลงาน"), ColumnKind.COUNT, 10),
        Column(_("สรุปผล"), width=60),
    )

    def rows() -> Iterator[tuple[Cell, ...]]:
        events = event_list(session, actor, tree, wanted.filters, order=wanted.order)
        counts = counts_of(session, [event.id for event in events])
        for event in events:
            yield (
                event.held_on,
                event.title,
                str(TYPES[event.type]),
                named(tree[event.unit_id]),
                plan.stage_by_id[event.stage_id].number,
                event.venue,
                state_word(event),
                event.attendance,
                counts.get(event.id, 0),
                event.summary,
            )

    return Table(_("งานแลกเปลี่ยนเรียนรู้"), columns, rows(), _about(wanted))


def entries_table(session: Session, actor: Actor, tree: UnitTree, plan: Plan, wanted: WantedEntries) -> Table:
    """Return the entries of a filter as a table, with who took them up."""
    columns = (
        Column(_("วันที่จัด"), ColumnKind.DAY, 16),
        Column(_("ผลงาน"), width=44),
        Column(_("หน่วยงานที่นำเสนอ"), width=32),
        Column(_("ผู้นำเสนอ"), width=26),
        Column(_("เปลี่ยนอะไรให้ดีขึ้น"), width=50),
        Column(_("รางวัล"), width=18),
        Column(_("งาน"), width=40),
        Column(_("ระยะ"), ColumnKind.COUNT, 8),
        Column(_("หน่วยงานที่นำไปใช้"), width=50),
    )

    def rows() -> Iterator[tuple[Cell, ...]]:
        found = list(entry_list(session, actor, tree, wanted.filters, order=wanted.order))
        adoptions = adoptions_of(session, [row.entry.id for row in found])
        kept = _("ใช้ภายในหน่วยงาน")
        for row in found:
            entry, event, is_open = row.entry, row.event, row.is_open
            others = [a for a in adoptions.get(entry.id, ()) if a.unit_id != entry.unit_id]
            yield (
                event.held_on,
                entry.name if is_open else kept,
                named(tree[entry.unit_id]),
                *((entry.presenter, entry.change, entry.award, event.title) if is_open else ("",) * 4),
                plan.stage_by_id[event.stage_id].number,
                ", ".join(named(tree[a.unit_id], "short") for a in others),
            )

    return Table(_("ผลงานที่นำเสนอ"), columns, rows(), _about(wanted))
