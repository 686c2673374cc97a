"""Addresses of stages 9 to 11, under /desk/."""

from django.urls import path

from wenguo.resolution.choices import ReplyKind
from wenguo.resolution.views import options, panel, replies

app_name = "resolution"
ONE = "complaints/<str:reference>"

urlpatterns = [
    path("approvals/", options.approvals, name="approvals"),
    path(f"{ONE}/options/", options.proposal, name="proposal_new"),
    path(f"{ONE}/options/<int:pk>/", options.proposal, name="proposal"),
    path(f"{ONE}/options/<int:pk>/drop/", options.drop, name="proposal_drop"),
    path(f"{ONE}/resolve/", options.resolve, name="resolve"),
    path(f"{ONE}/decide/", options.decide, name="decide"),
    path(f"{ONE}/approvals/<int:pk>/", options.sign, name="sign"),
    path(f"{ONE}/perform/", options.perform, name="perform"),
    path(f"{ONE}/handle/", options.handle, name="handle"),
    path(f"{ONE}/reply/", replies.compose, name="compose"),
    path(f"{ONE}/replies/<int:pk>/review/", replies.review, name="review"),
    path(f"{ONE}/replies/<int:pk>/undo/", replies.undo, name="undo"),
    path(f"{ONE}/send-reply/", replies.send, name="send_reply"),
    path(f"{ONE}/accept-reply/", replies.accept, name="accept_reply"),
    path(f"{ONE}/refuse-reply/", replies.refuse, name="refuse_reply"),
    path(f"{ONE}/rework/", replies.rework_step, name="rework"),
    path(f"{ONE}/final-opinion/", replies.send, {"kind": ReplyKind.FINAL_OPINION}, name="final_opinion"),
    path(f"{ONE}/letter/", replies.letter, name="letter"),
    path(f"{ONE}/panel/resolution/", panel.panel, name="panel"),
]
