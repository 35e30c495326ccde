"""Lines of a log, cleaned."""

from __future__ import annotations

from propel_helper.tracebacks.lines import LONGEST_WORD, split


def test_a_word_that_is_no_name_is_shortened_and_keeps_its_place() -> None:
    word = b"a" * 4000 + b"z" * 4000
    first, second = split(b"KeyError: " + word + b" end\nnext")
    half = LONGEST_WORD // 2
    assert first.text == f"KeyError: {'a' * half}...{'z' * half} end"
    assert (first.start, first.end, second.start) == (0, 8014, 8015)


def test_a_long_line_of_words_stays_whole() -> None:
    names = " ".join(f"'model_{number}'" for number in range(400))
    (line,) = split(f"invalid choice (choose from {names})".encode())
    assert line.text.endswith("'model_399')")
    assert len(line.text) == len(names) + len("invalid choice (choose from )")
