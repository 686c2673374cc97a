"""Addresses of figures."""

from django.urls import path

from wenguo.insights.views import boards, kpi, lake, register, regulator_files, regulators, report, reports

app_name = "insights"
urlpatterns = [
    path("figures/", kpi.kpi, name="kpi"),
    path("figures/boards/", boards.overview, name="boards"),
    path("figures/boards/new/", boards.new, name="board_new"),
    path("figures/boards/mail/", boards.mail, name="board_mail"),
    path("figures/boards/mail/<int:pk>/stop/", boards.mail_stop, name="board_mail_stop"),
    path("figures/boards/own/<int:pk>/", boards.own, name="board_own"),
    path("figures/boards/own/<int:pk>/change/", boards.change, name="board_change"),
    path("figures/boards/own/<int:pk>/delete/", boards.delete, name="board_delete"),
    path("figures/boards/own/<int:pk>/figures.xlsx", boards.own_export, name="board_own_export"),
    path("figures/boards/<slug:key>/", boards.standard, name="board"),
    path("figures/boards/<slug:key>/figures.xlsx", boards.standard_export, name="board_export"),
    path("figures/own/", lake.metrics, name="own_metrics"),
    path("figures/own/new/", lake.metric_new, name="own_metric_new"),
    path("figures/own/<int:pk>/", lake.metric_change, name="own_metric_change"),
    path("figures/own/<int:pk>/switch/", lake.metric_switch, name="own_metric_switch"),
    path("figures/questions/", lake.questions, name="questions"),
    path("figures/questions/<int:pk>/", lake.question, name="question"),
    path("figures/questions/<int:pk>/state/", lake.question_state, name="question_state"),
    path("figures/questions/<int:pk>/cancel/", lake.question_cancel, name="question_cancel"),
    path("figures/reports/", reports.reports, name="reports"),
    path("figures/reports/<slug:kind>/", report.reports, name="reports_of"),
    path("figures/reports/<slug:kind>/<int:pk>/", report.report, name="report"),
    path("figures/reports/<slug:kind>/<int:pk>/comment/", report.commented, name="report_comment"),
    path("figures/reports/<slug:kind>/<int:pk>/approve/", report.approve, name="report_approve"),
    path("figures/reports/<slug:kind>/<int:pk>/papers/", report.papers, name="report_papers"),
    path("figures/reports/<slug:kind>/<int:pk>/papers/<int:paper>/", report.paper, name="report_paper"),
    path("figures/register/", register.register, name="register"),
    path("figures/register/complaints.<str:kind>", register.export, name="register_export"),
    path("figures/register/<str:reference>/", register.entry, name="register_entry"),
    path("figures/regulators/", regulators.regulators, name="regulators"),
    path("figures/regulators/files/<int:pk>/", regulator_files.file, name="regulator_file"),
    path("figures/regulators/files/<int:pk>/state/", regulator_files.state, name="regulator_file_state"),
    path("figures/regulators/files/<int:pk>/file.csv", regulator_files.download, name="regulator_file_download"),
    path("figures/regulators/files/<int:pk>/ready/", regulator_files.ready, name="regulator_file_ready"),
    path("figures/regulators/<slug:regime>/", regulators.regime, name="regime"),
    path("figures/regulators/<slug:regime>/firm/", regulators.firm, name="regulator_firm"),
    path("figures/regulators/<slug:regime>/codes/<slug:axis>/", regulators.mapping, name="regulator_codes"),
    path("figures/regulators/<slug:regime>/codes/<slug:axis>/list/", regulators.code_add, name="regulator_code_add"),
    path("figures/<str:figure>/", kpi.rows, name="rows"),
    path("figures/annex-h/<str:count>/", kpi.count, name="count"),
]
