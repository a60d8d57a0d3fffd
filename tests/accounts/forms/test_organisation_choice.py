"""A form that was open while two records became one."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from accounts.domain.organisations.merging import merge_organisations
from accounts.forms.organisation_choice import OrganisationChoiceField
from accounts.models import Organisation
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db


def test_key_of_a_record_that_is_gone_means_the_one_that_stayed_for_whoever_may_choose_it():
    stays, goes, other = OrganisationFactory.create_batch(3)
    gone = goes.pk
    merge_organisations(stays=stays, goes=goes, by=create_staff())
    field = OrganisationChoiceField(Organisation.objects.filter(pk__in=[stays.pk, other.pk]), widget=forms.HiddenInput)
    assert [field.clean(value) for value in (str(gone), gone, str(stays.pk), other)] == [stays, stays, stays, other]
    assert [field.prepare_value(value) for value in (str(gone), other, None, "x")] == [stays.pk, other.pk, None, "x"]
    field.queryset = Organisation.objects.filter(pk=other.pk)
    assert field.prepare_value(str(gone)) == str(gone)
    for value in (str(gone), "x", "9" * 30, "\x00"):
        with pytest.raises(ValidationError):
            field.clean(value)
