"""Reading what is written in files, so that it is found."""

from django.core.files.storage import default_storage
from django.db import transaction

from wenguo.complaints.actions.files import file_path
from wenguo.complaints.actions.search import index_complaint
from wenguo.complaints.choices import FileReading
from wenguo.complaints.models import FileText
from wenguo.lib.filetext import CannotRead, text_of_file


def read_file(waiting: FileText) -> FileReading:
    """Reads one file and leaves its complaint to be indexed. What cannot be read is not tried again."""
    attachment = waiting.attachment
    try:
        with default_storage.open(file_path(attachment.sha256), "rb") as content:
            text = text_of_file(attachment.content_type, content.read())
        state = FileReading.READ if text else FileReading.NOTHING
    except (CannotRead, OSError):
        text, state = "", FileReading.FAILED
    with transaction.atomic():
        FileText.objects.filter(pk=waiting.pk).update(state=state, text=text)
        if text:
            index_complaint(attachment.complaint)
    return state
