import pytest

from kr_ru_platform.web import own_addresses


def test_page_asked_for_is_known_without_how_it_was_come_to(rf):
    request = rf.get("/requests/3/?tab=files&kept=5&pressed=1&tab=notes")
    assert own_addresses.of(request) == ("/requests/3/", "tab=files&tab=notes")


@pytest.mark.parametrize(
    "address",
    ["", "requests/3/", "https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)"],
)
def test_address_that_leads_elsewhere_is_none(address):
    assert (own_addresses.split(address), own_addresses.is_own(address)) == (None, False)


@pytest.mark.parametrize(
    ("address", "split"),
    [
        ("/requests/3/", ("/requests/3/", "")),
        ("/requests/3/?q=%EA%B0%80&kept=5", ("/requests/3/", "q=%EA%B0%80")),
        ("/requests/?q=a?b", ("/requests/", "q=a%3Fb")),
        ("/requests\x00/?q=a\x00b", ("/requests/", "q=ab")),
        ("/" + "a" * 400, ("/" + "a" * 299, "")),
    ],
)
def test_own_address_is_split_into_what_the_database_takes(address, split):
    assert own_addresses.split(address) == split


@pytest.mark.parametrize(("length", "is_kept"), [(1000, True), (1001, False)])
def test_query_that_is_too_long_is_left_out_whole(length, is_kept):
    """Half a query would open another page than the one that was left."""
    query = "q=" + "a" * (length - 2)
    assert own_addresses.split(f"/requests/?{query}") == ("/requests/", query if is_kept else "")


def test_joined_address_has_each_further_name_once():
    assert own_addresses.joined("/a/", "kept=1&tab=x&tab=y", kept="9") == "/a/?kept=9&tab=x&tab=y"
    assert own_addresses.joined("/a/", "") == "/a/"
