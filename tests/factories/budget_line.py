import factory

from projects.enums import CostItem
from projects.models import BudgetLine
from tests.factories.research_task import ResearchTaskFactory


class BudgetLineFactory(factory.django.DjangoModelFactory):
    """70 million: 50 from the government, 10 in cash and 10 in kind; 30 spent."""

    class Meta:
        model = BudgetLine

    research_task = factory.SubFactory(ResearchTaskFactory)
    cost_item = CostItem.PERSONNEL
    government_krw = 50_000_000
    company_cash_krw = 10_000_000
    company_in_kind_krw = 10_000_000
    total_krw = factory.LazyAttribute(lambda o: o.government_krw + o.company_cash_krw + o.company_in_kind_krw)
    spent_krw = 30_000_000
