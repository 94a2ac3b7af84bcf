"""Where the parts of a drawing lie."""

import pytest

from ygs_admin.web.charts import HEIGHT, ColumnChart, Series


def chart(*values, tones=("strong", "soft")):
    series = [Series(tone, tone, one) for tone, one in zip(tones, values, strict=False)]
    labels = [f"{number}" for number in range(len(values[0]))]
    return ColumnChart("key", "title", "summary", "name", "mark", labels, series, [""] * len(labels))


def test_parts_stand_on_each_other_and_on_the_base_line():
    low, high = chart([3], [1]).columns[0].rects
    assert float(low.y) + float(low.height) == chart([3], [1]).baseline
    assert float(high.y) + float(high.height) == pytest.approx(float(low.y))
    assert float(low.height) == pytest.approx(3 * float(high.height), abs=0.2)


def test_nothing_is_drawn_of_a_part_of_none():
    assert [rect.tone for rect in chart([0, 2], [1, 0]).columns[0].rects] == ["soft"]


@pytest.mark.parametrize(
    ("highest", "lines"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (4, [0, 1, 2, 3, 4]),
        (7, [0, 2, 4, 6, 8]),
        (39, [0, 10, 20, 30, 40]),
        (81_000, [0, 50_000, 100_000]),
    ],
)
def test_the_scale_ends_above_the_highest_column(highest, lines):
    assert [line.value for line in chart([highest]).grid] == lines


def test_everything_lies_within_the_drawing():
    drawn = chart([10, 0, 3], [5, 20, 7])
    places = [float(rect.y) for column in drawn.columns for rect in column.rects]
    assert min([*places, *(float(column.mark_y) for column in drawn.columns)]) > 0
    assert max(places) < HEIGHT


def test_every_other_column_is_labelled_the_last_one_always():
    assert [column.is_labelled for column in chart([1, 1, 1, 1]).columns] == [False, True, False, True]


def test_numbers_are_written_as_a_drawing_reads_them():
    assert chart([1] * 12).columns[0].center == "47.6"
