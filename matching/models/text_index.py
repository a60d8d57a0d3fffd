"""What the worker derived from the texts: vectors, passages, lexemes. Written by domain/index/indexing.py only.

All of it can be thrown away and built again from technologies, demands and profiles.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from pgvector.django import HalfVectorField

from kr_ru_platform.words.languages import Language
from matching.enums import Audience, TechnologyState
from matching.models.company_profile import CompanyProfile
from matching.models.demand import Demand
from matching.models.need import OfNeed
from matching.models.technology import Technology


class IndexState(models.Model):
    """One row: which index answers, and which one grows beside it. Written by domain/index/reindexing.py only."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    encoder = models.CharField(max_length=200)
    complete_at = models.DateTimeField(auto_now_add=True)
    # Empty unless another encoder has been configured and its index is not complete yet.
    building = models.CharField(max_length=200, default="")
    # Length of the vectors of each encoder that was ever configured.
    dimensions = models.JSONField(default=dict)
    # Why the configured encoder cannot be had, in its own words; empty when it can.
    problem = models.TextField(default="")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="index_state_is_one_row")]

    def __str__(self) -> str:
        return self.encoder


class IndexRecordQuerySet(models.QuerySet["IndexRecord"]):
    def of_published(self) -> "IndexRecordQuerySet":
        return self.filter(technology__state=TechnologyState.PUBLISHED)

    def current(self) -> "IndexRecordQuerySet":
        """Made from the row as it is now."""
        revision = F("revision")
        return self.filter(
            Q(technology__revision=revision) | Q(demand__revision=revision) | Q(profile__revision=revision)
        )


# Audience → the lexemes that it may read: the one table. What is under an agreement is for single readers of
# single technologies, so no search is made for them alone.
LEXEME_COLUMNS = {
    Audience.PUBLIC: "public_lexemes",
    Audience.MEMBERS: "member_lexemes",
    Audience.NDA: "full_lexemes",
    Audience.CENTRE: "full_lexemes",
}
# Column → up to whose texts it goes.
WIDEST_READERS = {column: audience for audience, column in sorted(LEXEME_COLUMNS.items())}


class IndexRecord(OfNeed, models.Model):
    """State of one encoder's index for one indexed row: exactly one of the three is set.

    Stale when `revision` differs from the row's; when only the revision differs and `text_hash`
    does not, nothing is encoded again. Indexes of two encoders stand side by side while the newer
    one is being built.
    """

    technology = models.ForeignKey(Technology, models.CASCADE, null=True, related_name="index_records")
    demand = models.ForeignKey(Demand, models.CASCADE, null=True, related_name="index_records")
    profile = models.ForeignKey(CompanyProfile, models.CASCADE, null=True, related_name="index_records")
    revision = models.PositiveIntegerField()
    # With the way of cutting texts: only what has the same name here is ever compared.
    encoder = models.CharField(max_length=200)
    text_hash = models.CharField(max_length=64)
    # How often this row could not be indexed: such rows come last and hold up no other.
    failures = models.PositiveSmallIntegerField(default=0)
    indexed_at = models.DateTimeField(auto_now=True)
    # One vector of lexemes for each audience: a visitor must not find a technology by a word
    # that the visitor may not read.
    public_lexemes = SearchVectorField(default="")
    member_lexemes = SearchVectorField(default="")
    full_lexemes = SearchVectorField(default="")
    # Once more as sorted numbers, because what is compared by the million is read as these: of a technology
    # the lexemes that members may read, of a need all.
    term_ids = ArrayField(models.IntegerField(), default=list)

    objects = IndexRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(technology__isnull=False, demand__isnull=True, profile__isnull=True)
                    | Q(technology__isnull=True, demand__isnull=False, profile__isnull=True)
                    | Q(technology__isnull=True, demand__isnull=True, profile__isnull=False)
                ),
                name="index_record_is_of_exactly_one_row",
            ),
            models.UniqueConstraint(fields=["technology", "encoder"], name="index_record_is_one_per_technology"),
            models.UniqueConstraint(fields=["demand", "encoder"], name="index_record_is_one_per_demand"),
            models.UniqueConstraint(fields=["profile", "encoder"], name="index_record_is_one_per_profile"),
        ]
        indexes = [
            GinIndex(fields=["public_lexemes"], name="index_public_lexemes_gin"),
            GinIndex(fields=["member_lexemes"], name="index_member_lexemes_gin"),
            GinIndex(fields=["full_lexemes"], name="index_full_lexemes_gin"),
            # The newest tells whether kept answers of the search still hold.
            models.Index(fields=["-indexed_at"], name="index_record_newest"),
        ]

    def __str__(self) -> str:
        return f"index of {self.technology_id or self.demand_id or self.profile_id}"


class WholeText(models.Model):
    """The vector of all that an audience reads in one language version.

    In a table of its own: comparing with all whole texts must not read every passage.
    """

    record = models.ForeignKey(IndexRecord, models.CASCADE, related_name="wholes")
    language = models.CharField(max_length=2, choices=Language)
    audience = models.PositiveSmallIntegerField(choices=Audience)
    # Of the text that was encoded: the same text is not encoded again.
    text_hash = models.CharField(max_length=32)
    # Raw output of the record's encoder, in half precision so that PostgreSQL keeps it in the row
    # itself; centring happens when it is compared. No fixed dimension, and not necessarily that of
    # the passages: encoders differ, and only vectors of one encoder and kind are ever compared.
    vector = HalfVectorField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "language", "audience"],
                name="whole_text_is_one_per_language_and_audience",
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.language} {self.audience}"


class PseudoTranslation(models.Model):
    """A need said again by the names of its notions in another language, for texts of that language."""

    record = models.ForeignKey(IndexRecord, models.CASCADE, related_name="pseudo_translations")
    language = models.CharField(max_length=2, choices=Language)
    # Of the texts that were encoded: the same ones are not encoded again.
    text_hash = models.CharField(max_length=32)
    # Raw vectors of whole texts: of the need's words with the names behind them, and of the names alone.
    mix = HalfVectorField()
    names = HalfVectorField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "language"], name="pseudo_translation_is_one_per_language")
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.language}"


class NeedSentence(models.Model):
    """A sentence of a demand, and whether it counts as its need or is about the company."""

    record = models.ForeignKey(IndexRecord, models.CASCADE, related_name="need_sentences")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    # How likely it is to state the need, 0 to 1, by itself; what people have said decides before.
    chance = models.FloatField()
    # Of the sentences that it was told by: examples_version.
    examples = models.CharField(max_length=6)
    is_counted = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "position"], name="need_sentence_is_one_per_position")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.position}"


class Passage(models.Model):
    """A sentence or a few of one language version, with their vector."""

    record = models.ForeignKey(IndexRecord, models.CASCADE, related_name="passages")
    language = models.CharField(max_length=2, choices=Language)
    audience = models.PositiveSmallIntegerField(choices=Audience)
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    vector = HalfVectorField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "language", "audience", "position"],
                name="passage_position_is_unique_in_its_text",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class VectorIndex(models.Model):
    """One of PostgreSQL's indexes of near vectors: of one kind of texts in one language.

    Made when the catalogue is too large to be scanned, by domain/index/vector_indexes.py only. It finds most of what
    is nearest, not all, so it counts only once how much it finds has been measured.
    """

    # PostgreSQL's name for it.
    name = models.CharField(max_length=63, unique=True)
    kind = models.CharField(max_length=7)
    language = models.CharField(max_length=2, choices=Language)
    # The mean that is taken from each vector before it goes in is that of this space; a later one moves it little.
    encoder = models.CharField(max_length=200)
    space_version = models.CharField(max_length=8)
    dimension = models.PositiveSmallIntegerField()
    # With it and those beside it, the share found of the technologies nearest to some needs; nothing before that is
    # known.
    recall = models.FloatField(null=True)
    seconds_to_build = models.FloatField(default=0.0)
    built_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class EmbeddingSpace(models.Model):
    """What is done to one encoder's raw vectors before they are compared: the newest row counts.

    Mean vectors per side, kind and language are subtracted and directions in which all texts
    alike vary much are damped. Old rows stay, so that an old score can be computed again.
    """

    encoder = models.CharField(max_length=200)
    version = models.CharField(max_length=8)
    # How many texts each mean was taken over: a new space is made when these have grown much.
    counts = models.JSONField()
    arrays = models.BinaryField()
    computed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["encoder", "-id"])]

    def __str__(self) -> str:
        return f"{self.encoder} {self.version}"
