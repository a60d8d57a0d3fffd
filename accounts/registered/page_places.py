"""Places on this app's pages that the apps above fill: kr_ru_platform/web/registered/page_parts.py."""

# On the page of an organisation: what is kept about it. Content: `count` and the newest `rows`.
ORGANISATION_RECORDS = "organisation_records"
# The same page, above its records: links. Content: the organisation.
ORGANISATION_LINKS = "organisation_links"
