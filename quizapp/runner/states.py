"""How a runner is."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Status: TypeAlias = Literal["getting ready", "ready", "off"]


@dataclass(frozen=True)
class RunnerState:
    """What people and `flask doctor` may know of a runner."""

    status: Status
    progress: str = ""
    """What it does at present, a sentence for people; empty when there is nothing to say."""
    reason: str = ""
    """Why it is off, and what to do."""
    engine: str = ""
    """What runs programs: "full", which knows NumPy and pandas; empty until it does."""
    walls: tuple[str, ...] = ()
    """The walls round a guest that are in force in every worker."""
    workers: int = 0
    waiting: int = 0
    """Jobs that have not begun."""
    cache: str = ""
    """The folder that holds what was compiled."""
    is_reached: bool = True
    """False where nobody answered: whether it is off or only starts is not known."""
