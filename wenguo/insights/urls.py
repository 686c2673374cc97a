"""Addresses of figures."""

from django.urls import path

from wenguo.insights import views

app_name = "insights"
urlpatterns = [
    path("figures/", views.kpi, name="kpi"),
    path("figures/<str:figure>/", views.rows, name="rows"),
    path("figures/annex-h/<str:count>/", views.count, name="count"),
]
