"""The counter, administration: every part of which pages are made, in every state."""

import re
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask import current_app, render_template, request
from flask_babel import force_locale

from tipline.kit.dates import HERE
from tipline.kit.words import Labelled, Sentence
from tipline.law.clocks import Tone
from tipline.office.badges import DueBadge
from tipline.office.charter import Act
from tipline.office.counter import bp
from tipline.office.forms import SampleForm, SampleReason, SampleRow
from tipline.office.frame import language
from tipline.office.queries import Line

LANGUAGES, THEMES = {"zh": "zh_Hans_CN", "en": "en"}, ("light", "dark")
PLACES = ("双港镇", "咸水沽镇", "双港镇双港村委会")
MONDAY = date(2018, 6, 4)
NINE = datetime(2018, 6, 4, 9, 0, tzinfo=HERE)


class Verdict(Labelled):
    """What becomes of rows."""

    WRONG = "wrong", "有错"
    NEW = "new", "新增"


class State(Labelled):
    """States of papers, one for each shape."""

    PROPOSED = "proposed", "拟办"
    HANDED_OVER = "handed_over", "已移送"
    RETURNED = "returned", "退回"
    OVERDUE = "overdue", "已超期"
    CONCLUDED = "concluded", "已办结"
    SEALED = "sealed", "密送件"
    VOIDED = "voided", "已作废"


@bp.get("/components", act=Act.READ_STATUS)
def components() -> str:
    """In the language and the brightness that the address asks for, else in the reader's."""
    spoken = request.args.get("language", language())
    theme = request.args.get("theme", "light")
    spoken, theme = spoken if spoken in LANGUAGES else "zh", theme if theme in THEMES else "light"
    with force_locale(LANGUAGES[spoken]):
        return render_template(
            "office/components.html",
            spoken=spoken,
            theme=theme,
            dresses=[(one, shade) for one in LANGUAGES for shade in THEMES],
            states=State,
            dues=[_due(tone) for tone in Tone] + [_due(Tone.SOON, provisional=True)],
            form=SampleForm(None, name="沈长顺", named="no", problems=["a"], town="103", prefix="sample"),
            wrong=_wrong(),
            short=SampleReason(None, prefix="short"),
            refused=_refused(),
            blank=SampleRow(None, prefix="sample-people-__n__"),
            notes={ring: SampleReason(None, prefix=ring) for ring in ("internal", "bureau", "reporter")},
            signs=_signs(),
            verdicts=Verdict,
            places=PLACES,
            lines=[_line(minute) for minute in range(22)],
            drawings=[_drawing("months", 1, upright=True), _drawing("nested", 3, nested=True), _drawing("beside", 2)],
            row=_row(),
            tones=list(Tone),
        )


def _due(tone: Tone, *, provisional: bool = False) -> DueBadge:
    left = {Tone.QUIET: 12, Tone.SOON: 2, Tone.TODAY: 0, Tone.OVERDUE: -5}[tone]
    counted = [(MONDAY, None, Sentence("起算日，不计入")), (date(2018, 6, 5), 1, Sentence("工作日"))]
    return DueBadge(MONDAY, tone, left, "天", provisional, counted)


def _line(minute: int) -> Line:
    act, milestone = (Act.SIGN_FOR, True) if minute == 21 else (Act.READ_LEAD, False)
    at = NINE.replace(minute=minute)
    return Line(at, act, "周晓燕", "举报热线", {}, milestone, "已核对存折。" if milestone else None)


def _drawing(key: str, bars: int, **how: bool) -> SimpleNamespace:
    """Two groups of bars; the number of the last bar is withheld."""
    told: list[list[int | None]] = [[12, 7, 3], [5, 2, None if bars > 1 else 4]]
    groups = [
        SimpleNamespace(
            label=Sentence(place),
            month=SimpleNamespace(year=2018, number=5 + at),
            bars=[SimpleNamespace(number=n, rows="#drawn" if n else None) for n in told[at][-bars:]],
        )
        for at, place in enumerate(PLACES[:2])
    ]
    usual = {"nested": False, "upright": False}
    words = [State.HANDED_OVER, State.CONCLUDED, State.OVERDUE][:bars]
    return SimpleNamespace(
        key=f"drawn-{key}",
        title=Sentence("各镇办理结果（累计，人次）"),
        series=words,
        groups=groups,
        most=12,
        hidden=Sentence("＜%(n)s", {"n": 3}),
        **(usual | how),
    )


def _row() -> SimpleNamespace:
    row = SimpleNamespace(line=3, faults=[SimpleNamespace(what=Sentence("请填写姓名。"))], notes=[])
    return SimpleNamespace(row=row, verdict=Verdict.WRONG, changed=[])


def _signs() -> list[str]:
    sprite = Path(current_app.static_folder or "") / "icons.svg"
    return re.findall(r'<symbol id="([a-z-]+)"', sprite.read_text())


def _wrong() -> Any:
    form = SampleForm(None, prefix="wrong")
    form.validate()
    return form


def _refused() -> Any:
    form = SampleReason(None, prefix="refused")
    form.validate()
    return form
