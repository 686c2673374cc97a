"""Settings from the environment, with defaults that run. docs/deploy.md lists every variable."""

from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import environment as env
from config.logs import configured

# Where things are
BASE_DIR = env.BASE_DIR
WENGUO_HOME = env.folder("WENGUO_HOME", "var")
KEYS_DIR = BASE_DIR / env.text("WENGUO_KEYS", str(WENGUO_HOME / "keys"))
PORT = int(env.text("PORT", "8000"))
PUBLIC_URL = env.text("PUBLIC_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
PUBLIC_IS_HTTPS = PUBLIC_URL.startswith("https://")
COMPANY_NAME = env.text("COMPANY_NAME", "海川汽车")
# Personal data of a complaint are not erased earlier than this after its end: three years, as claims lapse (ADR-0015)
COMPLAINTS_KEPT_DAYS = int(env.text("COMPLAINTS_KEPT_DAYS", "1095"))
STRICT_TEXTS = False  # a placeholder nobody fills takes its line out; in tests it is an error

# Keys: made on first run. FIELD_KEY encrypts personal data; without it a backup cannot be read (docs/deploy.md)
DEBUG = env.flag("DEBUG")
SECRET_KEY = env.key("SECRET_KEY", KEYS_DIR)
FIELD_KEY = env.key("FIELD_KEY", KEYS_DIR)

# Who may ask
_public_host = urlsplit(PUBLIC_URL).hostname or "127.0.0.1"
ALLOWED_HOSTS = [*env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]"), _public_host]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_FAILURE_VIEW = "wenguo.portal.views.stale.stale_form"  # what a visitor typed comes back instead of being lost
# Addresses or networks of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed (config/wsgi.py).
TRUSTED_PROXIES = env.words("TRUSTED_PROXIES", "")

# Rooms first, upper before lower: an upper room's template or translation wins over a lower one's and over packages'
INSTALLED_APPS = [
    "wenguo.world",
    "wenguo.desk",
    "wenguo.portal",
    "wenguo.insights",
    "wenguo.supervision",
    "wenguo.intake",
    "wenguo.mining",
    "wenguo.followup",
    "wenguo.resolution",
    "wenguo.investigation",
    "wenguo.dispatch",
    "wenguo.complaints",
    "wenguo.customers",
    "wenguo.library",
    "wenguo.process",
    "wenguo.accounts",
    "wenguo.audit",
    "wenguo.outbox",
    "wenguo.ui",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "config.static.StaticFiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "ninja",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.lean.tokens_first",  # calls with a token need nothing of what follows
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wenguo.accounts.middleware.person",
    "wenguo.ui.middleware.after_post",
    "wenguo.ui.middleware.SayWhy",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "axes.middleware.AxesMiddleware",  # last: it turns a refused sign-in into the lockout page
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "wenguo.ui.renderer.Renderer"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "django.template.context_processors.tz",
                "wenguo.ui.context.frame",
                "wenguo.desk.context.desk",
            ],
        },
    }
]

# Data
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL", f"sqlite:///{WENGUO_HOME / 'wenguo.sqlite3'}"), conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: read-then-write under the default (DEFERRED) fails with "database is locked" as soon as two write.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if _copy := env.text("DATABASE_REPLICA_URL", ""):
    DATABASES["replica"] = dj_database_url.parse(_copy, conn_max_age=60, conn_health_checks=True)
    DATABASE_ROUTERS = ["config.replica.Router"]
    MIDDLEWARE.append("config.replica.ReadFromCopy")  # the very last: it knows the page
# Memory-hard, and quicker than a million rounds of PBKDF2; older hashes are still read
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STORAGES: dict[str, Any] = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": WENGUO_HOME / "files",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "config.static.HashedStaticFiles"},
}
MEDIA_ROOT = WENGUO_HOME / "files"  # never served as such: each room's view checks who asks
# Figures (ADR-0016): where the facts lie, what runs over them, how much memory a child of the worker may take, and
# what a minute of talk costs, in the house's currency
WENGUO_MODELS = env.folder("WENGUO_MODELS", str(WENGUO_HOME / "models"))  # what mining learned, version by version
WENGUO_LAKE = env.text("WENGUO_LAKE", str(WENGUO_HOME / "lake"))
WENGUO_ENGINE = env.text("WENGUO_ENGINE", "duckdb")
CHILD_MEMORY_MB = int(env.text("WENGUO_CHILD_MEMORY_MB", "1024"))
COST_PER_MINUTE = float(env.text("WENGUO_COST_PER_MINUTE", "0"))
SPARK_EXECUTOR_MEMORY = env.text("WENGUO_SPARK_EXECUTOR_MEMORY", "1g")  # no more than a worker of the cluster has
SPARK_OPTIONS = dict(one.split("=", 1) for one in env.text("WENGUO_SPARK_OPTIONS", "").split())
SPARK_DRIVER_HOST = env.text("WENGUO_SPARK_DRIVER_HOST", "127.0.0.1")  # how the cluster reaches the child that asks it
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / env.text("STATIC_ROOT", "static")

# What a request may carry. A text of 10 MB still reaches the form, which refuses it and keeps what was typed.
DATA_UPLOAD_MAX_MEMORY_SIZE = 24 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 40
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # above that a temporary file
UPLOAD_MAX_BYTES = int(env.text("UPLOAD_MAX_MB", "20")) * 1024 * 1024

# Signing in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: a locked name is refused before the password is looked at
    "allauth.account.auth_backends.AuthenticationBackend",
]
# scrypt needs memory to be broken, not only time; the second one reads older passwords.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "wenguo.accounts.adapter.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "wenguo.accounts.adapter.AccountAdapter"
MFA_ADAPTER = "wenguo.accounts.adapter.MfaAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # people are invited: the invitation proves the address
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or second factor is told by mail
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Wrong passwords are counted by axes, in the database, for all web processes together; this limits guessed TOTP codes.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/5m/key", "reset_password": "20/m/ip,3/10m/key"}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PUBLIC_IS_HTTPS else "http"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = COMPANY_NAME
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True
USERSESSIONS_TRACK_ACTIVITY = False  # a write for each request; accounts.middleware notes it every half hour
AXES_USERNAME_CALLABLE = "config.signin.typed_name"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
# Name and address together: nobody can lock a colleague out from elsewhere.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_LOCKOUT_TEMPLATE = "account/locked_out.html"

# What browsers are told
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PUBLIC_IS_HTTPS
SESSION_COOKIE_AGE = 12 * 3600  # since the last use: accounts.middleware renews it
PASSWORD_RESET_TIMEOUT = 2 * 3600
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PUBLIC_IS_HTTPS else 0
SECURE_SSL_REDIRECT = False  # the proxy redirects; /healthz is asked without TLS
SECURE_PROXY_SSL_HEADER = None  # config/wsgi.py believes trusted proxies only
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Mail: without EMAIL_URL messages stay queued, and the pages say so
EMAIL_URL = env.text("EMAIL_URL")
EMAIL_IS_CONFIGURED = bool(EMAIL_URL)
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
if EMAIL_IS_CONFIGURED:
    globals().update(env.mail_server(EMAIL_URL))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("EMAIL_FROM", f"noreply@{_public_host}")
MAIL_DOMAIN = parseaddr(DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or _public_host  # of our Message-IDs

# Languages, time, logs
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
TIME_ZONE = env.text("WENGUO_TIME_ZONE", "Asia/Shanghai")
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
LOGGING = configured(env.text("LOG_LEVEL", "INFO"))
CACHES: dict[str, Any] = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SILENCED_SYSTEM_CHECKS: list[str] = []
