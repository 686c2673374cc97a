"""Addresses of stage 8, under /desk/."""

from django.urls import path

from wenguo.investigation import views

app_name = "investigation"
ONE = "complaints/<str:reference>"

urlpatterns = [
    path(f"{ONE}/finish-cause/", views.finish, name="finish_cause"),
    path(f"{ONE}/allegations/", views.allegation, name="allegation_new"),
    path(f"{ONE}/allegations/<int:pk>/", views.allegation, name="allegation"),
    path(f"{ONE}/allegations/<int:pk>/finding/", views.finding, name="finding"),
    path(f"{ONE}/causes/", views.cause, name="cause_new"),
    path(f"{ONE}/causes/<int:pk>/remove/", views.cause_remove, name="cause_remove"),
    path(f"{ONE}/evidence/", views.evidence, name="evidence_new"),
    path(f"{ONE}/containment/", views.containment, name="containment_new"),
    path(f"{ONE}/fault/", views.fault, name="fault_new"),
    path(f"{ONE}/fault/<int:pk>/appeal/", views.appeal, name="appeal"),
    path(f"{ONE}/fault/<int:pk>/decide/", views.appeal_decide, name="appeal_decide"),
    path(f"{ONE}/panel/investigation/", views.panel, name="panel"),
]
