"""Every answer of every address to every role: no word of a field that the role must not read, and nothing stored."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.urls import reverse

from matching.enums import MatchRequestState
from matching.models import ImportRowError, ProposedChange, Publication
from tests.factories.introduction import IntroductionFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import MembershipFactory
from tests.factories.organisation import InstituteFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import UserFactory
from tests.house.access_table import table
from tests.house.secrets_table import ELSEWHERE, OPEN, SECRETS, plant
from tests.house.test_access import key_of
from tests.house.world import ROLES, build_world

pytestmark = pytest.mark.django_db

OWN_APPS = ("accounts", "matching", "projects", "kr_ru_platform")
TEXTS = (models.CharField, models.TextField, models.JSONField, models.FileField)
# Told only in a state that the rows of this world are not in.
IN_ANOTHER_STATE = {
    "declined MatchRequest.decline_note",
    "proposal NameProposal.reason",
    "research_task ResearchTask.stop_reason",
    "secret_change ProposedChange.reason",
    "technology_import TechnologyImport.failure_detail",
    "technology_import TechnologyImport.publish_reason",
}
MORE_ROLES = ["former", "pending", "unverified", "second_partner", "signed", "ended"]


def texts_of_models() -> Iterator[tuple[str, str]]:
    for model in apps.get_models():
        if model._meta.app_label in OWN_APPS and not model.__name__.startswith("Historical"):
            for field in model._meta.get_fields():
                if isinstance(field, TEXTS) and not getattr(field, "choices", None):
                    yield model.__name__, field.name


def test_every_text_of_our_models_says_who_may_read_it() -> None:
    declared = {tuple(field.split(".")) for _row, field, _readers, _around in SECRETS}
    declared |= {(model, name) for part in (OPEN, ELSEWHERE) for model, names in part.items() for name in names}
    assert (set(texts_of_models()) - declared, declared - set(texts_of_models())) == (set(), set())


def build_secrets() -> Any:
    """The world, with one row for each kind of secret and the people who are nearly allowed to read them."""
    world = build_world()
    secret = TechnologyFactory(holder=world.holder, disclosure="nda")
    world.secret, world.secret_text, world.draft_text = secret, secret.texts.get(), world.draft.texts.get()
    world.secret_change = ProposedChange.objects.create(technology=secret)
    world.publication = Publication.objects.create(technology=secret, kind="review", is_by_one_person=True, reason="x")
    world.event = world.attachment.event
    world.row_error = ImportRowError.objects.create(technology_import=world.technology_import, row=1, code="bad")
    common = {"organisation": world.company, "requested_by": world.people["sme"]}
    world.declined = MatchRequestFactory(
        technology=secret, state=MatchRequestState.DECLINED, decline_reason="other", **common
    )
    former = MembershipFactory(organisation=world.company)
    world.people |= {
        "former": former.user,
        "pending": world.waiting.user,
        "unverified": UserFactory(),
        "second_partner": MembershipFactory(organisation=InstituteFactory()).user,
        "signed": introduced(secret, date(2026, 1, 1)),
        "ended": introduced(secret, None),
    }
    former.delete()
    return world


def introduced(technology: Any, signed_on: date | None) -> Any:
    """A member of a company that has signed for this technology, or whose agreement has ended."""
    person = MembershipFactory()
    request = MatchRequestFactory(
        technology=technology,
        organisation=person.organisation,
        requested_by=person.user,
        state=MatchRequestState.INTRODUCED,
    )
    IntroductionFactory(match_request=request, nda_signed_on=signed_on)
    return person.user


def lines() -> Iterator[tuple[str, str, dict[str, str], bool]]:
    """The table's lines, pages also as fragments, and what only this world has."""
    for method, name, arguments, _answers in table():
        yield method, name, arguments, False
        if method == "GET":
            yield method, name, arguments, True
    for name in ("technology_detail", "match_request_create", "technology_history", "technology_edit"):
        yield "GET", name, {"pk": "secret"}, False
    yield "GET", "change_detail", {"pk": "secret_change"}, False
    yield "GET", "match_request_detail", {"pk": "declined"}, False
    yield "GET", "statistics_export", {"fmt": "xlsx"}, False


def content_of(response: Any) -> str:
    """Headers and body, spreadsheets unpacked."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    return f"{dict(response.headers)}\n{body.decode('utf-8', 'replace')}"


@pytest.mark.parametrize("role", [*ROLES, *MORE_ROLES])
def test_no_answer_tells_what_its_reader_must_not_know(client, settings, tmp_path, role) -> None:
    settings.MEDIA_ROOT = tmp_path
    world = build_secrets()
    words = plant(world)
    person = world.people[role]
    if person is not None:
        client.force_login(person)
    forbidden = {word: field for word, (field, readers) in words.items() if role not in readers}
    leaks, stored = [], []
    for method, name, arguments, is_fragment in lines():
        kwargs = {key: key_of(world, value) for key, value in arguments.items()}
        headers = {"HX-Request": "true"} if is_fragment else {}
        with transaction.atomic():
            address = reverse(name, kwargs=kwargs)
            response = getattr(client, method.lower())(address, {"anything": "1"}, headers=headers)
            content = content_of(response)
            transaction.set_rollback(True)
        leaks += [f"{method} {address}: {field}" for word, field in forbidden.items() if word in content]
        cached = response.headers.get("Cache-Control", "")
        if "private" not in cached or (person is not None and "no-store" not in cached):
            stored.append(f"{method} {address}: {cached!r}")
    assert (leaks, stored) == ([], [])


def test_words_are_found_by_those_who_may_read_them(client, settings, tmp_path) -> None:
    """Otherwise the test above would look for words that stand nowhere."""
    settings.MEDIA_ROOT = tmp_path
    world = build_secrets()
    words = plant(world)
    client.force_login(world.people["admin"])
    seen = set()
    for method, name, arguments, _is_fragment in lines():
        if method == "GET":
            kwargs = {key: key_of(world, value) for key, value in arguments.items()}
            content = content_of(client.get(reverse(name, kwargs=kwargs)))
            seen |= {word for word in words if word in content}
    assert {field for word, (field, _readers) in words.items() if word not in seen} == IN_ANOTHER_STATE
