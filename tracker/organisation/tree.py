"""The unit tree as plain values, read once and kept until somebody changes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.organisation.models import Level, Unit, UnitKind
from tracker.organisation.revision import Keeping, cached_by_revision


@dataclass(frozen=True, slots=True)
class LevelInfo:
    """A level of the tree."""

    code: str
    position: int
    name_th: str
    name_en: str
    is_pilot: bool
    is_member: bool
    is_top: bool


@dataclass(frozen=True, slots=True)
class KindInfo:
    """A kind of unit and what its head is called."""

    code: str
    name_th: str
    name_en: str
    head_th: str
    head_en: str


@dataclass(frozen=True, slots=True)
class UnitNode:
    """A unit in its place: `path` holds the ids from the root to the unit itself.

    `inherits_from` holds those above it whose roles reach down to it: nobody inherits from a national node.
    """

    id: int
    code: str
    level: str
    kind: str
    parent_id: int | None
    short_th: str
    name_th: str
    name_en: str
    short_en: str
    path: tuple[int, ...]
    inherits_from: tuple[int, ...]
    order: int
    is_pilot: bool
    is_member: bool
    is_top: bool
    closed_on: date | None
    sort_key: str
    search_text: str

    def is_within(self, unit_id: int) -> bool:
        """Tell whether the node is that unit or lies below it."""
        return unit_id in self.path

    def is_closed_on(self, day: date) -> bool:
        """Tell whether the unit was closed on a day; the day from which it is closed is one."""
        return self.closed_on is not None and self.closed_on <= day


@dataclass(frozen=True)
class UnitTree(Keeping):
    """Every unit by id, in tree order (parents first, siblings by position and name)."""

    nodes: dict[int, UnitNode]
    levels: dict[str, LevelInfo]
    kinds: dict[str, KindInfo]

    def __iter__(self) -> Iterator[UnitNode]:
        """Walk all units in tree order."""
        return iter(self.nodes.values())

    def __len__(self) -> int:
        """Count the units."""
        return len(self.nodes)

    def get(self, unit_id: int | None) -> UnitNode | None:
        """Return a unit, or None for an unknown id."""
        return self.nodes.get(unit_id) if unit_id is not None else None

    def __getitem__(self, unit_id: int) -> UnitNode:
        """Return a unit; KeyError for an unknown id."""
        return self.nodes[unit_id]

    @cached_property
    def by_code(self) -> dict[str, UnitNode]:
        """Index the units by code."""
        return {node.code: node for node in self}

    @cached_property
    def _below(self) -> dict[int, tuple[UnitNode, ...]]:
        below: dict[int, list[UnitNode]] = {unit_id: [] for unit_id in self.nodes}
        for node in self:
            for ancestor in node.path:
                below[ancestor].append(node)
        return {unit_id: tuple(nodes) for unit_id, nodes in below.items()}

    def subtree(self, unit_id: int) -> tuple[UnitNode, ...]:
        """Return the unit and all below it, in tree order; empty for an unknown id."""
        return self._below.get(unit_id, ())

    def subtree_ids(self, unit_id: int) -> frozenset[int]:
        """Return the ids of the unit and of all below it."""
        return frozenset(node.id for node in self.subtree(unit_id))

    def members_below(self, unit_id: int) -> tuple[UnitNode, ...]:
        """Return the open prisons and divisions at or below a unit (หน่วยงานร่วม)."""
        return tuple(n for n in self.subtree(unit_id) if n.is_member and n.closed_on is None)

    def ancestors(self, unit_id: int) -> tuple[UnitNode, ...]:
        """Return the units from the root down to the parent."""
        return tuple(self.nodes[i] for i in self.nodes[unit_id].path[:-1])

    def children(self, unit_id: int) -> tuple[UnitNode, ...]:
        """Return the units directly below."""
        return tuple(n for n in self.subtree(unit_id) if n.parent_id == unit_id)

    def with_pilots(self, unit_id: int) -> frozenset[int]:
        """Return the ids of the unit and of its pilot groups: those whose people it may name in a record."""
        return frozenset({unit_id, *(node.id for node in self.children(unit_id) if node.is_pilot)})

    def parent(self, unit_id: int) -> UnitNode | None:
        """Return the unit directly above."""
        return self.get(self.nodes[unit_id].parent_id)

    @property
    def root(self) -> UnitNode | None:
        """Return the topmost unit."""
        return next(iter(self), None)

    @cached_property
    def department(self) -> UnitNode | None:
        """Return the first unit that is not the national node: the department itself."""
        return next((node for node in self if not node.is_top), self.root)

    def head_title(self, unit_id: int, language: str) -> str:
        """Return what the head of the unit is called, by the unit's kind."""
        kind = self.kinds.get(self.nodes[unit_id].kind)
        if kind is None:
            return ""
        return kind.head_en if language == "en" else kind.head_th


def _short_english(unit: Unit) -> str:
    return unit.name_en or unit.short_name_th or unit.name_th


def _node(unit: Unit, level: LevelInfo, above: tuple[UnitNode, ...], order: int) -> UnitNode:
    return UnitNode(
        id=unit.id,
        code=unit.code,
        level=unit.level,
        kind=unit.kind,
        parent_id=unit.parent_id,
        short_th=unit.short_name_th or unit.name_th,
        name_th=unit.name_th,
        name_en=unit.name_en,
        short_en=_short_english(unit),
        path=(*(node.id for node in above), unit.id),
        inherits_from=tuple(node.id for node in above if not node.is_top),
        order=order,
        is_pilot=level.is_pilot,
        is_member=level.is_member,
        is_top=level.is_top,
        closed_on=unit.closed_on,
        sort_key=unit.sort_key,
        search_text=unit.search_text,
    )


def _level_info(row: Level) -> LevelInfo:
    return LevelInfo(
        row.code, row.position, row.name_th, row.name_en, row.is_pilot, row.is_member, row.is_top
    )


def _load(session: Session) -> UnitTree:
    levels = {row.code: _level_info(row) for row in session.scalars(select(Level).order_by(Level.position))}
    kinds = {
        row.code: KindInfo(row.code, row.name_th, row.name_en, row.head_th, row.head_en)
        for row in session.scalars(select(UnitKind).order_by(UnitKind.id))
    }
    children: dict[int | None, list[Unit]] = {}
    for unit in session.scalars(select(Unit).order_by(Unit.position, Unit.sort_key, Unit.code)):
        children.setdefault(unit.parent_id, []).append(unit)
    nodes: dict[int, UnitNode] = {}

    def place(unit: Unit, above: tuple[UnitNode, ...]) -> None:
        node = nodes[unit.id] = _node(unit, levels[unit.level], above, len(nodes))
        for child in children.get(unit.id, ()):
            place(child, (*above, node))

    for unit in children.get(None, ()):
        place(unit, ())
    return UnitTree(nodes, levels, kinds)


def unit_tree(session: Session) -> UnitTree:
    """Return the whole unit tree; usually without asking the database."""
    return cached_by_revision(session, "unit_tree", _load)
