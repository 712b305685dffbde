"""What an officer keeps an eye on and has not yet seen."""

from datetime import date

from tipline.kit.words import Sentence
from tipline.notes import queries
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.waiting import Waiting


def waiting_for(officer: Officer, today: date) -> list[Waiting]:
    """The watched papers that have moved."""
    if not officer.may(Act.WATCH):
        return []
    return [
        Waiting(
            what=Sentence("关注的件有变化"),
            number=paper.number,
            act=Act.WATCH,
            endpoint=f"{paper.kind}s.show",
            values={"key": paper.key},
        )
        for paper in queries.moved(officer)
    ]
