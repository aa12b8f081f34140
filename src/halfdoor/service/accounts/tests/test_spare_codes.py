"""Spare codes let in whoever wrote them down, once each, and nobody who reads what is kept of them."""

import json
import math
from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from halfdoor.service.accounts import factors, tasks
from halfdoor.service.accounts.factor_secrets import Adapter, belonging_to
from halfdoor.service.accounts.models import Account, Role
from halfdoor.service.core.models import Job, Practice
from tests.people import account

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def practice() -> Practice:
    return Practice.objects.create(name="Corner House")


def somebody(practice: Practice, name: str) -> Account:
    return account(practice, name, Role.THERAPIST)


def test_of_spare_codes_only_salted_hashes_are_kept_and_each_set_has_its_own_salt(
    practice: Practice, settings: Any
) -> None:
    settings.PASSWORD_HASHERS = ["halfdoor.service.accounts.hashing.OneAtATime"]
    settings.MFA_RECOVERY_CODE_COUNT = 2
    sets = []
    for name in ("ruth", "lena"):
        one = somebody(practice, name)
        codes = factors.fresh_codes(by=one, at=NOON)
        row = Authenticator.objects.get(user=one, type="recovery_codes")
        with belonging_to(one):
            sets.append(json.loads(Adapter().decrypt(row.data["hashed"])))
        assert list(row.data) == ["hashed"]
        assert all(kept.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$") for kept in sets[-1][1:])
        assert not any(code in json.dumps(sets[-1]) for code in codes)
        assert [factors.prove_by_code(one, code, at=NOON) for code in (codes[1], codes[1], codes[0])] == [1, 0, 1]
    assert sets[0][0] != sets[1][0]
    assert len(sets[0][0]) * math.log2(62) > 128


def test_spare_codes_of_an_earlier_version_are_kept_as_hashes_and_go_on_being_good(practice: Practice) -> None:
    ruth, lena = somebody(practice, "ruth"), somebody(practice, "lena")
    older = {}
    for one in (ruth, lena):
        with belonging_to(one):
            older[one] = RecoveryCodes.activate(one).generate_codes()
            assert RecoveryCodes.activate(one).validate_code(older[one][0])
    assert factors.prove_by_code(ruth, older[ruth][1], at=NOON)  # before the job came
    tasks.plan(at=NOON)
    tasks.keep_codes_hashed.call(practice=str(practice.pk))
    rows = Authenticator.objects.filter(type="recovery_codes")
    assert [list(row.data) for row in rows] == [["hashed"], ["hashed"]]
    assert [factors.prove_by_code(lena, one, at=NOON) for one in older[lena][:3]] == [False, True, True]
    assert {way.left for one in (ruth, lena) for way in factors.ways_of(one)} == {8, 7}
    tasks.plan(at=NOON)
    assert [job.task for job in Job.objects.all()] == ["halfdoor.service.accounts.tasks.keep_codes_hashed"]


def test_a_spare_code_is_found_also_after_passwords_were_made_stronger(practice: Practice, settings: Any) -> None:
    ruth = somebody(practice, "ruth")
    codes = factors.fresh_codes(by=ruth, at=NOON)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher", *settings.PASSWORD_HASHERS]
    assert factors.prove_by_code(ruth, codes[0], at=NOON)
    assert not factors.prove_by_code(ruth, codes[0], at=NOON)
