"""One's own e-mail addresses: django-allauth's page, which says when a confirmation may be sent again."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.views import EmailView as AllauthEmailView
from django.http import HttpRequest, HttpResponse

from kr_ru_platform.web.requests.throttling import throttle_action
from kr_ru_platform.web.requests.visitors import visitor_address


class EmailView(AllauthEmailView):  # type: ignore[misc]
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "action_send" in request.POST:
            typed = request.POST.get("email", "").replace("\x00", "")
            own = EmailAddress.objects.filter(user=request.user, email__iexact=typed).first()
            throttle_action(
                "verification",
                sender=request.user.pk,
                address=visitor_address(request),
                receiver=own.email if own else None,
            )
        return super().post(request, *args, **kwargs)
