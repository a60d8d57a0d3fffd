"""{% csrf_token %} of every form of the portal also says which form it is; see web/kept/form_tokens.py.

A builtin of the templates (settings), so that a form which is written tomorrow has it too.
"""

from typing import Any

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kr_ru_platform.web.kept.form_tokens import FIELD, account_of, new_token, rights_of

register = template.Library()


class FormTokenNode(CsrfTokenNode):
    def render(self, context: Any) -> SafeString:
        against_forgery = super().render(context)
        request = context.get("request")
        if not against_forgery or request is None:
            return against_forgery
        name, token = FIELD, new_token(account_of(request), rights_of(request))
        return against_forgery + format_html('<input type="hidden" name="{}" value="{}">', name, token)


@register.tag("csrf_token")
def csrf_token(parser: Any, token: Any) -> FormTokenNode:
    return FormTokenNode()
