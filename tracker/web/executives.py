"""How a form asks which executives took part, each in their own manner."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms.fields import SelectChoice

from tracker.organisation.models import Manner
from tracker.organisation.posts import PostInfo, post_book
from tracker.organisation.tree import UnitTree
from tracker.session import db
from tracker.web.fields import SelectChoiceField, worded
from tracker.web.forms import TrackerForm
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language, named
from tracker.web.words import MANNERS

EXECUTIVE = "executive_"


def with_posts(form: type[TrackerForm], posts: Sequence[PostInfo], tree: UnitTree) -> type[TrackerForm]:
    """Return the form with one more field for each executive post: whether and how they took part."""

    def build() -> type[TrackerForm]:
        nobody = SelectChoice(value="", label=_("ไม่ได้เข้าร่วม"))
        manners = worded((manner.value, label) for manner, label in MANNERS.items())
        fields = {
            f"{EXECUTIVE}{post.id}": SelectChoiceField(
                post_label(post, tree),
                required=False,
                choices=[nobody, *manners],
            )
            for post in posts
        }
        return type(form.__name__, (form,), fields)

    return tree.kept((form, tuple(posts), language()), build)


def post_label(post: PostInfo, tree: UnitTree) -> str:
    """Return the title of a post with its unit, unless the title says the unit itself."""
    unit = tree.get(post.unit_id)
    title, short = named(post, "title"), named(unit, "short")
    return title if not short or short in title or named(unit) in title else f"{title} · {short}"


def executive_fields(form: TrackerForm) -> list[Any]:
    """Return one field for each executive post that may have taken part."""
    return [field for field in form if field.short_name.startswith(EXECUTIVE)]


def executives_chosen(form: TrackerForm) -> dict[int, Manner]:
    """Return who took part, by the post's id, and how."""
    fields = executive_fields(form)
    return {int(f.short_name.removeprefix(EXECUTIVE)): Manner(f.data) for f in fields if f.data}


def executives_data(executives: Sequence[tuple[PostInfo, Manner]]) -> dict[str, Any]:
    """Return how a form shows who took part."""
    return {f"{EXECUTIVE}{post.id}": manner.value for post, manner in executives}


def say_executives(manners: Mapping[Any, Any]) -> str:
    """Return who took part and how, as the trail keeps it: {id of the post: manner}."""
    posts = post_book(db()).named({int(post_id) for post_id in manners})
    how = {int(post_id): MANNERS[Manner(manner)] for post_id, manner in manners.items()}
    return ", ".join(f"{named(post, 'title')} ({how[post.id]})" for post in posts)
