"""What stands around every page."""

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.test import Client

pytestmark = pytest.mark.django_db


def get(client, path, language="en", **kwargs):
    response = client.get(path, headers={"accept-language": language}, **kwargs)
    return response, BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize("language", ["ko", "ru", "en"])
def test_page_is_marked_with_its_language(client, language):
    _response, soup = get(client, "/guide/", language)
    assert soup.html["lang"] == language
    current = soup.select(".language-switch [aria-current=true]")
    assert [(button["value"], button["lang"]) for button in current] == [(language, language)]


def test_language_switch_returns_to_the_same_address(client):
    _response, soup = get(client, "/guide/?q=%EB%82%B4%EC%97%B4&page=2")
    form = soup.select_one(".language-switch")
    back = form.select_one("input[name=next]")["value"]
    response = client.post(form["action"], {"next": back, "language": "ru"})
    assert (response.status_code, response.url) == (302, "/guide/?q=%EB%82%B4%EC%97%B4&page=2")
    assert client.cookies["django_language"].value == "ru"


def test_skip_link_leads_to_the_content(client):
    _response, soup = get(client, "/guide/")
    assert soup.body.find("a")["href"] == "#content"
    assert soup.select_one("main#content") is not None


def test_search_term_stays_in_the_box(client):
    _response, soup = get(client, '/guide/?q="내열"')
    assert soup.select_one("#header-search")["value"] == '"내열"'


def test_unknown_address_answers_404_in_the_portals_look(client):
    response, soup = get(client, "/nowhere/")
    assert response.status_code == 404
    assert soup.h1.get_text() == "Page not found"


def test_fault_page_needs_no_request():
    soup = BeautifulSoup(render_to_string("500.html"), "html.parser")
    assert [section["lang"] for section in soup.select("section")] == ["ko", "ru", "en"]


def test_text_that_is_too_large_is_refused_in_words(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = client.post("/accounts/login/", {"login": "x" * 2000, "password": "y"})
    assert response.status_code == 400
    assert "글을 줄이거나" in response.content.decode()


def test_post_without_token_says_what_to_do():
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {}, headers={"accept-language": "en"})
    assert response.status_code == 403
    assert "Please send it again" in response.content.decode()


@pytest.mark.parametrize("is_demo", [True, False])
def test_demo_accounts_are_on_the_login_page_only_in_demo_mode(client, settings, is_demo):
    settings.DEMO_MODE = is_demo
    _response, soup = get(client, "/accounts/login/")
    assert bool(soup.select("#demo-accounts")) is is_demo
