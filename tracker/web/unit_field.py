"""The field of a unit: a grouped list when few are offered, a typed field with proposals when many are."""

from collections.abc import Callable, Sequence
from typing import Any

from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from tracker.organisation.tree import UnitNode
from tracker.thai.text import search_text
from tracker.web.choice_fields import ChoiceField
from tracker.web.i18n import gettext as _
from tracker.web.i18n import named

LONG_LIST = 40
NEAR = 4


def _same(value: Any) -> Any:
    return value


class UnitField(ChoiceField):
    """One of the units that a form offers; `data` is its id, or None, or the text that names no unit.

    A form calls `offer(nodes)` right after it is made, before it validates. Posted values may be an
    id, a code, a name, "code name" as the proposals have it, or a short name that only one of them has.
    """

    widget_kind = "unit"

    def __init__(self, label: Any = None, *, required: bool = True, **kwargs: Any) -> None:
        super().__init__(label, required=required, coerce=_same, choices=[], **kwargs)
        self.nodes: dict[int, UnitNode] = {}
        self.refused: dict[int, tuple[UnitNode, str]] = {}
        self.is_described = "description" in kwargs

    def offer(
        self,
        nodes: Sequence[UnitNode],
        group: Callable[[UnitNode], str] | None = None,
        refused: Sequence[tuple[UnitNode, str]] = (),
    ) -> None:
        """Offer units; `group` names the heading under which one stands in a short list.

        `refused` are units that people may type although they cannot be meant, each with why.
        """
        self.nodes = {node.id: node for node in nodes}
        self.refused = {node.id: (node, why) for node, why in refused}
        long = len(nodes) > LONG_LIST
        if long and not self.is_described:
            self.description = _("พิมพ์ชื่อหรือรหัสหน่วยงาน แล้วเลือกจากรายการที่ขึ้นมา")
        self.choices = [
            SelectChoice(
                value=proposal(node) if long else node.id,
                label=named(node),
                optgroup=(group(node) or None) if group and not long else None,
            )
            for node in nodes
        ]
        self.data = self._found(self.data)

    def _found(self, value: Any) -> Any:
        if value in (None, "", "None"):
            return None
        text = str(value).strip().casefold()
        for node in (*self.nodes.values(), *(node for node, _why in self.refused.values())):
            if text in (
                str(node.id),
                node.code.casefold(),
                proposal(node).casefold(),
                named(node).casefold(),
            ):
                return node.id
        short = [node.id for node in self.nodes.values() if text == named(node, "short").casefold()]
        return short[0] if len(short) == 1 else value

    def _value(self) -> str:
        nodes = self.nodes | {unit_id: node for unit_id, (node, _why) in self.refused.items()}
        node = nodes.get(self.data) if isinstance(self.data, int) else None
        return proposal(node) if node else str(self.data or "")

    def iter_choices(self) -> list[Any]:
        """Return the choices with the chosen one marked."""
        chosen = self._value() if len(self.nodes) > LONG_LIST else self.data
        return [choice._replace(selected=choice.value == chosen) for choice in super().iter_choices()]

    def pre_validate(self, form: object) -> None:
        """Refuse a unit that is not offered, and none where one is needed."""
        if self.data is None:
            if self.flags.required:
                raise ValidationError(_("กรุณาเลือก%(label)s", label=self.label.text))
        elif self.data in self.refused:
            raise ValidationError(self.refused[self.data][1])
        elif self.data not in self.nodes:
            raise ValidationError(self._not_found())

    def _not_found(self) -> str:
        typed = search_text(str(self.data))
        near = [proposal(node) for node in self.nodes.values() if typed in search_text(proposal(node))]
        if not typed or not near:
            return _("ไม่พบหน่วยงานนี้ในรายการที่เลือกได้ กรุณาเลือกใหม่")
        more = _(" และอีก %(n)s หน่วยงาน", n=len(near) - NEAR) if len(near) > NEAR else ""
        return _("กรุณาใส่ชื่อเต็มหรือรหัส ที่ใกล้เคียงคือ %(units)s", units=", ".join(near[:NEAR]) + more)


def proposal(node: UnitNode) -> str:
    """Return how a unit stands among the proposals: code and name."""
    return f"{node.code} {named(node)}"
