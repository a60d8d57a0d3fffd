from projects.charts import Bar, bar_chart


def test_bar_chart_fills_the_width_with_the_largest_and_shows_the_smallest():
    chart = bar_chart("x", "X", [("a", 4, "4", "main"), ("b", 1, "1", "third"), ("c", 0, "0", "main")])
    assert chart.height == 138
    assert chart.bars == [
        Bar("a", "4", 16, 24, "480.0", "#256ef4"),
        Bar("b", "1", 62, 70, "120.0", "#6d7882"),
        Bar("c", "0", 108, 116, "0.0", "#256ef4"),
    ]


def test_bar_chart_without_rows_is_empty():
    assert bar_chart("x", "X", []).bars == []
