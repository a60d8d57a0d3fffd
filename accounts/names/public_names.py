"""How organisation names are shown to the public."""

import re

LEGAL_FORM = re.compile(
    r"^(㈜|\(주\)|주식회사|\(유\)|유한회사|ООО|АО|ПАО|ЗАО)\s*|\s*(㈜|\(주\)|주식회사|,?\s*(?:Inc|Ltd|LLC|Co)\.?)$",
    re.IGNORECASE,
)


def mask_name(name: str) -> str:
    """Hide the middle of a name as the centre's report does: ㈜동양기지 → ㈜동***지.

    The legal form stays; a name of one letter is hidden whole; a masked name stays as it is.
    """
    if "***" in name:
        return name
    found = LEGAL_FORM.search(name)
    core = (name[: found.start()] + name[found.end() :]).strip() if found else name.strip()
    masked = f"{core[0]}***{core[-1]}" if len(core) > 1 else "***"
    return name.replace(core, masked, 1) if core else name
