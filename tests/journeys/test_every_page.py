"""Each role follows every link from its first page; one page of each kind is examined.

Pages that are added later are examined without being listed here, once something links to them.
"""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.urls import Resolver404, resolve

from accounts.demo.demo_accounts import create_demo_accounts
from accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}
PC = {"width": 1280, "height": 900}
# Pages of other people's making, and addresses that answer with a file.
PASSED_OVER = ("/admin/", "/static/", "/i18n/")


def kind_of(path):
    try:
        match = resolve(path)
    except Resolver404:
        return path
    return match.view_name, *sorted((k, v) for k, v in match.kwargs.items() if isinstance(v, str))


def pages_of_each_kind(page, site):
    """Yield the address of one page of each kind that can be reached by links."""
    seen, waiting = set(), ["/"]
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(path)
        if kind in seen or path.startswith(PASSED_OVER):
            continue
        seen.add(kind)
        answer = page.request.get(site + path)
        if "text/html" not in answer.headers.get("content-type", "") or "content-disposition" in answer.headers:
            continue
        page.goto(site + path)
        yield path, answer.status
        links = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
        waiting += [urlsplit(link).path for link in links if link.startswith(site)]


def examine(page, path, status):
    rules = Axe().run(page).response["violations"]
    faults = [(path, rule["id"], node["html"][:200]) for rule in rules for node in rule["nodes"]]
    page.set_viewport_size(PHONE)
    if page.evaluate("document.documentElement.scrollWidth - window.innerWidth") > 0:
        faults.append((path, "scrolls sideways on a phone", ""))
    page.set_viewport_size(PC)
    if status >= 400:
        faults.append((path, "link leads to an error", str(status)))
    return faults


@pytest.fixture
def sample(settings):
    settings.DEMO_MODE = True
    create_demo_accounts()
    call_command("load_sample")


@pytest.mark.parametrize("who", ["visitor", "sme", "partner", "admin"])
def test_no_page_that_links_lead_to_has_a_fault(sample, page, live_server, log_in, who):
    if who != "visitor":
        log_in(User.objects.get(email=f"{who}@demo.example"))
    page.set_viewport_size(PC)
    faults, count = [], 0
    for path, status in pages_of_each_kind(page, live_server.url):
        count += 1
        faults += examine(page, path, status)
    assert faults == []
    assert count >= 5
