"""The guided form for a need, and the filters of the list."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms.organisation_choice import OrganisationChoiceField
from accounts.models import Organisation, User
from kr_ru_platform.web.fields import DateField, RevisionField, WonField
from kr_ru_platform.words.looking_up import search_words
from matching.enums import DemandState, Direction, Field, ReadinessLevel, TransferMode
from matching.models import Demand

TEXT_LIMIT = 20_000

TRANSFER_MODE_CHOICES = [
    (TransferMode.JOINT_DEVELOPMENT, _("Joint development – both sides develop it further together")),
    (TransferMode.EXPERT_RECRUITMENT, _("Expert recruitment – a specialist comes to work with you")),
    (TransferMode.EQUIPMENT_IMPORT, _("Equipment import – you buy the machine or device")),
    (TransferMode.MANUFACTURING, _("Manufacturing – the partner makes it for you, or you for them")),
    (TransferMode.CONTRACT_RESEARCH, _("Contract research – the institute does research that you order")),
    (TransferMode.LICENCE, _("Licence – you pay for the right to use the technology")),
    (TransferMode.EQUITY_IN_KIND, _("Equity in kind – the technology becomes a share in your company")),
]
DIRECTION_CHOICES = [
    (Direction.RUSSIA_TO_KOREA, _("We look for a Russian technology to use in Korea")),
    (Direction.KOREA_TO_RUSSIA, _("We look for a Korean technology to use in Russia")),
]


def long_text(**kwargs: Any) -> forms.CharField:
    """A text area without `maxlength`: a browser would cut a long paste without a word."""
    rows = kwargs.pop("rows", 6)
    field = forms.CharField(max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)
    field.widget.attrs.pop("maxlength", None)
    return field


class DemandForm(forms.Form):
    organisation = OrganisationChoiceField(
        Organisation.objects.none(),
        label=_("Company"),
        empty_label=_("Choose the company"),
        help_text=_("The company that has the need."),
    )
    problem = long_text(
        label=_("What is the problem?"),
        help_text=_(
            "In your own words, as you would tell a colleague: what you make, what does not work"
            " or is missing, what you have tried. Three or four sentences are enough to begin with."
        ),
        rows=7,
    )
    wanted_result = long_text(
        label=_("What would be a good result?"),
        help_text=_("Figures help: strength, temperature, price, output, weight."),
        required=False,
        rows=5,
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=300,
        required=False,
        help_text=_("One line. Leave it empty and the first sentence of the problem is used."),
    )
    field = forms.ChoiceField(
        label=_("Field"), choices=[("", _("Not sure – look in all fields")), *Field.choices], required=False
    )
    minimum_trl = forms.TypedChoiceField(
        label=_("How ready must the technology be at least?"),
        choices=[("", _("Any readiness will do")), *ReadinessLevel.choices],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Readiness (TRL) goes from 1, an idea, to 9, in commercial use."),
    )
    needed_by = DateField(label=_("Needed by"), required=False, help_text=_("When you want to be using it."))
    budget_krw = WonField(
        label=_("Budget (won)"),
        required=False,
        help_text=_("About how much you can spend, for example 120,000,000 or 1억 2,000만."),
    )
    transfer_modes = forms.MultipleChoiceField(
        label=_("How would you like to work with the partner?"),
        choices=TRANSFER_MODE_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose as many as you like. None means that you are open to all."),
    )
    direction = forms.ChoiceField(
        label=_("Direction"),
        choices=DIRECTION_CHOICES,
        initial=Direction.RUSSIA_TO_KOREA,
        widget=forms.RadioSelect,
        required=False,
    )
    revision = RevisionField()
    draft_token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        user: User,
        demand: Demand | None = None,
        is_draft: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.demand = demand
        self.fields["title"].widget.attrs.pop("maxlength", None)
        self.fields["problem"].required = not is_draft
        self.fields["budget_krw"].widget.attrs |= {
            "hx-get": reverse_lazy("amount_reading"),
            "hx-trigger": "input changed delay:400ms",
            "hx-target": "#amount-reading",
            "autocomplete": "off",
        }
        self._offer_companies(user)

    def _offer_companies(self, user: User) -> None:
        """A member of one company is not asked which; an opened demand stays where it is."""
        companies = Organisation.objects.visible_to(user)
        if self.demand and self.demand.state != DemandState.DRAFT:
            companies = companies.filter(pk=self.demand.organisation_id)
        field = self.fields["organisation"]
        field.queryset = companies  # type: ignore[attr-defined]
        if not user.is_centre_staff and len(user.organisation_ids) == 1:
            field.initial, field.widget = next(iter(user.organisation_ids)), forms.HiddenInput()
        elif self.demand and self.demand.state != DemandState.DRAFT:
            field.widget = forms.HiddenInput()

    def clean_needed_by(self) -> Any:
        date = self.cleaned_data["needed_by"]
        if date and date < timezone.localdate() and not (self.demand and self.demand.needed_by == date):
            raise ValidationError(_("This date has already passed."), code="past")
        return date

    def clean_direction(self) -> str:
        return self.cleaned_data["direction"] or Direction.RUSSIA_TO_KOREA

    @property
    def content(self) -> dict[str, Any]:
        """What the domain stores; fields with errors are left as they were."""
        apart = ("organisation", "revision", "draft_token")
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}


class DeleteDraftForm(forms.Form):
    """A colleague may have gone on writing."""

    revision = RevisionField()


class DemandFilterForm(forms.Form):
    """Narrows the list of demands; unknown values are ignored."""

    q = forms.CharField(label=_("Words in the demand"), required=False, max_length=200)
    organisation = OrganisationChoiceField(
        Organisation.objects.none(), label=_("Company"), required=False, empty_label=_("All companies")
    )
    state = forms.ChoiceField(label=_("State"), choices=[("", _("All states")), *DemandState.choices], required=False)
    field = forms.ChoiceField(label=_("Field"), choices=[("", _("All fields")), *Field.choices], required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        companies = Organisation.objects.visible_to(user).filter(demands__isnull=False).distinct()
        self.fields["organisation"].queryset = companies  # type: ignore[attr-defined]

    def narrow(self, demands: QuerySet[Demand]) -> QuerySet[Demand]:
        self.is_valid()
        for name in ("organisation", "state", "field"):
            if value := self.cleaned_data.get(name):
                demands = demands.filter(**{name: value})
        for word in search_words(self.cleaned_data.get("q", "")):
            demands = demands.filter(Q(title__holds=word) | Q(problem__holds=word) | Q(wanted_result__holds=word))
        return demands
