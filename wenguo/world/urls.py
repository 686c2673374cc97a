from django.urls import path

from wenguo.world import views

urlpatterns = [path("healthz", views.healthz, name="healthz")]
