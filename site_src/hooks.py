"""The only module that knows MkDocs: it makes sure of a build, adds generated files, renders pages.

The analysis runs as a process of its own, so that `mkdocs serve` never computes with code it has
imported before. Modules of this package are imported anew on every build for the same reason.
"""

import importlib
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

ROOT: Final = Path(__file__).resolve().parents[1]
# The kernel warns of its local connection each time it starts; errors still show.
KERNEL_CONFIG: Final = "c = get_config()\nc.IPKernelApp.log_level = 40\n"
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from analysis import artifacts  # noqa: E402
from analysis.errors import AnalysisError  # noqa: E402


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Builds the bundles if their inputs changed; takes the newest edition unless one is asked for."""
    for name in [name for name in sys.modules if name.startswith("site_src.")]:
        del sys.modules[name]
    if not artifacts.is_current(ROOT):
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        if subprocess.run(
            [sys.executable, "-m", "analysis", "build"], cwd=ROOT, env=environment, check=False
        ).returncode:
            raise PluginError("the analysis could not be built; its message stands above")
    editions = artifacts.built_editions()
    config.extra["edition"] = config.extra.get("edition") or editions[-1]
    # Each is read at most once a build, whatever the number of pages.
    config.extra["bundles"] = {edition: artifacts.open_bundle(edition) for edition in editions}
    _prepare_notebooks(config)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the pages stamped from records and every file for download."""
    bundle = config.extra["bundles"][config.extra["edition"]]
    for path, text in _module("pages").generated_pages(bundle).items():
        file = File.generated(config, path, content=text, inclusion=InclusionLevel.NOT_IN_NAV)
        file.edit_uri = _edited_at(path, bundle)
        files.append(file)
    for name in bundle.download_names():
        files.append(File.generated(config, f"files/{name}", abs_src_path=str(bundle.folder / name)))
    sources = {
        file.src_uri: file.content_string for file in files.documentation_pages() if file.src_uri.endswith(".md")
    }
    config.extra["cited_on"] = _module("pages").cited_on(sources)
    files.append(File.generated(config, "files/references.bib", abs_src_path=str(ROOT / "references.bib")))
    for table in sorted((ROOT / "data").rglob("*.csv")):
        files.append(File.generated(config, f"files/{table.relative_to(ROOT).as_posix()}", abs_src_path=str(table)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Renders the expressions of a page with the numbers of the edition it belongs to."""
    if not page.file.src_uri.endswith(".md"):
        return markdown
    edition = min(config.extra["edition"], str(page.meta.get("settled", config.extra["edition"])))
    try:
        context = _module("context").PageContext(
            page=page.file.src_uri, bundle=config.extra["bundles"][edition], cited_on=config.extra["cited_on"]
        )
        rendered = _module("render").render_page(markdown, context, first_line=_first_line(page, markdown))
    except (AnalysisError, _module("errors").PageError) as error:
        raise PluginError(str(error)) from None
    page.meta["fragments"] = rendered.fragments
    return str(rendered.markdown)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Puts drawings and formulas into the finished HTML; takes the ballast out of notebooks."""
    if page.file.src_uri.endswith(".md"):
        return str(_module("render").with_fragments(html, page.meta.pop("fragments", ())))
    return str(_module("notebooks").slimmed(html))


def _edited_at(path: str, bundle: artifacts.Bundle) -> str | None:
    """The record or module that a generated page is made from."""
    folder, name = path.split("/", 1)
    name = name.removesuffix(".md")
    if folder == "systems":
        return f"data/systems/{name}.toml"
    return str(bundle.architectures[name]["code"]) if folder == "architectures" else None


def _prepare_notebooks(config: MkDocsConfig) -> None:
    """Gives notebooks a cache that knows code and data, and a kernel that knows nothing of the user's own settings."""
    cache = ROOT / ".cache"
    # The plugin looks only at the notebook's own text, so each state of code and data gets a folder of its own.
    config.plugins["mkdocs-jupyter"].config["cache_dir"] = str(cache / "notebooks" / artifacts.input_hash(ROOT)[:16])
    profile = cache / "ipython" / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "ipython_kernel_config.py").write_text(KERNEL_CONFIG, encoding="utf-8")
    os.environ["IPYTHONDIR"] = str(profile.parent)


def _module(name: str) -> Any:
    return importlib.import_module(f"site_src.{name}")


def _first_line(page: Page, markdown: str) -> int:
    """The line of the source file on which the text after the front matter starts."""
    source = page.file.content_string
    front = re.match(r"---\n.*?\n---\n", source, re.DOTALL)
    body = source[front.end() :] if front else source
    skipped = len(body) - len(body.lstrip("\n"))
    return (
        (source[: front.end()].count("\n") if front else 0) + skipped + 1 - (len(markdown) - len(markdown.lstrip("\n")))
    )
