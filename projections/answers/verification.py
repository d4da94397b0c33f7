"""What verification found, for programs."""

from typing import Any

from ledger.verifying.digests import Recognised
from ledger.verifying.finding import Finding
from projections.answers.words import Translate
from projections.evidence.examination import Examination, Wish
from projections.evidence.publications import Held
from projections.evidence.published_file import Identified
from projections.evidence.reach import Reach
from projections.evidence.signatures import Examined

Json = dict[str, Any]


def verification_json(found: Examination, wish: Wish, translated: Translate) -> Json:
    """Everything that was found; ``given`` is there when a digest was, ``signatures`` when they were asked for."""
    answer: Json = {
        "whole": not found.findings,
        "quick": wish.is_quick,
        "events": found.chain.events,
        "streams": found.chain.streams,
        "digest": found.chain.digest,
        "findings": [_finding(finding, translated) for finding in found.findings],
        "reach": [_reach(reach) for reach in found.reaches],
        "publications": [_publication(one) for one in found.publications],
        "published": [_file(file) for file in found.files],
        "remarks": [translated(remark) for remark in found.remarks],
    }
    if wish.digest:
        known = found.chain.recognised.get(wish.digest)
        answer["given"] = {"digest": wish.digest, "recognised": _recognised(known)}
    if found.signatures is not None:
        answer["signatures"] = [_signature(one, translated) for one in found.signatures]
    return answer


def _finding(finding: Finding, translated: Translate) -> Json:
    return {"check": finding.check.value, "event_id": finding.event_id or None, "message": translated(finding.fault)}


def _recognised(known: Recognised | None) -> Json | None:
    if known is None:
        return None
    return {"unit": known.unit or None, "recorded_at": known.recorded_at or None, "is_now": known.is_now}


def _reach(reach: Reach) -> Json:
    answer = reach._asdict()
    comparisons = None if reach.year is None else reach.year + 1
    return answer | {
        "superiors": list(reach.superiors),
        "comparisons": comparisons,
        "publications": list(reach.publications),
    }


def _publication(one: Held) -> Json:
    return {
        "event_id": one.publication.event_id,
        "fits": one.fits,
        "pinned": one.publication.fact.ledger_digest,
        "digest": one.digest,
        "forms": one.forms.value,
    }


def _file(file: Identified) -> Json:
    return {
        "file": file.path,
        "status": file.status.value,
        "origins": [origin._asdict() for origin in file.origins],
        "printed": file.printed,
        "recognised": _recognised(file.recognised),
    }


def _signature(one: Examined, translated: Translate) -> Json:
    return {
        "event_id": one.record.event_id,
        "verdict": one.verdict.value,
        "officer": one.officer,
        "fingerprint": one.fact.fingerprint,
        "what": one.fact.what.value,
        "publication": one.fact.publication,
        "known_at": one.fact.known_at,
        "digest": one.fact.digest,
        "message": translated(one.fault) if one.fault else None,
    }
