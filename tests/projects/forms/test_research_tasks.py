import pytest
from django.utils.translation import override

from projects.enums import PartnerRole, TaskState
from projects.forms.research_tasks import PartnerFormSet, ResearchTaskForm, length, type_choices
from projects.models import ResearchTask
from tests.factories.organisation import OrganisationFactory
from tests.factories.programme import ProgrammeFactory
from tests.factories.research_task import ResearchTaskFactory
from tests.factories.user import UserFactory, create_staff

pytestmark = pytest.mark.django_db


def form(*, instance=None, **typed):
    sent = {
        "programme": ProgrammeFactory().pk,
        "number": "2019-01",
        "title_ko": "머플러 생산 공정개선",
        "task_type": "localisation",
        "field": "process",
        "direction": "kr_ru",
        "evidence": "바이어 상담 결과",
        "starts_on": "2019-07-01",
        "ends_on": "2020-06-30",
    }
    return ResearchTaskForm(sent | typed, instance=instance)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({}, []),
        # The domain works it out from the type.
        ({"ends_on": ""}, []),
        ({"ends_on": "2019-07-01"}, ["ends_on"]),
        ({"ends_on": "2019-07-02"}, []),
        # What is planned may still be without.
        ({"evidence": ""}, []),
        ({"task_type": ""}, ["task_type"]),
    ],
)
def test_end_is_after_the_start_or_left_open(typed, found):
    assert list(form(**typed).errors) == found


@pytest.mark.parametrize(
    ("state", "found"),
    [
        (TaskState.PLANNED, []),
        (TaskState.RUNNING, ["evidence"]),
        (TaskState.COMPLETED, ["evidence"]),
        (TaskState.STOPPED, []),
    ],
)
def test_task_under_way_keeps_its_evidence(state, found):
    task = ResearchTask(state=state, stop_reason="x")
    assert list(form(instance=task, evidence=" \n").errors) == found


def test_managers_are_people_of_the_centre_who_are_still_there():
    staff = create_staff()
    create_staff(is_active=False), UserFactory()
    assert list(ResearchTaskForm().fields["manager"].queryset) == [staff]


def test_types_tell_how_long_they_take():
    with override("en"):
        assert [label for _value, label in type_choices()] == [
            "Short-term on-site (6 months)",
            "Localisation (12 months)",
            "Original technology (24 months)",
        ]
        assert length(1) == "1 month"


def partners(*rows, initial=None):
    sent = {"form-TOTAL_FORMS": str(len(rows)), "form-INITIAL_FORMS": str(len(initial or ()))}
    for place, (organisation, role) in enumerate(rows):
        sent |= {f"form-{place}-organisation": organisation, f"form-{place}-role": role}
    return PartnerFormSet(sent, initial=initial)


def test_partners_are_the_rows_that_name_an_organisation():
    lead, other = OrganisationFactory.create_batch(2)
    formset = partners((f"{lead.name} [{lead.pk}]", "lead"), ("", "participant"), (other.name, "participant"))
    assert formset.is_valid()
    assert formset.partners() == [(lead, PartnerRole.LEAD), (other, PartnerRole.PARTICIPANT)]


def test_partner_has_a_role_once_and_may_have_several():
    name = OrganisationFactory().name
    twice, several = partners((name, "lead"), (name, "lead")), partners((name, "lead"), (name, "provider"))
    assert (twice.is_valid(), len(twice.non_form_errors()), several.is_valid()) == (False, 1, True)


def test_organisation_that_is_not_confirmed_stays_a_partner_but_becomes_none():
    claimed = OrganisationFactory(is_new=True)
    row = (claimed.name, "lead")
    new, kept = partners(row), partners(row, initial=[{"organisation": claimed, "role": "lead"}])
    assert (new.is_valid(), kept.is_valid()) == (False, True)
    assert [list(one.errors) for one in new.forms] == [["organisation"]]


def test_task_that_is_edited_is_the_only_one_of_its_number():
    task = ResearchTaskFactory(number="2019-01")
    programme = {"programme": task.programme_id}
    assert form(instance=task, **programme).errors == {}
    assert list(form(**programme).errors) != []
