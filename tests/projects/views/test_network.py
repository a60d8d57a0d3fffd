import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.factories.network import AgreementFactory, CooperationEventFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_network_shows_agreements_and_events_in_a_fixed_number_of_queries(client, django_assert_num_queries, count):
    agreements = AgreementFactory.create_batch(count)
    events = CooperationEventFactory.create_batch(count)
    with django_assert_num_queries(2):
        html = client.get(reverse("network")).content.decode()
    assert all(item.organisation.name in html for item in agreements)
    assert all(event.name_ko in html for event in events)


def test_network_without_anything_says_so(client):
    page = BeautifulSoup(client.get(reverse("network"), headers={"accept-language": "en"}).content, "html.parser")
    assert [section.h2.string for section in page.select("main section") if section.select_one("ul")] == []
    assert "No agreements have been recorded yet" in page.get_text()
