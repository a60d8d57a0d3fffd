"""A company takes a technology out of a list, and puts it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kr_ru_platform.words.reading.row_keys import as_id
from matching import rules
from matching.domain.matches.feedback import mark_not_relevant, put_back
from matching.forms.matches import NotRelevantForm
from matching.models import CompanyNeed, Feedback, Match


@login_required
@require_http_methods(["GET", "POST"])
def match_not_relevant(request: HttpRequest, pk: int) -> HttpResponse:
    """The question, as a page of its own or as a part of the list; then the list without the technology."""
    matches = Match.objects.visible_to(request.user).select_related("technology", "demand", "profile__organisation")
    match = get_object_or_404(matches.prefetch_related("technology__texts"), pk=pk)
    need = match.need
    if not rules.can_judge_matches(request.user, need):
        raise PermissionDenied
    back = list_address(need, request.POST.get("page") or request.GET.get("page"))
    form = NotRelevantForm(request.POST if request.method == "POST" else None, auto_id=f"id_{match.pk}_%s")
    if form.is_valid():
        mark_not_relevant(match=match, by=request.user, **form.cleaned_data)
        messages.success(request, _("Marked not relevant. You can put it back at the end of the list at any time."))
        return redirect(back)
    name = "_form" if request.htmx else "not_relevant"  # type: ignore[attr-defined]
    context = {"match": match, "technology": match.technology, "need": need, "form": form, "back": back}
    return render(request, f"matching/matches/feedback/{name}.html", context)


@login_required
@require_POST
def feedback_put_back(request: HttpRequest, pk: int) -> HttpResponse:
    marks = Feedback.objects.visible_to(request.user).filter(takes_back__isnull=True, match_request__isnull=True)
    mark = get_object_or_404(marks.select_related("demand", "profile"), pk=pk)
    need = mark.need
    if not rules.can_judge_matches(request.user, need):
        raise PermissionDenied
    put_back(mark=mark, by=request.user)
    messages.success(request, _("The technology is back in the list, at the place of its score."))
    match = Match.objects.visible_to(request.user).filter(pk=as_id(request.POST.get("match"))).first()
    return redirect("match_detail", match.pk) if match else redirect(list_address(need, request.POST.get("page")))


def list_address(need: CompanyNeed, page: str | None) -> str:
    return f"{need.page_url}?page={page}" if as_id(page) else need.page_url
