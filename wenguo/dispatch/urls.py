"""Addresses of stage 7, under /desk/."""

from django.urls import path

from wenguo.dispatch.views import queues, routing, steps

app_name = "dispatch"
ONE = "complaints/<str:reference>"

urlpatterns = [
    path(f"{ONE}/assign/", steps.assign_step, name="assign"),
    path(f"{ONE}/take-on/", steps.take_on_step, name="take_on"),
    path(f"{ONE}/return-dispatch/", steps.return_step, name="return_dispatch"),
    path(f"{ONE}/arbitrate/", steps.arbitrate_step, name="arbitrate"),
    path(f"{ONE}/hand-over/", steps.hand_over_step, name="hand_over"),
    path(f"{ONE}/assisting/", steps.ask_unit_step, name="ask_unit"),
    path(f"{ONE}/assisting/<int:pk>/receive/", steps.receive_part_step, name="receive_part"),
    path(f"{ONE}/assisting/<int:pk>/answer/", steps.answer_part_step, name="answer_part"),
    path(f"{ONE}/panel/dispatch/", steps.panel, name="panel"),
    path("dispatches/", queues.queues, name="queues"),
    path("settings/routing/", routing.routing, name="routing"),
    path("settings/routing/new/", routing.rule_page, name="rule_new"),
    path("settings/routing/<int:pk>/", routing.rule_page, name="rule"),
    path("settings/routing/<int:pk>/move/", routing.move, name="rule_move"),
    path("settings/routing/<int:pk>/delete/", routing.delete, name="rule_delete"),
    path("settings/routing/export/", routing.export, name="routing_export"),
    path("settings/routing/import/", routing.take_in, name="routing_import"),
]
