from pathlib import Path

import pytest

from catnlp.address import Address, where


def test_where_tells_a_path_from_an_address() -> None:
    assert where("out/catnlp.db") == Path("out/catnlp.db")
    assert where("postgresql") == Path("postgresql")
    assert isinstance(where("postgres://host/name"), Address)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://ann:secret@host:5433/reports", "postgresql://host:5433/reports"),
        ("postgresql://host/reports", "postgresql://host/reports"),
        ("postgresql://ann:sec@ret@host/reports", "postgresql://..."),
        ("postgresql://ann:sec/ret@host/reports", "postgresql://..."),
        ("postgresql://ann:sec#ret@host/reports", "postgresql://..."),
        ("postgresql://ann:sec?ret@host/reports", "postgresql://..."),
        ("postgresql://host/reports?password=secret&user=ann", "postgresql://host/reports"),
        ("postgresql:///reports?host=/run", "postgresql:///reports"),
    ],
)
def test_an_address_is_shown_without_a_password(url: str, shown: str) -> None:
    assert str(Address(url)) == shown
    assert "sec" not in repr(Address(url))
