"""What stands round the two lists: filter tags, choices of the filter bar, heads that sort."""

from dataclasses import dataclass

from tracker.facilitators.forms import ROLE_WORDS
from tracker.organisation.tree import UnitNode
from tracker.register.blueprint import plan
from tracker.register.filters import PeopleFilter, TrainingFilter
from tracker.web.i18n import gettext as _
from tracker.web.i18n import named
from tracker.web.paging import here_with
from tracker.web.reference import tree

Tag = tuple[str, str, str]
Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Head:
    """A head that sorts: where a click leads, and how the list is sorted by it now."""

    url: str
    state: str | None


def heads(keys: tuple[str, ...], order: str, downward: tuple[str, ...] = ()) -> dict[str, Head]:
    """Return the heads of a list by key; `downward` ones begin with the largest."""
    found = {}
    for key in keys:
        state = "ascending" if order == key else "descending" if order == f"-{key}" else None
        turned = f"-{key}" if state == "ascending" or (state is None and key in downward) else key
        found[key] = Head(here_with(sort=turned, page=None), state)
    return found


def _tag(name: str, label: str, value: str) -> Tag:
    return label, value, here_with(**{name: None, "page": None})


def _yes_no(value: bool, yes: str, no: str) -> str:
    return yes if value else no


def people_tags(wanted: PeopleFilter) -> list[Tag]:
    """Return the filters in force on the list of facilitators."""
    tags = [_tag("q", _("คำค้น"), wanted.q)] if wanted.q else []
    if wanted.unit:
        tags.append(_tag("unit", _("หน่วยงาน"), named(wanted.unit)))
    if wanted.role:
        tags.append(_tag("role", _("บทบาท KM"), str(ROLE_WORDS[wanted.role])))
    if wanted.trained is not None:
        tags.append(_tag("trained", _("การอบรม"), _yes_no(wanted.trained, _("ผ่านแล้ว"), _("ยังไม่ผ่าน"))))
    if wanted.passed_in is not None:
        tags.append(_tag("passed", _("ผ่านการอบรมในระยะที่"), str(wanted.passed_in)))
    if wanted.active is not None:
        words = _yes_no(wanted.active, _("ประจำอยู่"), _("พ้นหน้าที่แล้ว"))
        tags.append(_tag("active", _("สถานะ"), words))
    if wanted.withdrawn:
        tags.append(_tag("withdrawn", _("แสดง"), _("รายการที่ยกเลิก")))
    return tags


def training_tags(wanted: TrainingFilter) -> list[Tag]:
    """Return the filters in force on the list of trainings."""
    tags = [_tag("q", _("คำค้น"), wanted.q)] if wanted.q else []
    if wanted.stage_id:
        stage = plan().stage_by_id[wanted.stage_id]
        tags.append(_tag("stage", _("ระยะที่"), str(stage.number)))
    if wanted.unit:
        tags.append(_tag("unit", _("หน่วยงาน"), named(wanted.unit)))
    if wanted.withdrawn:
        tags.append(_tag("withdrawn", _("แสดง"), _("รายการที่ยกเลิก")))
    return tags


def unit_choices() -> list[Choice]:
    """Return the units by which a list may be narrowed, in tree order."""
    nodes: list[UnitNode] = [node for node in tree() if not node.is_pilot]
    return [("", _("ทุกหน่วยงาน")), *((node.code, named(node)) for node in nodes)]


def role_choices() -> list[Choice]:
    """Return the KM roles by which the register may be narrowed."""
    return [("", _("ทุกบทบาท")), *((role.value, str(words)) for role, words in ROLE_WORDS.items())]


def trained_choices() -> list[Choice]:
    """Return what may be asked about training."""
    return [("", _("ทั้งหมด")), ("yes", _("ผ่านแล้ว")), ("no", _("ยังไม่ผ่าน"))]


def active_choices() -> list[Choice]:
    """Return what may be asked about postings."""
    return [("", _("ทั้งหมด")), ("yes", _("ประจำอยู่")), ("no", _("พ้นหน้าที่แล้ว"))]


def stage_choices() -> list[Choice]:
    """Return the stages by which trainings may be narrowed."""
    return [
        ("", _("ทุกระยะ")),
        *((str(stage.number), f"{stage.number} {named(stage, 'short')}") for stage in plan().stages),
    ]
