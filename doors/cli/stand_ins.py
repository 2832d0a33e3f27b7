"""Who stands in for a provider without an account: in development the simulator, else nobody."""

from acuerdo.platform.settings import Settings


def with_stand_ins(settings: Settings) -> Settings:
    """Return the settings, in development with the simulator for every provider without an account.

    In production they are as they were given, and neither the simulator nor the demonstration is
    even imported.
    """
    if not settings.in_development:
        return settings
    from doors.cli import demonstration

    return demonstration.with_simulator(settings)
