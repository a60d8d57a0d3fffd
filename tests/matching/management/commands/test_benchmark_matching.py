"""The command that measures cost: tiny, with an encoder made here; no figure is judged."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from matching.benchmark.measures import peers
from matching.models import Demand, EmbeddingSpace, IndexRecord, Match, Technology
from tests.factories.demand import DemandFactory
from tests.factories.technology import TechnologyFactory
from tests.matching.benchmark.catalogue.own_databases import benchmark_name, databases

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fake_embedder")]
TABLES = (Technology, Demand, IndexRecord, Match, EmbeddingSpace)
SENTENCES = {
    "ru": "Магнитный сорбент извлекает ионы никеля из стоков номер {n}. Расход реагента при этом ниже в {n} раз.",
    "en": "The fibre laser cuts steel sheets of {n} mm without burrs. Power consumption is {n} times lower.",
    "ko": "희토류 없는 영구자석 소재 {n}호를 개발하였습니다. 고온에서도 자기 특성이 {n}배 유지됩니다.",
}
KEYS = {
    name: sorted(keys.split())
    for name, keys in {
        "machine": "cores python sgemm_peak_gflops system",
        "load": "technologies demands seed real_documents real_passages encoder seconds made",
        "full_rescoring": """
            seconds phases processes peak_worker_memory_mib matches_written faiss_flat_ip_top_50 ratio_to_faiss
            pairs_per_second share_of_sgemm_peak faiss_share_of_sgemm_peak again_unchanged""",
        "storage": """
            database_mib tables settings server_memory_mib vector_indexes vector_indexes_seconds""",
        "new_demand": """
            demands median_seconds bare_median_seconds bare_is encoding_median_seconds scan_median_seconds ratio
            recall_at_50""",
        "search": """
            queries hybrid_is tantivy_is pgvector_is tantivy_fill_seconds clients throughput meaning_recall_at_20
            meaning_best_found recall_queries""",
        "indexing": """
            technologies texts texts_per_second_per_core encoder_alone_texts_per_second share_of_encoder_alone""",
    }.items()
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    rows = [
        {"lang": language, "kind": "demand" if language == "ko" else "offer", "title": f"{n} {text[:30]}", "text": text}
        for language, pattern in SENTENCES.items()
        for n in range(2, 8)
        for text in [pattern.format(n=n)]
    ]
    (tmp_path / "texts.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return tmp_path


def run(source: Path, **options: Any) -> dict[str, Any]:
    out = StringIO()
    tiny = {"technologies": 60, "demands": 10, "queries": 9, "new_demands": 2, "indexed": 10}
    call_command("benchmark_matching", source=source, stdout=out, stderr=StringIO(), **tiny, **options)
    result: dict[str, Any] = json.loads(out.getvalue())
    return result


def test_benchmark_prints_one_object_and_leaves_real_data_alone(source: Path) -> None:
    TechnologyFactory(), DemandFactory()
    before = [list(model.objects.values()) for model in TABLES]
    result = run(source)
    assert {name: sorted(part) for name, part in result.items()} == KEYS
    assert (result["load"]["technologies"], result["load"]["real_documents"]) == (60, 18)
    assert result["full_rescoring"]["again_unchanged"]["rows_written"] == 0
    assert result["full_rescoring"]["matches_written"] > 0
    assert result["new_demand"]["recall_at_50"] == 1.0
    assert result["search"]["meaning_recall_at_20"] == 1.0
    assert sorted(result["search"]["clients"]["8"]) == ["hybrid", "p95_to_slower_peer", "pgvector", "tantivy"]
    assert [list(model.objects.values()) for model in TABLES] == before
    assert databases() == []


def test_growth_measures_each_size_and_draws_it(source: Path, tmp_path: Path) -> None:
    chart = tmp_path / "growth.svg"
    result = run(source, growth="20,40", only="search", chart=chart)
    assert [(each["load"]["technologies"], each["load"]["demands"]) for each in result["growth"]] == [(20, 3), (40, 7)]
    drawn = chart.read_text(encoding="utf-8")
    assert (drawn.startswith("<svg"), drawn.count("<polyline"), drawn.count("<circle")) == (True, 2, 4)


def test_the_same_seed_makes_the_same_load(source: Path) -> None:
    first, second = (_contents(source, seed) for seed in (1, 1))
    assert first == second != _contents(source, 2)


def _contents(source: Path, seed: int) -> list[Any]:
    run(source, only="indexing", keep=True, seed=seed)
    kept = psycopg2.connect(**{**connection.get_connection_params(), "dbname": benchmark_name()})
    with kept, kept.cursor() as cursor:
        cursor.execute("SELECT title, summary, description FROM matching_technologytext ORDER BY technology_id")
        rows = cursor.fetchall()
    kept.close()
    run(source, only="indexing", seed=seed)
    return rows


def test_what_a_crash_left_is_dropped_by_the_next_run(source: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{benchmark_name()}"')
    assert databases() == [benchmark_name()]
    run(source, only="indexing")
    assert databases() == []


def test_a_missing_peer_is_named_with_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch, source: Path) -> None:
    monkeypatch.setattr(peers, "find_spec", lambda name: None)
    with pytest.raises(CommandError, match=r"faiss-cpu and tantivy .* pip install -c constraints.txt"):
        run(source)


def test_without_texts_the_sample_catalogue_is_used(tmp_path: Path) -> None:
    err = StringIO()
    out = StringIO()
    options = {"technologies": 20, "demands": 3, "indexed": 5, "only": "indexing"}
    call_command("benchmark_matching", source=tmp_path / "missing", stdout=out, stderr=err, **options)
    assert "sample catalogue" in err.getvalue()
    assert json.loads(out.getvalue())["load"]["real_documents"] == 66


def test_an_unknown_part_is_refused(source: Path) -> None:
    with pytest.raises(CommandError, match="none of full_rescoring, new_demand, search, indexing"):
        run(source, only="speed")
