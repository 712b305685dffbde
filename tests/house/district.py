"""A whole district for the access matrix: a paper of every kind in every relation to one officer of each role.

Who works and who asks are different people: what is asked is what a role and an office open, not what a hand opens.
Those who ask arrive when everything is done; from what is walled they are kept by a relative who is named in it.
"""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from tests import make
from tests.circulars.at_work import Cast
from tests.duties import at_work as duties
from tests.duties.at_work import PLAN, SUMMARY
from tests.house.circulated import circulars, taught
from tests.house.hanging import posting
from tests.house.inspected import Visit
from tests.house.learnt import learnt, summed_up
from tests.house.listed import listed, workbook_of
from tests.house.numbers import given_up, published, rounds
from tests.house.papers import BUREAU_STAFF, TODAY, TOWN_LEADERS, Args, Matter, Papers, a_file, closed, one, opened
from tests.house.screened import declined, dropped, screened
from tipline.intake import keeping, paper, phrases
from tipline.intake.models import PhraseKind
from tipline.kit.dates import Month, day_of
from tipline.kit.db import db, new_key
from tipline.leads import saved
from tipline.office import duty, kinship, leaving, roster
from tipline.office.charter import INSPECTORS, Act, Role
from tipline.office.models import Kin, Letter, Officer
from tipline.office.seats import SEATS
from tipline.rehearsal.leads import A_CASE
from tipline.rehearsal.stories import GIVEN, SURNAMES
from tipline.reports import sealing
from tipline.sampling import operations as sampling
from tipline.sampling.models import SampledClosure
from tipline.telephone.models import Ring
from tipline.typical_cases import operations as typical_cases

TOWN, OTHER, THIRD = make.SHUANGGANG, make.XIANSHUIGU, make.XINZHUANG
RELATIONS = ("own", "other town", "other body", "closed", "walled", "nonexistent")

HOME = {
    Role.OPERATOR: "hotline",
    Role.TOWN_CLERK: "town",
    Role.TOWN_DEPUTY: "town",
    Role.TOWN_INSPECTOR: "town body",
    Role.GROUP_INSPECTOR: "group",
    Role.DISTRICT_INSPECTOR: "district",
}
"""The matters that come in, or are handled, in the own office of a role; the bureau's for all others."""


@dataclass(frozen=True)
class World:
    """Whoever asks, by role; and by role and relation the papers that they ask for."""

    readers: dict[Role, Officer]
    mates: dict[Role, Officer]
    papers: dict[tuple[Role, str], Papers]


@dataclass(frozen=True)
class Staff:
    """Whoever works, two of each where one may not do what the other did."""

    of: dict[tuple[Role, str], list[Officer]]

    def __getitem__(self, role: Role) -> list[Officer]:
        return self.of[role, TOWN]

    def matters(self, operator: Officer) -> dict[str, Matter]:
        """One matter for every office in which one can begin."""
        (keeper, mate), (leader, second) = self[Role.LEDGER_KEEPER], self[Role.BUREAU_LEADER]
        (body, body_mate), (abroad, abroad_mate) = self[Role.TOWN_INSPECTOR], self.of[Role.TOWN_INSPECTOR, OTHER]
        (group, group_mate), (district, district_mate) = self[Role.GROUP_INSPECTOR], self[Role.DISTRICT_INSPECTOR]
        clerk, other, third = (self.of[Role.TOWN_CLERK, town][0] for town in (TOWN, OTHER, THIRD))
        at_home = {"approver": leader, "handler": body, "second": district_mate, "releaser": second}
        helped = {"helper": abroad.office}
        above = at_home | helped
        return {
            "hotline": Matter(operator, keeper, mate=mate, helper=keeper.office, **at_home),
            "bureau": Matter(keeper, keeper, mate=mate, helper=keeper.office, **at_home),
            "town": Matter(clerk, clerk, mate=body_mate, helper=clerk.office, **at_home),
            "town body": Matter(body, keeper, mate=body_mate, **above),
            "other town": Matter(
                other, other, mate=abroad_mate, helper=other.office, town=OTHER, **(at_home | {"handler": abroad})
            ),
            "group": Matter(
                *(group, keeper),
                **(above | {"handler": group, "second": group_mate, "mate": group_mate}),
                posts=BUREAU_STAFF,
                joint=group.office,
                lifted=mate,
            ),
            "district": Matter(
                *(district, keeper),
                **(above | {"handler": district, "second": district_mate, "mate": district_mate}),
                posts=TOWN_LEADERS,
                town=THIRD,
                lifted=third,
            ),
        }

    def visit(self, clerk: Officer, outsider: Officer | None = None) -> Visit:
        """An inspection of a clerk's town."""
        return Visit(self[Role.LEDGER_KEEPER][0], self[Role.BUREAU_LEADER][0], clerk, outsider)

    def office_papers(self) -> dict[str, Papers]:
        """What is not about a matter: officers, what they declare, months, reports, mail; by relation."""
        here, there = self[Role.TOWN_CLERK][0], self.of[Role.TOWN_CLERK, OTHER][0]
        group, district = self[Role.GROUP_INSPECTOR][1], self[Role.DISTRICT_INSPECTOR][0]
        stopped = make.officer(Role.TOWN_CLERK)
        files = {"own": here, "other town": there, "other body": group, "closed": stopped}
        found: dict[str, Papers] = {}
        for relation, officer in files.items():
            kin = roster.declare_kin(officer, "闻人柏", "parent", at=TODAY)
            db.session.flush()
            found[relation] = {"officer": {"key": officer.key}, "kin": {"key": kin.key}}
            if officer is not stopped:
                going = leaving.open_for(officer, officer.office, by=administrator(), at=TODAY)
                found[relation] |= {"leaving": {"key": going.key}, "leaver": {"key": officer.key}}
        kinship.decline(one(Kin, found["closed"]["kin"]), by=district, at=TODAY)
        roster.stop(stopped)
        may, june = Month(2018, 5), Month(2018, 6)
        keeper = self[Role.LEDGER_KEEPER][0]
        filed = typical_cases.file(may, [A_CASE], signatory="李长河", by=here, at=TODAY)
        abroad = typical_cases.file(may, [A_CASE], signatory="李长河", by=there, at=TODAY)
        nil = typical_cases.file_nil(june, signatory="李长河", by=here, at=TODAY)
        typical_cases.accept(nil, by=keeper, at=TODAY)
        found["own"] |= {
            "report": {"key": filed.key},
            "month": {"month": "2018-06"},
            "figure": {"figure": "leads", "town": TOWN},
            "signal": {"signal": "reports", "town": TOWN},
            "month seal": {"key": sealing.propose(may, by=self[Role.BUREAU_LEADER][0], at=TODAY).key},
            "year": {"year": "2018"},
            "mail": {"key": db.session.scalars(select(Letter)).first().key},
        }
        for relation, clerk in (("own", here), ("other town", there)):
            found[relation] |= handed_in(clerk) | posting(clerk, TODAY)
            found[relation] |= self.visit(clerk).papers(TODAY)
            found[relation] |= learnt(keeper, self[Role.BUREAU_LEADER][0], clerk, TODAY)
        found["closed"] |= learnt(keeper, self[Role.BUREAU_LEADER][0], here, TODAY, over=True)
        found["own"] |= summed_up(keeper, TODAY)
        found["closed"] |= self.visit(here).papers(TODAY, over=True)
        found["own"]["clash"] = {"duty": SUMMARY}
        found["own"] |= screened(here, TODAY)
        found["other town"] |= screened(there, TODAY)
        for relation, clerk, serial in (("own", here, 31), ("other town", there, 51)):
            inspector = self.of[Role.TOWN_INSPECTOR, str(clerk.office.place_code)][0]
            found[relation] |= listed(clerk, inspector, keeper, serial, TODAY)
        found["closed"]["screening upload"] = dropped(here, TODAY)
        found["closed"]["full export"] = declined(here, make.officer(Role.TOWN_DEPUTY), TODAY)
        self.numbers(found)
        for relation, papers in circulars(Cast(keeper, self[Role.BUREAU_LEADER][0], here, here), TODAY).items():
            found[relation] |= papers
        for relation, clerk in (("own", here), ("other town", there)):
            found[relation] |= taught(clerk, TODAY)
        found["closed"] |= taught(here, TODAY, voided=True)
        found["other town"]["figure"] = {"figure": "leads", "town": OTHER}
        found["other town"]["signal"] = {"signal": "reports", "town": OTHER}
        found["other town"]["report"] = {"key": abroad.key}
        found["closed"]["report"] = {"key": nil.key}
        return found

    def numbers(self, found: dict[str, Papers]) -> None:
        """The published numbers of two towns and of the bureau, and one that was given up; rounds of test calls."""
        (keeper, second), operator = self[Role.LEDGER_KEEPER], make.officer(Role.OPERATOR)
        here, there = self[Role.TOWN_CLERK][0], self.of[Role.TOWN_CLERK, OTHER][0]
        for relation, prover in (("own", here), ("other town", there), ("other body", keeper)):
            found[relation] |= published(prover.office, keeper, prover, operator, TODAY)
        found["closed"] |= given_up(here.office, keeper, here, second, operator, TODAY)
        waiting, drawn = rounds(roster.clock_officer(), keeper, TODAY)
        found["own"]["test round"], found["closed"]["test round"] = {"key": waiting.key}, {"key": drawn.key}


def furnished() -> World:
    """Everything is done, and only then do those who ask arrive."""
    names = iter(f"{surname}{given}" for given in GIVEN for surname in SURNAMES)
    staff, operator = at_work(), make.officer(Role.OPERATOR, name="问讯者")
    matters = staff.matters(operator)
    open_ones = {place: opened(matter, next(names)) for place, matter in matters.items()}
    ended = {place: closed(matter, next(names)) for place, matter in matters.items() if place != "other town"}
    hidden = {place: (name, opened(matters[place], name)) for place, name in zip(ended, names, strict=False)}
    draw = call_back([*open_ones.values(), *ended.values(), *(papers for _, papers in hidden.values())], staff)
    readers = {role: make.officer(role) for role in SEATS if role is not Role.OPERATOR} | {Role.OPERATOR: operator}
    vouching = staff[Role.DISTRICT_INSPECTOR][0]
    papers: dict[tuple[Role, str], Papers] = {}
    office_side = staff.office_papers()
    office_side["own"]["draw"] = draw
    mates = {role: make.officer(role) for role in readers}
    for role, reader in readers.items():
        place = HOME.get(role, "bureau")
        name, walled = hidden[place]
        reader.heads = role in INSPECTORS
        kinship.confirm(roster.declare_kin(reader, name, "sibling", at=TODAY), by=vouching, at=TODAY)
        standing = {"own": open_ones[place], "other town": open_ones["other town"], "closed": ended[place]}
        standing |= {"other body": open_ones["group" if place == "district" else "district"], "walled": walled}
        for relation, found in standing.items():
            papers[role, relation] = found | office_side.get(relation, {})
        if role is Role.GROUP_INSPECTOR:
            del papers[role, "other body"]["leaving"]
        if role is Role.THIRD_PARTY:
            here = staff[Role.TOWN_CLERK][0]
            papers[role, "own"] |= staff.visit(here, reader).papers(TODAY)
            papers[role, "closed"] |= staff.visit(here, reader).papers(TODAY, over=True)
        for relation, found in of_their_own(reader, mates[role], staff, open_ones[place], walled).items():
            papers[role, relation] |= found
    db.session.commit()
    return World(readers, mates, papers)


def of_their_own(reader: Officer, mate: Officer, staff: Staff, own: Papers, walled: Papers) -> dict[str, Papers]:
    """What an office keeps about its people: leave, leaving, relatives; seen by themselves and by a colleague."""
    leave, waits = (leave_of(one) for one in (reader, mate))
    kin = roster.declare_kin(reader, "闻人杉", "child", at=TODAY)
    gone, going = (leaving.open_for(one, one.office, by=administrator(), at=TODAY) for one in (mate, reader))
    db.session.flush()
    found: dict[str, Papers] = {
        "own": {"leave": leave, "leaving": {"key": gone.key}},
        "other body": {"leave": waits},
        "walled": {"kin": {"key": kin.key}, "leaving": {"key": going.key}},
    }
    if reader.may(Act.REGISTER_LEAD):
        found["own"]["unfinished call"], found["other body"]["unfinished call"] = begun(reader), begun(mate)
        if reader.may(Act.RETIRE_PHRASE):
            said = phrases.add(PhraseKind.WORDING, "保密告知", "单独密封。", [], None, by=reader, at=TODAY)
            found["own"]["phrase"] = {"key": said.key}
        stranger = next(one for one in away(staff) if one.office_id != reader.office_id)
        found["closed"] = numbered(mate, spoilt=True) | rings_at(mate, over=True)
        found["own"] |= numbered(mate) | rings_at(mate)
        found["other body"] |= numbered(stranger) | rings_at(stranger)
    if reader.may(Act.SAVE_VIEW):
        found["own"]["ledger view"], found["other body"]["ledger view"] = view_of(reader), view_of(mate)
    if reader.may(Act.SHARE_VIEW):
        found["own"]["shared view"], found["other body"]["shared view"] = view_of(mate, shared=True), view_of(mate)
    if reader.may(Act.UPLOAD_REGISTER):
        found["own"]["register upload"] = workbook_of(mate, TODAY)
        found["closed"] |= {"register upload": workbook_of(mate, TODAY, dropped=True)}
        strangers = (Role.TOWN_CLERK, OTHER), (Role.GROUP_INSPECTOR, TOWN), (Role.DISTRICT_INSPECTOR, TOWN)
        other = next(staff.of[one][0] for one in strangers if one[0] is not reader.role)
        found["other body"]["register upload"] = workbook_of(other, TODAY)
    if reader.role in INSPECTORS:
        by = staff[reader.role][0]
        standing = leaving.open_for(by, by.office, by=administrator(), at=TODAY)
        db.session.flush()
        for relation, papers in (("own", own), ("walled", walled)):
            thing = papers["referral"]["key"]
            found[relation]["holding"] = {"key": standing.key, "kind": "referral", "thing": thing}
    return found


def view_of(somebody: Officer, *, shared: bool = False) -> Args:
    """A view of the ledger that somebody keeps."""
    view = saved.save(f"看{shared}", {"left": "no"}, by=somebody, at=TODAY)
    if shared:
        saved.share(view, by=somebody, at=TODAY)
    return {"key": view.key}


def begun(officer: Officer) -> Args:
    """A call that the officer has begun to write down."""
    said = [("token", officer.key), ("narrative", "来电人说到一半，电话断了。")]
    call = keeping.keep(said, officer.key, keeping.Window("", 0), stop=False, by=officer, at=TODAY)
    assert call is not None
    db.session.flush()
    return {"key": call.key}


def away(staff: Staff) -> list[Officer]:
    """Somebody of a town and somebody of a body, so that nobody is at home with both."""
    return [staff.of[Role.TOWN_CLERK, OTHER][0], staff[Role.GROUP_INSPECTOR][0]]


def numbered(officer: Officer, *, spoilt: bool = False) -> Papers:
    """A sheet of paper with a number, and those printed with it."""
    (sheet,) = paper.hand_out(1, officer, by=officer, at=TODAY)
    if spoilt:
        paper.void(sheet, reason="写坏了一张。", by=officer, at=TODAY)
    db.session.flush()
    return {"numbered sheet": {"key": sheet.key}, "lot of sheets": {"key": sheet.batch}}


def rings_at(officer: Officer, *, over: bool = False) -> Papers:
    """A call that rings at the officer's office."""
    ring = Ring(call_blind=new_key(), line="02200000000", office_id=officer.office_id, rang_at=TODAY, heard_at=TODAY)
    ring.over = over
    db.session.add(ring)
    db.session.flush()
    return {"ring": {"key": ring.key}}


def handed_in(clerk: Officer) -> Papers:
    """A town's duty, what it handed in for it, and its calendar."""
    version = duties.handed_in(clerk, TODAY, said=replace(duties.SAID, file=a_file())).versions[0]
    town = str(clerk.office.place_code)
    db.session.flush()
    return {"duty": {"key": f"{PLAN}.once.{town}"}, "version": {"key": version.key}, "place": {"place": town}}


def leave_of(officer: Officer) -> Args:
    day = day_of(TODAY)
    able = duty.substitutes_of(officer, day, day)
    taken = duty.take_leave(officer, day, day, able[0] if able else None, by=officer, at=TODAY)
    db.session.flush()
    return {"key": taken.key}


def at_work() -> Staff:
    """Two in every office that handles something, a clerk in the towns besides."""
    alone = {(Role.TOWN_CLERK, town): [make.officer(Role.TOWN_CLERK, town)] for town in (TOWN, OTHER, THIRD)}
    pairs = [(role, TOWN) for role in (*INSPECTORS, Role.LEDGER_KEEPER, Role.BUREAU_LEADER)]
    pairs.append((Role.TOWN_INSPECTOR, OTHER))
    for role in INSPECTORS:
        make.officer(role).heads = True
    return Staff(alone | {pair: [make.officer(*pair) for _ in range(2)] for pair in pairs})


def call_back(files: list[Papers], staff: Staff) -> Args:
    """Every closure of June that is open to all is drawn; gives the draw."""
    keeper, leader = staff[Role.LEDGER_KEEPER][0], staff[Role.BUREAU_LEADER][0]
    draw = sampling.publish_seed(date(2018, 6, 1), date(2018, 6, 30), 99, "5eed", by=keeper, at=TODAY)
    db.session.flush()
    sampling.draw_sample(draw, by=leader, at=TODAY)
    db.session.flush()
    drawn = {one.referral.key: one.key for one in db.session.scalars(select(SampledClosure))}
    for papers in files:
        if papers["ended"]["key"] in drawn:
            papers["call-back"] = {"key": drawn[papers["ended"]["key"]]}
    return {"key": draw.key}


def administrator() -> Officer:
    """Who opens the hand-over of somebody that leaves; admitted at the first need."""
    found = db.session.scalars(select(Officer).filter_by(role=Role.SYSTEM_ADMIN).order_by(Officer.id)).first()
    return found or make.officer(Role.SYSTEM_ADMIN)
