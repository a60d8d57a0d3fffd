"""The product's ranking on real documents: a floor well below what it reaches."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

BENCH = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "bench"


@pytest.mark.django_db
@pytest.mark.skipif(not BENCH.exists(), reason="the development sets are not on this machine")
def test_korean_demands_find_english_offers(settings) -> None:
    settings.EMBEDDER = "use+e5"
    out = StringIO()
    call_command("evaluate_matching", str(BENCH / "offers_ko_en"), stdout=out, stderr=StringIO())
    result = json.loads(out.getvalue())
    assert (result["queries"], result["documents"], result["ndcg_at_10"] > 0.78) == (60, 350, True), result
