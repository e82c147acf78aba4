"""What pages say of a step in words."""

from tracker.programme.plan import StepInfo
from tracker.progress.models import Claim
from tracker.web.i18n import gettext as _
from tracker.web.i18n import language


def level_words(step: StepInfo) -> str:
    """Return what a state (องค์กรแห่งการเรียนรู้, องค์กรแห่งนวัตกรรม) must reach; "" for other steps."""
    level = step.level_needed(language())
    if not level:
        return ""
    return _("“%(done)s” คือ %(level)s", done=step.claim_word(Claim.DONE, language()), level=level)
