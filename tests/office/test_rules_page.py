"""The rules, for everybody to read: each with its clause, and what the bureau agreed on said to be that."""

from tests import make
from tipline.office import editions, time
from tipline.office.charter import Role


def test_every_rule_in_force_is_shown_with_its_clause(sign_in):
    page = sign_in(make.officer(Role.OPERATOR)).get("/rules").text
    notice = editions.notice()
    for rule in notice.rules_on(time.today()):
        assert rule.number in page
        assert rule.clause in page
    for clock in notice.clocks:
        assert clock.in_force.valid_from is not None or clock.id in page
    assert notice.digest in page
    assert "本局约定" in page


def test_the_rules_can_be_read_in_english(sign_in):
    browser = sign_in(make.officer(Role.TOWN_INSPECTOR))
    browser.post("/language", data={"language": "en"})
    notice = editions.notice()
    page = browser.get("/rules").text
    assert notice.title.en in page
    assert notice.rules[0].reason.en in page or notice.rules[1].reason.en in page
