"""The figures of a round."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db(databases=["default", "replica"])

SUMMARY = {
    "coverage": {"male": 0.4, "female": 0.5},
    "objective": {"total": 812.5, "greedy": 780.0, "bound": 814.0, "bound_by": "prices"},
    "longest_wait": {"male": 31.0, "female": 12.0},
    "exposure_gini": {"male": 0.21, "female": 0.34},
    "exposure_curve": {"male": [0.0, 0.3, 1.0]},
    "left_out": {"outbid": 1200, "age": 3},
    "phases": {"candidates": {"seconds": 2.34, "peak_mb": 612}, "assignment": {"seconds": 1.0, "peak_mb": 700}},
}


@pytest.fixture
def page(client, matchmaker, in_review):
    def page(summary):
        in_review.summary = summary
        in_review.save()
        client.force_login(matchmaker)
        return client.get(reverse("matching:week_summary", args=[in_review.pk]))

    return page


def test_what_the_last_run_found_is_drawn_and_written(page, pairs):
    answer = page(SUMMARY)
    figures = answer.context["figures"]
    assert [(str(bar.label), bar.written, bar.width) for bar in figures.coverage] == [
        ("남성", "40%", "96.0"),
        ("여성", "50%", "120.0"),
    ]
    assert [bar.written for bar in figures.totals] == ["812.50", "780.00", "814.00"]
    assert [bar.written for bar in figures.waits] == ["31주", "12주"]
    assert [bar.written for bar in figures.left_out] == ["1,200", "3"]
    assert [bar.written for bar in figures.seconds] == ["2.3초", "1.0초"]
    assert [bar.written for bar in figures.memory] == ["612 MB", "700 MB"]
    assert [(curve.gini, curve.points) for curve in figures.exposure] == [
        ("0.21", "0.0,160.0 80.0,112.0 160.0,0.0"),
        ("0.34", ""),
    ]


def test_the_scores_are_those_of_the_pairs_now(page, pairs, propose, eligible):
    propose(eligible(), eligible(), score=1.0)
    propose(eligible(), eligible(), score=None)
    pairs[2].delete()
    bins = page(SUMMARY).context["figures"].scores
    assert {(bin_.least, bin_.most): bin_.count for bin_ in bins if bin_.count} == {
        (70, 80): 1,
        (90, 100): 1,
        (100, 110): 1,
    }


@pytest.mark.parametrize(
    "summary", [None, [], {}, {"coverage": 3, "phases": {"candidates": 1}, "objective": {"total": "x"}}]
)
def test_a_summary_of_another_version_shows_what_it_has(page, summary):
    answer = page(summary)
    assert answer.status_code == 200
    assert answer.context["figures"].totals == []


def test_nobody_is_named(page, pairs):
    text = page(SUMMARY).text
    assert not any(user.name in text for pair in pairs for user in (pair.user_a, pair.user_b))


def test_figures_are_for_whoever_sees_rounds(client, reviewer, in_review):
    client.force_login(reviewer)
    assert client.get(reverse("matching:week_summary", args=[in_review.pk])).status_code == 403
