"""catnlp schema"""

import click


@click.command()
@click.argument("record", type=click.Choice(["flag", "sentence"]))
def schema(record: str) -> None:
    """Print the JSON Schema of a flag, or of an annotated sentence."""
    from importlib.resources import files

    source = files("catnlp.export").joinpath(f"schema/{record}.schema.json")
    click.echo(source.read_text(encoding="utf-8"), nl=False)
