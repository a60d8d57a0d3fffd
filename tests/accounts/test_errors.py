from django.utils.translation import override

from accounts.enums import OrganisationRefusal
from accounts.errors import MergeObstacleError, NotConfirmedError
from kr_ru_platform.saving.errors import Refusal
from kr_ru_platform.web.registered.refusals import in_words
from tests.factories.organisation import OrganisationFactory


def test_not_confirmed_says_which_organisation_in_the_language_of_the_reader():
    organisation = OrganisationFactory.build(pk=1, name_ko="㈜한결", name_ru="ООО Хангёль")
    error = NotConfirmedError(organisation)
    assert (error.row, str(error)) == (organisation, "organisation_not_confirmed")
    told = []
    for language in ("ko", "ru"):
        with override(language):
            told.append(in_words(error.refusal))
    assert ("㈜한결" in told[0], "ООО Хангёль" in told[1]) == (True, True)


def test_merge_obstacle_tells_the_first_and_keeps_them_all():
    organisation = OrganisationFactory.build(pk=1)
    obstacles = [Refusal(OrganisationRefusal.UNCONFIRMED_WOULD_STAY), Refusal(OrganisationRefusal.NUMBER_TAKEN)]
    error = MergeObstacleError(organisation, obstacles)
    assert (error.row, error.refusal, error.obstacles) == (organisation, obstacles[0], obstacles)
