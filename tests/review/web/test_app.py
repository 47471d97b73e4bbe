"""The review page without a browser: who may call it, and what it refuses."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("flask", reason="the review page needs Flask (extra: review)")

from werkzeug.test import Client, TestResponse

from catnlp.errors import UsageError
from catnlp.review.log import log
from catnlp.review.web.app import make_app
from catnlp.review.web.guard import Guard
from catnlp.review.web.serve import Address, serve
from catnlp.store import open_store
from tests.analyses import analysis
from tests.review.web.pages import fill

HOST = "127.0.0.1:8000"
GUARD = Guard("the-token", {HOST})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    fill(tmp_path / "s.db", 12)
    return tmp_path / "s.db"


@pytest.fixture
def client(path: Path) -> Client:
    return Client(make_app(path, reviewer="Ann", guard=GUARD))


def get(client: Client, address: str, **options: Any) -> TestResponse:
    return client.get(address, base_url=f"http://{HOST}/", **options)


def post(client: Client, address: str, form: dict[str, str], **options: Any) -> TestResponse:
    return client.post(address, base_url=f"http://{HOST}/", data=form, **options)


@pytest.fixture
def flag(client: Client) -> tuple[str, dict[str, str]]:
    """Address of the first flag, and its form."""
    get(client, "/?token=the-token")
    address = get(client, "/").headers["Location"]
    page = get(client, address).text
    form = {}
    for name in ("key", "shown"):
        found = re.search(f'name="{name}" value="([^"]*)"', page.split('id="decide"')[1])
        assert found
        form[name] = found[1].replace("&#34;", '"').replace("&#39;", "'").replace("&amp;", "&")
    return address, form


@pytest.mark.parametrize("address", ["/", "/flags", "/flags/m-1", "/?token=wrong"])
def test_nobody_without_the_token_sees_anything(client: Client, address: str) -> None:
    answer = get(client, address)
    assert answer.status_code == 403
    assert "Police" not in answer.text


def test_the_token_goes_from_the_address_into_a_strict_cookie(client: Client) -> None:
    answer = get(client, "/?token=the-token")
    assert answer.headers["Location"] == "/"
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:9999", "evil.example:8000"])
def test_another_name_for_this_machine_is_refused(client: Client, host: str) -> None:
    answer = client.get("/?token=the-token", base_url=f"http://{host}/")
    assert answer.status_code == 421
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("key", ["", "wrong", "the-token"])
def test_a_form_without_its_key_keeps_nothing(
    client: Client, path: Path, flag: tuple[str, dict[str, str]], key: str
) -> None:
    address, form = flag
    assert post(client, address, {**form, "verdict": "reject", "key": key}).status_code == 403
    with open_store(path) as store:
        assert log(store) == []


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:9999"])
def test_another_site_cannot_send_a_form(
    client: Client, path: Path, flag: tuple[str, dict[str, str]], origin: str
) -> None:
    address, form = flag
    answer = post(client, address, {**form, "verdict": "reject"}, headers={"Origin": origin})
    assert answer.status_code == 403
    with open_store(path) as store:
        assert log(store) == []


def test_a_decision_is_kept_with_who_when_and_why(
    client: Client, path: Path, flag: tuple[str, dict[str, str]]
) -> None:
    address, form = flag
    answer = post(client, address, {**form, "verdict": "reject", "why": "ordinary arrest"},
                  headers={"Origin": f"http://{HOST}"})  # fmt: skip
    assert answer.status_code == 303
    assert answer.headers["Location"] != address
    with open_store(path) as store:
        ((decision, outcomes),) = log(store)
    assert (decision.reviewer, decision.why, decision.verdict) == ("Ann", "ordinary arrest",
                                                                  "reject")  # fmt: skip
    assert decision.decided.endswith("+00:00")
    assert decision.after == "It was a quiet day."
    assert [o.outcome for o in outcomes] == ["applied"]


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"verdict": "maybe"}, "choose accept"),
        ({"verdict": "add"}, "choose a category"),
        ({"verdict": "accept", "shown": "{}"}, "not whole"),
        ({"verdict": "accept", "shown": "[1]"}, "not whole"),
        ({"verdict": "correct", "category": "impunity", "status": "alleged", "actor": "state",
          "trigger": "no such words"}, "not in the quote"),
        ({"verdict": "correct", "category": "impunity", "status": "alleged", "actor": "state",
          "trigger": "beat", "location": "Togo"}, "three letters"),
    ],
)  # fmt: skip
def test_a_wrong_form_says_why_and_keeps_nothing(
    client: Client,
    path: Path,
    flag: tuple[str, dict[str, str]],
    form: dict[str, str],
    message: str,
) -> None:
    address, whole = flag
    answer = post(client, address, {**whole, **form})
    assert answer.status_code == 400
    assert message in answer.text
    with open_store(path) as store:
        assert log(store) == []


def test_pages_load_nothing_from_elsewhere(
    client: Client, flag: tuple[str, dict[str, str]]
) -> None:
    answer = get(client, flag[0])
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert not re.search(r'(?:src|href)="(?:https?:)?//', answer.text)


def test_text_of_documents_is_text_and_no_markup(client: Client, path: Path) -> None:
    with open_store(path) as store:
        quote = "Police beat <script>alert(1)</script> & \"all\" 'detainees'."
        store.begin_input("x", "x", 1)
        store.put(analysis("x", ((quote, "beat", "torture-ill-treatment", "affirmed"),), "TCD",
                           url="javascript:alert(1)"), "x")  # fmt: skip
    get(client, "/?token=the-token")
    page = get(client, get(client, "/?country=TCD").headers["Location"]).text
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "&lt;script&gt;" in page


def test_all_decided_leads_to_the_list(client: Client, flag: tuple[str, dict[str, str]]) -> None:
    address, form = flag
    for _ in range(12):
        page = get(client, address).text
        found = re.search('name="shown" value="([^"]*)"', page)
        assert found
        shown = found[1].replace("&#34;", '"')
        json.loads(shown)
        answer = post(client, address, {**form, "shown": shown, "verdict": "accept"})
        address = answer.headers["Location"]
    assert address.startswith("/flags?last=12")
    assert "All 12 flags are decided" in get(client, address).text


def test_a_flag_that_is_gone_is_said_to_be(client: Client) -> None:
    get(client, "/?token=the-token")
    answer = get(client, "/flags/m-none", follow_redirects=True)
    assert "being read again" in answer.text
    assert "<blockquote>" in answer.text


@pytest.mark.parametrize("number", ["9" * 23, "9" * 5000, "-1", "x", str(1 << 63)])
def test_a_number_that_no_decision_has_is_none(
    client: Client, flag: tuple[str, dict[str, str]], number: str
) -> None:
    address, form = flag
    assert get(client, f"{address}?last={number}").status_code == 200
    assert get(client, f"/flags?page={number}").status_code == 200
    assert post(client, f"/withdraw/{number}", form).status_code == 404


def test_a_busy_store_keeps_what_was_typed_on_the_page(
    client: Client, path: Path, flag: tuple[str, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catnlp.store.sqlite.BUSY_MS", 50)
    address, form = flag
    sent = {**form, "verdict": "reject", "why": "an ordinary <arrest>"}
    with open_store(path) as store, store.transaction():
        answer = post(client, address, sent)
        assert answer.status_code == 503
        assert "Not kept: the store cannot be written now" in answer.text
        assert 'value="an ordinary &lt;arrest&gt;"' in answer.text
        gone = post(client, "/flags/m-none", sent)
        assert gone.status_code == 503
        assert 'name="why" value="an ordinary &lt;arrest&gt;"' in gone.text
        assert "Send it again" in gone.text
    assert post(client, address, sent).status_code == 303
    path.write_bytes(b"no store any more, whatever it was before that")
    answer = get(client, address)
    assert answer.status_code == 503
    assert "cannot be opened as a store" in answer.text
    assert "Send it again" not in answer.text


def test_serve_refuses_every_address_at_once(path: Path) -> None:
    with pytest.raises(UsageError, match="name the one"):
        serve(path, "Ann", Address("0.0.0.0", 0), print)


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("192.168.1.5", False),
     ("example.org", False)],
)  # fmt: skip
def test_addresses_that_only_this_machine_reaches(host: str, loopback: bool) -> None:
    assert Address(host, 0).is_loopback == loopback
