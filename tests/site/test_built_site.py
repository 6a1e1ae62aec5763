"""The built site: the same bytes from the same input, no broken link, no unnamed number, no request elsewhere."""

import json
import re
import subprocess

from analysis.bundle.build import DRAWINGS
from analysis.content_store import ContentStore
from site_src.release.link_check import faults
from site_src.release.new_site import LINKS
from site_src.site_config import address
from site_src.theme.typefaces import CHARACTERS
from site_src.typography import typeset_page
from tests.editions import EDITIONS
from tests.sites import ROOT, Site, files_of, site_build

# Arrows of links, and signs in other people's words, that are left to a typeface of the reader's system.
LEFT_TO_THE_SYSTEM = "↩‖∗"
PLACEHOLDER = re.compile(r"\{\{|\}\}|\{%|<!--block:|Undefined|\{:? ?[.#][a-z-]+ ?\}")


def test_two_builds_in_two_folders_time_zones_and_hash_seeds_are_the_same_bytes(sites: tuple[Site, Site]) -> None:
    first, second = sites
    for ours, theirs in (
        (files_of(first.root / "build"), files_of(second.root / "build")),
        (files_of(first.pages), files_of(second.pages)),
    ):
        assert list(ours) == list(theirs)
        assert [name for name in ours if ours[name] != theirs[name]] == []


def test_the_key_of_a_drawing_is_the_same_in_two_folders_time_zones_and_hash_seeds(sites: tuple[Site, Site]) -> None:
    first, second = ({path.name for path in (site.root / DRAWINGS).iterdir()} for site in sites)
    # The second site began without some drawings of the first, and made those that it needs.
    assert second
    assert second - first == set()


def test_no_link_anchor_or_source_is_broken_and_no_id_stands_twice(site: Site) -> None:
    assert list(faults(site.folder, ContentStore(site.root / LINKS), address(site.root))) == []


def test_every_page_is_free_of_expressions_left_over(site: Site) -> None:
    left = [
        page.relative_to(site.pages).as_posix()
        for page in site.pages.rglob("*.html")
        if PLACEHOLDER.search(
            re.sub(r"<(script|code|pre|annotation)\b.*?</\1>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        )
    ]
    assert left == []


def test_pages_use_no_character_that_the_typefaces_lack_but_those_left_to_the_system(site: Site) -> None:
    used = {
        sign for page in site.pages.rglob("*.html") for sign in page.read_text(encoding="utf-8") if sign.isprintable()
    }
    assert used - set(map(chr, CHARACTERS)) == set(LEFT_TO_THE_SYSTEM)


def test_no_paragraph_begins_with_the_mark_that_ends_the_one_before(site: Site) -> None:
    begun = re.compile(r"<p>\s*[.,;:!?)]")
    pages = site.pages.rglob("*.html")
    assert [page for page in pages if begun.search(page.read_text(encoding="utf-8"))] == []


def test_every_page_of_the_navigation_is_built(site: Site) -> None:
    for page in (
        "",
        "posts/2018-05-16-ai-and-compute",
        "posts/2020-05-05-ai-and-efficiency",
        "appendix/ai-and-compute-methods",
        "appendix/ai-and-efficiency-methods",
        "methods/counting-operations",
        "architectures",
        "architectures/alexnet",
        "notebooks/recompute_headline",
        "results",
        "results/ledger",
        "data",
        "references",
        "about",
    ):
        assert (site.pages / page / "index.html").is_file()


def test_the_results_file_for_download_is_the_one_the_pages_were_made_from(site: Site) -> None:
    bundle = site.root / "build" / site.pages.name
    assert (site.pages / "files/results.json").read_bytes() == (bundle / "results.json").read_bytes()


def test_the_notebook_prints_the_headline_of_the_results(site: Site) -> None:
    page = (site.pages / "notebooks/recompute_headline/index.html").read_text(encoding="utf-8")
    assert "3.438 months, 95% interval 2.60 to 5.09, n = 15" in page


def test_a_broken_page_stops_the_build_with_its_place_and_leaves_the_old_site(site: Site) -> None:
    page = site.root / "docs" / "about" / "index.md"
    before, original = files_of(site.folder), page.read_text(encoding="utf-8")
    page.write_text(original + "\n{{ compute.modern.doubling_tim }}\n", encoding="utf-8")
    try:
        run = site_build(site.root, "--edition", "2018-05")
    finally:
        page.write_text(original, encoding="utf-8")
    line = original.count("\n") + 2
    assert run.returncode == 1
    assert f"docs/about/index.md:{line}: no quantity 'compute.modern.doubling_tim'" in run.stdout + run.stderr
    assert files_of(site.folder) == before


def test_editions_whose_inputs_are_the_same_are_taken_over_and_one_that_was_touched_is_built(site: Site) -> None:
    before = files_of(site.folder)
    (site.folder / "2018-05" / "index.html").write_text("spoilt", encoding="utf-8")
    run = site_build(site.root)
    assert run.returncode == 0
    assert "site: edition 2018-05, built\n" in run.stdout
    for edition in ("2019-11", "2020-05", site.pages.name):
        assert f"site: edition {edition}, unchanged since it was built\n" in run.stdout
    assert files_of(site.folder) == before


def test_an_unknown_edition_is_refused_in_one_line(site: Site) -> None:
    run = site_build(site.root, "--edition", "2020-06")
    assert run.returncode == 1
    assert run.stderr == "error: no edition '2020-06'; did you mean '2020-05'?\n"


def test_the_newest_edition_stands_as_latest_too_and_the_list_names_all(site: Site) -> None:
    assert files_of(site.folder / "latest") == files_of(site.pages)
    assert not any(path.is_symlink() for path in site.folder.rglob("*"))
    versions = json.loads((site.folder / "versions.json").read_text(encoding="utf-8"))
    assert [entry["version"] for entry in versions] == list(reversed(EDITIONS))
    assert versions[0]["aliases"] == ["latest"]


def test_every_manifest_lists_the_hash_of_each_file(site: Site) -> None:
    for edition in ("2018-05", site.pages.name):
        run = subprocess.run(
            ["sha256sum", "--check", "--strict", "--quiet", "manifest.sha256"],
            cwd=site.folder / edition,
            capture_output=True,
            check=False,
        )
        assert run.returncode == 0
        listed = (site.folder / edition / "manifest.sha256").read_text(encoding="utf-8").splitlines()
        paths = [line[66:] for line in listed]
        assert paths == sorted(files_of(site.folder / edition).keys() - {"manifest.sha256"})


def test_a_count_leads_to_the_page_of_its_own_network(site: Site) -> None:
    # Four networks stand in one module, so their counts are made from the same file.
    page = (site.pages / "results/counting/densenet169/index.html").read_text(encoding="utf-8")
    entry = page.split('id="counting.densenet169.macs"')[1].split('class="quantity-entry"')[0]
    assert "architectures/densenet169/" in entry
    assert "densenet121" not in entry


def test_all_prose_is_typeset(site: Site) -> None:
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(site.pages.rglob("*.html"))}
    # Every fifth page: kinds of pages have more, and all would take long.
    assert [path for path, text in list(pages.items())[::5] if typeset_page(text) != text] == []
    assert [found[0] for text in pages.values() for found in re.finditer(r"[\w ]+[?!](?:</\w+>)?\.[\s<]", text)] == []


def test_copies_hold_no_controls_marks_or_empty_sections(site: Site) -> None:
    faults = {}
    for path in site.pages.rglob("*.md"):
        text = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        # A heading followed by one of its own level or above, or by nothing.
        empty = re.findall(r"^(#+) [^\n]*\n+(?:(?=#)(?!\1#)|\Z)", text, re.MULTILINE)
        if found := [
            *empty,
            *re.findall(r"Enlarge|↩|<!--|</?(?:a|div|span|button)\b|\{ ?[.#][\w-]+|^\\#+ ", text, re.MULTILINE),
        ]:
            faults[path.name, path.parent.name] = found
    assert faults == {}


def test_the_search_finds_no_arrows_and_no_latex(site: Site) -> None:
    entries = (site.pages / "search" / "entries.json").read_text(encoding="utf-8")
    assert re.findall(r".{20}(?:[↩↑↓←¶]|\\\\[a-zA-Z,]{2,})", entries) == []


def test_the_figure_in_the_readme_is_the_one_that_is_built(site: Site) -> None:
    # To renew it: cp site/latest/files/figures/compute.forecast.svg pictures/
    built = site.pages / "files" / "figures" / "compute.forecast.svg"
    assert (ROOT / "pictures" / "compute.forecast.svg").read_bytes() == built.read_bytes()
