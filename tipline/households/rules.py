"""On what ground two papers are held to speak of the same household. Pure."""

from dataclasses import dataclass

from tipline.kit.identity import plain_name
from tipline.kit.words import Labelled, Sentence


class Ground(Labelled):
    """Why a row is shown, the surest first. A name alone is none."""

    IDENTITY = "identity", "身份证号一致"
    LENGTHENED = "lengthened", "旧号补位后一致"
    VILLAGE = "village", "同村（居）、户主同名"
    THROUGH = "through", "与同村同名的那一户身份证号一致"
    NAMESAKES = "namesakes", "同村（居）有几户户主同名"
    TOWN = "town", "同镇、户主同名，没有写明村（居）"


WHY = {
    Ground.IDENTITY: Sentence("两处的身份证号完全相同。"),
    Ground.LENGTHENED: Sentence("名单上是15位旧号，由系统补成18位后相同。旧号没有校验码，请与证件核对。"),
    Ground.VILLAGE: Sentence("户主姓名和村（居）都相同，有一处没有身份证号可比。使用前请与证件核对。"),
    Ground.THROUGH: Sentence("先按姓名和村（居）找到一户，再按那一户的身份证号找到这里。前一步没有号可比，请核对。"),
    Ground.NAMESAKES: Sentence("这个村（居）有几户户主同名、身份证号不同，分不清是哪一户。"),
    Ground.TOWN: Sentence("户主姓名和镇相同，有一处没有写明村（居）。可能只是同名。"),
}
"""What each ground means to whoever reads a row."""

WEAK = frozenset({Ground.NAMESAKES, Ground.TOWN})
"""These are listed apart."""

ENDINGS = ("一家", "家", "户")
SHORTEST = 2


@dataclass(frozen=True)
class Household:
    """By what a household is known: how its head may be written, where it lives, the keyed mark of its number."""

    names: frozenset[str] = frozenset()
    village: str | None = None
    town: str | None = None
    identity: str | None = None

    @property
    def is_told(self) -> bool:
        """Whether there is enough to look by: a name needs a place."""
        return self.identity is not None or bool(self.names and (self.village or self.town))


def spellings(name: str) -> frozenset[str]:
    """The ways in which the head of a household is written: 张老三 and 张老三家 are the same."""
    plain = plain_name(name)
    ending = next((one for one in ENDINGS if plain.endswith(one) and len(plain) - len(one) >= SHORTEST), "")
    bare = plain.removesuffix(ending)
    return frozenset({bare, *(bare + one for one in ENDINGS)}) if bare else frozenset()


def by_name(ours: Household, theirs: Household) -> Ground | None:
    """What two papers without numbers have in common; None where it is nothing, or a name alone."""
    if not ours.names & theirs.names:
        return None
    if ours.village and ours.village == theirs.village:
        return Ground.VILLAGE
    told = ours.village is not None and theirs.village is not None
    return None if told or ours.town is None or ours.town != theirs.town else Ground.TOWN
