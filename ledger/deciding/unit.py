"""登记单位."""

from events.errors import Refused
from events.model import Event, Name
from events.unit import UnitRegistered
from ledger.deciding.decider import rule, stated
from ledger.deciding.intent import OfUnit
from ledger.deciding.state import State


class RegisterUnit(OfUnit):
    """登记单位."""

    name: Name
    parent: Name | None = None

    @property
    def registers(self) -> bool:
        """A unit begins with it."""
        return True


@rule.register
def _register_unit(intent: RegisterUnit, state: State) -> tuple[Event, ...]:
    for _, known in state.standing(UnitRegistered):
        raise Refused("单位 {code} 已登记为“{name}”。", code=state.stream.unit, name=known.name)
    return (stated(UnitRegistered, intent),)
