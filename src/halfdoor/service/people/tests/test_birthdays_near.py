"""Who is asked about before a birthday: nobody whose birthday comes is passed over."""

from datetime import date, timedelta

import pytest

from halfdoor.service.people import birthdays

AGES = (1, 12, 16, 18)
BORN = [date(2007, 12, 20) + timedelta(days=day) for day in range(800)]


@pytest.mark.parametrize(
    "today", [date(2024, 2, 28), date(2024, 2, 29), date(2025, 2, 28), date(2026, 3, 1), date(2025, 12, 31)]
)
def test_whoever_has_a_birthday_in_the_time_ahead_was_born_in_the_span_that_is_asked_for(today: date) -> None:
    seen = 0
    for age in AGES:
        first, last = birthdays._born_for(age, today)
        for born_on in (one.replace(year=one.year + shift) for one in BORN for shift in (0, 4, 8)):
            found = birthdays.next_of(born_on, ages=[age], today=today)
            seen += found is not None
            assert found is None or first <= born_on <= last, (born_on, age)
    assert seen > 50
