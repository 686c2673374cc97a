"""Addresses of a complaint's own steps and panels, under /desk/complaints/. The page itself is desk's."""

from django.urls import path

from wenguo.complaints.views import ends, panels, sides, steps, writing

app_name = "complaints"
ONE = "<str:reference>"

urlpatterns = [
    path(f"{ONE}/accept/", steps.accept, name="accept"),
    path(f"{ONE}/first-contact/", steps.first_contact, name="first_contact"),
    path(f"{ONE}/judge-valid/", steps.judge, name="judge_valid"),
    path(f"{ONE}/decline/", steps.decline, name="decline"),
    path(f"{ONE}/ask-more/", steps.ask_more, name="ask_more"),
    path(f"{ONE}/receive-more/", steps.more_received, name="receive_more"),
    path(f"{ONE}/classify/", steps.classify, name="classify"),
    path(f"{ONE}/importance/", steps.weigh, name="set_importance"),
    path(f"{ONE}/reweigh/", steps.reweigh, name="reweigh"),
    path(f"{ONE}/review/", steps.review, name="record_review"),
    path(f"{ONE}/withdraw/", ends.withdraw, name="withdraw"),
    path(f"{ONE}/reopen/", ends.reopen, name="reopen"),
    path(f"{ONE}/close/", ends.close, name="close"),
    path(f"{ONE}/merge/", ends.merge, name="merge"),
    path(f"{ONE}/link/", ends.link, name="link"),
    path(f"{ONE}/links/<int:pk>/remove/", ends.unlink, name="unlink"),
    path(f"{ONE}/chase/", sides.chase, name="chase"),
    path(f"{ONE}/stop-clock/", sides.stop, name="stop_clock"),
    path(f"{ONE}/resume-clock/", sides.resume, name="resume_clock"),
    path(f"{ONE}/extend-clock/", sides.extend, name="extend_clock"),
    path(f"{ONE}/clocks/<int:clock>/", sides.why, name="why"),
    path(f"{ONE}/skip/", sides.skip, name="skip_stage"),
    path(f"{ONE}/reveal/", sides.reveal, name="reveal"),
    path(f"{ONE}/note/", writing.note, name="note"),
    path(f"{ONE}/call/", writing.call, name="call"),
    path(f"{ONE}/words/", writing.words, name="words"),
    path(f"{ONE}/files/", writing.attach, name="attach"),
    path(f"{ONE}/files/<int:pk>/", writing.download, name="file"),
    path(f"{ONE}/tasks/", writing.task, name="task"),
    path(f"{ONE}/tasks/<int:pk>/done/", writing.task_done, name="task_done"),
    path(f"{ONE}/tasks/<int:pk>/reassign/", writing.task_reassign, name="task_reassign"),
    path(f"{ONE}/panel/timeline/", panels.timeline, name="panel_timeline"),
    path(f"{ONE}/panel/clocks/", panels.clocks, name="panel_clocks"),
    path(f"{ONE}/panel/files/", panels.files, name="panel_files"),
    path(f"{ONE}/panel/tasks/", panels.tasks, name="panel_tasks"),
    path(f"{ONE}/panel/links/", panels.links, name="panel_links"),
]
