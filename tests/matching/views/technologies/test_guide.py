import pytest
from django.urls import reverse


@pytest.mark.django_db
def test_guide_is_open_to_everybody(client):
    assert client.get(reverse("guide")).status_code == 200
