from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from kr_ru_platform.models import KeptPost, Mail, MailState, SentForm, ThrottleCount
from tests.factories.demand import DemandFactory

pytestmark = pytest.mark.django_db


def mail(name: str, **changes) -> Mail:
    about = {"message_id": f"<{name}@x>", "subject": name, "receiver": "kim@example.org", "due_at": timezone.now()}
    return Mail.objects.create(**about | changes)


def test_due_mail_waits_and_its_time_has_come() -> None:
    later = timezone.now() + timedelta(minutes=1)
    due = mail("now")
    mail("later", due_at=later)
    for state in (MailState.SENT, MailState.FAILED):
        mail(state, state=state)
    assert [str(row) for row in Mail.objects.due()] == [str(due)] == ["now → kim@example.org"]


def test_throttle_count_is_one_for_each_scope_and_key() -> None:
    about = {"count": 1, "ends_at": timezone.now()}
    for scope, key in (("a", "1"), ("a", "2"), ("b", "1")):
        ThrottleCount.objects.create(scope=scope, key=key, **about)
    with pytest.raises(IntegrityError, match="throttle_count_is_one_for_each_scope_and_key"):
        ThrottleCount.objects.create(scope="a", key="1", **about)


@pytest.mark.parametrize("model", [SentForm, KeptPost])
def test_form_is_noted_once_whoever_sent_it(model) -> None:
    model.objects.create(token="t", account=1, path="/")
    with pytest.raises(IntegrityError, match="token"), transaction.atomic():
        model.objects.create(token="t", account=2, path="/")
    model.objects.create(token="u", account=1, path="/")
    assert model.objects.count() == 2


def test_mail_is_written_once_under_its_message_id() -> None:
    mail("a")
    with pytest.raises(IntegrityError, match="message_id"):
        mail("a")


def test_time_of_the_last_change_moves_and_that_of_the_making_stays() -> None:
    demand = DemandFactory()
    created_at, updated_at = demand.created_at, demand.updated_at
    demand.save()
    demand.refresh_from_db()
    assert (demand.created_at == created_at, demand.updated_at > updated_at) == (True, True)
