"""The pages of the programme: stages, enrolments and the template."""

from tracker.programme.views import enrolments, stages, template
from tracker.programme.views.blueprint import bp

__all__ = ["bp", "enrolments", "stages", "template"]
