"""Which sentences of a demand state the need, where the portal has told them wrongly."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kr_ru_platform.saving.errors import MoveNotAllowedError, StaleRevisionError
from kr_ru_platform.saving.revisions import refuse_stale
from matching.domain.index.indexing import index_encoder
from matching.domain.index.need_reading import sentences_of
from matching.domain.needs.sentences import forget_what_counts, say_what_counts
from matching.forms.needs.sentences import SentencesForm
from matching.models import Demand
from matching.nudge import nudge_matching


@login_required
@require_POST
def demand_sentences(request: HttpRequest, pk: int) -> HttpResponse:
    """The demand is read and compared anew at once."""
    demand = get_object_or_404(Demand.objects.visible_to(request.user), pk=pk)
    try:
        if "reset" in request.POST:
            forget_what_counts(demand=demand, by=request.user)
        elif not _said(request, demand):
            return redirect("demand_detail", pk)
    except MoveNotAllowedError:
        messages.info(request, _("Only an open demand is read anew."))
    except StaleRevisionError:
        messages.warning(request, _("The demand has changed meanwhile. Please look at its sentences again."))
    else:
        nudge_matching()
        messages.success(request, _("The demand is being compared anew with what you ticked."))
    return redirect("demand_detail", pk)


def _said(request: HttpRequest, demand: Demand) -> bool:
    form = SentencesForm(request.POST, sentences=sentences_of(demand, index_encoder()))
    is_valid = form.is_valid()
    revision = form.cleaned_data["revision"]
    if not is_valid:
        refuse_stale(demand, revision)
        messages.error(request, _("Tick at least one sentence."))
        return False
    say_what_counts(demand=demand, by=request.user, positions=form.cleaned_data["counted"], expected_revision=revision)
    return True
