"""What several forms of this app share: the revision they were opened on."""

from typing import Any

from django import forms


class RevisionForm(forms.Form):
    """Carries the revision that the person saw; the domain refuses an older one."""

    expected_revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


def reopened(form: Any, revision: int) -> None:
    """The same form with everything typed, now knowing about the newer version."""
    form.data = form.data.copy()
    form.data[form.add_prefix("expected_revision")] = str(revision)
