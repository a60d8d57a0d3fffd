"""Texts of technologies, demands and profiles → passages with vectors, and lexemes."""

import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db import transaction
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Value

from matching.domain.index.index_names import CUTTING_VERSION, IndexName
from matching.domain.index.need_reading import read_need, told_by_people
from matching.domain.index.translations import translated_texts, translations_of
from matching.domain.texts.indexed_texts import (
    ReadableStretch,
    VectorText,
    digest_of,
    readable_stretches,
    text_hash,
    vector_texts,
)
from matching.domain.texts.need_texts import need_parts
from matching.embedding import Embedder, EncoderUnavailableError, encoder_name, get_embedder
from matching.enums import LISTS_FOR, Audience, DemandState, TechnologyState
from matching.models import (
    CompanyNeed,
    CompanyProfile,
    Demand,
    IndexRecord,
    IndexState,
    NeedSentence,
    Passage,
    PseudoTranslation,
    Technology,
    WholeText,
)
from matching.models.text_index import LEXEME_COLUMNS, WIDEST_READERS
from matching.scoring.background.examples import examples_version
from matching.scoring.language.notions import all_lexemes, list_version

MOST_LEXEMES = 20_000
MOST_FAILURES = 1_000
DELETED_AT_ONCE = 500


def configured_encoder() -> str:
    """The index that is wanted: by encoder, way of cutting texts, list of terms and way of reading words and needs."""
    return str(IndexName(encoder_name(), CUTTING_VERSION, f"{list_version()}{examples_version()}"))


def index_encoder() -> str:
    """The index that answers: the wanted one as soon as it is complete, until then the one before it."""
    answering = IndexState.objects.values_list("encoder", flat=True).first()
    return answering or configured_encoder()


def embedder_of(encoder: str) -> Embedder:
    """What new texts of this index are encoded with; unavailable, too, when texts are no longer cut as for it."""
    index = IndexName.read(encoder)
    if index.cutting != CUTTING_VERSION:
        raise EncoderUnavailableError(f"Texts are no longer cut as for the index {encoder}.")
    return get_embedder(index.encoder)


def index_technologies(*, technology_ids: Sequence[int], encoder: str = "") -> None:
    technologies = Technology.objects.filter(id__in=technology_ids).prefetch_related("texts").order_by("id")
    _index(encoder or index_encoder(), [(row, readable_stretches(row)) for row in technologies])


def index_demands(*, demand_ids: Sequence[int], encoder: str = "") -> None:
    _index_needs(Demand.objects.filter(id__in=demand_ids), encoder or index_encoder())


def index_profiles(*, profile_ids: Sequence[int], encoder: str = "") -> None:
    _index_needs(CompanyProfile.objects.filter(id__in=profile_ids), encoder or index_encoder())


def index_need(need: CompanyNeed, *, encoder: str) -> None:
    """Unless the index is of this revision or a newer one already."""
    known = IndexRecord.objects.filter(**need.as_owner, encoder=encoder, revision__gte=need.revision)
    if not known.exists():
        # As it is now: it may have been changed since it was read.
        _index_needs(type(need)._default_manager.filter(pk=need.pk), encoder)


def _index_needs(needs: QuerySet[Any], encoder: str) -> None:
    _index(encoder, [(need, need_parts(need)) for need in needs.order_by("id")])


@dataclass(frozen=True)
class IndexJob:
    """One row whose text is not what its record was made from."""

    owner: dict[str, Any]
    revision: int
    digest: str
    stretches: Sequence[ReadableStretch]
    cut: list[VectorText]
    known: dict[tuple[bool, str], Any]
    # Of needs alone: which sentences count, and what of them documents in other languages meet.
    sentences: Sequence[NeedSentence] = ()
    translations: Sequence[PseudoTranslation] = ()


def _index(encoder: str, rows: Iterable[tuple[Technology | CompanyNeed, list[ReadableStretch]]]) -> None:
    jobs = []
    for row, stretches in rows:
        owner: dict[str, Any] = row.as_owner
        digest = digest_of(encoder, stretches, "" if isinstance(row, Technology) else told_by_people(row))
        made = IndexRecord.objects.filter(**owner, encoder=encoder, text_hash=digest)
        if not made.update(revision=row.revision, failures=0):
            known = _known_vectors(encoder, owner)
            job = IndexJob(owner, row.revision, digest, stretches, vector_texts(stretches), known)
            jobs.append(job if isinstance(row, Technology) else _as_need(job, row, encoder))
    if jobs:
        vectors = _encoded(encoder, [p for job in jobs for p in job.cut if p.key not in job.known])
        _store(encoder, jobs, vectors)


def _as_need(job: IndexJob, need: CompanyNeed, encoder: str) -> IndexJob:
    """With what of its text counts."""
    embedder = partial(embedder_of, encoder)
    reading = read_need(need, job.stretches, encoder=encoder, embedder=embedder)
    translations = translations_of(
        translated_texts(reading.stretches), owner=job.owner, encoder=encoder, embedder=embedder
    )
    cut = [
        piece if piece.position else replace(piece, weighed=reading.name_of_whole)
        for piece in vector_texts(reading.stretches)
    ]
    weighed = {piece.key for piece in cut if piece.weighed} - job.known.keys()
    return replace(
        job,
        stretches=reading.stretches,
        cut=cut,
        known=job.known | {key: reading.whole_vector(embedder()) for key in weighed},
        sentences=reading.sentences,
        translations=translations,
    )


def _encoded(encoder: str, cut: Sequence[VectorText]) -> dict[tuple[bool, str], Any]:
    found: dict[tuple[bool, str], Any] = {}
    for is_whole in (True, False):
        texts = {p.key: p.text for p in cut if p.key[0] == is_whole}
        if texts:
            embedder = embedder_of(encoder)
            encode = embedder.encode_wholes if is_whole else embedder.encode
            found |= zip(texts, encode(list(texts.values())), strict=True)
    return found


def _known_vectors(encoder: str, owner: dict[str, Any]) -> dict[tuple[bool, str], Any]:
    """A changed word must not cost the encoding of the whole profile, nor another list of terms that of all texts."""
    encoders = IndexRecord.objects.filter(**owner).values_list("encoder", flat=True)
    alike = [other for other in encoders if IndexName.read(other).vectors == IndexName.read(encoder).vectors]
    records = IndexRecord.objects.filter(**owner, encoder__in=alike)
    wholes = WholeText.objects.filter(record__in=records).values_list("text_hash", "vector")
    passages = Passage.objects.filter(record__in=records).values_list("text", "vector")
    return {(True, hashed): vector for hashed, vector in wholes} | {
        (False, text_hash(text)): vector for text, vector in passages
    }


@transaction.atomic
def _store(encoder: str, jobs: Sequence[IndexJob], vectors: Mapping[tuple[bool, str], Any]) -> None:
    """A batch in a few statements: one row at a time would cost as much as encoding it."""
    records = IndexRecord.objects.bulk_create(
        [
            IndexRecord(**job.owner, encoder=encoder, revision=job.revision, text_hash=job.digest, **_words(job))
            for job in jobs
        ],
        update_conflicts=True,
        unique_fields=[*jobs[0].owner, "encoder"],
        update_fields=["revision", "text_hash", "failures", "indexed_at", *WIDEST_READERS, "term_ids"],
    )
    WholeText.objects.filter(record__in=records).delete()
    Passage.objects.filter(record__in=records).delete()
    PseudoTranslation.objects.filter(record__in=records).delete()
    NeedSentence.objects.filter(record__in=records).delete()
    for record, job in zip(records, jobs, strict=True):
        for translation in job.translations:
            translation.record = record
        for sentence in job.sentences:
            sentence.record = record
    PseudoTranslation.objects.bulk_create(translation for job in jobs for translation in job.translations)
    NeedSentence.objects.bulk_create(sentence for job in jobs for sentence in job.sentences)
    found = [
        (record, p, job.known[p.key] if p.key in job.known else vectors[p.key])
        for record, job in zip(records, jobs, strict=True)
        for p in job.cut
    ]
    WholeText.objects.bulk_create(
        WholeText(record=record, language=p.language, audience=p.audience, text_hash=p.key[1], vector=vector)
        for record, p, vector in found
        if not p.position
    )
    Passage.objects.bulk_create(
        Passage(
            record=record, language=p.language, audience=p.audience, position=p.position, text=p.text, vector=vector
        )
        for record, p, vector in found
        if p.position
    )


def _words(job: IndexJob) -> dict[str, Any]:
    """The columns of lexemes, each stretch's words found once."""
    found = [(stretch.audience, all_lexemes(stretch.text)) for stretch in job.stretches]
    # What is compared by the million is what lists are made from; a need is compared with all that it says.
    compared = LEXEME_COLUMNS[LISTS_FOR if "technology" in job.owner else Audience.CENTRE]
    lexemes = {
        column: list(dict.fromkeys(lexeme for audience, of_part in found if audience <= level for lexeme in of_part))
        for column, level in WIDEST_READERS.items()
    }
    return {
        **{column: _tsvector(words[:MOST_LEXEMES]) for column, words in lexemes.items()},
        "term_ids": sorted({term_id(lexeme) for lexeme in lexemes[compared][:MOST_LEXEMES]}),
    }


def _tsvector(lexemes: list[str]) -> Func:
    return Func(
        Value(lexemes),
        function="array_to_tsvector",
        template="%(function)s(%(expressions)s::text[])",
        output_field=SearchVectorField(),
    )


def term_id(lexeme: str) -> int:
    """A number for a lexeme that is the same in every process and release, and fits PostgreSQL's integer."""
    return zlib.crc32(lexeme.encode()) & 0x7FFFFFFF


# Whose rows are in an index: all of these before it is complete.
OWNERS = ("technology", "demand", "profile")


def stale(*, owner: str, encoder: str) -> QuerySet[IndexRecord]:
    """What this index has to read, first what has not failed yet."""
    wanted: dict[str, dict[str, Any]] = {
        "technology": {"technology__state": TechnologyState.PUBLISHED},
        "demand": {"demand__state": DemandState.OPEN},
        "profile": {"profile__isnull": False},
    }
    outdated = ~Q(revision=F(f"{owner}__revision"))
    return IndexRecord.objects.filter(outdated, encoder=encoder, **wanted[owner]).order_by("failures", f"{owner}_id")


def add_missing_records(*, encoder: str, owners: Sequence[str] = ("technology",)) -> None:
    """A row to lock for everything that is to be indexed; revision 0 is older than any."""
    wanted: dict[str, QuerySet[Any]] = {
        "technology": Technology.objects.published(),
        "demand": Demand.objects.open(),
        "profile": CompanyProfile.objects.all(),
    }
    for owner in owners:
        ids = wanted[owner].exclude(index_records__encoder=encoder).values_list("id", flat=True)[:5_000]
        IndexRecord.objects.bulk_create(
            (IndexRecord(**{f"{owner}_id": i}, revision=0, encoder=encoder, text_hash="") for i in ids),
            ignore_conflicts=True,
        )


def unpublished(*, encoder: str, at_most: int) -> list[int]:
    """What readers do not see yet and this index has not read; with a row for each to note a failure in."""
    records = IndexRecord.objects.filter(technology=OuterRef("pk"), encoder=encoder)
    read = records.filter(Q(revision=OuterRef("revision")) | Q(failures__gt=0))
    waiting = Technology.objects.exclude(state=TechnologyState.PUBLISHED).exclude(Exists(read))
    ids = list(waiting.order_by("-id").values_list("id", flat=True)[:at_most])
    IndexRecord.objects.bulk_create(
        (IndexRecord(technology_id=i, revision=0, encoder=encoder, text_hash="") for i in ids), ignore_conflicts=True
    )
    return ids


def note_failure(*, owner: str, row_id: int, encoder: str) -> None:
    """So that it comes last from now on, and an index can be complete without it."""
    record = IndexRecord.objects.filter(**{f"{owner}_id": row_id}, encoder=encoder, failures__lt=MOST_FAILURES)
    record.update(failures=F("failures") + 1)


def delete_left_over(*, keep: Collection[str]) -> bool:
    """Some of the rows of indexes that answer no more. True while more may be left."""
    ids = list(IndexRecord.objects.exclude(encoder__in=keep).values_list("id", flat=True)[:DELETED_AT_ONCE])
    IndexRecord.objects.filter(id__in=ids).delete()
    return bool(ids)
