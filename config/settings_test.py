"""Settings of the tests: quick, nothing kept. DATABASE_URL chooses the database, SQLite by default."""

import atexit
import os
import shutil
import tempfile

# A home of its own before the settings are read: tests never touch the keys and files of the checkout.
os.environ["WENGUO_HOME"] = tempfile.mkdtemp(prefix="wenguo-test-")
atexit.register(shutil.rmtree, os.environ["WENGUO_HOME"], ignore_errors=True)
os.environ.setdefault("SECRET_KEY", "only for tests")
os.environ.setdefault("FIELD_KEY", "only for tests, forty-eight characters of no value")
os.environ["PUBLIC_URL"] = "http://testserver"
os.environ["EMAIL_URL"] = ""
os.environ["WENGUO_TIME_ZONE"] = "Asia/Shanghai"

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DATABASES["default"]["CONN_MAX_AGE"] = 0
LOGGING_CONFIG = None
STRICT_TEXTS = True  # a message that asks for a value nobody gives is an error
