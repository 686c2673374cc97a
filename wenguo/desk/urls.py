"""Addresses of the desk."""

from django.urls import path

from wenguo.desk.views import audit, complaints, customers, home, settings, take_in, workspace

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("bell/", home.bell, name="bell"),
    path("bell/read/", home.bell_read, name="bell_read"),
    path("palette/", home.palette, name="palette"),
    path("snippets/<slug:kind>/", home.snippets, name="snippets"),
    path("settings/", settings.settings_index, name="settings"),
    path("audit/", audit.entries, name="audit"),
    path("audit/reads/", audit.reads, name="audit_reads"),
    path("new/", take_in.new, name="new"),
    path("new/duplicates/", take_in.duplicates, name="duplicates"),
    path("complaints/", complaints.complaints, name="complaints"),
    path("complaints/export.<str:kind>", complaints.export, name="export"),
    path("complaints/bulk/", complaints.bulk, name="bulk"),
    path("customers/<int:customer>/complaints/", customers.complaints, name="customer_complaints"),
    path("views/", complaints.view_save, name="view_save"),
    path("views/<int:pk>/delete/", complaints.view_delete, name="view_delete"),
    path("complaints/<str:reference>/", workspace.complaint, name="complaint"),
    path("complaints/<str:reference>/pulse/", workspace.pulse, name="pulse"),
    path("complaints/<str:reference>/file/", workspace.case_file, name="case_file"),
    path("complaints/<str:reference>/panel/complainant/", workspace.panel_complainant, name="panel_complainant"),
    path("complaints/<str:reference>/panel/demand/", workspace.panel_demand, name="panel_demand"),
]
