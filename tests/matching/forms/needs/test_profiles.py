"""What a company tells about itself: nothing has to be told, a code is read as people write it."""

import pytest

from matching.forms.needs.profiles import CompanyProfileForm

NOTHING = {"products": "", "capabilities": "", "interests": "", "field": "", "ksic_code": ""}


def test_content_is_what_was_told_without_the_revision():
    form = CompanyProfileForm({"products": "변압기", "field": "metals", "revision": "4"})
    assert form.is_valid()
    assert (form.content, form.cleaned_data["revision"]) == (
        NOTHING | {"products": "변압기", "field": "metals"},
        4,
    )


@pytest.mark.parametrize("typed", ["c29.271", " C29271 ", "C29271"])
def test_industry_code_is_read_with_points_and_small_letters(typed):
    form = CompanyProfileForm({"ksic_code": typed})
    assert form.is_valid()
    assert form.content == NOTHING | {"ksic_code": "C29271"}


def test_wrong_industry_code_is_refused_and_the_rest_is_kept():
    form = CompanyProfileForm({"products": "변압기", "ksic_code": "29-27"})
    assert not form.is_valid()
    assert (list(form.errors), form.content["products"]) == (["ksic_code"], "변압기")
