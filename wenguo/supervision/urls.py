"""Addresses of use, inspection and oversight."""

from django.urls import path

from wenguo.supervision import views

app_name = "supervision"
urlpatterns = [
    path("inspections/", views.plan_list, name="plans"),
    path("inspections/new/", views.plan_new, name="plan_new"),
    path("inspections/<int:pk>/", views.plan, name="plan"),
    path("complaints/<str:reference>/panel/supervision/", views.panel, name="panel"),
    path("complaints/<str:reference>/mark/", views.mark, name="mark"),
    path("complaints/<str:reference>/inspect/", views.inspect, name="inspect"),
    path("complaints/<str:reference>/oversight/", views.oversight, name="oversight"),
    path("complaints/<str:reference>/oversight/<int:order>/", views.oversight_answer, name="oversight_answer"),
]
