"""Everything that was read from data/ and references.bib, validated and frozen, and its filter by edition."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self, TypeVar

from analysis.errors import UnknownNameError, did_you_mean
from analysis.inputs.bibliography import Reference
from analysis.inputs.files import Sidecar
from analysis.inputs.records import (
    Claim,
    Constant,
    Dated,
    Device,
    Edition,
    GameRun,
    InferenceModel,
    LevelRun,
    PeerCount,
    Period,
    Reimplementation,
    System,
    TranslationRun,
    VisionModel,
)

D = TypeVar("D", bound=Dated)


@dataclass(frozen=True)
class Dataset:
    """All records of data/ with the bibliography; `at` narrows them to an edition."""

    editions: tuple[Edition, ...]
    constants: tuple[Constant, ...]
    periods: tuple[Period, ...]
    systems: tuple[System, ...]
    devices: tuple[Device, ...]
    alexnet_level: tuple[VisionModel, ...]
    resnet50_level: tuple[LevelRun, ...]
    translation: tuple[TranslationRun, ...]
    games: tuple[GameRun, ...]
    inference: tuple[InferenceModel, ...]
    reimplementations: tuple[Reimplementation, ...]
    peer_counts: tuple[PeerCount, ...]
    claims: tuple[Claim, ...]
    sidecars: dict[str, Sidecar]
    references: dict[str, Reference]

    def edition(self, edition_id: str) -> Edition:
        """The edition of this id. Raises: UnknownNameError with the nearest one."""
        known = {edition.id: edition for edition in self.editions}
        if edition_id not in known:
            hint = did_you_mean(edition_id, known) or f"; expected one of {', '.join(known)}"
            raise UnknownNameError(f"no edition '{edition_id}'{hint}")
        return known[edition_id]

    def at(self, edition_id: str) -> Self:
        """The records that stand at an edition; editions after it are left out."""
        last = self.edition(edition_id).id

        def standing(records: tuple[D, ...]) -> tuple[D, ...]:
            return tuple(record for record in records if record.stands_at(last))

        return replace(
            self,
            editions=tuple(edition for edition in self.editions if edition.id <= last),
            constants=standing(self.constants),
            periods=standing(self.periods),
            systems=standing(self.systems),
            devices=standing(self.devices),
            alexnet_level=standing(self.alexnet_level),
            resnet50_level=standing(self.resnet50_level),
            translation=standing(self.translation),
            games=standing(self.games),
            inference=standing(self.inference),
            reimplementations=standing(self.reimplementations),
            peer_counts=standing(self.peer_counts),
            claims=standing(self.claims),
        )

    @cached_property
    def constant(self) -> dict[str, Constant]:
        """The constants by id."""
        return {constant.id: constant for constant in self.constants}
