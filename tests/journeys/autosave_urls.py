"""One page with an autosaved form, for the test of js/autosave.js."""

from django import forms
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template import RequestContext, Template
from django.urls import path

from kr_ru_platform.urls import urlpatterns as portal_urlpatterns
from kr_ru_platform.web.kept.sent_forms import mark_arrived

PAGE = """{% extends "base.html" %}{% block content %}
<form class="form" id="draft" method="post" data-autosave-url="/autosave/" data-warn-unsaved>
{% csrf_token %}
<input type="hidden" name="revision" value="1">{{ form }}
{% include "components/forms/autosave.html" %}<button type="submit">Send</button></form>
{% endblock %}"""
received: list[dict[str, str]] = []
answers: list[int] = []
sent: list[str] = []
# Which of those that were received the page had sent by itself.
by_itself: list[bool] = []


class DraftForm(forms.Form):
    problem = forms.CharField(widget=forms.Textarea)
    mode = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple)


def page(request):
    if request.method == "POST":
        sent.append(request.POST["problem"])
        mark_arrived(request)
        return redirect("guide")
    return HttpResponse(Template(PAGE).render(RequestContext(request, {"form": DraftForm()})))


def autosave(request):
    received.append({name: request.POST[name] for name in ("problem", "revision")})
    by_itself.append("X-Background" in request.headers)
    status = answers.pop(0) if answers else 200
    return JsonResponse({"revision": len(received) + 1}, status=status)


urlpatterns = [path("draft/", page), path("autosave/", autosave), *portal_urlpatterns]
