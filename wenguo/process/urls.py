"""Addresses of the process settings."""

from django.urls import path

from wenguo.process.views import calendars, clocks, pack_file, pages, standards, trees

app_name = "process"

urlpatterns = [
    path("", pages.index, name="index"),
    path("changes/", pages.changes, name="changes"),
    path("file/", pack_file.pack_page, name="pack"),
    path("file/export/", pack_file.pack_export, name="pack_export"),
    path("authority/", pages.authority, name="authority"),
    path("authority/<slug:role>/", pages.authority_edit, name="authority_edit"),
    path("standard/", standards.standard, name="standard"),
    path("standard/<int:pk>/", standards.version, name="version"),
    path("standard/<int:pk>/draft/", standards.draft, name="draft"),
    path("standard/<int:pk>/edit/", standards.edit, name="edit"),
    path("standard/<int:pk>/activate/", standards.activate, name="activate"),
    path("standard/<int:pk>/discard/", standards.discard, name="discard"),
    path("standard/<int:pk>/compare/<int:other>/", standards.compare, name="compare"),
    path("standard/<int:pk>/instructions/", standards.instructions, name="instructions"),
    path("standard/<int:pk>/stage/<slug:stage>/", standards.instruction, name="instruction"),
    path("standard/<int:pk>/stage/<slug:stage>/edit/", standards.stage_edit, name="stage_edit"),
    path("calendars/", calendars.calendars, name="calendars"),
    path("calendars/new/", calendars.calendar_edit, name="calendar_new"),
    path("calendars/of/<slug:code>/", calendars.calendar, name="calendar"),
    path("calendars/of/<slug:code>/edit/", calendars.calendar_edit, name="calendar_edit"),
    path("calendars/of/<slug:code>/default/", calendars.calendar_default, name="calendar_default"),
    path("calendars/of/<slug:code>/day/", calendars.day_edit, name="day_edit"),
    path("calendars/of/<slug:code>/year/", calendars.year_edit, name="year_edit"),
    path("clock-rules/", clocks.clock_rules, name="clock_rules"),
    path("clock-rules/new/", clocks.clock_rule_edit, name="clock_rule_new"),
    path("clock-rules/of/<str:code>/", clocks.clock_rule, name="clock_rule"),
    path("clock-rules/of/<str:code>/version/", clocks.clock_rule_edit, name="clock_rule_edit"),
    path("clock-rules/of/<str:code>/switch/", clocks.clock_rule_switch, name="clock_rule_switch"),
    path("trees/<slug:kind>/", trees.tree_page, name="tree"),
    path("trees/<slug:kind>/add/", trees.node_add, name="node_add"),
    path("trees/<slug:kind>/import/", trees.tree_import, name="tree_import"),
    path("trees/<slug:kind>/export/", trees.tree_export, name="tree_export"),
    path("trees/<slug:kind>/node/<str:code>/", trees.node_edit, name="node"),
    path("trees/<slug:kind>/node/<str:code>/move/", trees.node_move, name="node_move"),
    path("trees/<slug:kind>/node/<str:code>/switch/", trees.node_switch, name="node_switch"),
]
