"""How a run ends that cannot go on: what its error means, what is said of it, and the exit code."""

import errno
from enum import IntEnum
from typing import TYPE_CHECKING

import click

from commands.desk.messages import _, translated
from events.errors import BudgetError, Conflict, EvidenceBroken, Refused, WrongUsage

if TYPE_CHECKING:
    from commands.desk.session import Session

FAULTS_SHOWN = 200


class ExitCode(IntEnum):
    """What a shell is told."""

    DONE = 0
    REFUSED = 1
    WRONG_USAGE = 2
    CONFLICT = 3
    EVIDENCE_BROKEN = 4
    INTERRUPTED = 130  # as shells have it of Ctrl-C


_CODES = {
    Refused: ExitCode.REFUSED,
    Conflict: ExitCode.CONFLICT,
    EvidenceBroken: ExitCode.EVIDENCE_BROKEN,
}


def tell(error: BudgetError) -> ExitCode:
    """Say what is wrong, every single thing of it; the code to end with."""
    click.echo(translated(error.fault), err=True)
    for fault in error.faults[:FAULTS_SHOWN]:
        click.echo(f"  {translated(fault)}", err=True)
    if len(error.faults) > FAULTS_SHOWN:
        click.echo(_("  ……共 {count} 处。", count=len(error.faults)), err=True)
    return next((code for kind, code in _CODES.items() if isinstance(error, kind)), ExitCode.WRONG_USAGE)


def meaning_of(error: Exception) -> BudgetError | None:
    """What an error of the surroundings means where nobody nearer knew; None if it is a fault of this program."""
    if type(error).__module__ == "sqlite3":
        return EvidenceBroken(
            "账本无法继续读取（{detail}）：请运行 budget verify；读模型损坏时运行 budget rebuild。", detail=error
        )
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return WrongUsage("无法继续写入：{detail}", detail=error.strerror)
    if isinstance(error, OSError) and error.filename and error.strerror:
        return WrongUsage("{path} 不能读写（{detail}）。", path=error.filename, detail=error.strerror)
    return _extra_missing(error) if isinstance(error, ImportError) else None


def _extra_missing(error: ImportError) -> BudgetError | None:
    from projections.extras import library_of

    library = library_of(error)
    return WrongUsage("这一步需要安装 {library}：pip install {library}。", library=library) if library else None


def tampering(session: "Session | None") -> BudgetError | None:
    """Where an error was foreseen by nobody: that events or read model were altered, if they were."""
    from ledger.verifying.every_record import every_record
    from ledger.verifying.integrity import verify
    from ledger.verifying.payloads import payload_findings

    if session is None:
        return None
    try:
        store = session.store
        findings = verify(store).findings or list(payload_findings(every_record(store), store.logged_at))
        if findings:
            return EvidenceBroken(
                "账本被改动过，读不出来（{count} 处不符）；请运行 budget verify。", count=len(findings)
            )
        session.require_faithful()
    except EvidenceBroken as broken:
        return broken
    except Exception:  # noqa: BLE001 (the first error is the one to tell)
        return None
    return None
