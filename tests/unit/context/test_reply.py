"""What of a model's answer is the summary: no reasoning, and no half of a sentence."""

import pytest

from context.reply import summary_in


@pytest.mark.parametrize(
    ("told", "summary"),
    [
        (" Pumps move water.\n", "Pumps move water."),
        ("<think>Hm.\nWell.</think>\n\nPumps.", "Pumps."),
        ("\n<think></think>Pumps.", "Pumps."),
        ("The reader wants pumps.\n</think>\nPumps.", "Pumps."),
        ("<think>Let me read this document, it is about", ""),
        ("  <think>Hm.</think> \n", ""),
        ("", ""),
        ("The tags <think> and </think> frame it.", "The tags <think> and </think> frame it."),
        ("<thinking> is a word.", "<thinking> is a word."),
    ],
)
def test_what_a_model_thinks_first_is_no_summary(told: str, summary: str) -> None:
    assert summary_in(told, cut=False) == summary


@pytest.mark.parametrize(
    ("told", "summary"),
    [
        ("Pumps move water. Pipes lead", "Pumps move water. [...]"),
        ("Pumps move water. Pipes lead it.", "Pumps move water. Pipes lead it. [...]"),
        ("- pumps (3.5 t)\n- pipes of", "- pumps (3.5 t) [...]"),
        ("泵输送水。管道引", "泵输送水。 [...]"),
        ("A. And then a sentence without any end", "A. And then a sentence without any end [...]"),
        ("<think>cut before the answer", ""),
    ],
)
def test_of_an_answer_that_was_cut_off_the_whole_sentences_stay(told: str, summary: str) -> None:
    assert summary_in(told, cut=True) == summary
