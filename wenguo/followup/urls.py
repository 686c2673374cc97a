"""Addresses of follow-up and call-back."""

from django.urls import path

from wenguo.followup import views

app_name = "followup"
urlpatterns = [
    path("call-backs/", views.call_backs, name="call_backs"),
    path("complaints/<str:reference>/panel/followup/", views.panel, name="panel"),
    path("complaints/<str:reference>/call_back/", views.call_back, name="call_back"),
    path("complaints/<str:reference>/call_attempt/", views.attempt, name="attempt"),
    path("complaints/<str:reference>/close_with_notice/", views.unreachable, name="close_with_notice"),
    path("complaints/<str:reference>/progress/", views.progress, name="progress"),
    path("complaints/<str:reference>/promise_notice/", views.promise, name="promise_notice"),
]
