"""catnlp schema"""

import click


@click.command()
@click.argument("record", type=click.Choice(["flag", "sentence", "label-studio"]))
def schema(record: str) -> None:
    """Print the JSON Schema of a flag or of an annotated sentence, or the set-up of a Label
    Studio project for exported tasks."""
    from catnlp.export import labelling_config
    from catnlp.export import schema as text

    click.echo(labelling_config() if record == "label-studio" else text(record), nl=False)
