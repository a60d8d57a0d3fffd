"""The small tables say for every pair of facts what the signal itself says."""

import json

import numpy as np

from matching.scoring.bulk.fact_tables import (
    FACT_COMPONENTS,
    NO_TERMS,
    coded,
    columns_with,
    fact_component,
    facts_table,
    need_fact,
)
from matching.scoring.types import Need
from matching.scoring.weights import FORMULAS, WEIGHTS

FIELD, READINESS, MODES = FACT_COMPONENTS
LICENCE, JOINT = frozenset({"licence"}), frozenset({"joint_development"})
V1 = WEIGHTS["v1"]
BARE = Need("ko", np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.float32))
OFFERED = {"field": "it", "readiness": 5, "transfer_modes": LICENCE, "shared_terms": frozenset({"ru"})}


def test_fact_of_a_need_is_what_its_part_looks_at() -> None:
    nothing = np.zeros(0, dtype=np.float32)
    need = Need("ko", nothing, nothing, field="metals", minimum_trl=6, transfer_modes=LICENCE, has_terms_for_all=True)
    assert [need_fact(part, need) for part in (*FACT_COMPONENTS, NO_TERMS)] == [
        ("metals",),
        (6,),
        (LICENCE,),
        ("ko", True),
    ]


def test_components_are_called_as_their_signals_are() -> None:
    parts = (*FACT_COMPONENTS, NO_TERMS)
    made = [read(part, tuple(need_fact(part, BARE)), OFFERED[part.code])[1]["code"] for part in parts]
    assert made == [part.code for part in parts] == ["field", "readiness", "transfer_modes", "shared_terms"]


def test_tables_have_needs_as_rows_and_technologies_as_columns() -> None:
    assert facts_table(FIELD, [("metals",), ("",)], ["metals", "it", ""]).tolist() == [[1, 0.25, 0.5], [0.5] * 3]
    assert facts_table(READINESS, [(9,), (3,)], [8, None]).tolist() == [[0.75, 0.9], [1, 0.9]]
    assert facts_table(READINESS, [(9,)], [8, None], FORMULAS["v3"]).tolist() == [[0.75, 0.5]]
    assert facts_table(MODES, [(LICENCE | JOINT,)], [LICENCE, frozenset()]).tolist() == [[0.8, 0.8]]
    languages = [frozenset({"ru"}), frozenset({"ko", "ru"})]
    assert facts_table(NO_TERMS, [("ko", False), ("ko", True)], languages).tolist() == [[0.3, 0], [0, 0]]


def test_table_of_no_needs_or_no_technologies_is_empty() -> None:
    assert facts_table(FIELD, [], ["it", ""]).shape == (0, 2)
    assert facts_table(FIELD, [("it",)], []).shape == (1, 0)


def read(part, wanted, offered):
    contribution, text = fact_component(part, wanted, offered, V1)
    return contribution, json.loads(text)


def test_component_says_what_the_facts_are() -> None:
    assert read(READINESS, (9,), 7) == (
        0.05,
        {
            "code": "readiness",
            "value": 0.5,
            "weight": 0.1,
            "contribution": 0.05,
            "evidence": {"wanted": 9, "offered": 7},
        },
    )
    assert read(MODES, (LICENCE | JOINT,), LICENCE) == (
        0.08,
        {
            "code": "transfer_modes",
            "value": 0.8,
            "weight": 0.1,
            "contribution": 0.08,
            "evidence": {"need": ["joint_development", "licence"], "offer": ["licence"], "shared": ["licence"]},
        },
    )


def test_component_without_a_fact_says_which_side_has_none() -> None:
    assert read(FIELD, ("",), "metals")[1]["evidence"] == {"need": "", "offer": "metals", "missing": "need"}
    assert read(NO_TERMS, ("ko", False), frozenset({"ru"})) == (
        0.03,
        {
            "code": "shared_terms",
            "value": 0.3,
            "weight": 0.1,
            "contribution": 0.03,
            "evidence": {"missing": "script"},
        },
    )


def test_columns_know_one_fact_and_nothing_else() -> None:
    columns = columns_with(READINESS, [5, None])
    assert (columns.ids.tolist(), columns.trls, columns.fields, columns.transfer_modes, columns.languages) == (
        [0, 1],
        (5, None),
        ("", ""),
        (frozenset(), frozenset()),
        (frozenset(), frozenset()),
    )
    assert columns.term_weights.tolist() == [0, 0]


def test_coded_facts_are_each_once_in_the_order_they_came() -> None:
    facts, rows = coded(["it", "", "it", "metals"])
    assert (facts, rows.tolist()) == (["it", "", "metals"], [0, 1, 0, 2])
    assert coded([])[1].tolist() == []
