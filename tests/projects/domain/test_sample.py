from collections import Counter

import pytest
from django.core.management import call_command
from django.db.models import Sum

from matching.models import Demand, MatchRequest, Technology, TechnologyText
from projects.models import Agreement, BudgetLine, CooperationEvent, Outcome, ResearchTask

pytestmark = pytest.mark.django_db


def load():
    call_command("load_sample", verbosity=0)


def counts():
    models = [Technology, TechnologyText, Demand, MatchRequest, ResearchTask, BudgetLine, Outcome]
    return [model.objects.count() for model in [*models, Agreement, CooperationEvent]]


def test_sample_has_the_figures_of_the_report():
    load()

    tasks = ResearchTask.objects.all()
    assert Counter(tasks.values_list("task_type", flat=True)) == {
        "short_term": 4,
        "localisation": 5,
        "original": 2,
    }
    assert Counter(tasks.values_list("field", flat=True)) == {
        "metals": 3,
        "process": 3,
        "it": 1,
        "space": 1,
        "medical": 2,
        "ai": 1,
    }
    assert BudgetLine.objects.aggregate(total=Sum("government_krw")) == {"total": 780_000_000}
    assert (Agreement.objects.count(), CooperationEvent.objects.count()) == (4, 5)


def test_sample_has_every_technology_in_three_languages():
    load()

    languages = Counter(TechnologyText.objects.values_list("language", flat=True))
    assert languages == {"ko": 22, "ru": 22, "en": 22}
    assert not TechnologyText.objects.filter(title="").exists()


def test_sample_loaded_twice_changes_nothing(settings):
    settings.DEMO_MODE = True
    load()
    before = counts()

    load()

    assert counts() == before


def test_sample_without_local_mode_has_no_demo_accounts(django_user_model):
    load()

    assert not django_user_model.objects.exists()


def test_sample_counts_no_disputed_figure_as_verified():
    load()

    assert Counter(Outcome.objects.values_list("status", flat=True)) == {"claimed": 1, "disputed": 2}


def test_sample_of_local_mode_gives_the_demo_institute_technologies_in_russian(settings):
    settings.DEMO_MODE = True
    load()

    held = Technology.objects.filter(holder__external_id="demo-institute")
    assert {text.language for technology in held for text in technology.texts.all()} == {"ru"}
    assert held.published().count() == 2
