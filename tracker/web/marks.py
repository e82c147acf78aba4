"""Small things that a page writes often, as HTML: shades, states, words that stay in one piece."""

from functools import lru_cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

_LEVELS = {"none": 0, "doing": 1, "done": 2}
# Words a browser would cut in the middle, because its Thai dictionary knows only their halves.
WHOLE = ("เรียนรู้", "ความรู้", "ดำเนินการ", "หน่วยงาน", "ขั้นตอน", "เข้าร่วม", "ผู้ต้องขัง", "(คุณอำนวย)", "คุณอำนวย")


def shade(k: int, n: int) -> int:
    """Return the bin of k of n for the shade: 0 none, 1 < 0.4, 2 < 0.6, 3 < 1, 4 all."""
    if not n or k == 0:
        return 0
    if k >= n:
        return 4
    return 1 if k * 10 < n * 4 else 2 if k * 10 < n * 6 else 3


def level_of(claim: Any) -> int:
    """Return what a unit says as a position: 0 not begun, 1 under way, 2 done; stored words are read too."""
    known = _LEVELS.get(str(claim))
    return int(claim) if known is None else known


@lru_cache(1024)
def keep(text: str) -> Markup:
    """Return a running text or a name in which no word is cut that browsers would cut."""
    written = escape(text)
    for word in WHOLE:
        written = written.replace(escape(word), Markup('<span class="nw">{}</span>').format(word))
    return written


def init_marks(env: Environment) -> None:
    """Give them to templates, whose parts hand them on under names of their own."""
    env.globals.update(shade=shade, level_tag=level_of, keep_tag=keep)
