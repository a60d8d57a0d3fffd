"""What every form of the portal looks like in HTML."""

from bs4 import BeautifulSoup
from django import forms
from django.utils.translation import override


class SampleForm(forms.Form):
    title = forms.CharField(label="제목", help_text="한 문장")
    note = forms.CharField(label="메모", required=False)
    modes = forms.MultipleChoiceField(
        label="방식", choices=[("a", "공동개발"), ("b", "라이선스")], widget=forms.CheckboxSelectMultiple
    )
    agree = forms.BooleanField(label="동의")
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        raise forms.ValidationError("Both do not fit.")


def parse(form):
    with override("en"):
        return BeautifulSoup(str(form), "html.parser")


def words(element):
    return " ".join(element.get_text(" ").split())


def test_required_field_says_so_in_words_and_points_to_its_help():
    soup = parse(SampleForm())
    assert words(soup.select_one("label[for=id_title]")) == "제목 required"
    assert words(soup.select_one("label[for=id_note]")) == "메모"
    assert soup.select_one("#id_title")["aria-describedby"] == "id_title_helptext"
    assert words(soup.select_one("#id_title_helptext")) == "한 문장"


def test_group_of_checkboxes_is_a_fieldset_with_legend():
    fieldset = parse(SampleForm()).select_one("fieldset")
    assert words(fieldset.legend) == "방식 required"
    assert [words(label) for label in fieldset.select("label")] == ["공동개발", "라이선스"]


def test_hidden_field_is_rendered_once_without_label():
    soup = parse(SampleForm())
    assert len(soup.select("input[name=token]")) == 1
    assert soup.select("label[for=id_token]") == []


def test_unbound_form_has_no_error_summary():
    assert parse(SampleForm()).select(".error-summary") == []


def test_wrong_input_is_marked_at_the_field_and_listed_with_links():
    soup = parse(SampleForm({"note": "x"}))
    field = soup.select_one("#id_title")
    assert (field["aria-invalid"], field["aria-describedby"]) == ("true", "id_title_helptext id_title_error")
    assert words(soup.select_one("#id_title_error")) == "Error: This field is required."
    summary = soup.select_one(".error-summary[role=alert]")
    assert [words(item) for item in summary.select("li")] == [
        "Both do not fit.",
        "제목 – This field is required.",
        "방식 – This field is required.",
        "동의 – This field is required.",
    ]
    targets = [link["href"].removeprefix("#") for link in summary.select("a")]
    assert targets == ["id_title", "id_modes", "id_agree"]
    assert all(soup.find(id=target) for target in targets)


def test_typed_text_is_escaped():
    soup = parse(SampleForm({"title": '"><script>alert(1)</script>'}))
    assert soup.select("script") == []
    assert soup.select_one("#id_title")["value"] == '"><script>alert(1)</script>'
