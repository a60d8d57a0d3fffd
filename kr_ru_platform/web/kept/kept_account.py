"""Everything that the server keeps of forms for one account, when that account is closed."""

from django.db import transaction

from kr_ru_platform.models import KeptPost, SentForm
from kr_ru_platform.web.kept import kept_files


def forget_account(account: int) -> None:
    """Files go when it is certain that the account does."""
    KeptPost.objects.filter(account=account).delete()
    SentForm.objects.filter(account=account).delete()
    transaction.on_commit(lambda: kept_files.forget_account(account))
