"""Mining as a library: texts and logs in, numbers and reasons out. No Django, no rows, no clock, no files of its own.

Imported by management commands and the worker's children only: scikit-learn must not come into a web process.
"""
