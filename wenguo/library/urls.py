"""Addresses of the library's settings."""

from django.urls import path

from wenguo.library import views

app_name = "library"

urlpatterns = [
    path("", views.index, name="index"),
    path("messages/<slug:kind>/", views.message, name="message"),
    path("modules/", views.modules, name="modules"),
    path("modules/new/", views.module_edit, name="module_new"),
    path("modules/of/<slug:shortcut>/", views.module_edit, name="module_edit"),
    path("words/", views.words, name="words"),
    path("words/new/", views.word_edit, name="word_new"),
    path("words/<int:pk>/", views.word_edit, name="word_edit"),
    path("words/<int:pk>/remove/", views.word_remove, name="word_remove"),
    path("articles/", views.articles, name="articles"),
    path("articles/new/", views.article_edit, name="article_new"),
    path("articles/of/<slug:code>/", views.article, name="article"),
    path("articles/of/<slug:code>/edit/", views.article_edit, name="article_edit"),
]
