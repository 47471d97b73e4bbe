import io
import zipfile

import pytest

from catnlp.errors import UsageError
from catnlp.export import flags
from catnlp.export.brat import _unbroken
from catnlp.export.formats import lookup_in
from catnlp.store import Store
from tests.export.write import written_bytes


def test_brat_offsets_find_the_triggers_in_the_whole_text(store: Store) -> None:
    archive = zipfile.ZipFile(io.BytesIO(written_bytes("brat", flags(store), lookup_in(store))))
    found = []
    for name in archive.namelist():
        if not name.endswith(".ann"):
            continue
        text = archive.read(name.replace(".ann", ".txt")).decode()
        for line in archive.read(name).decode().splitlines():
            if line.startswith("T"):
                _, label, words = line.split("\t")
                _, start, end = label.split()
                assert text[int(start) : int(end)] == words
                found.append(words)
    assert sorted(found) == sorted(flag.trigger for flag in flags(store))


def test_brat_declares_its_labels_and_is_the_same_every_time(store: Store) -> None:
    first, second = (written_bytes("brat", flags(store), lookup_in(store)) for _ in "ab")
    assert first == second
    conf = zipfile.ZipFile(io.BytesIO(first)).read("annotation.conf").decode()
    assert "\ntorture-ill-treatment\n" in conf
    assert "Status\tArg:<ENTITY>, Value:affirmed|alleged|negated|normative|hypothetical" in conf


def test_brat_spans_do_not_cross_line_breaks() -> None:
    assert list(_unbroken("ab\ncd\n\nef", 1, 9)) == [(1, 2), (3, 5), (7, 9)]
    assert list(_unbroken("abcd", 1, 3)) == [(1, 3)]


def test_brat_without_texts_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="whole documents"):
        written_bytes("brat", flags(store))
