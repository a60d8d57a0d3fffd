"""A catalogue of any size written straight into the tables: what mixing.py combines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from django.db import connection
from django.utils import timezone

from accounts.enums import Country, OrganisationKind
from accounts.models import Organisation
from matching.benchmark.catalogue.copying import Copier
from matching.benchmark.catalogue.mixing import PUBLIC_PASSAGES, Mix, MixedRow
from matching.benchmark.catalogue.texts import Encoded, Say
from matching.domain.index.embedding_spaces import refresh_space
from matching.domain.index.indexing import index_encoder, term_id
from matching.domain.index.reindexing import take_stock
from matching.domain.matches.matchmaking import add_missing_records
from matching.domain.texts.indexed_texts import text_hash
from matching.enums import LISTS_FOR, Audience, DemandState, Direction, DisclosureLevel, Provenance, TechnologyState
from matching.models import Demand, IndexRecord, Passage, Technology, TechnologyText, WholeText
from matching.models.technology import DISCLOSURE_AUDIENCE
from matching.models.text_index import LEXEME_COLUMNS, WIDEST_READERS
from matching.scoring.types import Vectors

AT_ONCE = 1_000
# As many as the portal adds in one go.
RECORDS_AT_ONCE = 5_000
COMPANIES = 50
INDEXES = ("index_public_lexemes_gin", "index_member_lexemes_gin", "index_full_lexemes_gin")


@dataclass
class Tables:
    now: datetime = field(default_factory=timezone.now)

    def __post_init__(self) -> None:
        self.technologies = Copier(Technology, self.now)
        self.texts = Copier(TechnologyText, self.now)
        self.demands = Copier(Demand, self.now)
        self.records = Copier(IndexRecord, self.now)
        self.wholes = Copier(WholeText, self.now)
        self.passages = Copier(Passage, self.now)
        # Owners first: foreign keys are checked.
        self.all = (self.technologies, self.texts, self.demands, self.records, self.wholes, self.passages)

    def flush(self) -> None:
        for table in self.all:
            table.flush()

    def close(self) -> None:
        for table in self.all:
            table.close()


class Loader:
    def __init__(self, encoded: Encoded, seed: int, say: Say) -> None:
        self.encoded = encoded
        self.say = say
        self.mix = Mix(encoded, seed)
        self.tables = Tables()
        self.encoder = index_encoder()
        self.lexemes = [sorted(lexeme.encode() for lexeme in found) for found in encoded.lexemes]
        self.term_ids = {lexeme: term_id(lexeme.decode()) for found in self.lexemes for lexeme in found}

    def fill(self, *, technologies: int, demands: int) -> None:
        with connection.cursor() as cursor:
            for name in INDEXES:
                cursor.execute(f"DROP INDEX {name}")
        for start in range(0, technologies, AT_ONCE):
            self._technologies(range(start + 1, min(start + AT_ONCE, technologies) + 1))
            if start % 10_000 == 0:
                self.say(f"loaded {start} of {technologies} technologies")
        companies = [c.pk for c in self._companies()]
        for start in range(0, demands, AT_ONCE):
            self._demands(range(start + 1, min(start + AT_ONCE, demands) + 1), companies)
        self.tables.close()
        self.say("making the indexes of words")
        with connection.schema_editor() as editor:
            for index in IndexRecord._meta.indexes:
                if index.name in INDEXES:
                    editor.add_index(IndexRecord, index)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        take_stock()
        self.say("making the space and the records of scoring")
        refresh_space(encoder=index_encoder())
        for _ in range(0, demands, RECORDS_AT_ONCE):
            add_missing_records()

    def _companies(self) -> list[Organisation]:
        return Organisation.objects.bulk_create(
            Organisation(name_en=f"Company {n}", country=Country.KOREA, kind=OrganisationKind.COMPANY)
            for n in range(1, COMPANIES + 1)
        )

    def _technologies(self, ids: range) -> None:
        groups = self.mix.drawn(self.encoded.groups, len(ids))
        rows = []
        for technology_id, group in zip(ids, groups, strict=True):
            disclosure = self.mix.disclosure()
            row = self.mix.combined(self.encoded.groups[group], group[1], DISCLOSURE_AUDIENCE[disclosure])
            rows.append(row)
            self._technology(technology_id, row, disclosure)
        self._index("technology_id", ids, rows)

    def _technology(self, technology_id: int, row: MixedRow, disclosure: DisclosureLevel) -> None:
        is_korean = row.language == "ko"
        self.tables.technologies.add(
            id=technology_id,
            state=TechnologyState.PUBLISHED,
            published_at=self.tables.now,
            disclosure=disclosure,
            source_language=row.language,
            country=Country.KOREA if is_korean else Country.RUSSIA,
            direction=Direction.KOREA_TO_RUSSIA if is_korean else Direction.RUSSIA_TO_KOREA,
            **self.mix.facts("trl"),
        )
        texts = self.encoded.texts
        public, *rest = (" ".join(texts[i] for i in found) for found in self._shown(row))
        self.tables.texts.add(
            technology_id=technology_id,
            language=row.language,
            provenance=Provenance.SOURCE,
            title=texts[row.title],
            summary=public[:1000],
            description="\n".join(rest),
        )

    def _shown(self, row: MixedRow) -> Iterator[list[int]]:
        """What the public reads, then the details."""
        everything = [i for found in row.texts.values() for i in found if i != row.title]
        yield everything[:PUBLIC_PASSAGES]
        yield everything[PUBLIC_PASSAGES:]

    def _demands(self, ids: range, companies: Sequence[int]) -> None:
        needs = {group: rows for group, rows in self.encoded.groups.items() if group[0] != "offer"}
        groups = self.mix.drawn(needs or self.encoded.groups, len(ids))
        rows = []
        for demand_id, group in zip(ids, groups, strict=True):
            row = self.mix.combined(self.encoded.groups[group], group[1], Audience.CENTRE, public=0, passages=(1, 5))
            rows.append(row)
            self.tables.demands.add(
                id=demand_id,
                organisation_id=companies[demand_id % len(companies)],
                language=row.language,
                title=self.encoded.texts[row.title],
                problem="\n".join(self.encoded.texts[i] for i in row.texts[Audience.CENTRE]),
                state=DemandState.OPEN,
                opened_at=self.tables.now,
                **self.mix.facts("minimum_trl"),
            )
        self._index("demand_id", ids, rows)

    def _index(self, owner: str, ids: range, rows: Sequence[MixedRow]) -> None:
        passages = [i for row in rows for found in row.texts.values() for i in found]
        vectors = self.mix.with_noise(self.encoded.vectors[passages])
        means = [self.encoded.wholes[row.parents].mean(axis=0) for row in rows for _ in row.texts]
        wholes = self.mix.with_noise(_as_long(np.array(means), self.encoded.wholes))
        for owner_id, row in zip(ids, rows, strict=True):
            record = self._record(owner, owner_id, row)
            for audience, found in row.texts.items():
                whole = text_hash(f"{owner}{owner_id}{audience}")
                common = {"record_id": record, "language": row.language, "audience": audience}
                self.tables.wholes.add(**common, text_hash=whole, vector=next(wholes))
                for position, i in enumerate(found, start=1):
                    text = self.encoded.texts[i]
                    self.tables.passages.add(**common, position=position, text=text, vector=next(vectors))
        self.tables.flush()

    def _record(self, owner: str, owner_id: int, row: MixedRow) -> int:
        readable: dict[str, list[bytes]] = {}
        for column, audience in WIDEST_READERS.items():
            found = [i for level, texts in row.texts.items() if level <= audience for i in texts]
            readable[column] = sorted({lexeme for i in found for lexeme in self.lexemes[i]})
        compared = LEXEME_COLUMNS[LISTS_FOR if owner == "technology_id" else Audience.CENTRE]
        self.tables.records.add(
            **{owner: owner_id},
            revision=1,
            encoder=self.encoder,
            text_hash="",
            **readable,
            term_ids=sorted({self.term_ids[lexeme] for lexeme in readable[compared]}),
        )
        return self.tables.records.count


def _as_long(means: Vectors, originals: Vectors) -> Vectors:
    """A mean is shorter than what it is the mean of."""
    length = float(np.median(np.linalg.norm(originals, axis=1)))
    return means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9) * length
