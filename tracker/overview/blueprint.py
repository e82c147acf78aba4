"""The pages of this slice hang here; they are written in more than one file."""

from flask import Blueprint

bp = Blueprint("overview", __name__)
