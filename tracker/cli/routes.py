"""`tracker routes`: every address the application answers."""

import click
from flask import current_app

from tracker.cli.base import on_application


@click.command(short_help="List every address, its methods and its name.")
@on_application
def routes() -> None:
    """List every address that the application answers, with its methods and the name of its view."""
    rules = sorted(current_app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))
    rows = [
        (", ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})), rule.rule, rule.endpoint)
        for rule in rules
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    for methods, path, endpoint in rows:
        click.echo(f"{methods:<{widths[0]}}  {path:<{widths[1]}}  {endpoint}")
