"""Search as a visitor of the catalogue has it, beside programs that look only at words or only at meaning."""

import multiprocessing
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError
from django.db import connections
from django.db.models import QuerySet
from django.utils.datastructures import MultiValueDict

from matching.benchmark.catalogue.texts import Document, Say
from matching.benchmark.machine import cores, milliseconds, ratio, seconds_of
from matching.benchmark.measures import peers
from matching.domain.finding import search
from matching.domain.finding.answer_cache import kept_answer
from matching.domain.index.embedding_spaces import current_space
from matching.domain.index.indexing import index_encoder
from matching.domain.technologies import catalogue
from matching.embedding import get_embedder
from matching.enums import Audience
from matching.filters.catalogue import TechnologyFilter
from matching.models import Technology

AUDIENCE = Audience.MEMBERS
PAGE = 20
HITS = 200
CLIENTS = (1, 8)
# Of the questions, one in so many has been asked before.
REPEATED = 10
QUERY_WORDS = (1, 6)
RECALL_QUERIES = 30

Search = Callable[[str], Any]


def measure(documents: Sequence[Document], *, queries: int, seed: int, say: Say) -> dict[str, Any]:
    asked = real_queries(documents, queries, seed)
    with tempfile.TemporaryDirectory() as folder:
        tantivy = peers.Tantivy(Path(folder))
        say("search: filling tantivy")
        seconds, _ = seconds_of(tantivy.fill)
        programs: dict[str, Search] = {
            "hybrid": hybrid,
            "tantivy": lambda query: tantivy.search(query, HITS),
            "pgvector": by_meaning_alone,
        }
        result = {
            "queries": len(asked),
            "hybrid_is": "words, meaning, facet counts and the first page of results, without drawing the page",
            "tantivy_is": f"the {HITS} best by BM25 over the same lexemes",
            "pgvector_is": f"encoding the query and one exact scan for the {HITS} nearest passages",
            "tantivy_fill_seconds": round(seconds, 1),
            "clients": {str(clients): _compared(programs, asked, clients, say) for clients in CLIENTS},
            "throughput": throughput(asked, clients=max(CLIENTS), say=say),
        }
    say("search: comparing with every technology")
    return {**result, **recall(asked[:: max(1, len(asked) // RECALL_QUERIES)])}


def real_queries(documents: Sequence[Document], count: int, seed: int) -> list[str]:
    """The first words of real titles, as many of each language."""
    random = np.random.default_rng(seed)
    titles: dict[str, list[str]] = {}
    for each in documents:
        titles.setdefault(each.language, []).append(each.title)
    found = []
    for i in range(count):
        of_language = titles[sorted(titles)[i % len(titles)]]
        words = of_language[int(random.integers(len(of_language)))].split()
        found.append(" ".join(words[: int(random.integers(QUERY_WORDS[0], QUERY_WORDS[1] + 1))])[:200])
    return found


def hybrid(query: str) -> list[int]:
    """Worked out each time: an answer that was kept would say nothing about searching."""
    return _page(query, lambda text: search.answer(query=text, audience=AUDIENCE, within=_published()))


def as_members_ask(query: str) -> list[int]:
    """With the answers that are kept."""
    return _page(query, lambda text: kept_answer(query=text, audience=AUDIENCE, is_visitor=False, before=_nothing))


def _nothing() -> None:
    """Nobody is refused here."""


def _published() -> QuerySet[Technology]:
    return Technology.objects.published()


def _page(query: str, answered: Callable[[str], search.SearchAnswer]) -> list[int]:
    filters = TechnologyFilter(MultiValueDict({"q": [query]}), queryset=_published())
    answer = answered(filters.query)
    hits = catalogue.with_holders(answer, query=filters.query, user=AnonymousUser()).hits
    filters.narrow(hits)
    ids = list(filters.ids(hits)[:PAGE])
    filters.facets()
    return [result.technology.pk for result in catalogue.results(ids, hits=hits, audience=AUDIENCE)]


def by_meaning_alone(query: str) -> list[int]:
    return peers.pgvector_nearest("passage", get_embedder().encode([query])[0], HITS)


def throughput(queries: Sequence[str], *, clients: int, say: Say) -> dict[str, Any]:
    """Pages of results a second, when some questions are asked again."""
    say(f"search: as many as {clients} get in a second")
    asked = [queries[i - i % REPEATED] if i % REPEATED == REPEATED - 1 else query for i, query in enumerate(queries)]
    seconds, _ = seconds_of(lambda: _seconds(as_members_ask, asked, clients))
    return {"clients": clients, "searches": len(asked), "per_second": ratio(len(asked), seconds)}


def _compared(programs: dict[str, Search], queries: Sequence[str], clients: int, say: Say) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for name, program in programs.items():
        say(f"search: {name}, {clients} at once")
        result[name] = milliseconds(_seconds(program, queries, clients))
    slower = max(result["tantivy"]["p95_ms"], result["pgvector"]["p95_ms"])
    return {**result, "p95_to_slower_peer": ratio(result["hybrid"]["p95_ms"], slower)}


def _seconds(program: Search, queries: Sequence[str], clients: int) -> list[float]:
    """As the web server does it: some processes with some threads each."""
    connections.close_all()
    processes = min(cores(), clients)
    context = multiprocessing.get_context("fork")
    answers: Any = context.Queue()
    workers = [
        context.Process(target=_client, args=(program, queries[i::processes], clients // processes, answers))
        for i in range(processes)
    ]
    for worker in workers:
        worker.start()
    found = [answers.get() for _ in workers]
    for worker in workers:
        worker.join()
    if failed := next((part for part in found if isinstance(part, str)), None):
        raise CommandError(f"A search failed: {failed}")
    return [seconds for part in found for seconds in part]


def _client(program: Search, queries: Sequence[str], threads: int, answers: Any) -> None:
    def ask(query: str) -> float:
        started = time.perf_counter()
        program(query)
        return time.perf_counter() - started

    try:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(ask, queries[: 2 * threads]))
            answers.put(list(pool.map(ask, queries)))
    except Exception as error:
        # Nobody else would hear of it.
        answers.put(repr(error))


def recall(queries: Sequence[str]) -> dict[str, Any]:
    """Of what a comparison with every technology finds by meaning, how much the search finds."""
    space = current_space(index_encoder())
    needs = [search.need_of(query, space) for query in queries]
    best: list[dict[int, float]] = [{} for _ in needs]
    for columns in peers.everything(space, audience=AUDIENCE):
        for need, found in zip(needs, best, strict=True):
            if need is not None:
                values = search.closeness(need, columns)
                found |= zip(columns.ids.tolist(), values.tolist(), strict=True)
    shares, top = [], []
    for need, found in zip(needs, best, strict=True):
        # What is less close than a search lets through is nobody's loss.
        exact = sorted(found, key=lambda i: (-found[i], i))[:PAGE]
        least = max(search.LEAST_MEANING, search.LEAST_OF_BEST_MEANING * max(found.values(), default=0.0))
        wanted = {i for i in exact if found[i] >= least}
        if need is not None and wanted:
            ours = search.close_to(need, space, audience=AUDIENCE, within=Technology.objects.published())
            shares.append(len(wanted & ours.values.keys()) / len(wanted))
            top.append(exact[0] in ours.values)
    return {
        "meaning_recall_at_20": round(float(np.mean(shares)), 4) if shares else None,
        "meaning_best_found": round(float(np.mean(top)), 4) if top else None,
        "recall_queries": len(shares),
    }
