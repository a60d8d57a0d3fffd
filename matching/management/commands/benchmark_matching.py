"""What matching costs on this machine, on a load of any size, beside programs that do one part of it."""

import json
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from matching.benchmark import chart, machine, table
from matching.benchmark.catalogue.database import own_database
from matching.benchmark.catalogue.load import Loader
from matching.benchmark.catalogue.mixing import NOISE
from matching.benchmark.catalogue.texts import Encoded, encode, read_documents, sample_documents
from matching.benchmark.measures import demand, indexing, peers, rescoring, search, storage
from matching.domain.index.indexing import configured_encoder

MADE = (
    "Each technology joins passages of two or three real documents of one kind and language, each passage encoded "
    "once; whole texts have the mean of their documents' passages, and as second part that of one of some documents "
    f"that were encoded; all vectors with noise of {NOISE} beside a length of 1. Facts are drawn by lot."
)


@dataclass(frozen=True)
class Options:
    parts: list[str]
    queries: int
    new_demands: int
    indexed: int
    seed: int
    keep: bool
    source: Path


class Command(BaseCommand):
    help = (
        "Measures full rescoring, a new demand, search and indexing in a database of its own, on a load that is "
        "combined from real texts, and prints one JSON object."
    )
    parts = ("full_rescoring", "new_demand", "search", "indexing")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--technologies", type=int, default=100_000)
        parser.add_argument("--demands", type=int, default=10_000)
        parser.add_argument("--growth", help="sizes by commas: all of it for each number of technologies")
        parser.add_argument("--only", help=f"some parts by commas: {', '.join(self.parts)}")
        parser.add_argument("--keep", action="store_true", help="keep the database for the next run of the same load")
        parser.add_argument("--source", type=Path, default=settings.BASE_DIR.parent / "shared" / "data" / "load")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--queries", type=int, default=201)
        parser.add_argument("--new-demands", type=int, default=15)
        parser.add_argument("--indexed", type=int, default=100, help="technologies to index")
        parser.add_argument("--chart", type=Path, help="draw the growth into this SVG file")

    def handle(self, *args: Any, **given: Any) -> None:
        peers.check()
        options = self.read(given)
        documents = read_documents(options.source)
        if not documents:
            self.say(f"{options.source} has no texts; the sample catalogue is used instead.")
            documents = sample_documents()
        encoded = encode(documents, settings.DATA_DIR / "benchmark", options.seed, self.say)
        result: dict[str, Any] = {"machine": machine.describe()}
        sizes = self.sizes(given)
        found = [self.measure(size, demands, encoded, options, result["machine"]) for size, demands in sizes]
        result |= {"growth": found} if given["growth"] else found[0]
        self.stdout.write(json.dumps(result, ensure_ascii=False, indent=1))
        self.say(table.growth(found))
        if given["chart"]:
            given["chart"].write_text(chart.growth(found), encoding="utf-8")

    def read(self, given: dict[str, Any]) -> Options:
        parts = given["only"].split(",") if given["only"] else list(self.parts)
        if unknown := set(parts).difference(self.parts):
            raise CommandError(f"--only: {', '.join(sorted(unknown))} is none of {', '.join(self.parts)}.")
        names = ("queries", "new_demands", "indexed", "seed", "keep", "source")
        return Options(parts=parts, **{name: given[name] for name in names})

    def sizes(self, given: dict[str, Any]) -> list[tuple[int, int]]:
        """With as many demands for each technology as was asked for."""
        if not given["growth"]:
            return [(given["technologies"], given["demands"])]
        share = given["demands"] / max(1, given["technologies"])
        return [(int(size), max(1, round(int(size) * share))) for size in given["growth"].split(",")]

    def measure(
        self, technologies: int, demands: int, encoded: Encoded, options: Options, of_machine: dict[str, Any]
    ) -> dict[str, Any]:
        load = {
            "technologies": technologies,
            "demands": demands,
            "seed": options.seed,
            "real_documents": len(encoded.documents),
            "real_passages": len(encoded.texts),
            "encoder": configured_encoder(),
        }
        with own_database(load, keep=options.keep) as is_there:
            if is_there:
                self.say("The load of an earlier run is used again.")
                seconds = 0.0
            else:
                loader = Loader(encoded, options.seed, self.say)
                seconds, _ = machine.seconds_of(lambda: loader.fill(technologies=technologies, demands=demands))
            result: dict[str, Any] = {"load": {**load, "seconds": round(seconds, 1), "made": MADE}}
            seconds_of_indexes = storage.make_vector_indexes(self.say)
            result["storage"] = storage.measure(seconds_of_indexes=seconds_of_indexes)
            for part in options.parts:
                self.say(f"{technologies} technologies: {part}")
                result[part] = self.part(part, encoded, options, of_machine)
        return result

    def part(self, name: str, encoded: Encoded, options: Options, of_machine: dict[str, Any]) -> dict[str, Any]:
        documents, seed = encoded.documents, options.seed
        if name == "full_rescoring":
            return rescoring.measure(peak=1e9 * of_machine["sgemm_peak_gflops"], say=self.say)
        if name == "new_demand":
            return demand.measure(documents, demands=options.new_demands, seed=seed, say=self.say)
        if name == "search":
            return search.measure(documents, queries=options.queries, seed=seed, say=self.say)
        return indexing.measure(technologies=options.indexed, say=self.say)

    def say(self, text: str) -> None:
        self.stderr.write(text)
