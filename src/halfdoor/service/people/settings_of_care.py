"""What belongs to each setting of care: who is usually in the circle, and what part they have unless it is said."""

from collections.abc import Mapping

from halfdoor.service.people.choices import Answer, Relation, Setting

CLINICIANS = (Relation.THERAPIST, Relation.CLINICAL_TEAM, Relation.CLINICAL_LEAD)
"""Whose work it is to know the circle and to decide what goes to whom."""

FAMILY = (
    Relation.PARENT,
    Relation.STEP_PARENT,
    Relation.GUARDIAN,
    Relation.FOSTER_CARER,
    Relation.RELATIVE,
)
"""Caregivers: whoever brings the young person up."""

_AT_WORK = (
    *CLINICIANS,
    Relation.RESIDENTIAL_CARER,
    Relation.HOME_MANAGER,
    Relation.SOCIAL_WORKER,
    Relation.PLACING_AUTHORITY,
    Relation.FOSTER_CARER,
    Relation.SCHOOL_COUNSELLOR,
)

USUALLY_HERE: Mapping[str, tuple[Relation, ...]] = {
    Setting.OUTPATIENT: (Relation.PARENT, Relation.THERAPIST),
    Setting.RESIDENTIAL: (
        Relation.THERAPIST,
        Relation.RESIDENTIAL_CARER,
        Relation.HOME_MANAGER,
        Relation.SOCIAL_WORKER,
        Relation.INDEPENDENT_PERSON,
    ),
    Setting.SCHOOL: (Relation.PARENT, Relation.THERAPIST, Relation.SCHOOL_COUNSELLOR, Relation.EDUCATOR),
    Setting.HOSPITAL: (Relation.PARENT, Relation.THERAPIST, Relation.CLINICAL_TEAM),
}
"""Whom a circle in this setting usually has. Who is missing is named on its page; nobody has to be there."""


def usual_part(relation: str, setting: str) -> dict[str, str]:
    """
    Return what part somebody has in the care unless something else is said: whether they take part, and whether their
    work needs what is known. Teachers do where care happens at school.
    """
    at_work = relation in _AT_WORK or (relation == Relation.EDUCATOR and setting == Setting.SCHOOL)
    involved = at_work or relation in FAMILY
    return {
        "involved_in_care": Answer.YES if involved else Answer.UNKNOWN,
        "needs_it_for_role": Answer.YES if at_work else Answer.UNKNOWN,
    }


def missing_from(relations: set[str], setting: str) -> tuple[Relation, ...]:
    """Return whom a circle in this setting usually has and this one has not."""
    return tuple(relation for relation in USUALLY_HERE.get(setting, ()) if relation not in relations)
