"""What matters more to a company in one of its demands."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kr_ru_platform.saving.errors import MoveNotAllowedError
from matching.domain.needs.demands import set_preferences
from matching.forms.needs.preferences import PreferencesForm
from matching.models import Demand
from matching.nudge import nudge_matching


@login_required
@require_POST
def demand_preferences(request: HttpRequest, pk: int) -> HttpResponse:
    """The list in its new order at once; the worker then goes over the whole catalogue."""
    demand = get_object_or_404(Demand.objects.visible_to(request.user), pk=pk)
    form = PreferencesForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the three answers for each part."))
        return redirect("demand_detail", pk)
    preferences = {} if "reset" in request.POST else form.over(demand.preferences)
    try:
        set_preferences(demand=demand, by=request.user, preferences=preferences)
    except MoveNotAllowedError:
        messages.info(request, _("Only the list of an open demand can be put in another order."))
    else:
        nudge_matching()
        messages.success(request, _("The list is in its new order."))
    return redirect("demand_detail", pk)
