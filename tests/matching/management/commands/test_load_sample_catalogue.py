"""The sample catalogue: in local mode with people and demands, elsewhere only technologies."""

from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import Organisation, User
from matching.models import CompanyProfile, Demand, MatchRequest, Technology

pytestmark = pytest.mark.django_db
MODELS = (Technology, Demand, CompanyProfile, MatchRequest, User, Organisation)


def load() -> str:
    out = StringIO()
    call_command("load_sample_catalogue", stdout=out)
    return out.getvalue()


def test_outside_local_mode_there_are_technologies_without_people_and_demands(settings):
    settings.DEMO_MODE = False
    said = load()
    count = Technology.objects.published().filter(owner=None).count()
    assert (said, count > 0) == (f"Sample catalogue: {count} technologies.\n", True)
    assert [model.objects.count() for model in (Demand, CompanyProfile, MatchRequest, User)] == [0] * 4


def test_in_local_mode_the_demo_company_has_written_its_needs(settings):
    settings.DEMO_MODE = True
    load()
    company = Organisation.objects.get(external_id="demo-company")
    sample = Technology.objects.filter(external_id__startswith="sample-")
    assert set(sample.values_list("owner__email", flat=True)) == {"staff@demo.example"}
    assert {demand.organisation for demand in Demand.objects.all()} == {company}
    assert CompanyProfile.objects.get().organisation == company
    assert MatchRequest.objects.get().requested_by.email == "sme@demo.example"
    assert Technology.objects.filter(holder__external_id="demo-institute").exists()


def test_doing_it_again_changes_nothing(settings):
    settings.DEMO_MODE = True
    load()
    before = [list(model.objects.order_by("pk").values()) for model in MODELS]
    load()
    assert [list(model.objects.order_by("pk").values()) for model in MODELS] == before
