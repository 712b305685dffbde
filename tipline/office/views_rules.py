"""The counter, the rules in force: what the notice says, and what the bureau agreed on itself."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from tipline.law.explaining import FACT_NAMES, fact_word
from tipline.office import editions, time
from tipline.office.charter import Act
from tipline.office.counter import bp


@bp.get("/rules", act=Act.READ_RULES)
def rules() -> ResponseReturnValue:
    """Of the first notice, or of the one that the address names."""
    notice, today = editions.of(request.args.get("campaign", "")), time.today()
    clocks = [clock for clock in notice.clocks if clock.in_force.holds_on(today)]
    return render_template(
        "office/rules.html",
        notice=notice,
        notices=editions.campaigns(),
        today=today,
        rules=notice.rules_on(today),
        clocks=clocks,
        fact_names=FACT_NAMES,
        fact_word=fact_word,
    )
