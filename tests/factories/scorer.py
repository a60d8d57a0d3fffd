import factory

from matching.models import ScorerVersion
from matching.scoring.weights import CURRENT, WEIGHTS

# As if readiness were nearly all that mattered.
READY_FIRST = dict.fromkeys(WEIGHTS[CURRENT], 0.05) | {"readiness": 1 - 0.05 * (len(WEIGHTS[CURRENT]) - 1)}


class ScorerVersionFactory(factory.django.DjangoModelFactory):
    """A proposal on the values of the code's newest formula."""

    class Meta:
        model = ScorerVersion

    name = factory.Sequence(lambda n: f"{CURRENT}.{n + 1}")
    formula = CURRENT
    weights = factory.LazyFunction(lambda: dict(READY_FIRST))
