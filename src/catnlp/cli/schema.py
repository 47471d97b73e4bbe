"""catnlp schema"""

import click

from catnlp.export import labelling_config
from catnlp.export import schema as exported
from catnlp.summarize import schema as summarized

RECORDS = {
    "flag": lambda: exported("flag"),
    "sentence": lambda: exported("sentence"),
    "summary": lambda: summarized("summary"),
    "label-studio": labelling_config,
}


@click.command()
@click.argument("record", type=click.Choice(list(RECORDS)))
def schema(record: str) -> None:
    """Print the JSON Schema of a flag, an annotated sentence or a country summary, or the
    set-up of a Label Studio project for exported tasks."""
    click.echo(RECORDS[record](), nl=False)
