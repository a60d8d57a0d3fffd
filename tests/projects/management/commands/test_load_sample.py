import io

import pytest
from django.core.management import call_command

from matching.models import Technology
from projects.models import Agreement, ResearchTask


@pytest.mark.django_db
def test_sample_is_loaded_as_a_whole_and_tells_what_it_was():
    said = io.StringIO()
    call_command("load_sample", stdout=said)
    tasks = ResearchTask.objects.count()
    assert min(Technology.objects.count(), tasks, Agreement.objects.count()) > 0
    *catalogue, last = said.getvalue().splitlines()
    assert (last, catalogue != []) == (f"Research tasks of 2019: {tasks}.", True)
