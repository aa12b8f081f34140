"""
The words, besides obligations, that a rule may put into an answer: limits, whom to ask, what to assess, alternatives.

Each maps a code to what it says. A code that is not here is a load error.
"""

from collections.abc import Mapping
from types import MappingProxyType

LIMITS: Mapping[str, str] = MappingProxyType(
    {
        "general_terms": "In general terms only.",
        "themes_only": "Themes only, never what was said.",
        "goals_only": "The goals and the plan, not the way there.",
        "attendance_only": "Only whether and when sessions take place.",
        "summary_only": "A summary, not the notes themselves.",
        "current_state_only": "Current condition, diagnosis, treatment needed and given, and medication; nothing else.",
        "prescriptions_only": "Prescription records only.",
        "directly_relevant": "Only what bears directly on this person's part in the care.",
        "minimum_necessary": "No more than this purpose needs.",
        "as_the_order_says": "Only what the order names.",
        "as_the_law_asks": "Only what the law asks for.",
        "as_authorized": "Only what the signed consent covers.",
        "as_agreed": "Only what the young person agreed to.",
        "as_delegated": "Only what day-to-day care needs, as it was delegated.",
        "risk_and_safety_only": "Only what is needed to keep somebody safe.",
        "threat_facts_only": "Only the facts of the threat, to those who can prevent it.",
        "initial_report_only": "The first report only; a follow-up needs consent or an order.",
        "without_identity": "Without saying that the person is a client, or who they are.",
        "without_process_notes": "Without the process notes.",
        "without_private_items": "Without what the young person asked to keep private.",
        "without_third_parties": "Without what is about other people.",
        "without_confided_items": "Without what somebody told us under a promise.",
        "without_other_episodes": "Without any other episode of care.",
        "without_substance_use": "Without substance use records.",
        "without_whereabouts": "Without addresses, times and places.",
        "without_harmful_items": "Without the part that a professional found would do harm.",
        "what_happens_in_the_session": "Only what comes up in a session that the person attends with agreement.",
        "education_needs_only": "Only what school needs for support in class.",
        "staff_guidance_only": "How to support the young person day to day, without why.",
        "public_knowledge_only": "How therapy works in general, nothing about this young person.",
    }
)

ASK: Mapping[str, str] = MappingProxyType(
    {
        "client": "Ask the young person.",
        "parent": "Ask the parent.",
        "guardian": "Ask the guardian.",
        "placing_authority": "Ask the placing authority.",
        "other_parent": "Ask the other parent.",
    }
)

ASSESS: Mapping[str, str] = MappingProxyType(
    {
        "identity": "Find out whether this person is who they say.",
        "authority": "Find out what say this person has, from papers.",
        "competence": "Assess whether the young person can decide this, today.",
        "best_interests": "Assess what serves the young person.",
        "risk": "Assess the risk.",
        "licensed_professional": "A licensed professional decides.",
        "legal_advice": "Take legal advice.",
        "court": "A court decides.",
        "who_decides": "Another body, or another law, answers this.",
    }
)

ALTERNATIVES: Mapping[str, str] = MappingProxyType(
    {
        "general_information": "Explain how therapy works in general.",
        "resources": "Point to help and reading for families.",
        "family_session": "Offer to talk together, with the young person.",
        "young_person_tells": "The young person may tell it themselves.",
        "tell_together": "Tell it together with the young person.",
        "court_route": "A court can be asked.",
        "written_denial_with_review": "Give a written refusal, with a review by somebody else.",
    }
)

SETTLED_BY: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "age": ("assess", "identity"),
        "status": ("assess", "authority"),
        "substance_use_programme": ("assess", "who_decides"),
        "paid_privately_in_full": ("ask", "client"),
        "suspected_of_harm": ("assess", "risk"),
        "kept_private": ("ask", "client"),
        "given_in_confidence": ("assess", "licensed_professional"),
        "about_third_party": ("assess", "licensed_professional"),
        "source_promised_confidence": ("assess", "licensed_professional"),
        "asking_raises_risk": ("assess", "risk"),
    }
)
"""For each fact whose unknown spreads over its values: who can settle it, in the words of ``ask`` or ``assess``."""
