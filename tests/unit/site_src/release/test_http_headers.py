"""The headers of a page, in the words of each kind of host, and the policy that they state."""

import re

from site_src.release.http_headers import HEADERS, host_files


def test_hosts_are_given_every_header_each_in_its_own_words() -> None:
    files = host_files()
    # Netlify and Cloudflare Pages: a pattern of addresses, and the headers of its answers indented below it.
    pattern, *lines = files["_headers"].partition("/:edition/assets/fonts/*\n")[0].splitlines()
    assert pattern == "/*"
    assert dict(line.removeprefix("  ").split(": ", 1) for line in lines) == HEADERS
    assert dict(re.findall(r'Header always set (\S+) "([^"]+)"', files[".htaccess"])) == HEADERS


def test_the_policy_lets_nothing_run_or_style_but_files_of_the_site() -> None:
    rules = dict(rule.split(" ", 1) for rule in HEADERS["Content-Security-Policy"].split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == "'self'"
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


def test_the_policy_allows_each_kind_of_content_from_the_site_alone_or_not_at_all() -> None:
    rules = dict(rule.split(" ", 1) for rule in HEADERS["Content-Security-Policy"].split("; "))
    kinds = ("script", "style", "font", "connect", "worker", "manifest")
    assert {kind: rules.pop(f"{kind}-src") for kind in kinds} == dict.fromkeys(kinds, "'self'")
    # Icons of the theme are data in its style sheet.
    assert rules.pop("img-src") == "'self' data:"
    forbidden = ("default-src", "base-uri", "form-action", "frame-ancestors")
    assert rules == dict.fromkeys(forbidden, "'none'")


def test_typefaces_are_kept_for_good_by_each_kind_of_host() -> None:
    kept = "Cache-Control: public, max-age=31536000, immutable"
    files = host_files()
    assert files["_headers"].endswith(f"/:edition/assets/fonts/*\n  {kept}\n")
    assert (
        'm#/assets/fonts/#">\n    Header set Cache-Control "public, max-age=31536000, immutable"' in files[".htaccess"]
    )


def test_no_type_is_guessed() -> None:
    assert HEADERS["X-Content-Type-Options"] == "nosniff"
