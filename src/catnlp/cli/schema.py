"""catnlp schema"""

import click


@click.command()
@click.argument("record", type=click.Choice(["flag", "sentence"]))
def schema(record: str) -> None:
    """Print the JSON Schema of a flag, or of an annotated sentence."""
    from catnlp.export import schema as text

    click.echo(text(record), nl=False)
