"""A ledger of any size, filled with made-up reports through the room's own words and index."""

import random
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.law.entries import Post
from tipline.leads import entering, search
from tipline.leads.call import Call, PersonSaid
from tipline.leads.lifecycle import LeadState
from tipline.leads.models import Lead
from tipline.office import editions, roster
from tipline.office.models import Office, Officer

FIRST = datetime(2009, 1, 1, tzinfo=UTC)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "国建军明华强伟芳秀英敏静丽娟艳杰勇涛超平刚桂兰春梅玉珍福来长贵振邦宝山"
PARTS = (
    "村里有人家里有楼房还在吃低保",
    "反映村干部给自己的亲戚办了低保",
    "申请交上去半年了一直没有答复",
    "低保金没有按时打到卡里",
    "有人说办低保要先请客送礼",
    "名单贴出来两天就撕了",
    "家里老人有病没人管",
    "入户核查的人根本没有来过",
    "公示栏里没有监督电话",
    "多次到镇里问都被推来推去",
)
BATCH = 500
RARE = "稀有词"
"""Stands in one report of every hundred."""


def fill(count: int, login: str) -> None:
    """Bring the ledger to `count` leads. Numbers, walls and the trail are not made: nothing here is judged."""
    made = random.Random(2018)
    by = _officer(login)
    towns = db.session.scalars(select(Office.place_code).filter_by(body=Body.TOWN_GOVERNMENT)).all()
    villages = {town: [village.code for village in roster.villages(town)] for town in towns}
    posts = [post for post in editions.notice().posts if post.key.startswith("village")]
    there = db.session.query(Lead).count()
    batch: list[Lead] = []
    for number in range(there, count):
        town = made.choice(towns)
        batch.append(_one(number, made, town, made.choice(villages[town]), made.choice(posts), by))
        if len(batch) == BATCH or number == count - 1:
            _enter(batch)
            batch, by = [], _officer(login)


def _officer(login: str) -> Officer:
    return db.session.scalars(select(Officer).filter_by(login=login)).one()


def _one(number: int, made: random.Random, town: str, village: str, post: Post, by: Officer) -> Lead:
    name = made.choice(SURNAMES) + "".join(made.choices(GIVEN, k=2))
    words = made.sample(PARTS, 6) + ([RARE] if number % 100 == 0 else [])
    at = FIRST + timedelta(minutes=43 * number)
    said = PersonSaid.in_post(post, name=name, town_code=town)
    call = Call(
        channel="call",
        received_at=at,
        people=(said,),
        narrative="，".join(words) + "。" + name + "知道这件事。",
        town_code=town,
        place_code=village,
        problems=("nepotism",),
    )
    lead = entering.lead_of(call, by, at)
    lead.people = [entering.person_of(said, 0)]
    lead.number, lead.last_seq, lead.state = f"B{at:%Y}-{number:06d}", 0, LeadState.REGISTERED
    lead.notice = editions.notice().key
    return lead


def _enter(batch: list[Lead]) -> None:
    db.session.add_all(batch)
    db.session.flush()  # the index needs the leads' numbers
    for lead in batch:
        search.index(lead)
    db.session.commit()
    db.session.expunge_all()
