from matching.models.company_profile import CompanyProfile
from matching.models.demand import Demand
from matching.models.feedback import Feedback
from matching.models.match import Match, ScoringRecord
from matching.models.match_request import Introduction, MatchRequest, RequestAttachment, RequestEvent
from matching.models.need import CompanyNeed, NeedKey, OfNeed
from matching.models.publication import ProposedChange, Publication
from matching.models.scorer import ScorerSwitch, ScorerVersion
from matching.models.scoring_run import ScoringPart, ScoringResult, ScoringRun
from matching.models.technology import Technology, TechnologyMerge, TechnologyText
from matching.models.technology_import import ImportMapping, ImportRowError, TechnologyImport
from matching.models.text_index import (
    EmbeddingSpace,
    IndexRecord,
    IndexState,
    NeedSentence,
    Passage,
    PseudoTranslation,
    VectorIndex,
    WholeText,
)

__all__ = [
    "CompanyNeed",
    "CompanyProfile",
    "Demand",
    "EmbeddingSpace",
    "Feedback",
    "ImportMapping",
    "ImportRowError",
    "IndexRecord",
    "IndexState",
    "Introduction",
    "Match",
    "MatchRequest",
    "NeedKey",
    "OfNeed",
    "Passage",
    "ProposedChange",
    "NeedSentence",
    "PseudoTranslation",
    "Publication",
    "RequestAttachment",
    "RequestEvent",
    "ScorerSwitch",
    "ScorerVersion",
    "ScoringPart",
    "ScoringRecord",
    "ScoringResult",
    "ScoringRun",
    "Technology",
    "TechnologyImport",
    "TechnologyMerge",
    "TechnologyText",
    "VectorIndex",
    "WholeText",
]
