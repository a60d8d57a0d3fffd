from typing import Any

import factory
from django.contrib.auth.models import Group as AuthGroup

from accounts.enums import Group
from accounts.models import User

PASSWORD = "right-horse-7"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    full_name = factory.Sequence(lambda n: f"김하나 {n}")
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def in_groups(self, create: bool, extracted: Any, **_kwargs: Any) -> None:
        """UserFactory(in_groups=[Group.EVALUATOR])"""
        for name in extracted or ():
            self.groups.add(AuthGroup.objects.get_or_create(name=name)[0])


def create_staff(**fields: Any) -> User:
    return UserFactory(in_groups=[Group.CENTRE_STAFF], **fields)


def create_programme_admin(**fields: Any) -> User:
    return UserFactory(in_groups=[Group.PROGRAMME_ADMIN], **fields)


def create_evaluator(**fields: Any) -> User:
    return UserFactory(in_groups=[Group.EVALUATOR], **fields)
