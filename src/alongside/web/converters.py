"""Parts of addresses that are more than text."""

from alongside.standard.items import STAGES, Stage


class StageConverter:
    """A stage by its name."""

    regex = "|".join(STAGES)

    def to_python(self, value: str) -> Stage:
        """The stage of that name."""
        return Stage(value)

    def to_url(self, value: Stage) -> str:
        """Its name."""
        return str(value)
