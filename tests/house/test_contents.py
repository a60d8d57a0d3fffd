"""Every answer of every address to every role: no word of a field that the role must not read, and nothing stored."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.urls import reverse

from accounts.models import User
from kr_ru_platform.models import Mail
from projects.domain.overview.statistics import collect_statistics
from projects.tables import statistics_tables
from tests.house.access_table import table
from tests.house.bodies import ACCEPTED, WORDS, body_of
from tests.house.messages import ROOT
from tests.house.secret_world import build_secrets, plant_files
from tests.house.secrets_table import CODE, ELSEWHERE, EXPORTED, OPEN, SECRETS, STAFF, plant
from tests.house.test_access import key_of
from tests.house.world import ROLES

pytestmark = pytest.mark.django_db

OWN_APPS = ("accounts", "matching", "projects", "kr_ru_platform")
TEXTS = (models.CharField, models.TextField, models.JSONField, models.FileField)
# Told only in a state that the rows of this world are not in.
IN_ANOTHER_STATE = {
    "attachment file name",
    "company Organisation.external_id",
    "technology_import content",
    "technology_import file name",
    "declined MatchRequest.decline_note",
    "owner_event RequestEvent.body",
    "claim OrganisationClaim.reason",
    "proposal NameProposal.reason",
    "research_task ResearchTask.stop_reason",
    "secret_change ProposedChange.reason",
    "technology_import TechnologyImport.failure_detail",
    "technology_import TechnologyImport.publish_reason",
}
MORE_ROLES = [
    *("member", "former", "pending", "unverified", "second_partner", "signed", "ended", "past", "closed"),
    "staff_without_factor",
]


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
    yield "GET", "technology_detail", {"pk": "held"}, False
    yield "GET", "match_request_detail", {"pk": "held_request"}, False
    yield "GET", "research_task_detail", {"pk": "held_task"}, False
    yield "POST", "match_request_action", {"pk": "held_request", "action": "withdraw"}, False
    yield "GET", "person_detail", {"pk": "member_person"}, False
    yield "GET", "statistics_export", {"fmt": "xlsx"}, False


def content_of(response: Any) -> str:
    """Headers and body, spreadsheets unpacked."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    return f"{dict(response.headers)}\n{body.decode('utf-8', 'replace')}"


@pytest.fixture
def world(settings, tmp_path) -> Any:
    settings.MEDIA_ROOT = tmp_path
    settings.EMAIL_BACKEND = "kr_ru_platform.running.mail.mail_queue.QueueBackend"
    world = build_secrets()
    world.words = plant_files(world) | plant(world)
    world.people["staff_without_factor"] = world.people["staff"]
    return world


def forbidden_for(world: Any, role: str) -> dict[str, str]:
    return {word: field for word, (field, readers) in world.words.items() if role not in readers}


def answers(client: Any, world: Any, line: Any) -> Iterator[tuple[str, Any]]:
    """What is answered to one line, as a page, to a good form and behind it."""
    method, name, arguments, is_fragment = line
    address = reverse(name, kwargs={key: key_of(world, value) for key, value in arguments.items()})
    headers = {"HX-Request": "true"} if is_fragment else {}
    bodies: list[Any] = [{"anything": "1"}]
    if method == "POST" and (good := body_of(world, name, arguments)):
        bodies.append(good)
    for body in bodies:
        with transaction.atomic():
            response = getattr(client, method.lower())(address, body, headers=headers)
            yield address, response
            # Who accepts an invitation belongs to the organisation from then on.
            is_led_on = method == "POST" and name != "invitation_answer" and response.status_code == 302
            if is_led_on and response.url.startswith("/"):
                yield response.url, client.get(response.url)
            transaction.set_rollback(True)


@pytest.mark.parametrize("role", [*ROLES, *MORE_ROLES])
def test_no_answer_tells_what_its_reader_must_not_know(client, settings, world, role) -> None:
    settings.STAFF_MFA_REQUIRED = role == "staff_without_factor"
    person = world.people[role]
    if person is not None:
        client.force_login(person)
    # Nobody is logged in to an account that is closed.
    is_known = person is not None and person.is_active
    forbidden, leaks, stored, refused = forbidden_for(world, role), set(), set(), set()
    for line in lines():
        # A part of a page that the reader may not open, or whose reader may know nearly all, is not asked for again.
        if line[3] and (role in STAFF or str(line[:3]) in refused):
            continue
        for address, response in answers(client, world, line):
            if response.status_code != 200:
                refused.add(str(line[:3]))
            content = content_of(response)
            leaks |= {f"{line[0]} {address}: {field}" for word, field in forbidden.items() if word in content}
            cached = response.headers.get("Cache-Control", "")
            if "private" not in cached or (is_known and "no-store" not in cached):
                stored.add(f"{line[0]} {address}: {cached!r}")
    assert (sorted(leaks), sorted(stored)) == ([], [])


def test_mails_tell_each_what_may_be_known(client, world) -> None:
    """A mail to a company holds nothing of the centre's alone, and nobody else is written to about it."""
    roles = {}
    for role, person in world.people.items():
        if person is not None and role != "staff_without_factor":
            person.refresh_from_db()
            roles[person.email.lower()] = role
    roles = {person.email.lower(): "staff" for person in User.objects.centre_staff()} | roles
    leaks, accepted = set(), set()
    for role in ("sme", "admin"):
        client.force_login(world.people[role])
        for line in lines():
            name = line[2].get("action") or line[1]
            if line[0] != "POST" or name not in ACCEPTED:
                continue
            for address, response in answers(client, world, line):
                accepted |= {name} if response.status_code == 302 else set()
                for mail in Mail.objects.all():
                    reader = roles.get(mail.receiver.lower(), "newcomer" if name == "invitation_create" else "nobody")
                    text = f"{mail.subject}\n{mail.body}\n{mail.html}\n{mail.headers}"
                    known = forbidden_for(world, reader)
                    leaks |= {f"{address} to {reader}: {known[word]}" for word in known if word in text}
    assert (leaks, ACCEPTED - accepted) == (set(), set())


def test_no_line_of_the_log_holds_what_was_typed(client, world, caplog) -> None:
    """Searched for, or written in a form that is taken or refused."""
    client.force_login(world.people["sme"])
    word = "ZqTypedCanary"
    for name in ("technology_list", "demand_list", "statistics", "research_task_list"):
        client.get(reverse(name), {"q": word, "year": word, "state": word, "page": word})
    for method, name, arguments, _is_fragment in lines():
        body = body_of(world, name, arguments) if method == "POST" else None
        if body:
            kwargs = {key: key_of(world, value) for key, value in arguments.items()}
            client.post(
                reverse(name, kwargs=kwargs), {key: word if value == WORDS else value for key, value in body.items()}
            )
    client.post(reverse("account_login"), {"login": f"{word}@example.org", "password": word})
    client.post(reverse("account_reset_password"), {"email": f"{word}@example.org"})
    assert (len(caplog.records) > 10, word.lower() in caplog.text.lower()) == (True, False)


def test_no_file_is_read_by_whoever_must_not(client, world) -> None:
    """And those who may read it find the words in it."""
    found = {}
    for role, person in world.people.items():
        if person is not None and role != "staff_without_factor":
            client.force_login(person)
            for name, row in (("request_attachment", world.attachment), ("outcome_file", world.outcome)):
                found.setdefault(name, set())
                if "ContentCanary" in content_of(client.get(reverse(name, args=[row.pk]))):
                    found[name].add(role)
    company = {"sme", "member", *STAFF}
    assert found == {"request_attachment": company, "outcome_file": company | {"partner", "evaluator"}}


def test_words_are_found_by_those_who_may_read_them(client, world) -> None:
    """Otherwise the tests above would look for words that stand nowhere."""
    seen = set()
    for role in ("admin", "sme"):
        client.force_login(world.people[role])
        for method, name, arguments, is_fragment in lines():
            if method == "GET" and not is_fragment:
                kwargs = {key: key_of(world, value) for key, value in arguments.items()}
                content = content_of(client.get(reverse(name, kwargs=kwargs)))
                seen |= {word for word in world.words if word in content}
    unseen = {field for word, (field, _readers) in world.words.items() if word not in seen}
    written = {field.partition(" as ")[0] for word, (field, _readers) in world.words.items() if word in seen}
    shown = {field for field in unseen if not any(field.startswith(f"{one} as") for one in written)}
    assert shown == IN_ANOTHER_STATE


def test_every_text_that_is_looked_at_elsewhere_names_a_test_that_exists() -> None:
    missing = []
    for model, fields in ELSEWHERE.items():
        for name, where in fields.items():
            path, _colons, function = where.partition("::")
            file = ROOT / path
            if where != CODE and not (file.is_file() and f"def {function or 'test_'}" in file.read_text()):
                missing.append(f"{model}.{name}: {where}")
    assert missing == []


def test_every_column_of_the_exports_is_known() -> None:
    """A new one is decided about: is it read by everybody?"""
    tables = statistics_tables(collect_statistics())
    assert {table.code: len(table.columns) for table in tables} == EXPORTED
