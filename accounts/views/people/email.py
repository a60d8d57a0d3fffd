"""One's own e-mail addresses: django-allauth's pages, which say when a confirmation may be sent again."""

from typing import Any

from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
from allauth.account.models import EmailAddress
from allauth.account.views import ConfirmEmailVerificationCodeView
from allauth.account.views import EmailView as AllauthEmailView
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from kr_ru_platform.web.requests.throttling import throttle_action
from kr_ru_platform.web.requests.too_many import note_counted
from kr_ru_platform.web.requests.visitors import visitor_address
from kr_ru_platform.words.reading.folding import fold_email


class EmailView(AllauthEmailView):  # type: ignore[misc]
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "action_send" in request.POST:
            typed = fold_email(request.POST.get("email", "").replace("\x00", ""))
            own = EmailAddress.objects.filter(user=request.user, email=typed).first()
            count_confirmation(request, own.email if own else None)
        return super().post(request, *args, **kwargs)


class EmailCodeView(ConfirmEmailVerificationCodeView):  # type: ignore[misc]
    """Where the code is typed, by whoever signed up, logged in or named an address in this browser."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        process = EmailVerificationProcess.resume(request)
        if process and "user_id" in process.state and (process.user is None or process.user.is_closed):
            # Somebody has signed up with the address since, nobody confirmed it for days, or the account was closed.
            process.abort()
            return redirect("account_login")
        return super().dispatch(request, *args, **kwargs)

    def _resend_form_valid(self, form: Form) -> HttpResponse:
        """Counted whether the address has an account or not: the answer tells nobody."""
        count_confirmation(self.request, self._process.email)
        return super()._resend_form_valid(form)


def count_confirmation(request: HttpRequest, receiver: str | None) -> None:
    """Raises TooManyError."""
    sender = request.user.pk if request.user.is_authenticated else None
    throttle_action("verification", sender=sender, address=visitor_address(request), receiver=receiver)
    if receiver:
        note_counted(request, receiver)
