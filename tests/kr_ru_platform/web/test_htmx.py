import pytest


@pytest.mark.django_db
def test_part_of_a_page_is_never_kept_as_the_page(client):
    assert "HX-Request" in client.get("/guide/").headers["Vary"]
