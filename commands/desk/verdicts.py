"""What verification found, in sentences."""

from collections.abc import Iterator

from commands.desk.messages import _, translated
from events.errors import listed
from ledger.verifying.digests import Recognised
from projections.evidence.examination import Examination, Wish
from projections.evidence.published_file import Identified, Status
from projections.evidence.reach import Reach
from projections.evidence.signatures import Examined, Verdict

REACHES_SHOWN = 20


def verdict_lines(found: Examination, wish: Wish) -> Iterator[str]:
    """All of it, line by line; the digest alone on its line where the ledger is whole."""
    if found.findings:
        yield from (f"{finding.event_id} {translated(finding.fault)}".strip() for finding in found.findings)
        yield from _reach_lines(found)
    else:
        yield _("账本完好：{events} 个事件，{streams} 条流。", events=found.chain.events, streams=found.chain.streams)
        if found.publications:
            yield _("公开 {count} 次，所记的摘要都与账本相符。", count=len(found.publications))
        yield found.chain.digest
    if wish.digest and (known := found.chain.recognised.get(wish.digest)):
        yield _recognised(known)
    yield from (_file(file) for file in found.files if file.status is Status.EXACT)
    if found.signatures is not None:
        yield from _signature_lines(found.signatures)
    yield from map(translated, found.remarks)


def _reach_lines(found: Examination) -> Iterator[str]:
    for number, reach in enumerate(found.reaches[:REACHES_SHOWN]):
        if number == 0:
            yield _("最早断开的一环：{event}（位置 {position}）。", event=reach.event_id, position=reach.position)
        else:
            yield _("另有一条流断开于：{event}（位置 {position}）。", event=reach.event_id, position=reach.position)
        yield _("可能影响：")
        yield from (f"  {line}" for line in _touched(reach))
    if len(found.reaches) > REACHES_SHOWN:
        yield _("……共 {count} 条流断开。", count=len(found.reaches))


def _touched(reach: Reach) -> Iterator[str]:
    yield _("事件 {event} 起本流的 {count} 个事件", event=reach.event_id, count=reach.events)
    if reach.year is None:
        yield _("单位 {unit} 各年度的表和说明", unit=reach.unit)
    else:
        yield _("单位 {unit} {year} 年度的各表", unit=reach.unit, year=reach.year)
        yield _("{year} 年度与上年的比较", year=reach.year + 1)
    if reach.superiors:
        yield _("连同下属汇总时，上级单位 {units} 的表", units=listed(reach.superiors))
    if reach.carried_from is not None:
        yield _("{year} 年度（有资金由该年结转而来）", year=reach.carried_from)
    if reach.publications:
        yield _("公开 {events}", events=listed(reach.publications))
    else:
        yield _("还没有任何一次公开用到它")


def _recognised(known: Recognised) -> str:
    if not known.recorded_at:
        return _("给出的摘要是记录第一个事件之前的，即空账本的摘要：任何账本都从它开始，它不能证明什么。")
    if known.is_now and not known.unit:
        return _("给出的摘要是整个账本现在的摘要（至 {at}）。", at=known.recorded_at)
    if known.is_now:
        return _("给出的摘要是单位 {unit} 现在的摘要（至 {at}）。", unit=known.unit, at=known.recorded_at)
    if known.unit:
        return _("给出的摘要是单位 {unit} 在 {at} 时的摘要。", unit=known.unit, at=known.recorded_at)
    return _("给出的摘要是整个账本在 {at} 时的摘要。", at=known.recorded_at)


def _file(file: Identified) -> str:
    origins = listed(f"{origin.event_id} {origin.name}" for origin in file.origins)
    return _("{file}：正是公开过的文件，逐字节相同（{origins}）。", file=file.path, origins=origins)


def _signature_lines(signatures: tuple[Examined, ...]) -> Iterator[str]:
    if not signatures:
        yield _("账本里没有签名。")
    for one in signatures:
        if one.verdict is Verdict.HOLDS:
            yield _("签名有效：{what}", what=_signature(one))
        elif one.verdict is Verdict.UNTRUSTED:
            yield _("签名相符，但公钥不在所信任的之内：{what}", what=_signature(one))


def _signature(one: Examined) -> str:
    details = {"event": one.record.event_id, "officer": one.officer, "key": one.fact.fingerprint}
    if one.fact.publication:
        return _("事件 {event}，{officer}，公开 {publication}，公钥 {key}", publication=one.fact.publication, **details)
    return _("事件 {event}，{officer}，至 {at} 的账本，公钥 {key}", at=one.fact.known_at, **details)
