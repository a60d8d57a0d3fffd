"""Sizes of files as people write them: 20 MB, not 20.0 MB."""

import re

from django.template.defaultfilters import filesizeformat

NOTHING_BEHIND_THE_POINT = re.compile(r"[.,]0(?=\D|$)")


def file_size(size: float) -> str:
    return NOTHING_BEHIND_THE_POINT.sub("", filesizeformat(size))
