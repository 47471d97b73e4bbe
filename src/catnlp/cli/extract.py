"""catnlp extract"""

import json
from dataclasses import asdict
from pathlib import Path

import click

from catnlp.cli.options import json_option


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
@click.option("--text", "as_text", is_flag=True, help="Only the text.")
@click.option("--html", "as_html", is_flag=True, help="Pictures of the pages, with what was read.")
def extract(file: Path, as_json: bool, as_text: bool, as_html: bool) -> None:
    """Show what is read in FILE: metadata, outline, blocks."""
    from catnlp.extract import extract as read
    from catnlp.segment.sections import sections

    if as_html:
        from catnlp.extract.drawing import draw

        click.echo(draw(file))
        return
    for document in read(file):
        if as_json:
            click.echo(json.dumps(asdict(document), ensure_ascii=False))
            continue
        if as_text:
            click.echo(document.text)
            continue
        for name in ("title", "publisher", "published", "genre", "language", "url", "reader"):
            click.echo(f"{name}: {getattr(document, name)}")
        click.echo(f"countries: {', '.join(document.subject_countries)}")
        click.echo(f"pages: {len(document.pages)}; words: {len(document.text.split()):,}")
        for warning in document.warnings:
            click.echo(f"warning: {warning}")
        click.echo("outline:")
        for section in sections(document):
            click.echo("  " * len(section.path) + section.path[-1])
