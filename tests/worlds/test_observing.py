"""What is taken out of an answer before two worlds are compared: what is random in every answer, and nothing else."""

from uuid import UUID

import pytest
from django.core.mail import EmailMessage
from django.http import HttpResponse

from tests.worlds.observing import RANDOM, Eyes, first_difference

ONE, OTHER = UUID(int=1), UUID(int=2)
TOKENS = ("a" * 64, "B" * 64)


def page(
    *,
    token: str = TOKENS[0],
    row: UUID = ONE,
    status: int = 200,
    header: str = "no-store",
    cookie: str = "c" * 32,
    path: str = "/",
    name: str = "list.pdf",
    words: str = "Nothing was shared.",
) -> HttpResponse:
    body = f'<title>This week</title><input name="csrfmiddlewaretoken" value="{token}"><a href="/x/{row}/">{words}</a>'
    response = HttpResponse(f"{body}<p>{row}</p>", status=status)
    response["Cache-Control"], response["Content-Disposition"] = header, f"attachment; filename={name}"
    response.set_cookie("csrf-family", cookie, path=path, samesite="Strict")
    return response


def seen(response: HttpResponse) -> str:
    return Eyes().see("get x", "get /x/", response).came


@pytest.mark.parametrize(
    "only_random",
    [{"token": TOKENS[1]}, {"cookie": "d" * 32}, {"row": OTHER}],
    ids=["the token", "its cookie", "the id of a row"],
)
def test_what_is_random_makes_no_difference(only_random: dict) -> None:
    assert seen(page()) == seen(page(**only_random))


@pytest.mark.parametrize(
    "told",
    [
        {"status": 404},
        {"header": "no-cache"},
        {"path": "/family/"},
        {"name": "lists.pdf"},
        {"words": "Nothing was shared!"},
        {"words": "Nothing was shared. "},
        {"words": "<code>0123456789ab</code>."},
        {"token": "short"},
        {"cookie": "c" * 31},
    ],
    ids=str,
)
def test_everything_else_makes_one(told: dict) -> None:
    assert seen(page()) != seen(page(**told))


def test_a_file_counts_to_the_last_byte() -> None:
    def file(*last: int) -> str:
        return seen(HttpResponse(b"%PDF" + bytes(last), content_type="application/pdf"))

    assert file(200, 201) == file(200, 201)
    assert file(200, 201) != file(200, 202)
    assert file(200, 201) != file(200)


def test_of_a_sealed_file_the_size_counts_and_its_headers() -> None:
    def sealed(random: bytes, size: int = 9000, **headers: str) -> str:
        body = b"%PDF /ByteRange" + random * size
        return seen(HttpResponse(body, content_type="application/pdf", headers=headers))

    assert sealed(b"a") == sealed(b"b") == sealed(b"a", 9001)
    assert sealed(b"a") != sealed(b"a", 14000)
    assert sealed(b"a") != sealed(b"a", **{"X-Count": "3"})


def test_what_looks_like_an_id_and_is_none_is_left() -> None:
    assert Eyes().plain("0" * 64) == "0" * 64
    assert Eyes().plain(ONE.hex) == ONE.hex


def test_an_id_in_another_place_is_a_difference() -> None:
    eyes, others = Eyes(), Eyes()
    for looking, rows in ((eyes, (ONE, OTHER, ONE)), (others, (ONE, OTHER, OTHER))):
        came = [looking.see("get x", "get /x/", page(row=row)).came for row in rows]
        assert came[0] != came[1]
    assert eyes.plain(f"{ONE} {OTHER}") == others.plain(f"{ONE} {OTHER}")
    again = Eyes().plain(f"{ONE} {OTHER} {ONE}"), Eyes().plain(f"{ONE} {OTHER} {OTHER}")
    assert again == ("id-0 id-1 id-0", "id-0 id-1 id-1")


def test_a_fingerprint_is_random_and_the_number_of_a_line_is_not() -> None:
    assert Eyes().plain("<code>0123456789ab</code>") == Eyes().plain("<code>ba9876543210</code>")
    assert Eyes().plain("line 1 <code>0123456789ab</code>") != Eyes().plain("line 2 <code>0123456789ab</code>")


def test_of_a_mail_nothing_is_taken_out_but_its_id() -> None:
    def mail(number: str, **more: str) -> str:
        words = {"subject": "Something new", "body": "There is something new."} | more
        written = EmailMessage(**words, to=["a@example.org"], headers={"Message-ID": f"<{number}@x>", "Date": "today"})
        return Eyes().receive(written).came

    assert mail("17.2.3") == mail("18.4.5")
    assert mail("17.2.3") != mail("17.2.3", subject="Something new about Amina")
    assert mail("17.2.3") != mail("17.2.3", body="There are 2 things new.")


def test_two_stamps_are_alike_and_one_is_not_none() -> None:
    def page(stamp: str) -> str:
        return Eyes().plain(f'<p><code class="stamp">{stamp}</code></p>')

    assert page("kQ7v+dX2" * 16) == page("aB3/dX9z" * 16)
    assert page("kQ7v+dX2" * 16) != page("") != page("kQ7v+dX2" * 15)
    assert page("Amina, 4711. " * 9) != page("Amina, 4712. " * 9)


def test_the_list_of_what_is_random_is_as_short_as_it_was_agreed() -> None:
    assert list(RANDOM) == [
        "the token against forged forms",
        "the same token in its cookie",
        "the key of a session",
        "the fingerprint of a line, which seals ids",
        "the stamp of a line, which seals its hash",
        "the id of a mail",
    ]


def test_a_page_more_is_a_difference() -> None:
    one = Eyes().see("get x", "get /x/", page())
    assert first_difference([one], [one]) == ""
    assert first_difference([one], [one, one])
    assert "Nothing was shared" in first_difference([one], [Eyes().see("get x", "get /x/", page(words="All"))])
