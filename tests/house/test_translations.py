"""Two languages: every Chinese word of the source has its English, and none is left unsure."""

from pathlib import Path

import pytest

from tools import babel_words, translations

HEADER = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""

WORDS = '''
from flask_babel import gettext as _, lazy_gettext as later, ngettext
from tipline.kit import errors
from tipline.kit.words import Labelled

class Act(Labelled):
    """一个动作。"""
    SEND = "send", "移送"
    CODE = "code", "R1"

class Clash(errors.NotNow): ...

def refuse(number, n):
    raise errors.NotNow("不能%(act)s", act=Act.SEND)
    raise Clash("有人" "先到")
    return _("你好"), later("Name"), ngettext("一件", "%(num)s 件", n), "不翻译"
'''


@pytest.fixture
def house(tmp_path):
    """A house of one Python file, one screen and one letter, wholly translated."""
    (tmp_path / "babel.cfg").write_bytes((translations.ROOT / "babel.cfg").read_bytes())
    plant(tmp_path, "tipline/words.py", 'raise NotNow("不能%(act)s")')
    plant(tmp_path, "templates/lead.html", "{# 注释 #}<b title=\"{{ _('线索') }}\">{{ _('线索') }}</b>")
    plant(tmp_path, "templates/letters/due.txt", "{% trans %}到期{% endtrans %}")
    return tmp_path


WHOLE = {"不能%(act)s": "cannot %(act)s", "线索": "Lead", "到期": "Due"}


def plant(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def faults(house: Path, words: dict[str, str], tail: str = "") -> list[str]:
    entries = "".join(f'\nmsgid "{source}"\nmsgstr "{english}"\n' for source, english in words.items())
    plant(house, "messages.po", HEADER + entries + tail)
    return translations.faults(house / "messages.po", house)


def test_every_word_of_the_house_has_its_english():
    assert not translations.faults()


def test_a_whole_catalogue_has_no_fault(house):
    assert not faults(house, WHOLE)


def test_a_missing_word_is_found(house):
    assert faults(house, WHOLE | {"线索": ""}) == ["untranslated: 线索"]
    assert faults(house, {source: WHOLE[source] for source in WHOLE if source != "线索"}) == ["missing: 线索"]


def test_an_unsure_word_is_found(house):
    plant(house, "tipline/more.py", '_("一")')
    assert faults(house, WHOLE, '\n#, fuzzy\nmsgid "一"\nmsgstr "One"\n') == ["fuzzy: 一"]


def test_a_word_nobody_says_any_more_is_found(house):
    assert faults(house, WHOLE | {"旧词": "Old"}) == ["no longer used: 旧词"]
    assert faults(house, WHOLE, '\n#~ msgid "旧词"\n#~ msgstr "Old"\n') == ["no longer used: 旧词"]


@pytest.mark.parametrize("english", ["cannot", "cannot %(deed)s", "cannot %(act)s to %(to)s"])
def test_a_sentence_with_other_places_is_found(house, english):
    assert faults(house, WHOLE | {"不能%(act)s": english}) == ["places differ: 不能%(act)s"]


def test_a_sentence_that_could_not_be_filled_is_found(house):
    assert faults(house, WHOLE | {"不能%(act)s": "100% cannot %(act)s"}) == [
        "a percent sign must be doubled: 不能%(act)s"
    ]


def test_chinese_that_nobody_translates_is_found(house):
    plant(house, "templates/desk.html", "<a>中文</a>\n<p>待办</p>{{ head('标题') }}{{ head('线索') }}")
    plant(house, "tipline/bad.py", 'raise NotFound(f"没有{number}")')
    assert faults(house, WHOLE) == [
        "put together before it is translated: tipline/bad.py:1",
        "outside gettext: templates/desk.html:2: <p>待办</p>",
        "outside gettext: templates/desk.html:2: '标题'",
    ]


def test_labels_refusals_and_gettext_calls_are_words(tmp_path):
    plant(tmp_path, "words.py", WORDS)
    with (tmp_path / "words.py").open("rb") as file:
        found = {text for _, _, texts, _ in babel_words.extract(file, {}, (), {}) for text in texts}
    assert found == {"移送", "不能%(act)s", "有人先到", "你好", "Name", "一件", "%(num)s 件"}


def test_extraction_keeps_what_was_translated_and_drops_what_is_gone(house):
    faults(house, {"线索": "Lead", "旧词": "Old"})
    translations.extract(house / "messages.po", house)
    catalogue = translations.catalogue(house / "messages.po")
    assert {m.id: m.string for m in catalogue if m.id} == {"线索": "Lead", "不能%(act)s": "", "到期": ""}
    assert not catalogue.obsolete
