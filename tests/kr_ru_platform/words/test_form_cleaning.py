"""Whatever form it stands in: what nobody sees is not stored, and full width is read."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from kr_ru_platform.web.fields import DateField, WonField
from kr_ru_platform.words.form_cleaning import clean_file_name
from matching.models import TechnologyText
from projects.forms.fields import FigureField


class Everything(forms.Form):
    line = forms.CharField()
    text = forms.CharField(widget=forms.Textarea)
    password = forms.CharField(widget=forms.PasswordInput, strip=False)
    email = forms.EmailField()
    day = DateField()
    count = forms.IntegerField()
    share = forms.DecimalField()
    won = WonField()
    figure = FigureField()
    file = forms.FileField()


def test_every_field_reads_what_was_meant() -> None:
    typed = {
        "line": "\u202eㄴ\u200bame\u00ad\u0000 \u3000x\r\ny",
        "text": "a\u200bb\r\nc\u2028d ½²",
        "password": " p\u200b\u00adＡ ",
        "email": " Ｋim＠Example．com\u200b",
        "day": "２０２６－０７－０１",
        "count": "−１２",
        "share": "０．５",
        "won": "１억 ２，０００만\u200b원",
        "figure": "６６０，０００．２５",
    }
    form = Everything(typed, {"file": SimpleUploadedFile("../x/보고서\u202e.pdf", b"%PDF")})
    assert form.is_valid(), form.errors
    data = dict(form.cleaned_data)
    assert data.pop("file").name == "보고서.pdf"
    assert data == {
        "line": "ㄴame  x y",
        "text": "ab\nc\nd ½²",
        "password": " p\u200b\u00adＡ ",
        "email": "kim@example.com",
        "day": date(2026, 7, 1),
        "count": -12,
        "share": Decimal("0.5"),
        "won": Decimal(120_000_000),
        "figure": Decimal("660000.25"),
    }


def test_what_nobody_sees_is_no_answer() -> None:
    form = Everything({"line": "\u200b\u3164\ufeff", "text": "\u00ad"})
    assert [form.errors.as_data()[name][0].code for name in ("line", "text")] == ["required", "required"]


def test_fields_that_models_make_clean_too() -> None:
    field = TechnologyText._meta.get_field("title").formfield()
    assert field.clean("сталь\u200b 12Х\u00ad18 ²") == "сталь 12Х18 ²"


@pytest.mark.parametrize(
    ("amount", "won"),
    [
        ("1,000,000", 1_000_000),
        ("1 000 000", 1_000_000),
        ("1\u202f000\u00a0000", 1_000_000),
        ("100만", 1_000_000),
        ("１００만원", 1_000_000),
        ("1억", 100_000_000),
        ("1억\u200b 2천만 원", 120_000_000),
        ("7.8억", 780_000_000),
        ("７．８억", 780_000_000),
        ("₩1,500", 1_500),
        ("1,500 KRW", 1_500),
    ],
)
def test_amounts_are_read_however_they_are_typed(amount: str, won: int) -> None:
    assert (WonField().clean(amount), FigureField().clean(amount)) == (Decimal(won), Decimal(won))


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("보고서.hwp", "보고서.hwp"),
        ("отчёт\u200b.pdf", "отчёт.pdf"),
        ("gpj\u202efdp.exe", "gpjfdp.exe"),
        ("..\\..\\etc\\passwd", "passwd"),
        ("/tmp/a\x00b\r\n.txt", "ab.txt"),
        ('a"b<c>|d?.txt', "a_b_c__d_.txt"),
        ("\u200b", "file"),
        ("", "file"),
        (".pdf", "pdf"),
        ("가" * 400 + ".docx", "가" * 145 + ".docx"),
    ],
)
def test_names_of_files_are_harmless_and_composed(sent: str, kept: str) -> None:
    assert clean_file_name(sent) == kept
    assert clean_file_name(kept) == kept
