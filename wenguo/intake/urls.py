"""Below /desk/."""

from django.urls import path

from wenguo.intake.views import imports, messages

app_name = "intake"

urlpatterns = [
    path("import/", imports.imports, name="import"),
    path("import/template/<slug:preset>.csv", imports.template, name="template"),
    path("import/<int:pk>/", imports.batch, name="batch"),
    path("import/<int:pk>/progress/", imports.progress, name="progress"),
    path("import/<int:pk>/columns/", imports.choose, name="choose"),
    path("import/<int:pk>/check/", imports.check, name="check"),
    path("import/<int:pk>/start/", imports.start, name="start"),
    path("import/<int:pk>/undo/", imports.undo, name="undo"),
    path("import/<int:pk>/drop/", imports.drop, name="drop"),
    path("import/<int:pk>/errors.csv", imports.errors, name="errors"),
    path("messages/", messages.outgoing, name="messages"),
    path("messages/<int:pk>/resend/", messages.resend, name="resend"),
]
