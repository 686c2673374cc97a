"""Control limits, signals, forecast and the vital few, against numbers worked out by hand."""

from wenguo.insights.rules.control import forecast, p_limits, signals, u_limits, vital_few


def test_u_chart_limits_follow_the_exposure() -> None:
    limits = u_limits([4, 8, 6], [1.0, 2.0, 0.0])
    assert limits.centre == 6.0
    rounded = [(round(low or 0, 9), round(high or 0, 9)) for low, high in limits.bounds[:2]]
    assert rounded == [(0.0, round(6 + 3 * 6**0.5, 9)), (round(6 - 3 * 3**0.5, 9), round(6 + 3 * 3**0.5, 9))]
    assert limits.bounds[2] == (None, None)


def test_p_chart_limits_are_shares_in_percent() -> None:
    limits = p_limits([90, 45], [100, 50])
    assert limits.centre == 90.0
    low, high = limits.bounds[0]
    assert (round(low or 0, 9), round(high or 0, 9)) == (81.0, 99.0)
    assert limits.bounds[1][1] == 100.0


def test_nothing_counted_has_no_limits() -> None:
    assert p_limits([0], [0]).bounds == ((None, None),)


def test_a_point_outside_is_a_signal() -> None:
    limits = u_limits([4] * 9 + [30], [1.0] * 10)
    assert signals([4.0] * 9 + [30.0], limits)[-1] == 9


def test_eight_on_one_side_are_a_signal_and_seven_are_none() -> None:
    values = [5.0] * 8 + [7.0] * 8
    limits = u_limits([6], [1.0])
    wide = type(limits)(6.0, limits.bounds * 16)
    assert signals(values[:7], type(limits)(6.0, limits.bounds * 7)) == []
    assert signals(values, wide) == [7, 15]


def test_a_level_series_is_forecast_at_its_level() -> None:
    ahead = forecast([10] * 12, 3)
    assert [one.expected for one in ahead] == [10.0, 10.0, 10.0]
    assert [one.low for one in ahead] == [10.0, 10.0, 10.0]


def test_the_interval_widens_with_the_distance() -> None:
    ahead = forecast([8, 12, 9, 13, 7, 12, 10, 11, 9, 12], 5)
    widths = [one.high - one.low for one in ahead]
    assert widths == sorted(widths)
    assert widths[0] > 0


def test_the_week_repeats_itself() -> None:
    week = [20, 20, 20, 20, 20, 2, 2]
    ahead = forecast([*week, *week, *week, 20], 7, season=7)
    assert [round(one.expected) for one in ahead] == [20, 20, 20, 20, 2, 2, 20]


def test_too_few_counts_are_not_forecast() -> None:
    assert forecast([1, 2, 3], 2) == []


def test_the_vital_few_reach_four_fifths_and_keep_ties_together() -> None:
    assert vital_few([60, 25, 10, 5]) == 2
    assert vital_few([40, 20, 20, 20]) == 4
    assert vital_few([]) == 0
