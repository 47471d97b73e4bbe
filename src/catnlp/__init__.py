"""Evidence for reviews of arms transfers, from documents.

The way through: `extract` reads a file into a Document, `segment` cuts it into sentences
with their place, `tag` finds mentions, `link` ties them to countries and arms sales,
`store` keeps them, `summarize` and `export` make pages and flags from the store alone.
"""

__version__ = "0.1.0"
