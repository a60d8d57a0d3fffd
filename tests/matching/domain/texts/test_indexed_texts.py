from matching.domain.texts.indexed_texts import ReadableStretch, VectorText, digest_of, vector_texts
from matching.enums import Audience


def test_digest_of_the_same_text_is_the_one_that_was_stored_for_it_long_ago():
    stretches = [
        ReadableStretch("ko", Audience.PUBLIC, "제목 'x'"),
        ReadableStretch("ru", Audience.NDA, "текст\n"),
    ]
    known = "f5101958e2deef616b6e8d2860516a1716f6af4ac1087e6b50bdfe73417db80b"
    assert digest_of("use+e5/9", stretches) == known
    assert digest_of("use+e5/9", stretches[:1]) != known
    assert digest_of("use/9", stretches) != known


def test_vector_texts_are_the_whole_and_the_passages_of_each_audience():
    stretches = [
        ReadableStretch("en", Audience.PUBLIC, "Amorphous wire"),
        ReadableStretch("en", Audience.NDA, "The melt cools at a million degrees a second in this device."),
    ]
    assert vector_texts(stretches) == [
        VectorText("en", Audience.PUBLIC, 0, "Amorphous wire"),
        VectorText("en", Audience.PUBLIC, 1, "Amorphous wire"),
        VectorText(
            "en", Audience.NDA, 0, "Amorphous wire\nThe melt cools at a million degrees a second in this device."
        ),
        VectorText("en", Audience.NDA, 1, "The melt cools at a million degrees a second in this device."),
    ]


def test_vector_texts_of_a_title_made_of_the_first_words_say_it_once():
    stretches = [
        ReadableStretch("en", Audience.PUBLIC, "Amorphous wire"),
        ReadableStretch("en", Audience.PUBLIC, "Amorphous wire with low losses"),
    ]
    assert vector_texts(stretches) == [
        VectorText("en", Audience.PUBLIC, 0, "Amorphous wire with low losses"),
        VectorText("en", Audience.PUBLIC, 1, "Amorphous wire with low losses"),
    ]
