"""Pages of visitors at the root; the queue of held posts among the desk's pages."""

from django.urls import path

from wenguo.portal.views import complain, held, home, steps, survey, track

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("complain/", complain.complain, name="complain"),
    path("complain/help/", complain.help_while_typing, name="help"),
    path("receipt/<str:token>/", complain.receipt, name="receipt"),
    path("track/", track.find, name="track"),
    path("track/code/", track.code, name="code"),
    path("track/<str:key>/", track.tracking, name="tracking"),
    path("track/<str:key>/add/", steps.add, name="add"),
    path("track/<str:key>/chase/", steps.chase, name="chase"),
    path("track/<str:key>/withdraw/", steps.withdraw, name="withdraw"),
    path("track/<str:key>/answer/", steps.answer, name="answer"),
    path("track/<str:key>/files/<int:pk>/", track.file, name="file"),
    path("survey/<str:token>/", survey.survey, name="survey"),
    path("articles/", home.articles, name="articles"),
    path("articles/<int:pk>/", home.article, name="article"),
    path("rights/", home.rights, name="rights"),
    path("privacy/", home.privacy, name="privacy"),
    path("accessibility/", home.accessibility, name="accessibility"),
    path("statistics/", home.statistics, name="statistics"),
    path("poster/", home.posters, name="posters"),
    path("poster/<str:code>/", home.poster, name="poster"),
    path("desk/held/", held.queue, name="held"),
    path("desk/held/<int:pk>/release/", held.release, name="release"),
    path("desk/held/<int:pk>/discard/", held.discard, name="discard"),
]
