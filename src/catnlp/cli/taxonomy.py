"""catnlp taxonomy"""

import json
from dataclasses import asdict

import click

from catnlp.cli.options import json_option


@click.command()
@json_option
def taxonomy(as_json: bool) -> None:
    """Categories, statuses and actors, with their definitions."""
    from catnlp.taxonomy import taxonomy as load

    loaded = load()
    if as_json:
        click.echo(json.dumps(asdict(loaded), indent=2, ensure_ascii=False))
        return
    for group, label in loaded.groups.items():
        click.echo(f"\n{label}")
        for category in loaded.categories:
            if category.group == group:
                click.echo(f"  {category.id}: {category.definition}")
                if category.excludes:
                    click.echo(f"      not: {category.excludes}")
    for name, labels in (("Status", loaded.status_labels), ("Actor", loaded.actor_labels)):
        click.echo(f"\n{name}")
        for entry in labels:
            click.echo(f"  {entry.id}: {entry.definition}")
