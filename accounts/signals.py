"""What other apps are told, in the same transaction: this app is below them and cannot call them."""

from django.dispatch import Signal

# With `user` and `by`, before anything of the person is replaced.
account_closing = Signal()
