from pathlib import Path

import pytest

from catnlp.address import Address, where
from catnlp.errors import UsageError


def test_where_tells_a_path_from_an_address() -> None:
    assert where("out/catnlp.db") == Path("out/catnlp.db")
    assert where("postgresql") == Path("postgresql")
    assert isinstance(where("postgres://host/name"), Address)


@pytest.mark.parametrize(
    "text",
    ["postgres://ann:hush@host/name", "PostgreSQL://ann:hush@host/name",
     " postgresql://ann:hush@host/name\n", "postgresql+psycopg://ann:hush@host/name",
     "POSTGRESQL+psycopg2://ann:hush@host/name"],
)  # fmt: skip
def test_an_address_is_known_in_every_spelling(text: str) -> None:
    assert where(text) == Address("postgresql://ann:hush@host/name")


@pytest.mark.parametrize(
    "text",
    ["postgresql:/ann:hush@host/name", "postgresql:ann:hush@host/name", "mysql://ann:hush@host/x",
     "sqlite:///hush.db", "s3://hush/store", "s3:/hush/store", "jdbc:postgresql://ann:hush@host/x",
     "host=db.example.org password=hush", " dbname=hush", "connect_timeout=3 password = hush",
     "ann:hush@host/name", "//ann:hush@host/name", "://ann:hush@host/name", "postgresql ://a:hush@b"],
)  # fmt: skip
def test_what_looks_like_another_address_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        where(text)
    assert "hush" not in str(caught.value)
    assert "postgresql://USER@HOST" in str(caught.value)


@pytest.mark.parametrize(
    "text",
    ["C:\\out\\catnlp.db", "c:/ann@home/catnlp.db", "./host=a/catnlp.db", "out/host=a/catnlp.db",
     "/srv/passwords.db", "a@b/catnlp.db", "2024:05.db", "postgresql.db"],
)  # fmt: skip
def test_a_path_stays_a_path(text: str) -> None:
    assert where(text) == Path(text)


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
        ("postgresql://ann:sec@[::1/reports", "postgresql://..."),
        ("postgresql://ann:sec/reports", "postgresql://..."),
        ("postgresql://ann:x@[::1]:5433/reports", "postgresql://[::1]:5433/reports"),
        ("postgresql://ann:x@a:1,b:2/reports", "postgresql://a:1,b:2/reports"),
    ],
)
def test_an_address_is_shown_without_a_password(url: str, shown: str) -> None:
    assert str(Address(url)) == shown
    assert "sec" not in repr(Address(url))
