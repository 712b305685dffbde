"""What may be typed to correct a person of a registered lead: the row of the call sheet, where, and why."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FormField, HiddenField, SelectChoice, SelectField
from wtforms.validators import Length

from tipline.intake.fields import TidyString
from tipline.intake.forms import PersonForm
from tipline.leads.forms import ReasonForm
from tipline.office.models import Place


class CorrectForm(ReasonForm):
    """One person as they should have been entered."""

    person = FormField(PersonForm)
    town = SelectField(_l("事发镇街"), validate_choice=False)
    place = HiddenField()
    place_words = TidyString(_l("村、社区"), validators=[Length(max=60)])

    def offer_towns(self, towns: list[Place]) -> "CorrectForm":
        """The towns and streets to choose from, for the matter and for the person."""
        names = [SelectChoice(place.code, place.name) for place in towns]
        self.town.choices = [SelectChoice("", _("不详")), *names]
        self.person.form.town.choices = [SelectChoice("", _("同事发地")), *names]
        return self
