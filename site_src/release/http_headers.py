"""What a browser may do with a page of the site, as headers that its host sends with every answer.

The same for all editions, permanently: everything comes from the site itself, and nothing in a page runs or styles but
files. One text goes out for each kind of host that reads such files from the site.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# Images as data are icons in the style sheet of the theme. Naming scripts by their hashes would tie the header to
# the edition that has them.
CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self' data:; "
    "font-src 'self'; "
    "connect-src 'self'; "
    "worker-src 'self'; "
    "manifest-src 'self'; "
    "base-uri 'none'; "
    "form-action 'none'; "
    "frame-ancestors 'none'"
)
HEADERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    }
)


# The address of a typeface holds for its content alone.
TYPEFACES: Final = "/assets/fonts/"
FOR_GOOD: Final = "public, max-age=31536000, immutable"


def host_files() -> dict[str, str]:
    """The files by which hosts learn the headers, by name: Netlify and Cloudflare Pages read one, Apache the other."""
    return {"_headers": _headers(), ".htaccess": _htaccess()}


def _headers() -> str:
    lines = (f"  {name}: {value}\n" for name, value in HEADERS.items())
    return f"/*\n{''.join(lines)}/:edition{TYPEFACES}*\n  Cache-Control: {FOR_GOOD}\n"


def _htaccess() -> str:
    # `always` covers the pages of errors too.
    lines = (f'  Header always set {name} "{value}"\n' for name, value in HEADERS.items())
    kept = f'  <If "%{{REQUEST_URI}} =~ m#{TYPEFACES}#">\n    Header set Cache-Control "{FOR_GOOD}"\n  </If>\n'
    return f"<IfModule mod_headers.c>\n{''.join(lines)}{kept}</IfModule>\n"
