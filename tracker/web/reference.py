"""The unit tree, the programme and the installation, for pages."""

from flask import abort

from tracker.organisation.installation import InstallationInfo, installation_info
from tracker.organisation.tree import UnitNode, UnitTree, unit_tree
from tracker.session import db


def tree() -> UnitTree:
    """Return the unit tree."""
    return unit_tree(db())


def here() -> InstallationInfo | None:
    """Return what this installation is, or None before it is set up."""
    return installation_info(db())


def unit_or_404(code: str) -> UnitNode:
    """Return a unit by its code; answer 404 for an unknown one."""
    return tree().by_code.get(code) or abort(404)
