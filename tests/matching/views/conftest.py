"""Who reads the page: logged in, and reading English where words are looked for."""

import pytest
from django.test import Client

from accounts.models import Organisation, User
from tests.factories.membership import create_member
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import create_staff


@pytest.fixture
def company() -> Organisation:
    return OrganisationFactory()


@pytest.fixture
def member(client: Client, company: Organisation) -> User:
    user = create_member(organisation=company)
    client.force_login(user)
    client.defaults |= {"HTTP_ACCEPT_LANGUAGE": "en"}
    return user


@pytest.fixture
def staff(client: Client) -> User:
    person = create_staff()
    client.force_login(person)
    return person
