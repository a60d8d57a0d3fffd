"""Places on this app's pages that the apps above fill: kr_ru_platform/web/registered/page_parts.py."""

# On the page of an organisation: what is kept about it. Content: `count` and the newest `rows`.
ORGANISATION_RECORDS = "organisation_records"
# The same page, above its records: links. Content: the organisation.
ORGANISATION_LINKS = "organisation_links"
# On the page where two records become one: what changes hands. Subject: both records. Content: `rows`. Nothing is
# shown, or asked, where they are empty; merge_rules.register_handovers says whether it is what was shown.
ORGANISATION_HANDOVERS = "organisation_handovers"
