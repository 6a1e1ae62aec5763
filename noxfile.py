"""The one door for maintainers: build, serve, tests, lint, types."""

import os
import re
import sys
from pathlib import Path

import nox

ROOT = Path(__file__).parent
# What a build installs; what tests, style and types need as well.
LOCK, TESTS_LOCK = "requirements.lock", "requirements-tests.lock"
NPM = ("--prefix", "tests/web", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund")
# One file per lock for every supported Python and system: markers in it choose.
COMPILE = ("uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-header")
nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.sessions = ["lint", "types", "tests", "build"]
nox.options.reuse_existing_virtualenvs = True


@nox.session
def build(session: nox.Session) -> None:
    """Data to site: computes every edition and builds all of them, or one: `nox -s build -- --edition 2020-05`."""
    _prepare(session, LOCK)
    session.run("python", "-m", "site_src", "build", *session.posargs)


@nox.session
def publish(session: nox.Session) -> None:
    """A closed edition to the branch of the site, as the last commit makes it: `nox -s publish -- 2020-05`."""
    _prepare(session, LOCK)
    edition = _edition(session)
    # Takes the edition over where it was built from this commit already, and never publishes an older build.
    session.run("python", "-m", "site_src", "build", "--edition", edition)
    session.run("python", "-m", "site_src", "publish", edition)


@nox.session
def verify(session: nox.Session) -> None:
    """A published edition, built anew from its tag and compared byte for byte: `nox -s verify -- 2020-05`."""
    _prepare(session, LOCK)
    session.run("python", "-m", "site_src", "verify", _edition(session), sys.executable)


@nox.session
def serve(session: nox.Session) -> None:
    """The site on this machine, rebuilt when data, code, templates or prose change."""
    _prepare(session, LOCK)
    session.run("python", "-m", "mkdocs", "serve", "--livereload", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """All tests: units, properties, guards, the built site, and the pages in a browser."""
    _prepare_web(session)
    _build_for_browsers(session)
    # In the order of the files: by default modules with few tests, which are the slow ones, would come last.
    # A worker waits for its browser or its build most of the time, so there is one more than there are cores.
    workers = str((os.cpu_count() or 1) + 1)
    spread = ("--numprocesses", workers, "--dist", "loadscope", "--no-loadscope-reorder")
    # Pictures for people to look at are made by `browser`.
    left_out = ("--ignore", "tests/browser/test_screenshots.py")
    session.run("python", "-m", "pytest", *spread, *left_out, *session.posargs)


@nox.session
def browser(session: nox.Session) -> None:
    """The tests of `tests` that need a browser alone, and pictures of every kind of page in build/screenshots/."""
    _prepare_web(session)
    _build_for_browsers(session)
    session.run("python", "-m", "pytest", "tests/browser", *session.posargs)


@nox.session
def lighthouse(session: nox.Session) -> None:
    """What Lighthouse says of the site as it was last built, as on a telephone; reports go to `build/lighthouse/`."""
    _prepare_web(session, "--include=dev")
    session.run("python", "-m", "tests.web.lighthouse", *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """How much of the code the unit tests run through, line by line and branch by branch."""
    _prepare(session, TESTS_LOCK)
    session.run("coverage", "erase")
    session.run("coverage", "run", "-m", "pytest", *(session.posargs or ("tests/unit",)))
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report")


@nox.session
def lock(session: nox.Session) -> None:
    """Every lock file, for every supported Python on Linux, macOS and Windows.

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
    """Style and common mistakes."""
    _prepare_tool(session, "ruff")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Types, strictly."""
    _prepare(session, TESTS_LOCK)
    session.run("mypy")


@nox.session(venv_backend="virtualenv")
def crosscheck(session: nox.Session) -> None:
    """Every architecture and random networks against PyTorch's own counter."""
    _prepare_pytorch(session)
    # The settings of the other tests need packages for drawing; this check has its own.
    session.run("python", "-m", "pytest", "--confcutdir=tests/crosscheck", "tests/crosscheck", *session.posargs)


@nox.session(venv_backend="virtualenv")
def bench(session: nox.Session) -> None:
    """How fast the counter is: cold, against PyTorch's, and as networks grow."""
    _prepare_pytorch(session)
    session.run("python", "-m", "bench.count", *session.posargs)


def _build_for_browsers(session: nox.Session) -> None:
    """The site that browsers open, taken over where it is built already."""
    session.run("python", "-m", "site_src", "build")
    session.env["SITE_FOLDER"] = str(ROOT / "site")


def _edition(session: nox.Session) -> str:
    """The one edition that a session was called for."""
    if len(session.posargs) != 1:
        session.error(f"expected one edition: nox -s {session.name} -- 2020-05")
    return session.posargs[0]


def _prepare_pytorch(session: nox.Session) -> None:
    """The locked packages and PyTorch beside them; a build of it for processors alone is enough."""
    _prepare(session, LOCK)
    session.install(*_group("crosscheck"))


def _prepare_web(session: nox.Session, *npm: str) -> None:
    """What the tests need, with two browsers and the checkers that npm brings; without these, tests are left out."""
    _prepare(session, TESTS_LOCK)
    session.run("python", "-m", "tests.browser.chromium")
    session.run("python", "-m", "tests.browser.webkit")
    # Scripts of packages do not run: the checker of HTML would fetch a Java runtime, which is there already.
    session.run("npm", "ci", *NPM, *(npm or ("--omit=dev",)), success_codes=range(256))


def _prepare_tool(session: nox.Session, tool: str) -> None:
    """One tool that needs no other package, as the tests lock it: all that they need takes minutes to install."""
    entry = re.search(rf"^{tool}==.*(?:\n    --hash=.*)+", (ROOT / TESTS_LOCK).read_text("utf-8"), re.MULTILINE)
    if not entry:
        session.error(f"{TESTS_LOCK}: no {tool}; expected it there: `nox -s lock` writes it")
    alone = Path(session.create_tmp()) / f"{tool}.lock"
    alone.write_text(entry[0] + "\n", "utf-8")
    session.install("--require-hashes", "-r", str(alone))


def _group(name: str) -> list[str]:
    """The packages of a dependency group of pyproject.toml."""
    return list(nox.project.dependency_groups(nox.project.load_toml("pyproject.toml"), name))


def _prepare(session: nox.Session, *locks: str) -> None:
    """Installs the locked packages and sets what makes builds the same everywhere."""
    session.install("--require-hashes", *(part for lock in locks for part in ("-r", lock)))
    session.env["PYTHONPATH"] = str(ROOT)
    session.env["NO_MKDOCS_2_WARNING"] = "1"
    session.env["DISABLE_MKDOCS_2_WARNING"] = "true"
