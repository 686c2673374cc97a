"""Input of visitors, and of colleagues who look at held posts."""

from wenguo.portal.forms.complaint import ComplaintForm
from wenguo.portal.forms.held import DiscardForm
from wenguo.portal.forms.parts import ShownForm
from wenguo.portal.forms.survey import SurveyForm
from wenguo.portal.forms.track import AddForm, AnswerForm, ChaseForm, CodeForm, FindForm, WithdrawForm

__all__ = [
    "AddForm",
    "AnswerForm",
    "ChaseForm",
    "CodeForm",
    "ComplaintForm",
    "DiscardForm",
    "FindForm",
    "ShownForm",
    "SurveyForm",
    "WithdrawForm",
]
