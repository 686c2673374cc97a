"""The gallery of components, and the two choices every visitor may make: language and theme."""

from django.urls import path

from wenguo.ui import views

app_name = "ui"

urlpatterns = [
    path("gallery/", views.gallery, name="gallery"),
    path("gallery/dialog/", views.gallery_dialog, name="gallery-dialog"),
    path("gallery/options/", views.gallery_options, name="gallery-options"),
    path("language/", views.language, name="language"),
    path("theme/", views.theme, name="theme"),
]
