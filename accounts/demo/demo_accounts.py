"""Accounts for trying the portal on one's own machine. Local mode only: the passwords are public."""

from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group as AuthGroup
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.domain.organisations.confirmation import known_to_centre
from accounts.domain.people.groups import ensure_groups
from accounts.enums import Country, Group, MembershipRole, MembershipState, OrganisationKind, SizeClass
from accounts.models import Membership, Organisation, User

PASSWORD = "try-the-portal"

DEMO_ACCOUNTS: list[dict[str, Any]] = [
    {"email": "sme@demo.example", "password": PASSWORD, "role": "sme", "label": _("Korean company")},
    {"email": "staff@demo.example", "password": PASSWORD, "role": "staff", "label": _("Centre staff")},
    {
        "email": "staff2@demo.example",
        "password": PASSWORD,
        "role": "staff",
        "label": _("Centre staff: second person for checks"),
    },
    {"email": "admin@demo.example", "password": PASSWORD, "role": "admin", "label": _("Programme manager")},
    {"email": "partner@demo.example", "password": PASSWORD, "role": "partner", "label": _("Russian institute")},
    {"email": "evaluator@demo.example", "password": PASSWORD, "role": "evaluator", "label": _("Evaluator")},
]
DEMO_EMAILS = frozenset(account["email"] for account in DEMO_ACCOUNTS)

PEOPLE: dict[str, dict[str, Any]] = {
    "sme@demo.example": {"full_name": "정하윤", "language": "ko"},
    "staff@demo.example": {"full_name": "이서연", "language": "ko"},
    "staff2@demo.example": {"full_name": "박준호", "language": "ko"},
    "admin@demo.example": {
        "full_name": "김민정",
        "language": "ko",
        "is_staff": True,
        "is_superuser": True,
    },
    "partner@demo.example": {"full_name": "Алексей Морозов", "language": "ru"},
    "evaluator@demo.example": {"full_name": "최동현", "language": "ko"},
}
ROLE_GROUPS = {
    "staff": [Group.CENTRE_STAFF],
    "admin": [Group.CENTRE_STAFF, Group.PROGRAMME_ADMIN],
    "evaluator": [Group.EVALUATOR],
}
ORGANISATIONS: dict[str, dict[str, Any]] = {
    "sme": {
        "external_id": "demo-company",
        "name_ko": "㈜한결정밀소재",
        "name_ru": "ООО «Хангёль Точные Материалы»",
        "name_en": "Hangyeol Precision Materials Co., Ltd.",
        "kind": OrganisationKind.COMPANY,
        "country": Country.KOREA,
        "city": "창원시",
        "size_class": SizeClass.SMALL,
        # No tax office has the code 000, so this number is nobody's.
        "registration_number": "000-81-00014",
    },
    "partner": {
        "external_id": "demo-institute",
        "name_ko": "시범 응용재료연구소",
        "name_ru": "Демонстрационный институт прикладного материаловедения",
        "name_en": "Demonstration Institute of Applied Materials Science",
        "kind": OrganisationKind.INSTITUTE,
        "country": Country.RUSSIA,
        "city": "Новосибирск",
        "is_name_masked": False,
    },
}


@transaction.atomic
def create_demo_accounts() -> list[User]:
    """Create what is missing; accounts that are there keep what was changed in them."""
    if not settings.DEMO_MODE:
        raise ImproperlyConfigured("Demo accounts exist in local mode only.")
    ensure_groups()
    return [_create(account) for account in DEMO_ACCOUNTS]


def _create(account: dict[str, Any]) -> User:
    email, role = account["email"], account["role"]
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, account["password"], **PEOPLE[email])
        user.groups.set(AuthGroup.objects.filter(name__in=ROLE_GROUPS.get(role, [])))
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    if role in ORGANISATIONS:
        _join(user, ORGANISATIONS[role])
    return user


def _join(user: User, organisation: dict[str, Any]) -> None:
    row, _created = Organisation.objects.get_or_create(
        external_id=organisation["external_id"], defaults=organisation | known_to_centre(by=None)
    )
    Membership.objects.get_or_create(
        user=user,
        organisation=row,
        defaults={"role": MembershipRole.OWNER, "state": MembershipState.ACTIVE},
    )


@transaction.atomic
def remove_demo_accounts() -> int:
    """Lock them out for good. Rows stay, because requests and histories point to them."""
    users = list(User.objects.filter(email__in=DEMO_EMAILS))
    for user in users:
        EmailAddress.objects.filter(user=user).delete()
        user.email = f"removed-{user.pk}@demo.invalid"
        user.is_active = user.is_staff = user.is_superuser = False
        user.set_unusable_password()
        user.save()
        user.groups.clear()
        user.memberships.all().delete()
    return len(users)
