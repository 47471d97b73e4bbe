import pytest

from catnlp.gazetteer.regions import region_of


@pytest.mark.parametrize(
    ("code", "region"),
    [("NGA", "Africa"), ("XKX", "Europe"), ("HND", "North and Central America"), ("ZZZ", "")],
)
def test_region_of(code: str, region: str) -> None:
    assert region_of(code) == region
