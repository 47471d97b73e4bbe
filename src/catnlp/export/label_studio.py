"""The set-up of a Label Studio project for our tasks, from the taxonomy."""

from xml.sax.saxutils import quoteattr

from catnlp.taxonomy import taxonomy


def labelling_config() -> str:
    """The XML to paste under Settings, Labeling Interface."""
    loaded = taxonomy()
    labels = "".join(f"    <Label value={quoteattr(c)}/>\n" for c in loaded.category_ids)
    return (
        "<View>\n"
        '  <Header value="$title" size="5"/>\n'
        '  <Text name="place" value="$section"/>\n'
        f'  <Labels name="category" toName="text">\n{labels}  </Labels>\n'
        '  <Text name="text" value="$text"/>\n'
        f"{_choices('status', loaded.statuses)}{_choices('actor', loaded.actors)}"
        '  <TextArea name="country" toName="text" perRegion="true" maxSubmissions="1" '
        'placeholder="ISO 3166-1 alpha-3"/>\n'
        "</View>\n"
    )


def _choices(name: str, values: tuple[str, ...]) -> str:
    listed = "".join(f"    <Choice value={quoteattr(value)}/>\n" for value in values)
    opening = f'  <Choices name="{name}" toName="text" perRegion="true" choice="single">\n'
    return f"{opening}{listed}  </Choices>\n"
