"""The command that measures ranking, on a folder made here."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from matching.models import Demand, EmbeddingSpace, IndexRecord, Match, Technology
from tests.factories.demand import DemandFactory
from tests.factories.technology import TechnologyFactory
from tests.matching.benchmark.quality.folder_files import write_folder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_embedder")]
TABLES = (Technology, Demand, IndexRecord, Match, EmbeddingSpace)


def test_evaluation_prints_figures_and_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    TechnologyFactory(), DemandFactory()
    before = [list(model.objects.values()) for model in TABLES]
    out = StringIO()
    call_command("evaluate_matching", str(write_folder(tmp_path)), stdout=out, stderr=StringIO())
    result = json.loads(out.getvalue())
    (band,) = result.pop("reliability")["by_points"]
    assert (band["matches"], band["fit"]) == (1, 1.0)
    assert result.pop("seconds_index") >= 0 and result.pop("seconds_query") >= 0
    perfect = ["ndcg_at_10", "recall_at_1", "recall_at_10", "mrr"]
    assert result == {
        "set": tmp_path.name,
        **dict.fromkeys(perfect, 1.0),
        "intervals": dict.fromkeys(perfect, [1.0, 1.0]),
        "queries": 1,
        "documents": 3,
    }
    assert [list(model.objects.values()) for model in TABLES] == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname = 'evaluation'")
        assert cursor.fetchone() == (0,)


def test_comparison_shows_the_product_beside_its_parts_for_every_folder(tmp_path: Path) -> None:
    folders = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        queries = [{"_id": "q0", "text": "никель сорбент"}, {"_id": "q1", "text": "내식성 소재"}]
        corpus = [{"_id": "d0", "text": "сорбент никель"}, {"_id": "d1", "text": "коррозионная стойкость"}]
        corpus += [{"_id": f"other{n}", "text": "история литературы"} for n in range(40)]
        contents = {
            "queries.jsonl": "\n".join(map(json.dumps, queries)),
            "corpus.jsonl": "\n".join(map(json.dumps, corpus)),
            "qrels/test.tsv": "q0\td0\t2\nq1\td1\t1\n",
        }
        folders.append(str(write_folder(tmp_path / name, **contents)))
    out = StringIO()
    call_command("evaluate_matching", *folders, "--compare", stdout=out, stderr=StringIO())
    results = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [result["set"] for result in results] == ["one", "two"]
    found = {name: part["recall_at_1"] for name, part in results[0]["parts"].items()}
    # Only the list of terms knows that the second pair says the same.
    assert (found["words only"], found["notions only"]) == (0.5, 1.0)
    words = results[0]["parts"]["words only"]
    difference = results[0]["ndcg_at_10"] - words["ndcg_at_10"]
    assert words["product_gains"][0] == pytest.approx(difference, abs=1e-3)
    assert {*found} == {
        "meaning only",
        "words only",
        "notions only",
        "words and notions",
        "rank fusion of meaning and terms",
        "weights and formula v1",
        "weights and formula v2",
        "every document compared, no candidates",
        "first encoder alone",
    }


def test_how_often_nothing_fits_is_told_rightly_is_printed_where_a_folder_has_such_queries(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, **{"queries.jsonl": QUERIES, "no_answer.txt": "none\n"})
    out = StringIO()
    call_command("evaluate_matching", str(folder), "--compare", stdout=out, stderr=StringIO())
    result = json.loads(out.getvalue())
    parts = result["parts"]
    for told in (result, parts["weights and formula v1"], parts["every document compared, no candidates"]):
        assert (told["no_answer_right"], told["answered_refused"]) == (1.0, 0.0)
        assert told["intervals"]["no_answer_right"] == [1.0, 1.0]
        assert told["intervals"]["answered_refused"] == [0.0, 0.0]
    assert "no_answer_right" not in parts["first encoder alone"]
    assert (result["queries"], result["queries_without_answer"], result["ndcg_at_10"]) == (1, 1, 1.0)


QUERIES = "\n".join(map(json.dumps, [{"_id": "q0", "text": "никель сорбент"}, {"_id": "none", "text": "пчеловодство"}]))


def test_background_is_put_before_every_query(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    background = tmp_path / "background.txt"
    background.write_text("лазер лазер лазер лазер\n", encoding="utf-8")
    out = StringIO()
    call_command("evaluate_matching", str(folder), "--background", str(background), stdout=out, stderr=StringIO())
    assert json.loads(out.getvalue())["recall_at_1"] == 0.0


def test_a_bad_file_of_background_is_refused(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    with pytest.raises(CommandError, match="background.txt does not exist"):
        call_command("evaluate_matching", str(folder), "--background", str(tmp_path / "background.txt"))


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="corpus.jsonl does not exist"):
        call_command("evaluate_matching", str(tmp_path / "none"))
