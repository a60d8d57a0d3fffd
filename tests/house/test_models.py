"""Rules that hold for every model of the house, also for those not written yet."""

import re

import pytest
from django.apps import apps
from django.db import models

# Imports point down; string foreign keys escape the import linter, so they are looked at here.
HEIGHT = {"kr_ru_platform": 0, "accounts": 1, "matching": 2, "projects": 3}
OWN_MODELS = [model for model in apps.get_models() if model._meta.app_label in HEIGHT]
CONSTRAINTS = [(model, constraint) for model in OWN_MODELS for constraint in model._meta.constraints]
NAMES = [constraint.name for _model, constraint in CONSTRAINTS]

# Written by the machine only, or not reachable with a form: a violation is a fault of ours, not of a user.
NEVER_MET_BY_USERS = {
    "demand_beyond_draft_has_title_and_problem",
    "feedback_is_about_one_need_or_a_request",
    "feedback_is_one_for_each_step_of_a_request",
    "feedback_put_back_has_what_it_takes_back",
    "organisation_confirmation_has_a_time",
    "outcome_checked_has_a_time",
    "proposed_change_is_one_in_waiting_per_technology",
    "publication_by_one_person_has_a_reason",
    "scorer_version_name_is_that_of_a_version",
    "technology_published_has_a_publication_time",
}
MACHINE_WRITTEN = {
    "indexrecord",
    "indexstate",
    "match",
    "needsentence",
    "passage",
    "pseudotranslation",
    "scoringpart",
    "scoringrecord",
    "scoringresult",
    "scoringrun",
    "throttlecount",
    "wholetext",
}


def snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


@pytest.mark.parametrize("model", OWN_MODELS, ids=lambda model: model.__name__)
def test_foreign_keys_point_down(model) -> None:
    upward = [
        f"{field.name} → {field.related_model._meta.label}"
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and isinstance(field.related_model, type)
        if HEIGHT.get(field.related_model._meta.app_label, 0) > HEIGHT[model._meta.app_label]
    ]
    assert upward == []


@pytest.mark.parametrize(("model", "constraint"), CONSTRAINTS, ids=NAMES)
def test_constraint_name_is_a_sentence_about_its_model(model, constraint) -> None:
    subject = snake(model.__name__)
    assert re.fullmatch(rf"{subject}(_[a-z]+)*_(is|are|has|have|ends|beyond)(_[a-z0-9]+)+", constraint.name)


@pytest.mark.parametrize(("model", "constraint"), CONSTRAINTS, ids=NAMES)
def test_constraint_that_people_meet_says_what_is_wrong(model, constraint) -> None:
    if model._meta.model_name in MACHINE_WRITTEN or constraint.name in NEVER_MET_BY_USERS:
        return
    assert constraint.violation_error_message != models.BaseConstraint.default_violation_error_message


def test_exempt_constraints_still_exist() -> None:
    names = {constraint.name for _model, constraint in CONSTRAINTS}
    assert names >= NEVER_MET_BY_USERS
    assert {model._meta.model_name for model in OWN_MODELS} >= MACHINE_WRITTEN


@pytest.mark.parametrize("model", OWN_MODELS, ids=lambda model: model.__name__)
def test_names_of_fields_say_what_they_hold(model) -> None:
    wrong = []
    for field in model._meta.concrete_fields:
        if isinstance(field, models.BooleanField) and not re.match(r"(is|has|can|publish)_?", field.name):
            wrong.append(f"{field.name}: a boolean starts with is_, has_ or can_")
        if isinstance(field, models.DateTimeField) and not field.name.endswith("_at"):
            wrong.append(f"{field.name}: a time ends with _at")
        if type(field) is models.DateField and not re.search(r"(_on|_by|period_start|period_end)$", field.name):
            wrong.append(f"{field.name}: a date ends with _on")
    # Django's own columns of users and the history's are named by others.
    known = {"last_login", "date_joined", "history_date"}
    assert [text for text in wrong if text.split(":")[0] not in known] == []


@pytest.mark.parametrize("model", OWN_MODELS, ids=lambda model: model.__name__)
def test_choices_are_text_choices_with_translated_labels(model) -> None:
    fixed = [
        field.name
        for field in model._meta.concrete_fields
        if field.choices and any(isinstance(label, str) and type(label) is str for _value, label in field.choices)
        # The history's own column.
        if field.name != "history_type"
    ]
    assert fixed == []
