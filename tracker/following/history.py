"""What the trail keeps of announcements, words to units, calls and pauses, in words."""

from dataclasses import replace

from tracker.following.forms import AnnouncementForm, AnswerForm, CallForm, PauseForm, WordForm
from tracker.web.history import Field, labels_of, offer, say_day, typed

_LINE = typed(AnnouncementForm, "text_th", "text_en")
_CALL = labels_of(CallForm)

offer("announcements", {**_LINE, "text": _LINE["text_th"]})
offer(
    "words",
    {
        **typed(WordForm, "text"),
        "answer": replace(typed(AnswerForm, "answer")["answer"], is_pair=True),
    },
)
offer("calls", {name: Field(_CALL[name], say_day) for name in ("called_on", "next_on")})
offer("pauses", {"until": Field(labels_of(PauseForm)["until"], say_day)})
