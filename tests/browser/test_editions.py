"""From one edition to another, and the archive of one."""

import zipfile
from pathlib import Path

from playwright.sync_api import Browser

from site_src.site_config import archive_name
from tests.browser.conftest import Open
from tests.editions import NEWEST


def test_an_older_edition_leads_to_the_same_page_of_the_newest_and_to_the_next(opened: Open, root: str) -> None:
    page = opened(f"{root}2018-05/figures/compute-modern-trend/")
    banner = page.locator("[data-md-component=outdated] a")
    banner.wait_for()
    page.locator("[data-next-edition] a").wait_for()
    assert page.locator("[data-next-edition] a").get_attribute("href") == f"{root}2019-11/figures/compute-modern-trend/"
    banner.click()
    assert page.url == f"{root}latest/figures/compute-modern-trend/"
    page.locator(".md-version").wait_for()
    assert not page.locator("[data-md-component=outdated]").is_visible()


def test_the_menu_of_editions_keeps_the_page(opened: Open, root: str) -> None:
    page = opened(f"{root}{NEWEST}/posts/2018-05-16-ai-and-compute/")
    page.get_by_role("button", name=f"{NEWEST} latest", exact=True).focus()
    page.locator(".md-version__link", has_text="2019-11").click()
    page.wait_for_url(f"{root}2019-11/posts/2018-05-16-ai-and-compute/")


def test_the_root_leads_to_the_newest_edition(opened: Open, root: str) -> None:
    page = opened(root)
    page.wait_for_url(f"{root}latest/")


def test_the_archive_of_an_edition_opens_from_disk(browser: Browser, pages: Path, tmp_path: Path) -> None:
    archive = pages / "files" / f"{archive_name(pages.name)}.zip"
    zipfile.ZipFile(archive).extractall(tmp_path)
    page = browser.new_context().new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((tmp_path / archive.stem / "index.html").as_uri())
    page.locator(".headline-way a").first.click()
    assert page.url.endswith("posts/2026-11-23-ai-and-compute-to-2026/index.html")
    page.locator("p a.quantity").first.click()
    page.locator(":popover-open a", has_text="All about this number").click()
    assert page.url.partition("#")[0].endswith("/index.html")
    assert complaints == []
