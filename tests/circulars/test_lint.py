"""A case in the skeleton of every circular; what should not stand in one is shown exactly where."""

from dataclasses import replace

import pytest

from tests.law.people import NOTICE
from tipline.circulars import lint
from tipline.circulars.wording import CaseWords, Draft, Matter, first_draft, masked_names, numeral, person_of
from tipline.law.circulars import Naming

RULES = NOTICE.circular
MATTER = Matter(
    person="逯长贵，双港镇某村原会计",
    facts="2016年至2017年，逯长贵为其亲属李某虚报低保，共计12600元",
    problem="虚报冒领",
    decided_on=None,
    decided_by="双港镇纪委",
    sanction="党内警告",
    recovered_fen=1_260_050,
    analysis="近亲属备案没有落实。",
)


def drafted(*matters, naming=Naming.MASKED):
    return first_draft(matters or (MATTER,), "2018年5月", replace(RULES, naming=naming))


def noted(text, names=()):
    draft = Draft("通报", "各镇", text, (), "教训。", "要求。")
    return [(spot.part, spot.n, str(spot.what), spot.never) for spot in lint.spots(draft, NOTICE.publicity, names)]


def test_a_case_is_told_in_the_skeleton_and_what_nobody_told_is_marked():
    (case,) = drafted().cases
    assert case.heading == "双港镇某村原会计逯某虚报冒领问题"
    assert case.words == (
        "2016年至2017年，逯某为其亲属李某虚报低保，共计12600元。【待填：决定日期】，经双港镇纪委决定，逯某受到党内警告处理。"
        "已追缴退赔12600.50元。"
    )
    assert (case.risk, case.gap, case.measure) == ("近亲属备案没有落实。", "", "")
    nameless = drafted(replace(MATTER, person=None, recovered_fen=None, sanction="记过处分")).cases[0]
    assert nameless.heading == "【待填：人员】虚报冒领问题"
    assert nameless.words.endswith("当事人受到记过处分。【待填：追缴退赔，没有的删去】")


def test_where_a_body_publishes_by_name_the_name_stays():
    (case,) = drafted(naming=Naming.FULL).cases
    assert case.heading == "双港镇某村原会计逯长贵虚报冒领问题"


def test_the_letter_has_the_order_of_every_circular():
    words = drafted(MATTER, replace(MATTER, person="逯德顺，双港镇干部")).wording
    assert words.title == "关于2起农村低保领域典型案例的通报"
    assert "2018年5月全区查处的2起" in words.paragraphs[0]
    assert [line[:2] for line in words.paragraphs[1:]] == ["一、", "20", "风险", "二、", "20", "风险", "上述", "各镇"]
    assert "逯某甲" in words.paragraphs[1]
    assert "逯某乙" in words.paragraphs[4]


@pytest.mark.parametrize(
    ("told", "name", "post"),
    [
        ("逯长贵，双港镇某村原会计", "逯长贵", "双港镇某村原会计"),
        ("逯长贵（双港镇某村原会计）", "逯长贵", "双港镇某村原会计"),
        ("逯　贵，双港镇某村原会计", "逯贵", "双港镇某村原会计"),
        ("欧阳 修（会计）", "欧阳修", "会计"),
        ("逯贵 会计", "逯贵", "会计"),
        ("逯某某", "逯某某", ""),
        ("双港镇某村原会计逯长贵", "", "双港镇某村原会计逯长贵"),
        (None, "", ""),
    ],
)
def test_a_name_is_told_from_a_post(told, name, post):
    assert person_of(told) == (name, post)


def test_names_are_masked_by_surname():
    assert masked_names(["王甲", "王乙", "闻人杉", "李某", ""]) == {
        "王甲": "王某甲",
        "王乙": "王某乙",
        "闻人杉": "闻人某",
    }
    assert [numeral(n) for n in (1, 10, 11, 20, 35)] == ["一", "十", "十一", "二十", "三十五"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("情节轻微。身份证号为129999195001012346，", [("opening", 2, "身份证号", True)]),
        ("群众举报，其电话是15400000000。", [("opening", 2, "电话号码", False)]),
        ("监督举报电话15400000000。", [("opening", 1, "phone", False)]),
        ("打入6228480010001234567；", [("opening", 1, "银行账号", True)]),
        ("住双港镇3号楼2单元。", [("opening", 1, "村以下的住址", False)]),
        ("其母患尿毒症。", [("opening", 1, "病情、残情", False)]),
        ("低保户王大山等三户。", [("opening", 1, "household", False)]),
        ("低保户王某等三户。", []),
        ("2016年5月至2017年12月，共计12600元，涉及三户。", []),
    ],
)
def test_each_phrase_that_should_be_looked_at_is_shown_with_its_place(text, found):
    assert noted(text) == found


def test_the_full_name_of_somebody_who_is_to_be_masked_is_found_in_every_part():
    draft = replace(drafted(), lesson="逯长贵案发人深省。", cases=(CaseWords("逯长贵案", "逯某。", "一。逯长贵。"),))
    found = lint.spots(draft, NOTICE.publicity, ["逯长贵"])
    assert [(spot.part, spot.n) for spot in found] == [("cases-0-heading", 1), ("cases-0-risk", 2), ("lesson", 1)]
    assert str(found[0].advice) == "改为“逯某”。"


@pytest.mark.parametrize("apart", ["逯 长贵", "逯·长贵", "逯、长、贵", "“逯”长贵", "逯\u200b长贵", "逯（长）贵"])
def test_a_name_that_is_drawn_apart_is_the_same_name(apart):
    assert noted(f"此前，{apart}案发。", ["逯长贵"]) == [("opening", 2, "full_name", False)]


def test_a_draft_is_kept_and_read_again_as_it_was():
    assert Draft.parse(drafted().text) == drafted()


def test_nothing_is_lost_in_cutting():
    text = "一句。两句；，三句！\n四句"
    assert "".join(lint.phrases(text)) == text


CUT_IDENTITIES = [
    "120112,19500101,2345",
    "120112，19500101，2345",
    "120112 1950 0101 234X",
    "1201121950\n01012345",
    "１２０１１２１９５００１０１２３４５",
    "120112\u200b195001012345",
    "120112195001012，345",
    "120112，195001，01234 X",
]
CUT_PHONES = [
    "139,0000,0000",
    "139，0000，0000",
    "1540000\n0000",
    "１３９００００００００",
    "13 900 000 000",
    "154 0000，0000",
]
QUIET = [
    "共计1,234,567,890,123.00元",
    "追缴13,900,000,000元",
    "分别为15000，320060元",
    "先后领取15400，000000元",
    "2016年5月1日至2017年12月31日，2018.5.1，2018.6.30",
    "津民发〔2018〕17号、津南民字〔2018〕17号，2018-17",
    "案号2018，120112，0001号",
    "涉及1540，0000000户",
]


@pytest.mark.parametrize("number", CUT_IDENTITIES)
def test_an_identity_number_is_found_however_it_is_cut(number):
    assert any(never for *_, never in noted(f"情节轻微。其号码{number}。处理完毕。"))


@pytest.mark.parametrize("number", CUT_PHONES)
def test_a_mobile_number_is_found_however_it_is_cut(number):
    assert noted(f"情节轻微。监督举报可打{number}。")[0][1] == 2


@pytest.mark.parametrize("text", QUIET)
def test_sums_days_and_numbers_of_documents_stay_quiet(text):
    assert noted(f"情节轻微。{text}。") == []


def test_what_is_cut_is_shown_once_with_all_the_phrases_into_which_it_fell():
    draft = Draft("通报", "各镇", "一。其号码120112，19500101，2345，已查。", (), "教训。", "要求。")
    (spot,) = lint.spots(draft, NOTICE.publicity, [])
    assert (spot.n, spot.words) == (2, "其号码120112，19500101，2345，")


def test_a_lint_that_looks_only_inside_phrases_is_found(monkeypatch):
    monkeypatch.setattr(lint, "cut_numbers", lambda text: [])
    missed = [number for number in CUT_IDENTITIES if not noted(f"其号码{number}。")]
    assert len(missed) > 3
