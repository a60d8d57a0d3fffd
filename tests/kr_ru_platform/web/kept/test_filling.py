import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from kr_ru_platform.models import KeptPost
from kr_ru_platform.web.kept import kept_files
from kr_ru_platform.web.kept.filling import filled, told, typed_texts
from tests.kr_ru_platform.web.forms import fields_of, page_form

pytestmark = pytest.mark.django_db
FORM = """
<main>
<form method="post"><input name="q"></form>
<form method="post">
<input type="hidden" name="form_token" value="of this page"><input name="title" value="before">
<textarea name="body">before</textarea><input type="password" name="password">
<input name="part"><input name="part">
<select name="field"><option value="a" selected>A</option><option>b</option></select>
<input type="checkbox" name="modes" value="x" checked><input type="checkbox" name="modes" value="y">
<input type="checkbox" name="agreed">
<input type="radio" name="way" value="1" checked><input type="radio" name="way" value="2">
<input type="file" name="files">
</form>
</main>
"""


def keep(**fields: list[str]) -> KeptPost:
    pairs = [[name, value] for name, values in fields.items() for value in values]
    return KeptPost.objects.create(token="k", account=1, path="/", fields=pairs)


def test_each_kind_of_field_gets_back_what_was_chosen_or_typed() -> None:
    kept = keep(
        title=['"<b>'],
        body=["\n첫째\n둘째"],
        part=["one", "two"],
        field=["b"],
        modes=["y"],
        agreed=["on"],
        way=["2"],
        password=["geheim-9"],
        form_token=["of the old page"],
    )
    form = page_form(HttpResponse(filled(FORM, kept)), "body")
    assert fields_of(form) == {
        "kept_post": str(kept.pk),
        "form_token": "of this page",
        "title": '"<b>',
        "body": "\n첫째\n둘째",
        "password": "",
        "part": ["one", "two"],
        "field": "",  # An option without a value is its text.
        "modes": "y",
        "agreed": "",
        "way": "2",
    }
    chosen = [option.get_text() for option in form.find_all("option", selected=True)]
    assert (chosen, form.find(attrs={"name": "agreed"}).has_attr("checked")) == (["b"], True)


ROWS = """<main><form method="post"><input type="hidden" name="line-TOTAL_FORMS" value="1"><input name="line-0-what">
<input type="hidden" name="revision" value="9"><input type="hidden" name="role" value="of this page">
<button name="decision" value="approve"></button><button name="add" value="1"></button></form></main>"""


def test_lines_that_the_page_does_not_show_go_along_unseen() -> None:
    kept = keep(**{"line-0-what": ["글"], "line-1-what": ["둘째"], "line-TOTAL_FORMS": ["2"], "revision": ["3"]})
    form = page_form(HttpResponse(filled(ROWS, kept)), "line-0-what")
    assert fields_of(form) == {
        "kept_post": str(kept.pk),
        "line-TOTAL_FORMS": "2",
        "line-0-what": "글",
        "line-1-what": "둘째",
        "revision": "3",
        "role": "of this page",
    }


@pytest.mark.parametrize("name", ["decision", "add", "is_new", "anyway", "line-1-remove", "line-add", "else-1-what"])
def test_what_was_pressed_or_confirmed_before_is_never_done_by_itself(name: str) -> None:
    kept = keep(**{"line-0-what": ["글"], name: ["approve"], "role": ["owner"]})
    form = page_form(HttpResponse(filled(ROWS, kept)), "line-0-what")
    assert [field.name for field in form.find_all(attrs={"name": name})] in ([], ["button"])
    assert fields_of(form)["role"] == "of this page"


def test_text_without_a_place_in_the_form_can_still_be_read() -> None:
    page = filled(ROWS, keep(**{"line-0-what": ["글"], "gone": ["더 긴 글입니다."], "decision": ["approve"]}))
    assert [text.get_text() for text in BeautifulSoup(page, "html.parser").select(".pre-line")] == ["더 긴 글입니다."]


def test_kept_file_stands_before_the_field_it_was_chosen_in(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    file = kept_files.keep(SimpleUploadedFile("a.pdf", b"%PDF-1.7 test"), account=1, field="files")
    form = page_form(HttpResponse(filled(FORM, keep(kept_file=[file.token, "made up"]))), "body")
    assert [field["value"] for field in form.find_all(attrs={"name": "kept_file"})] == [file.token]
    names = [field.get("name") for field in form.find_all("input")]
    assert names.index("kept_file") < names.index("files")


@pytest.mark.parametrize("page", ["<main>{}</main>", "<main>{}<form><input name='q'></form></main>"])
def test_text_whose_form_is_gone_stands_above_the_page(page: str) -> None:
    soup = BeautifulSoup(filled(page.format("<h1>말</h1>"), keep(body=["쓴 글"])), "html.parser")
    assert [text.get_text() for text in soup.select("main .pre-line")] == ["쓴 글"]
    assert soup.find("h1").find_previous(class_="pre-line") is not None
    assert not soup.find(attrs={"name": "kept_post"})


def test_page_that_says_no_leads_to_the_text() -> None:
    kept = keep(body=["쓴 글"])
    soup = BeautifulSoup(told("<main>아니요</main>", kept), "html.parser")
    assert [link["href"] for link in soup.select("main a")] == [f"/my/kept/texts/#kept-{kept.pk}"]
    assert told("no page at all", kept) == "no page at all"


@pytest.mark.parametrize(
    ("fields", "texts"),
    [
        ({"field": ["metals"], "a": [" 짧은 글 "], "b": ["더 긴 글입니다."]}, ["더 긴 글입니다.", "짧은 글"]),
        ({"a": ["같은 글"], "b": ["같은 글"], "c": [" "]}, ["같은 글"]),
        ({"field": ["metals"], "trl": ["7"]}, ["metals", "7"]),
        ({"revision": ["12"], "form_token": ["a" * 40], "kept_file": ["b" * 40], "kept_post": ["3"]}, []),
    ],
    ids=["sentences before codes", "once", "codes where there is nothing else", "nothing typed"],
)
def test_texts_to_be_copied_are_what_a_person_wrote(fields: dict[str, list[str]], texts: list[str]) -> None:
    assert typed_texts(keep(**fields)) == texts
