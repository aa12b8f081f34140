"""Finding one row of a request that somebody works on, for whoever got the request."""

from uuid import UUID

from halfdoor.service.accounts.models import Account
from halfdoor.service.requests.models import ExceptionUsed, FamilyRequest, Offer, Proposal, Side


def exception_of(request: FamilyRequest, used_id: UUID, *, side: str) -> ExceptionUsed:
    """
    Return an exception that was used for a request.

    :raises ExceptionUsed.DoesNotExist: if it is another request's, or there is no such side to explain it to
    """
    sides = [Side.YOUNG_PERSON, *([Side.FAMILY] if request.asked_by_id else [])]
    if side not in sides:
        raise ExceptionUsed.DoesNotExist
    rows = ExceptionUsed.objects.filter(practice=request.practice_id, request=request)
    return rows.select_related("request__young_person__practice", "line").get(pk=used_id)


def proposal_of(request: FamilyRequest, proposal_id: UUID, *, reader: Account) -> Proposal:
    """
    Return an answer that waits for a second reader.

    :raises Proposal.DoesNotExist: if it is another request's, or whoever reads wrote it themselves
    """
    rows = Proposal.objects.filter(practice=request.practice_id, request=request).exclude(by=reader)
    return rows.select_related("request__young_person__practice", "request__asked_by", "by").get(pk=proposal_id)


def offer_of(request: FamilyRequest, offer_id: UUID) -> Offer:
    """
    Return an offer that was made to whoever asked.

    :raises Offer.DoesNotExist: if it is another request's
    """
    return Offer.objects.filter(practice=request.practice_id, request=request).get(pk=offer_id)
