"""A record is a small thing that never changes."""

import pytest

from halfdoor.disclosure.records import Record, replace


class Seat(Record):
    name: str
    row: int = 1


class Ticket(Record, eq=False):
    seat: Seat


def test_fields_are_given_by_place_or_by_name_and_defaults_may_be_left_out() -> None:
    assert Seat("window") == Seat(name="window", row=1)
    assert {Seat("window"): "mine"}[Seat("window")] == "mine"
    assert repr(Seat("window", 2)) == "Seat(name='window', row=2)"
    assert Seat("window") != ("window", 1)


@pytest.mark.parametrize("made", [lambda: Seat(), lambda: Seat("a", 1, 2), lambda: Seat("a", colour="red")])
def test_a_field_too_few_or_too_many_is_refused(made) -> None:
    with pytest.raises(TypeError, match="Seat has the fields name, row"):
        made()


def test_a_record_never_changes_but_there_may_be_another_like_it() -> None:
    seat = Seat("window")
    with pytest.raises(AttributeError, match="never changes"):
        seat.row = 2  # type: ignore[misc]
    with pytest.raises(AttributeError, match="never changes"):
        del seat.row
    assert replace(seat, row=2) == Seat("window", 2)
    assert seat.row == 1


def test_records_that_stand_for_themselves_are_equal_only_to_themselves() -> None:
    ticket = Ticket(Seat("window"))
    assert ticket == ticket
    assert ticket != Ticket(Seat("window"))
    assert len({ticket, Ticket(Seat("window"))}) == 2


def test_a_record_of_one_field_more_or_less_is_told_with_what_was_given() -> None:
    with pytest.raises(TypeError, match="Seat has the fields name, row; given were row"):
        Seat(row=3)
    assert Record._fields == ()
    assert (Seat._fields, dict(Seat._defaults)) == (("name", "row"), {"row": 1})
