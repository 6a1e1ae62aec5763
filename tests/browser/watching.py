"""What a page must not do while it is used: break the policy of the site, fail, or ask another site."""

from playwright.sync_api import Page

# A page reports each breach as an event, which this writes to the console.
REPORT_BREACHES = """addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile, lineNumber }) =>
    console.error(`policy: ${effectiveDirective} ${blockedURI} at ${sourceFile}:${lineNumber}`))"""


def watched(page: Page, root: str) -> list[str]:
    """Complaints of a page that is yet to be opened; they are added as they arise. `root` is the site's own address."""
    complaints: list[str] = []
    page.add_init_script(REPORT_BREACHES)
    page.on(
        "console",
        lambda message: (
            complaints.append(f"{message.text} ({message.location['url']})") if message.type == "error" else None
        ),
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda request: None if request.url.startswith((root, "data:")) else complaints.append(request.url),
    )
    return complaints
