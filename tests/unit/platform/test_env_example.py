"""`.env.example` lists every setting, and nothing that is no setting."""

import re
from collections.abc import Iterator

from pydantic import BaseModel

from acuerdo.platform.settings import ROOT, Settings


def names_of(model: type[BaseModel], prefix: str) -> Iterator[str]:
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from names_of(kind, f"{prefix}{name.upper()}__")
        else:
            yield prefix + name.upper()


def test_every_setting_is_explained_and_every_explanation_is_of_a_setting() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    explained = re.findall(r"^#?(ACUERDO_\w+)=", text, re.MULTILINE)
    assert sorted(explained) == sorted(names_of(Settings, "ACUERDO_"))


def test_a_copied_example_changes_nothing() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == []
