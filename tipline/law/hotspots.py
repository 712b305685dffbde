"""When a month's number is called a hotspot: what the bureau agreed on, for no notice says it."""

from dataclasses import dataclass

from tipline.law.sources import Mark
from tipline.law.table import MalformedNotice, Table


@dataclass(frozen=True)
class HotspotRules:
    """How much is enough to speak of."""

    fewest: int
    """Fewer reports in a month are no hotspot; nor is their number told to whoever may not see the rows."""
    months: int
    """With fewer earlier months there is nothing to compare with."""
    window: int
    """So many earlier months are compared with, at most."""
    percent: int
    """How likely a month without anything unusual may show any hotspot at all."""
    clause: str
    mark: Mark


def hotspot_rules(file: Table) -> HotspotRules | None:
    """From the notice's file; None where hotspots are not looked for."""
    if not file.has("hotspots"):
        return None
    head = file.table("hotspots")
    rules = HotspotRules(
        fewest=head.number("fewest"),
        months=head.number("months"),
        window=head.number("window"),
        percent=head.number("percent"),
        clause=head.text("clause"),
        mark=head.choice("mark", Mark),
    )
    head.done()
    if not (rules.fewest >= 1 and 1 <= rules.months <= rules.window and 0 < rules.percent < 100):
        raise MalformedNotice("%(where)s：热点的最少件数、月数和百分比不合理，请改正", where=head.where)
    return rules
