"""What calls ask of a provider beside the telephone itself."""

from typing import Protocol


class Softphones(Protocol):
    """Telephones in the agents' browsers."""

    @property
    def is_stand_in(self) -> bool:
        """Whether they ring in the simulator, and not at the provider."""
        ...

    def token(self, identity: str, *, valid_seconds: int) -> str:
        """What lets one softphone be rung under its name for so long, and do nothing else."""
        ...
