"""The demo accounts of a local installation, for the login page and the guide."""

from django import template

from accounts.demo.demo_accounts import DEMO_ACCOUNTS

register = template.Library()


@register.inclusion_tag("accounts/people/_demo_accounts.html", takes_context=True)
def demo_accounts(context: template.Context) -> dict[str, object]:
    return {
        "accounts": DEMO_ACCOUNTS,
        "csrf_token": context.get("csrf_token"),
        "next": context.get("redirect_field_value"),
    }
