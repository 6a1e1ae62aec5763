"""The servers of the browser tests and of Lighthouse send what a host sends."""

import gzip
import socket
import ssl
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from site_src.release.http_headers import HEADERS
from tests.browser.serving import served
from tests.web.http2 import served_over_http2


def trusting(*protocols: str) -> ssl.SSLContext:
    """Takes a certificate that nobody vouches for, and offers protocols."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_alpn_protocols(protocols)
    return context


@pytest.fixture(params=[served, served_over_http2])
def small(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a site of few files, on each server."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text("<p>A</p>")
    (tmp_path / "404.html").write_text("<p>Not here</p>")
    (tmp_path / "b.zip").write_bytes(b"PK")
    with request.param(tmp_path) as address:
        yield address


def sent(answer: HTTPResponse | HTTPError) -> dict[str, str]:
    """Those headers of an answer that the policy of the site is about."""
    return {name: str(answer.headers[name]) for name in HEADERS}


def test_a_page_comes_compressed_with_the_headers_of_the_site(small: str) -> None:
    with urlopen(small + "a/?b=c", context=trusting()) as answer:
        assert sent(answer) == dict(HEADERS)
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert gzip.decompress(answer.read()) == b"<p>A</p>"


def test_an_archive_comes_as_it_is(small: str) -> None:
    with urlopen(small + "b.zip", context=trusting()) as answer:
        assert sent(answer) == dict(HEADERS)
        assert answer.read() == b"PK"


@pytest.mark.parametrize("wrong", ["x", "a/x/", "a/index.html/"])
def test_a_wrong_address_gets_the_page_for_it(small: str, wrong: str) -> None:
    with pytest.raises(HTTPError) as raised:
        urlopen(small + wrong, context=trusting())
    assert raised.value.code == 404
    assert sent(raised.value) == dict(HEADERS)
    assert gzip.decompress(raised.value.read()) == b"<p>Not here</p>"


def test_the_server_of_lighthouse_offers_http2(tmp_path: Path) -> None:
    with served_over_http2(tmp_path) as address:
        place = urlsplit(address)
        with (
            socket.create_connection((place.hostname, place.port)) as plain,
            trusting("h2", "http/1.1").wrap_socket(plain, server_hostname=place.hostname) as secure,
        ):
            assert secure.selected_alpn_protocol() == "h2"
