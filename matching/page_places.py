"""Places on this app's pages that the apps above fill: kr_ru_platform/web/registered/page_parts.py."""

# On the page of a technology: how much became of it, for the centre and the holder; and what, for the centre alone.
TECHNOLOGY_FIGURES = "technology_figures"
TECHNOLOGY_WORK = "technology_work"
# Of an introduction on the page of its request: what became of it, and what the centre can make of it.
INTRODUCTION_FACTS = "introduction_facts"
INTRODUCTION_ACTIONS = "introduction_actions"
# Of the list of introductions. The subject is the list, so that what is shown of each comes in one query.
INTRODUCTION_COLUMNS = "introduction_columns"
