"""Forms for people."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Group
from accounts.models import User


class DetailsForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["full_name", "phone", "language"]
        widgets = {
            "full_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["full_name"].required = True


class GroupsForm(forms.Form):
    groups = forms.MultipleChoiceField(
        label=_("Rights at the centre"),
        choices=Group.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Without any of them a person is an ordinary member."),
    )


class PeopleFilterForm(forms.Form):
    q = forms.CharField(label=_("Name, e-mail or organisation"), max_length=200, required=False)
    group = forms.ChoiceField(label=_("Rights at the centre"), choices=[("", _("All")), *Group.choices], required=False)


class CloseAccountForm(forms.Form):
    is_confirmed = forms.BooleanField(label=_("I have read this. The account is to be closed for good."))
