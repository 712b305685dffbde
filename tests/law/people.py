"""People as the routing rules see them, and the notice they are routed by."""

from datetime import date

from tipline.law.bodies import ManagingAuthority as By
from tipline.law.bodies import Membership, OrganisationLevel, PersonKind, SupervisionObject, Unit
from tipline.law.facts import PersonFacts
from tipline.law.notice import NOTICES, load

NOTICE = load(NOTICES / "jinnan-2018-17.toml")
IN_2018 = date(2018, 6, 1)
TODAY = date(2026, 9, 18)
SHUANGGANG, XIANSHUIGU = "120112103", "120112100"

PARTY, OUTSIDE = Membership.YES, Membership.NO
GROUP_5 = SupervisionObject.GROUP_5

HOUSEHOLD = PersonFacts(PersonKind.HOUSEHOLD, By.NONE, SupervisionObject.NONE)
VILLAGE_CADRE = PersonFacts(PersonKind.VILLAGE_CADRE, By.TOWN, GROUP_5, PARTY, unit=Unit.VILLAGE)
VILLAGER_OUTSIDE = PersonFacts(PersonKind.VILLAGE_CADRE, By.TOWN, GROUP_5, OUTSIDE, unit=Unit.VILLAGE)
VILLAGE_SECRETARY = PersonFacts(PersonKind.VILLAGE_SECRETARY, By.TOWN, GROUP_5, PARTY, unit=Unit.VILLAGE)
TOWN_HANDLER = PersonFacts(PersonKind.TOWN_HANDLER, By.TOWN, unit=Unit.TOWN_GOVERNMENT)
TOWN_LEADER = PersonFacts(PersonKind.TOWN_LEADER, By.DISTRICT, unit=Unit.TOWN_GOVERNMENT)
TOWN_DISCIPLINE = PersonFacts(PersonKind.TOWN_DISCIPLINE_OFFICER, By.DISTRICT, unit=Unit.TOWN_DISCIPLINE_BODY)
BUREAU_EMPLOYEE = PersonFacts(PersonKind.BUREAU_EMPLOYEE, By.BUREAU, unit=Unit.BUREAU)
BUREAU_LEADER = PersonFacts(PersonKind.BUREAU_LEADER, By.DISTRICT, unit=Unit.BUREAU)
GROUP_MEMBER = PersonFacts(PersonKind.STATIONED_GROUP_MEMBER, By.DISTRICT, unit=Unit.DISPATCHED_GROUP)
DISTRICT_LEADER = PersonFacts(PersonKind.DISTRICT_LEADER, By.CITY)
COMMISSION_PRINCIPAL = PersonFacts(PersonKind.COMMISSION_PRINCIPAL, By.CITY, unit=Unit.DISTRICT_BODY)
COMMISSION_OFFICER = PersonFacts(PersonKind.COMMISSION_OFFICER, By.DISTRICT, unit=Unit.DISTRICT_BODY)
OTHER_UNIT_STAFF = PersonFacts(PersonKind.OTHER_UNIT_STAFF, By.OTHER_UNIT)
CONTRACTOR = PersonFacts(PersonKind.CONTRACTOR, By.NONE)
DOCTOR = PersonFacts(PersonKind.DOCTOR, By.OTHER_UNIT, SupervisionObject.NONE)
BANK_CLERK = PersonFacts(PersonKind.BANK_EMPLOYEE, By.OTHER_UNIT, SupervisionObject.NONE)
TOWN_ITSELF = PersonFacts(PersonKind.ORGANISATION, organisation_level=OrganisationLevel.TOWN)
VILLAGE_BRANCH = PersonFacts(PersonKind.ORGANISATION, organisation_level=OrganisationLevel.VILLAGE)
DEPUTY_ONLY = PersonFacts(PersonKind.DEPUTY, deputy=True)
UNKNOWN = PersonFacts(PersonKind.UNKNOWN)
OUTSIDER = PersonFacts(PersonKind.OTHER_DISTRICT_PERSON, By.OTHER_DISTRICT)
NOBODY = PersonFacts(PersonKind.NO_PERSON, By.NONE)

TWELVE_KINDS = (
    HOUSEHOLD,
    VILLAGE_CADRE,
    VILLAGER_OUTSIDE,
    VILLAGE_SECRETARY,
    TOWN_HANDLER,
    TOWN_LEADER,
    TOWN_DISCIPLINE,
    BUREAU_EMPLOYEE,
    BUREAU_LEADER,
    GROUP_MEMBER,
    COMMISSION_PRINCIPAL,
    DISTRICT_LEADER,
)
