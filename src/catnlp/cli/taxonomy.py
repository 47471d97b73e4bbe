"""catnlp taxonomy"""

import json
from dataclasses import asdict

import click

from catnlp.cli.options import json_option


@click.command()
@click.option("--criteria", "as_criteria", is_flag=True, help="Legal and policy criteria instead.")
@json_option
def taxonomy(as_criteria: bool, as_json: bool) -> None:
    """Categories, statuses and actors, with their definitions; or the criteria of laws,
    treaties and policies, and which evidence bears on them."""
    if as_criteria:
        _criteria(as_json)
        return
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


def _criteria(as_json: bool) -> None:
    from catnlp.taxonomy.criteria import criteria

    loaded = criteria()
    if as_json:
        parts = {
            name: [asdict(row) for row in getattr(loaded, name)]
            for name in ("instruments", "criteria", "rules")
        }
        click.echo(json.dumps(parts, indent=2, ensure_ascii=False))
        return
    for instrument in loaded.instruments:
        click.echo(f"\n{instrument.label}\n  {instrument.source}\n  {instrument.note}")
        for criterion in loaded.criteria:
            if criterion.instrument == instrument.id:
                click.echo(f"  {criterion.id} ({criterion.article}): {criterion.question}")
                reached = dict.fromkeys(
                    c for r in loaded.rules if criterion.id in r.criteria for c in r.categories
                )
                click.echo(f"      {', '.join(reached) or criterion.unreached}")
