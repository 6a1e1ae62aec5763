# /// script
# dependencies = ["nox[uv]>=2025.2.9"]
# ///
"""All commands for maintainers: build, serve, tests, lint, types, publish, verify, lock and more.

The block above lets nox fetch uv, which installs the packages of a session in seconds where pip takes a minute.
"""

import os
import re
import sys
from pathlib import Path

import nox

ROOT = Path(__file__).parent
# Packages of a build; further packages for tests, lint and types.
LOCK, TESTS_LOCK = "requirements.lock", "requirements-tests.lock"
NPM = ("--prefix", "tests/web", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund")
# Each lock file covers every supported Python and system; environment markers select the packages.
COMPILE = ("uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-header")
nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.sessions = ["lint", "types", "tests", "build"]
nox.options.reuse_existing_virtualenvs = True


@nox.session
def build(session: nox.Session) -> None:
    """Builds the site from the data, with all editions or one: `nox -s build -- --edition 2020-05`."""
    _prepare(session, LOCK)
    session.run("python", "-m", "site_src", "build", *session.posargs)


@nox.session
def preview(session: nox.Session) -> None:
    """Shows what the work tree changes against a commit, HEAD by default, and why: `nox -s preview -- main`."""
    _prepare(session, LOCK)
    session.run("python", "-m", "site_src", "preview", *session.posargs)


@nox.session
def publish(session: nox.Session) -> None:
    """Publishes a closed edition, built from the last commit, on the site's branch: `nox -s publish -- 2020-05`."""
    _prepare(session, LOCK)
    edition = _edition(session)
    # Reuses a build of this commit, never publishes one of an older commit.
    session.run("python", "-m", "site_src", "build", "--edition", edition)
    session.run("python", "-m", "site_src", "publish", edition)


@nox.session
def verify(session: nox.Session) -> None:
    """Rebuilds a published edition from its tag and compares it byte for byte: `nox -s verify -- 2020-05`."""
    _prepare(session, LOCK)
    session.run("python", "-m", "site_src", "verify", _edition(session), sys.executable)


@nox.session
def serve(session: nox.Session) -> None:
    """Serves the site locally and rebuilds it when data, code, templates or prose change."""
    _prepare(session, LOCK)
    session.run("python", "-m", "mkdocs", "serve", "--livereload", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Runs all tests: units, properties, guards, the built site, and the pages in a browser."""
    _prepare_web(session)
    _build_for_browsers(session)
    # In file order: by default modules with few tests, which are the slow ones, would come last.
    # Workers that wait for a browser or a build leave room for two more than there are cores.
    workers = str((os.cpu_count() or 1) + 2)
    spread = ("--numprocesses", workers, "--dist", "loadscope", "--no-loadscope-reorder")
    # `browser` takes the screenshots, which are for people to look at.
    left_out = ("--ignore", "tests/browser/test_screenshots.py")
    session.run("python", "-m", "pytest", *spread, *left_out, *session.posargs)


@nox.session
def browser(session: nox.Session) -> None:
    """Runs only the browser tests, and saves screenshots of every kind of page to build/screenshots/."""
    _prepare_web(session)
    _build_for_browsers(session)
    session.run("python", "-m", "pytest", "tests/browser", *session.posargs)


@nox.session
def lighthouse(session: nox.Session) -> None:
    """Runs Lighthouse on the last build as on a phone; reports go to `build/lighthouse/`."""
    _prepare_web(session, "--include=dev")
    session.run("python", "-m", "tests.web.lighthouse", *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """Measures line and branch coverage of the unit tests."""
    _prepare(session, TESTS_LOCK)
    session.run("coverage", "erase")
    session.run("coverage", "run", "-m", "pytest", *(session.posargs or ("tests/unit",)))
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report")


@nox.session
def lock(session: nox.Session) -> None:
    """Writes every lock file, for every supported Python on Linux, macOS and Windows.

    Versions stay where pyproject.toml still allows them. `nox -s lock -- --upgrade` takes the newest ones,
    `nox -s lock -- --upgrade-package numpy` the newest one of a package.
    """
    session.install(*_group("maintenance"), *_group("web"))
    oldest = nox.project.python_versions(nox.project.load_toml("pyproject.toml"))[0]
    compiled = (*COMPILE, "--python-version", oldest, *session.posargs, "pyproject.toml")
    groups = ("--group", "tests", "--group", "web")
    session.run(*compiled, "--output-file", LOCK)
    session.run(*compiled, *groups, "--constraint", LOCK, "--output-file", TESTS_LOCK)
    session.run("npm", "install", "--package-lock-only", *NPM)


@nox.session
def lint(session: nox.Session) -> None:
    """Checks style and common mistakes."""
    _prepare_tool(session, "ruff")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Checks types with mypy --strict."""
    _prepare(session, TESTS_LOCK)
    session.run("mypy")


@nox.session(venv_backend="virtualenv")
def crosscheck(session: nox.Session) -> None:
    """Compares every architecture and random networks with PyTorch's own counter, and ONNX files with runs."""
    _prepare(session, LOCK)
    # A CPU-only build of PyTorch is enough.
    session.install(*_group("crosscheck"))
    # The conftest of the other tests imports packages that are not installed here.
    session.run("python", "-m", "pytest", "--confcutdir=tests/crosscheck", "tests/crosscheck", *session.posargs)


@nox.session(venv_backend="virtualenv")
@nox.parametrize("part", ["count", "site", "trends"])
def bench(session: nox.Session, part: str) -> None:
    """Measures speed: counting, next to PyTorch's counter; the site, next to other builders of sites; fits."""
    _prepare(session, LOCK)
    # What each is compared with; fits are compared with nothing.
    if group := {"count": "crosscheck", "site": "bench"}.get(part):
        session.install(*_group(group))
    session.run("python", "-m", f"bench.{part}", *session.posargs)


def _build_for_browsers(session: nox.Session) -> None:
    """Builds the site that browsers open; unchanged editions are reused."""
    session.run("python", "-m", "site_src", "build")
    session.env["SITE_FOLDER"] = str(ROOT / "site")


def _edition(session: nox.Session) -> str:
    """The edition given on the command line."""
    if len(session.posargs) != 1:
        session.error(f"expected one edition: nox -s {session.name} -- 2020-05")
    return session.posargs[0]


def _prepare_web(session: nox.Session, *npm: str) -> None:
    """Installs what the tests need, with two browsers and the npm checkers; tests without theirs are skipped."""
    _prepare(session, TESTS_LOCK)
    session.run_install("python", "-m", "tests.browser.chromium")
    session.run_install("python", "-m", "tests.browser.webkit")
    # Without install scripts: that of the HTML checker would download a Java runtime, which is installed already.
    session.run_install("npm", "ci", *NPM, *(npm or ("--omit=dev",)), success_codes=range(256))


def _prepare_tool(session: nox.Session, tool: str) -> None:
    """Installs one tool without dependencies at its locked version; the whole lock would take minutes."""
    entry = re.search(rf"^{tool}==.*(?:\n    --hash=.*)+", (ROOT / TESTS_LOCK).read_text("utf-8"), re.MULTILINE)
    if not entry:
        session.error(f"{TESTS_LOCK}: found no {tool}; expected it, as `nox -s lock` writes it")
    tool_lock = Path(session.create_tmp()) / f"{tool}.lock"
    tool_lock.write_text(entry[0] + "\n", "utf-8")
    session.install("--require-hashes", "-r", str(tool_lock))


def _group(name: str) -> list[str]:
    """The packages of a dependency group of pyproject.toml."""
    return list(nox.project.dependency_groups(nox.project.load_toml("pyproject.toml"), name))


def _prepare(session: nox.Session, *locks: str) -> None:
    """Installs the locked packages and sets the environment of every build."""
    # The first start of Python compiles what it imports, a quarter of all that is installed. Every start would do so
    # again where the machine asks Python not to keep that.
    session.env["PYTHONDONTWRITEBYTECODE"] = ""
    session.install("--require-hashes", *(part for lock in locks for part in ("-r", lock)))
    session.env["PYTHONPATH"] = str(ROOT)
    session.env["NO_MKDOCS_2_WARNING"] = "1"
    session.env["DISABLE_MKDOCS_2_WARNING"] = "true"
