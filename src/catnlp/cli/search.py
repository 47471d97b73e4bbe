"""catnlp search"""

import click

from catnlp.address import Where
from catnlp.cli.options import json_option, store_argument


@click.command()
@store_argument
@click.argument("query", default="")
@click.option("-c", "--country", help="Only sentences with a mention against this country (ISO3).")
@click.option("--category", help="Only sentences with a mention of this category.")
@click.option("-n", "--limit", type=click.IntRange(1), default=20, show_default=True)
@json_option
def search(
    store: Where, query: str, country: str | None, category: str | None, limit: int, as_json: bool
) -> None:
    """Find sentences with all words of QUERY, best first (BM25: rare words in short sentences).

    Of words that stand in more than 30,000 sentences (10,000 on a server), those sentences come
    first in which the tagger found something, the surest mention first; others follow.

    Without QUERY: those with the surest mentions for which the country is responsible.
    """
    from catnlp.errors import UsageError
    from catnlp.store import open_store

    if not query.strip() and not country:
        raise UsageError("give words, or a country with -c for its surest mentions")

    with open_store(store, read_only=True) as opened:
        if country and not query.strip():
            found = opened.top(country, category=category, limit=limit)
        else:
            found = opened.search(query, country=country, category=category, limit=limit)
        for hit in found:
            click.echo(hit.as_json() if as_json else hit.as_text())
