"""Pages that write a technology lead on where it was merged into another one."""

from typing import Any

import pytest
from django.urls import reverse

from matching.domain.technologies import curation
from matching.domain.technologies.technology_merging import merge_technologies
from matching.models import Technology
from tests.factories.organisation import InstituteFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_staff
from tests.kr_ru_platform.web.forms import filled

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["technology_text_edit", "technology_edit"])
def test_text_for_a_technology_merged_meanwhile_stands_in_the_form_of_the_one_that_stayed(
    client: Any, name: str
) -> None:
    holder = InstituteFactory()
    stays, goes = TechnologyFactory(holder=holder), TechnologyFactory(holder=holder, state="draft")
    more = ["ko"] if name == "technology_text_edit" else []
    field = "summary" if more else "source_url"
    typed = "세라믹 코팅 두께를 두 배로 늘렸습니다." if more else "https://example.org/new"
    client.force_login(create_staff())
    address = reverse(name, args=[goes.pk, *more])
    data = filled(client.get(address), field, **{field: typed})
    merge_technologies(stays=stays, goes=goes, by=create_staff())
    answer = client.post(address, data, follow=True)
    assert answer.redirect_chain[0][0].startswith(reverse(name, args=[stays.pk, *more]))
    assert filled(answer, field)[field] == typed
    assert client.get(address).url == reverse(name, args=[stays.pk, *more])
    with pytest.raises(curation.MergedAwayError):
        curation.update_technology(technology=goes, by=create_staff(), data={"trl": 9})
    with pytest.raises(curation.MergedAwayError):
        curation.save_text(technology=goes, language="ko", by=create_staff(), data={"title": "x"})


def test_page_leads_over_several_merges_to_the_one_that_stayed(client: Any) -> None:
    holder = InstituteFactory()
    first, second, last = (TechnologyFactory(holder=holder) for _place in range(3))
    merge_technologies(stays=second, goes=first, by=create_staff())
    merge_technologies(stays=last, goes=second, by=create_staff())
    client.force_login(create_staff())
    answers = [client.get(reverse("technology_text_edit", args=[row.pk, "ko"])) for row in (first, second, last)]
    address = reverse("technology_text_edit", args=[last.pk, "ko"])
    assert [(answer.status_code, answer.get("Location")) for answer in answers] == [
        (302, address),
        (302, address),
        (200, None),
    ]


def test_merge_between_the_look_and_the_lock_leads_on_and_saves_nothing(client: Any, monkeypatch: Any) -> None:
    holder = InstituteFactory()
    stays, goes = TechnologyFactory(holder=holder), TechnologyFactory(holder=holder, state="draft")
    client.force_login(create_staff())
    address = reverse("technology_edit", args=[goes.pk])
    data = filled(client.get(address), "source_url", source_url="https://example.org/new")
    update_technology = curation.update_technology

    def just_too_late(**facts: Any) -> Technology:
        merge_technologies(stays=stays, goes=goes, by=create_staff())
        return update_technology(**facts)

    monkeypatch.setattr(curation, "update_technology", just_too_late)
    answer = client.post(address, data)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("technology_edit", args=[stays.pk]))
    assert list(Technology.objects.filter(source_url="https://example.org/new")) == []
