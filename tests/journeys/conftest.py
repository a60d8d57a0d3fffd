import shutil
from pathlib import Path

import pytest
from playwright.sync_api import BrowserType


def chromium(own: str) -> str:
    """The machine's browser, as Debian has it, or the one that Playwright has installed."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((path for name in names if (path := shutil.which(name))), own)
    if not Path(path).exists():
        pytest.skip("no Chromium on this machine")
    return path


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, object], browser_type: BrowserType
) -> dict[str, object]:
    arguments = [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-sync",
        "--no-first-run",
        "--no-pings",
    ]
    return {**browser_type_launch_args, "executable_path": chromium(browser_type.executable_path), "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, object]) -> dict[str, object]:
    return {**browser_context_args, "locale": "ko-KR", "timezone_id": "Asia/Seoul"}


@pytest.fixture
def log_in(client, context, live_server):
    """log_in(user): the browser holds that person's session."""

    def put_session(user):
        client.force_login(user)
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])

    return put_session
