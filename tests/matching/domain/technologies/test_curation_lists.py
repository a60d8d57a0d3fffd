"""The curators' list by state, and who changed what."""

import pytest

from accounts.domain.organisations.merging import merge_organisations
from accounts.models import Organisation
from matching.domain.needs import demands
from matching.domain.needs.demands import set_preferences
from matching.domain.technologies import curation
from matching.domain.technologies.curation_lists import history_of, history_of_demand, state_counts
from matching.enums import TechnologyState
from matching.models import Technology
from tests.factories.demand import DemandFactory
from tests.factories.membership import create_member
from tests.factories.organisation import OrganisationFactory
from tests.factories.technology import TechnologyFactory, TechnologyTextFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db


def test_every_state_has_its_count_and_a_technology_counts_once():
    TechnologyTextFactory(technology=TechnologyFactory(), language="ko", provenance="human")
    TechnologyFactory(state=TechnologyState.DRAFT)
    TechnologyFactory()
    joined = Technology.objects.filter(texts__isnull=False)
    assert state_counts(joined) == dict.fromkeys(TechnologyState.values, 0) | {"published": 2, "draft": 1}


def test_history_tells_facts_and_texts_each_against_its_own_former_version():
    first, second = create_staff(full_name="이서연"), create_staff(full_name="박준호")
    texts = {"ru": {"provenance": "source", "title": "Провод", "summary": "Кратко."}}
    made = curation.create_technology(by=first, data={"trl": 5, "country": "RU"}, texts=texts)
    curation.save_text(technology=made, language="ko", by=second, data={"provenance": "human", "title": "선재"})
    curation.save_text(
        technology=made, language="ru", by=second, data={"provenance": "source", "title": "Лента", "summary": "Кратко."}
    )
    curation.update_technology(technology=made, by=first, data={"trl": 7, "owner": second})
    told = [
        (entry.by, entry.kind, entry.language, [(change.before, change.after) for change in entry.changes])
        for entry in history_of(made)
    ]
    assert [told[0], *told[1:3]] == [
        (first.name_in_history, "changed", "", [("5", "7"), (str(first), str(second))]),
        (second.name_in_history, "changed", "ru", [("Провод", "Лента")]),
        (second.name_in_history, "created", "ko", []),
    ]
    assert sorted(told[3:]) == [(first.name_in_history, "created", language, []) for language in ("", "ru")]


def test_history_leaves_out_saves_that_changed_nothing_worth_telling():
    technology = TechnologyFactory()
    Technology.objects.get(pk=technology.pk).save()
    assert technology.history.count() == 2
    assert [(entry.kind, entry.language) for entry in history_of(technology) if not entry.language] == [("created", "")]


def test_history_tells_what_came_from_a_file():
    technology = TechnologyFactory(text=False)
    technology.history.update(history_change_reason="import 12")
    assert [(entry.by, entry.is_import) for entry in history_of(technology)] == [("", True)]


def test_history_of_a_demand_is_of_those_whose_it_was_then():
    """Staff write for one company, save, and take the draft for another one."""
    first, second, third = OrganisationFactory(), OrganisationFactory(), OrganisationFactory()
    staff = create_staff()
    demand = demands.write_demand(by=staff, organisation=first, data={"title": "Секрет А", "problem": "Сплав А"})
    for organisation, title in ((second, "Насос Б"), (second, "Насос Б2")):
        told = {"title": title, "problem": title}
        demand = demands.edit_demand(demand=demand, by=staff, organisation=organisation, data=told)
    read = {
        reader: [
            (entry.kind, [(change.before, change.after) for change in entry.changes])
            for entry in history_of_demand(demand, reader=reader, words={})
        ]
        for reader in (create_member(organisation=second), create_member(organisation=third), staff)
    }
    theirs, strangers, all_of_it = read.values()
    last = ("changed", [("Насос Б", "Насос Б2")] * 2)
    assert theirs == [last, ("created", [])]
    assert (strangers, all_of_it[0], "Секрет А" in str(all_of_it)) == ([], last, True)
    merge_organisations(stays=third, goes=Organisation.objects.get(pk=second.pk), by=staff)
    assert len(history_of_demand(demand, reader=create_member(organisation=third), words={})) >= 2


def test_history_of_a_demand_tells_codes_in_the_words_given():
    demand = DemandFactory()
    demand = set_preferences(
        demand=demand, by=create_member(organisation=demand.organisation), preferences={"readiness": "more"}
    )
    newest = history_of_demand(demand, reader=create_staff(), words={"preferences": lambda stored: "+".join(stored)})[0]
    assert [(change.before, change.after) for change in newest.changes] == [("–", "readiness")]
