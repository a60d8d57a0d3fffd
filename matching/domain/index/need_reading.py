"""Which sentences of a demand state the need, and which tell about the company: stored with its index.

A person may say otherwise of each sentence (`Demand.sentence_choices`). A profile is about the company from its first
word to the last, so nothing of it is taken for background.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from matching.domain.index.index_names import IndexName
from matching.domain.index.need_telling import chances_of_need
from matching.domain.texts.indexed_texts import ReadableStretch, text_hash, without_repeats
from matching.domain.texts.need_texts import need_parts
from matching.embedding import Embedder
from matching.models import CompanyNeed, IndexRecord, NeedKey, NeedSentence
from matching.models.need import of_needs
from matching.scoring.background.examples import examples_version
from matching.scoring.background.weighing import NeedWeights, need_sentences, need_weights
from matching.scoring.types import Values, Vector


@dataclass(frozen=True)
class NeedReading:
    """What of a need counts: `stretches` in the company's words, the sentences without a record, their weights."""

    stretches: Sequence[ReadableStretch]
    sentences: Sequence[NeedSentence]
    weights: NeedWeights

    @property
    def name_of_whole(self) -> str:
        """Tells apart what was made of other sentences, or weighed otherwise; nothing where the text is read as one."""
        if self.weights.is_whole:
            return ""
        shares = self.weights.shares.round(4).tolist()
        return repr([(sentence.text, share) for sentence, share in zip(self.sentences, shares, strict=True)])

    def whole_vector(self, embedder: Embedder) -> Vector:
        """Of no use where the text is read as one: see `NeedWeights.is_whole`."""
        return self.weights.mean(embedder.encode_wholes([sentence.text for sentence in self.sentences]))


def read_need(
    need: CompanyNeed, stretches: Sequence[ReadableStretch], *, encoder: str, embedder: Callable[[], Embedder]
) -> NeedReading:
    texts = without_repeats([stretch.text for stretch in stretches]) if need.may_hold_background else []
    cut = [need_sentences(text) for text in texts]
    sentences = [sentence for of_text in cut for sentence in of_text]
    if len(sentences) < 2:
        return NeedReading(stretches, [], need_weights(np.ones(len(sentences))))
    told = _chances(need, sentences, encoder, embedder)
    weights = need_weights(_as_people_say(told, sentences, need.sentence_choices))
    rows = [
        NeedSentence(
            position=i, text=sentence, chance=float(chance), examples=examples_version(), is_counted=bool(is_taken)
        )
        for i, (sentence, chance, is_taken) in enumerate(zip(sentences, told, weights.taken, strict=True), start=1)
    ]
    if weights.is_whole or weights.taken.all():
        return NeedReading(stretches, rows, weights)
    counted = [row.text for row in rows if row.is_counted]
    kept = [[sentence for sentence in of_text if sentence in counted] for of_text in cut]
    return NeedReading([replace(stretches[0], text=" ".join(own)) for own in kept if own], rows, weights)


def _chances(need: CompanyNeed, sentences: Sequence[str], encoder: str, embedder: Callable[[], Embedder]) -> Values:
    """What was told before, for this index or one with the same vectors, is taken over."""
    records = IndexRecord.objects.filter(**need.as_owner).values_list("id", "encoder")
    alike = [pk for pk, other in records if IndexName.read(other).vectors == IndexName.read(encoder).vectors]
    rows = NeedSentence.objects.filter(record__in=alike, examples=examples_version())
    known = dict(rows.values_list("text", "chance"))
    fresh = [sentence for sentence in dict.fromkeys(sentences) if sentence not in known]
    if fresh:
        known |= zip(fresh, chances_of_need(embedder(), fresh), strict=True)
    return np.array([known[sentence] for sentence in sentences])


def _as_people_say(told: Values, sentences: Sequence[str], choices: Mapping[str, bool]) -> Values:
    said = [choices.get(text_hash(sentence)) for sentence in sentences]
    return np.array([chance if own is None else float(own) for chance, own in zip(told, said, strict=True)])


def told_by_people(need: CompanyNeed) -> str:
    """What an index is made from besides the texts."""
    return ",".join(f"{hashed}={said:d}" for hashed, said in sorted(need.sentence_choices.items()))


def sentences_of(need: CompanyNeed, encoder: str) -> list[NeedSentence]:
    """As its index has read them; none while the text is newer than the index, or where there is one sentence."""
    record = IndexRecord.objects.filter(**need.as_owner, encoder=encoder, revision=need.revision)
    return list(NeedSentence.objects.filter(record__in=record).order_by("position"))


def need_texts(needs: Collection[CompanyNeed], encoder: str) -> dict[NeedKey, str]:
    """What of each need counts, the sentences a line each; all of it where its index is of another text."""
    read = _sentences_of_many([need for need in needs if need.may_hold_background], encoder)
    return {need.need_key: _counted(read.get(need.need_key, ())) or _whole(need) for need in needs}


def _sentences_of_many(needs: Sequence[CompanyNeed], encoder: str) -> dict[NeedKey, list[NeedSentence]]:
    revisions = {need.need_key: need.revision for need in needs}
    rows = NeedSentence.objects.filter(record__in=IndexRecord.objects.filter(of_needs(revisions), encoder=encoder))
    found: dict[NeedKey, list[NeedSentence]] = {}
    for row in rows.select_related("record").order_by("record_id", "position") if needs else ():
        if revisions[row.record.need_key] == row.record.revision:
            found.setdefault(row.record.need_key, []).append(row)
    return found


def _counted(sentences: Sequence[NeedSentence]) -> str:
    """Nothing where all of them count: what follows each other in the text is read together then."""
    has_background = not all(sentence.is_counted for sentence in sentences)
    return "\n".join(sentence.text for sentence in sentences if sentence.is_counted and has_background)


def _whole(need: CompanyNeed) -> str:
    return "\n".join(part.text for part in need_parts(need))
