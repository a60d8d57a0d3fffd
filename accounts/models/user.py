"""People who log in."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.enums import Confirmation, Group, MembershipState
from accounts.models.merge import OrganisationMerge
from accounts.names.mailbox_field import MailboxField
from accounts.validators import validate_name
from kr_ru_platform.words.languages import Language
from kr_ru_platform.words.reading.folding import fold_email

# Nobody receives mail there (RFC 2606): what the address of a closed account ends in.
CLOSED = "@closed.invalid"
# Their members work for the centre.
CENTRE_GROUPS = frozenset({Group.CENTRE_STAFF, Group.PROGRAMME_ADMIN})
# Marks of rights: see User.rights.
FOR, SUPERUSER = "for", "superuser"
OF_COMPANY = re.compile(rf"(?P<kind>{'|'.join([FOR, *Confirmation.values])})-(?P<pk>\d+)")


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> "UserQuerySet":
        return self.filter(is_active=True)

    def centre_staff(self) -> "UserQuerySet":
        """Everybody whose `is_centre_staff` is true, by name."""
        people = self.filter(Q(groups__name__in=CENTRE_GROUPS) | Q(is_superuser=True))
        return people.distinct().order_by("full_name", "email")


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=username or "")


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by e-mail. `is_staff` only opens the Django admin, for emergencies."""

    email = MailboxField(_("e-mail address"), unique=True)
    full_name = models.CharField(_("name"), max_length=150, blank=True, validators=[validate_name])
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    language = models.CharField(_("language of e-mails"), max_length=2, choices=Language, default=Language.KOREAN)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may open the emergency admin"), default=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)
    # Closed for good: nothing of the person is left here. See models/closed_account.py.
    is_closed = models.BooleanField(_("closed"), default=False, editable=False)
    # Part of what each session holds: a higher number ends all that were begun before.
    session_epoch = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager.from_queryset(UserQuerySet)()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_is_unique_whatever_its_case",
                violation_error_message=_("This e-mail address is already registered."),
            ),
            models.CheckConstraint(
                condition=Q(is_closed=False) | Q(email__endswith=CLOSED),
                name="user_closed_has_no_address",
                violation_error_message=_("A closed account has no e-mail address."),
            ),
        ]

    def __str__(self) -> str:
        if self.is_closed:
            return str(_("Closed account"))
        return self.full_name or self.email

    @cached_property
    def mailboxes(self) -> frozenset[str]:
        """The addresses that are this person's: the one that the account is known by, and all that were confirmed."""
        confirmed = self.emailaddress_set.filter(verified=True).values_list("email", flat=True)
        return frozenset(map(fold_email, (self.email, *confirmed)))

    @property
    def name_in_history(self) -> str:
        """Who did it can be told after the account was closed too; read `closing` along for lists."""
        if not self.is_closed:
            return str(self)
        kept = getattr(self, "closing", None)
        return f"{kept.full_name} ({self})" if kept and kept.full_name else str(self)

    def get_session_auth_hash(self) -> str:
        """Compared at each request, so a session ends without being found, in whatever cache it may lie."""
        whole = super().get_session_auth_hash()
        return f"{whole}.{self.session_epoch}" if self.session_epoch else whole

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for whole in super().get_session_auth_fallback_hash():
            yield f"{whole}.{self.session_epoch}" if self.session_epoch else whole

    @cached_property
    def group_names(self) -> frozenset[str]:
        return frozenset(self.groups.values_list("name", flat=True))

    @property
    def group_labels(self) -> list[str]:
        """In the reader's language; prefetch `groups` for lists."""
        names = sorted(group.name for group in self.groups.all())
        return [str(Group(name).label) for name in names if name in Group.values]

    @property
    def is_centre_staff(self) -> bool:
        """Curators and programme managers: everybody who works for the centre."""
        return self.is_superuser or bool(self.group_names & CENTRE_GROUPS)

    @property
    def is_programme_admin(self) -> bool:
        return self.is_superuser or Group.PROGRAMME_ADMIN in self.group_names

    @property
    def is_evaluator(self) -> bool:
        return Group.EVALUATOR in self.group_names

    @cached_property
    def _organisations_acted_for(self) -> dict[int, str]:
        """Each with its state of confirmation by the centre; by confirmed memberships only."""
        active = self.memberships.filter(state=MembershipState.ACTIVE)
        return dict(active.values_list("organisation_id", "organisation__confirmation"))

    @property
    def rights(self) -> frozenset[str]:
        """Whatever opens to this person what others keep, as marks: what was kept under them is read under them."""
        own = self.group_names | ({SUPERUSER} if self.is_superuser else set())
        # Who works for the centre reads everything by that alone.
        acted_for = {} if self.is_centre_staff else self._organisations_acted_for
        return own | {f"{FOR}-{pk}" for pk in acted_for} | {f"{state}-{pk}" for pk, state in acted_for.items()}

    def still_has(self, marks: Iterable[str]) -> bool:
        """Whether these earlier `rights` still open as much: they may have grown, or moved with a merged organisation.

        That an organisation was not confirmed opened nothing, so such a mark asks for nothing.
        """
        of_company = {mark: OF_COMPANY.fullmatch(mark) for mark in marks}
        lost = {mark for mark, found in of_company.items() if not found} - self._own_rights
        if lost or self.is_centre_staff:
            return not lost
        needed = [(found["kind"], int(found["pk"])) for found in of_company.values() if found]
        merges = OrganisationMerge.objects.filter(old_id__in={pk for _kind, pk in needed})
        now = dict(merges.values_list("old_id", "organisation_id"))
        open_to = {FOR: self.organisation_ids, Confirmation.CONFIRMED: self.confirmed_organisation_ids}
        return all(now.get(pk, pk) in open_to[kind] for kind, pk in needed if kind in open_to)

    @property
    def _own_rights(self) -> frozenset[str]:
        """Marks of everything that this person's work for the centre opens; the greater one opens the lesser ones."""
        greater = {Group.EVALUATOR, Group.CENTRE_STAFF} if self.is_centre_staff else set()
        if self.is_programme_admin:
            greater = greater | {Group.PROGRAMME_ADMIN}
        return self.group_names | greater | ({SUPERUSER} if self.is_superuser else set())

    @property
    def organisation_ids(self) -> frozenset[int]:
        """Organisations this person acts for (confirmed memberships only): for everyday work with what is their own.

        Whether they are who they say nobody has checked, so nothing confidential of others rests on it; who may read
        this stands in tests/house/test_readers.py.
        """
        return frozenset(self._organisations_acted_for)

    @property
    def confirmed_organisation_ids(self) -> frozenset[int]:
        """Those of them that the centre has confirmed: what is confidential opens to these only."""
        acted_for = self._organisations_acted_for.items()
        return frozenset(pk for pk, state in acted_for if state == Confirmation.CONFIRMED)
