"""How organisation names are shown to the public."""

from kr_ru_platform.words.reading.organisation_names import around_name


def mask_name(name: str) -> str:
    """Hide the middle of a name as the centre's report does: ㈜동양기지 → ㈜동***지.

    The legal form stays; a name of one letter is hidden whole; a masked name stays as it is.
    """
    if "***" in name:
        return name
    before, core, behind = around_name(name.strip())
    masked = f"{core[0]}***{core[-1]}" if len(core) > 1 else "***"
    return f"{before}{masked}{behind}" if core else name
