import pytest
from django.core import mail

from accounts.domain.notices import send_notice, tell_managers, tell_person
from kr_ru_platform.running.mail.letters import link_to
from tests.factories.membership import MembershipFactory
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import UserFactory

pytestmark = pytest.mark.django_db


def told():
    return [receiver for message in mail.outbox for receiver in message.to]


def test_send_notice_names_the_organisation_in_the_language_of_the_reader_and_leads_to_it():
    organisation = OrganisationFactory(name_ko="㈜한결", name_ru="ООО Хангёль")
    for language in ("ko", "ru"):
        send_notice("organisation_confirmed", UserFactory(language=language), organisation=organisation)
    korean, russian = mail.outbox
    assert ("㈜한결" in korean.subject, "ООО Хангёль" in russian.subject) == (True, True)
    assert [message.body.splitlines()[-1] for message in mail.outbox] == [link_to("my_organisation")] * 2


def test_send_notice_leads_elsewhere_on_request():
    send_notice("organisation_confirmed", UserFactory(), leads_to="my_details", organisation="㈜한결")
    assert mail.outbox[0].body.splitlines()[-1] == link_to("my_details")


def test_tell_person_writes_to_nobody_whose_account_is_gone_or_locked():
    person = UserFactory()
    for to in (None, UserFactory(is_active=False), person):
        tell_person("organisation_confirmed", to, organisation="㈜한결")
    assert told() == [person.email]


def test_tell_managers_writes_to_those_who_manage_this_organisation_and_to_no_other():
    organisation = OrganisationFactory()
    managers = [MembershipFactory(organisation=organisation).user for _number in range(2)]
    MembershipFactory(organisation=organisation, role="member")
    MembershipFactory(organisation=organisation, state="pending")
    MembershipFactory(organisation=organisation, user__is_active=False)
    MembershipFactory()
    tell_managers("organisation_confirmed", organisation)
    assert sorted(told()) == sorted(user.email for user in managers)
