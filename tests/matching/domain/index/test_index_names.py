import pytest

from matching.domain.index.index_names import IndexName


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("use-0.2.1_e5-0.3.0/i1.5bc0f2", ("use-0.2.1_e5-0.3.0", "i1", "5bc0f2")),
        ("st:org/model.v2/i1.5bc0f2", ("st:org/model.v2", "i1", "5bc0f2")),
        ("st:eight|8|261122070000/i1.b", ("st:eight|8|261122070000", "i1", "b")),
    ],
)
def test_a_name_is_read_as_it_was_written(name, read):
    assert IndexName.read(name) == IndexName(*read)
    assert str(IndexName(*read)) == name


def test_indexes_that_differ_by_nothing_but_words_have_the_same_vectors():
    names = ["use/i1.a", "use/i1.b", "use/i2.a", "e5/i1.a"]
    assert [IndexName.read(name).vectors for name in names] == ["use/i1", "use/i1", "use/i2", "e5/i1"]
