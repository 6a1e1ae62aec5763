"""Where the publication is on the web, for those who need it without MkDocs: the environment says it, or mkdocs.yml."""

import os
import re
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from analysis.input_files import ROOT
from site_src.errors import BuildError

VARIABLE: Final = "SITE_URL"
# As mkdocs.yml has it: alone, or as the default of the variable.
_SETTING: Final = re.compile(
    r"""^site_url:[ ]* (?: !ENV[ ]*\[ [ ]*SITE_URL[ ]*,[ ]* (?P<default>[^\]]*?) [ ]*\] | (?P<alone>\S*) ) [ ]*$""",
    re.MULTILINE | re.VERBOSE,
)
_ADDRESS: Final = re.compile(r"https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?(/[\w.~%-]+)*/?", re.ASCII)
# Reserved for examples, tests and private networks, so nobody is reached there.
# Source: RFC 2606, RFC 6761, RFC 6762 (.local) and RFC 8375 (home.arpa).
_RESERVED: Final = (
    *(".example", ".test", ".invalid", ".localhost", ".local", ".internal", ".home.arpa"),
    *(".example.com", ".example.net", ".example.org"),
)


def address(root: Path = ROOT) -> str:
    """The address under which all editions are published, with a slash at its end. Raises: BuildError."""
    if os.environ.get(VARIABLE):
        return _checked(os.environ[VARIABLE], VARIABLE)
    found = _SETTING.search((root / "mkdocs.yml").read_text(encoding="utf-8"))
    setting = (found["default"] or found["alone"] or "") if found else ""
    return _checked(setting.strip("\"'"), "mkdocs.yml: site_url")


def is_placeholder(address: str) -> bool:
    """Whether an address leads nowhere that readers could go: it is reserved, or of one machine or network alone."""
    host = f".{(urlsplit(address).hostname or '').rstrip('.')}"
    try:
        return not ip_address(host[1:]).is_global
    except ValueError:
        return host.endswith(_RESERVED) or host.count(".") == 1


def archive_name(edition: str) -> str:
    """The name of the archive that holds a whole edition."""
    return f"ai-and-compute-{edition}"


def _checked(found: str, where: str) -> str:
    scheme, separator, rest = found.partition("://")
    host, slash, path = rest.partition("/")
    # Case means nothing in a scheme and a host, and something in a path.
    normal = f"{scheme.lower()}{separator}{host.lower()}{slash}{path}"
    if not _ADDRESS.fullmatch(normal) or ".." in normal or "/./" in f"{normal}/":
        raise BuildError(f"{where}: found {found!r}; expected an absolute address such as https://numbers.org/compute/")
    return normal if normal.endswith("/") else f"{normal}/"
