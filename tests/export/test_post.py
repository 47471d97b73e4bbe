"""A receiver on the loopback takes the flags; nothing else is ever reached."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from catnlp.errors import UsageError
from catnlp.export import flags
from catnlp.export.post import TOKEN, Pace, PostError, post
from catnlp.store import Store


class Receiver(ThreadingHTTPServer):
    """Answers with `answers` in turn, then 200; keeps what it was sent."""

    def __init__(self, answers: list[tuple[int, dict[str, str]]]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = answers
        self.seen: list[tuple[dict[str, str], bytes]] = []
        self.paths: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/flags"


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.paths.append(self.path)
        self.server.seen.append((dict(self.headers), body))
        status, headers = self.server.answers.pop(0) if self.server.answers else (200, {})
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def receiver(*answers: tuple[int, dict[str, str]]) -> Iterator[Receiver]:
    server = Receiver(list(answers))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_post_sends_every_flag_once_in_batches(store: Store) -> None:
    with receiver() as server:
        assert post(flags(store), server.url, pace=Pace(batch=2)) == 5
    sent = [flag for _, body in server.seen for flag in json.loads(body)["flags"]]
    assert [flag["id"] for flag in sent] == [flag.id for flag in flags(store)]
    assert [len(json.loads(body)["flags"]) for _, body in server.seen] == [2, 2, 1]


def test_post_tries_again_with_the_same_key_and_waits_longer(store: Store) -> None:
    waits: list[float] = []
    with receiver((503, {}), (429, {"Retry-After": "7"}), (502, {})) as server:
        post(flags(store), server.url, sleep=waits.append)
    assert waits == [1.0, 7.0, 4.0]
    keys = {headers["Idempotency-Key"] for headers, _ in server.seen}
    assert keys == {hashlib.sha256(server.seen[0][1]).hexdigest()}
    assert len(server.seen) == 4


def test_post_gives_up_and_says_what_was_taken(store: Store) -> None:
    answers = [(200, {}), *[(500, {})] * 3]
    with (
        receiver(*answers) as server,
        pytest.raises(PostError, match=r"after 3 attempts .*2 flags were taken"),
    ):
        post(flags(store), server.url, pace=Pace(batch=2, attempts=3), sleep=lambda _: None)


@pytest.mark.parametrize("status", [400, 401, 403, 302])
def test_post_takes_no_for_an_answer_and_follows_no_redirect(store: Store, status: int) -> None:
    with receiver() as elsewhere:
        with (
            receiver((status, {"Location": elsewhere.url})) as server,
            pytest.raises(PostError, match=f"refused with status {status}"),
        ):
            post(flags(store), server.url, sleep=lambda _: None)
        assert elsewhere.seen == []


def test_post_sends_a_token_only_where_one_is_set(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(TOKEN, raising=False)
    with receiver() as server:
        post(flags(store), server.url)
        monkeypatch.setenv(TOKEN, "secret")
        post(flags(store), server.url)
    assert [headers.get("Authorization") for headers, _ in server.seen] == [None, "Bearer secret"]


def test_post_names_a_receiver_that_is_not_there(store: Store) -> None:
    with receiver() as server:
        url = server.url
    with pytest.raises(PostError, match="gave up after 2 attempts"):
        post(flags(store), url, pace=Pace(attempts=2), sleep=lambda _: None)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x/y", "https://", "receiver"])
def test_post_refuses_what_is_no_web_address(store: Store, url: str) -> None:
    with pytest.raises(UsageError, match="not an address"):
        post(flags(store), url)


@pytest.mark.parametrize(
    "url",
    ["http://ann:hush@127.0.0.1/hook", "https://hush@host/hook", "https://ann:hush/hook",
     "https://ann:hu/sh@host/hook", "https://ann:12/hush@host/hook", "ftp://ann:hush@host/hook",
     "https://[hush/hook", "https://host/hu sh", "https://host/\nhush", "https://host/hush\u00e9"],
)  # fmt: skip
def test_post_refuses_and_does_not_repeat_an_address_with_a_password(
    store: Store, url: str
) -> None:
    with pytest.raises(UsageError, match="--post") as caught:
        post(flags(store), url)
    assert "hush" not in str(caught.value)


def test_post_sends_a_query_and_shows_it_nowhere(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    pace = Pace(attempts=2)
    with (
        receiver((503, {}), (503, {})) as server,
        pytest.raises(PostError, match=r"/flags: gave up") as gave_up,
    ):
        post(flags(store), f"{server.url}?token=hush#hush", pace=pace, sleep=lambda _: None)
    assert set(server.paths) == {"/flags?token=hush"}
    with (
        receiver((401, {})) as server,
        pytest.raises(PostError, match="/flags: refused") as refused,
    ):
        post(flags(store), f"{server.url}?token=hush")
    with pytest.raises(UsageError, match="host/flags: would go unencrypted") as plain:
        post(flags(store), "http://host/flags?token=hush")
    assert "trying again" in caplog.text
    assert "hush" not in f"{caplog.text} {gave_up.value} {refused.value} {plain.value}"


def test_post_refuses_to_send_unencrypted_over_a_network(store: Store) -> None:
    with pytest.raises(UsageError, match="--plain-http"):
        post(flags(store), "http://receiver.example/flags")
