"""Settings. Every value that differs between deployments comes from the environment; a malformed one fails at start."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from botocore.config import Config
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from ygs_admin.db.postgresql.pooler import TRANSACTION
from ygs_admin.db.urls import parse_database_url, split_urls
from ygs_admin.staff.networks import parse_networks
from ygs_admin.web.device_features import DEVICE_FEATURES

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
if "ENV_FILE" in env:
    env.read_env(env.path("ENV_FILE"))

# Deployment

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SECURE_COOKIES = env.bool("SECURE_COOKIES", default=not DEBUG)


def _cookie(name: str) -> str:
    """Return a name under which browsers take a cookie from this very host over TLS only, and for no other."""
    return f"__Host-{name}" if SECURE_COOKIES else name


# Applications

INSTALLED_APPS = [
    "ygs_admin.db",
    "ygs_admin.web",
    "ygs_admin.staff",
    "ygs_admin.uploads",
    "ygs_admin.jobs",
    "users",
    "matching",
    "ygs_admin.site.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
    "procrastinate.contrib.django",
    "django_otp",
    "django_otp_webauthn",
    "axes",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "ygs_admin.staff.networks.NetworksMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "ygs_admin.web.origin.OriginMiddleware",
    "ygs_admin.web.private.PrivateMiddleware",
    "ygs_admin.monitoring.middleware.MetricsMiddleware",
    "ygs_admin.db.middleware.RoutingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ygs_admin.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Before whatever parses a form.
    "ygs_admin.uploads.receiving.BodyLimitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "ygs_admin.staff.idle.IdleTimeoutMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "ygs_admin.staff.second_factor.SecondFactorMiddleware",
    "ygs_admin.web.viewer.ViewerMiddleware",
    # Around whatever renders a page, the sentences of earlier ones included.
    "ygs_admin.web.showing.ShowingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
# Widgets of our own are templates like any other.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
ROOT_URLCONF = "ygs_admin.urls"
WSGI_APPLICATION = "ygs_admin.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ygs_admin.web.navigation.navigation",
            ],
        },
    }
]

# Databases: the primary, and the replica where there is one

DATABASE_POOLER = env.str("DATABASE_POOLER", default="")
if DATABASE_POOLER not in {"", TRANSACTION}:
    raise ImproperlyConfigured(f"DATABASE_POOLER must be {TRANSACTION} or empty, not {DATABASE_POOLER!r}.")


def _pool() -> dict[str, Any] | None:
    """Return the limits of the pool that the threads of a process share; without one each has its own connection.

    Behind PgBouncer there is none: it is the pool. The limits are those of the backend: up to 40 connections, each
    replaced after an hour. Whoever gets none within some seconds is told to come again.
    """
    if not env.bool("DATABASE_POOL", default=False):
        return None
    if DATABASE_POOLER:
        raise ImproperlyConfigured("DATABASE_POOL has no place behind DATABASE_POOLER: set one of the two.")
    return {
        "min_size": env.int("DATABASE_POOL_MIN", default=1),
        "max_size": env.int("DATABASE_POOL_MAX", default=40),
        "max_lifetime": 3600,
        "max_idle": 600,
        "timeout": env.float("DATABASE_POOL_SECONDS", default=3.0),
        "max_waiting": env.int("DATABASE_POOL_WAITING", default=100),
    }


def _database(url: str, variable: str) -> dict[str, Any]:
    database = parse_database_url(url, variable)
    pool = _pool()
    options = {"connect_timeout": env.int("CONNECT_TIMEOUT", default=3), "prepare_threshold": None}
    return database | {
        "ENGINE": "ygs_admin.db.postgresql",
        # A pool keeps the connections itself.
        "CONN_MAX_AGE": 0 if pool else env.int("CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
        # PgBouncer in transaction mode keeps no session between statements.
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "POOLER": DATABASE_POOLER,
        "OPTIONS": database["OPTIONS"] | options | ({"pool": pool} if pool else {}),
    }


def _replica(url: str) -> dict[str, Any]:
    """A replica that was promoted, behind our back, refuses writes nevertheless. A pooler has to see to that itself."""
    database = _database(url, "DATABASE_REPLICA_URLS")
    options = f"{database['OPTIONS'].get('options', '')} -c default_transaction_read_only=on".strip()
    read_only = {} if DATABASE_POOLER else {"options": options}
    return database | {"OPTIONS": database["OPTIONS"] | read_only, "TEST": {"MIRROR": "default"}}


DATABASES = {"default": _database(env.str("DATABASE_URL"), "DATABASE_URL")}
for _number, _url in enumerate(split_urls(env.str("DATABASE_REPLICA_URLS", default="")), start=1):
    DATABASES["replica" if _number == 1 else f"replica_{_number}"] = _replica(_url)
# How the replicas are is looked at each second; one that is further behind than this is left alone.
REPLICA_CHECK_SECONDS = env.float("REPLICA_CHECK_SECONDS", default=1.0)
REPLICA_CHECK_TIMEOUT = env.int("REPLICA_CHECK_TIMEOUT", default=2)
REPLICA_MAX_LAG_SECONDS = env.float("REPLICA_MAX_LAG_SECONDS", default=10.0)
# A response header names the alias that served its reads: for tests and benchmarks.
EXPOSE_DATABASE_ALIAS = env.bool("EXPOSE_DATABASE_ALIAS", default=False)
REPLICA_MAX_LAG_BYTES = env.int("REPLICA_MAX_LAG_BYTES", default=64 * 1024 * 1024)
DATABASE_ROUTERS = ["ygs_admin.db.routing.PrimaryReplicaRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CAUSALITY_COOKIE_NAME = _cookie("causality")
# For this long a browser's writes are looked for in what the replicas have replayed: longer than they may lag.
CAUSALITY_SECONDS = env.int("CAUSALITY_SECONDS", default=60)
SCHEMA_OWNER = env.str("SCHEMA_OWNER", default="console")
if SCHEMA_OWNER not in {"console", "backend"}:
    raise ImproperlyConfigured(f"SCHEMA_OWNER must be console or backend, not {SCHEMA_OWNER!r}.")

# Background work: a queue in the primary, worked off by `manage.py procrastinate worker`

PROCRASTINATE_WORKER_DEFAULTS = {
    "concurrency": 2,
    "wait": True,
    "delete_jobs": "successful",
    # A worker that is asked to stop hands what it is doing to another after this long.
    "shutdown_graceful_timeout": 5,
}
if DATABASE_POOLER:
    # No notification comes through: a worker looks for itself.
    PROCRASTINATE_WORKER_DEFAULTS |= {"listen_notify": False, "fetch_job_polling_interval": 1.0}
JOB_FILE_HOURS = env.int("JOB_FILE_HOURS", default=24)
if JOB_FILE_HOURS < 1:
    raise ImproperlyConfigured(f"JOB_FILE_HOURS must be a number of hours, not {JOB_FILE_HOURS}.")

# Monitoring: who may read the metrics, by `Authorization: Bearer …`; without a token nobody

METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

# The access record while the primary does not answer: a folder that outlives the process, on a disk of its own machine

ACCESS_SPOOL = Path(env.str("ACCESS_SPOOL", default=str(BASE_DIR / ".spool")))

# Destruction: how long deleted rows and members who have left are kept

DELETED_KEPT_DAYS = env.int("DELETED_KEPT_DAYS", default=30)
if DELETED_KEPT_DAYS < 1:
    raise ImproperlyConfigured("DELETED_KEPT_DAYS must be one or more.")

# Feedback: so many days after a meeting it falls due, is overdue, and is asked for no more

FEEDBACK_DUE_DAYS = env.int("FEEDBACK_DUE_DAYS", default=3)
FEEDBACK_OVERDUE_DAYS = env.int("FEEDBACK_OVERDUE_DAYS", default=7)
FEEDBACK_ASKED_DAYS = env.int("FEEDBACK_ASKED_DAYS", default=90)
if not 0 <= FEEDBACK_DUE_DAYS <= FEEDBACK_OVERDUE_DAYS < FEEDBACK_ASKED_DAYS:
    raise ImproperlyConfigured("FEEDBACK_DUE_DAYS, FEEDBACK_OVERDUE_DAYS and FEEDBACK_ASKED_DAYS must ascend.")

# Rounds: how many days members have to answer an introduction, unless the round says otherwise

MATCH_ANSWER_DAYS = env.int("MATCH_ANSWER_DAYS", default=5)
if MATCH_ANSWER_DAYS < 1:
    raise ImproperlyConfigured(f"MATCH_ANSWER_DAYS must be a number of days, not {MATCH_ANSWER_DAYS}.")

# Review: how long a case stays in the hands of somebody who does nothing, and a decision can be undone

REVIEW_LEASE_SECONDS = env.int("REVIEW_LEASE_SECONDS", default=5 * 60)
REVIEW_UNDO_SECONDS = env.int("REVIEW_UNDO_SECONDS", default=10)
if REVIEW_LEASE_SECONDS <= 0 or REVIEW_UNDO_SECONDS < 0:
    raise ImproperlyConfigured("REVIEW_LEASE_SECONDS must be positive, REVIEW_UNDO_SECONDS not negative.")

# Staff: accounts, sessions, sign-in

AUTH_USER_MODEL = "staff.Staff"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "ygs_admin.staff.passwords.MixedCharactersValidator"},
    {"NAME": "ygs_admin.staff.passwords.NotReusedValidator"},
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "django_otp_webauthn.backends.WebAuthnBackend",
]
LOGIN_URL = "staff:login"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "staff:login"
IDLE_TIMEOUT_SECONDS = env.int("IDLE_TIMEOUT_SECONDS", default=30 * 60)
CONFIRM_SECONDS = env.int("CONFIRM_SECONDS", default=10 * 60)
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
if TRUSTED_PROXIES < 0:
    raise ImproperlyConfigured(f"TRUSTED_PROXIES must be a number of proxies, not {TRUSTED_PROXIES}.")
ALLOWED_NETWORKS = parse_networks(env.list("ALLOWED_NETWORKS", default=[]))
SESSION_ENGINE = "ygs_admin.staff.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_NAME = _cookie("session")
CSRF_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = _cookie("csrf")
CSRF_FAILURE_VIEW = "ygs_admin.web.failures.forged"
THEME_COOKIE_NAME = _cookie("theme")
PASSKEY_DOMAIN = env.str("PASSKEY_DOMAIN", default="")
PASSKEY_ORIGINS = env.list("PASSKEY_ORIGINS", default=[])
OTP_WEBAUTHN_HELPER_CLASS = "ygs_admin.staff.passkeys.Helper"
# The helper answers with the domain and the origins.
SILENCED_SYSTEM_CHECKS = ["otp_webauthn.E010", "otp_webauthn.E011", "otp_webauthn.E030"]
AXES_HANDLER = "ygs_admin.staff.lockout.Handler"
AXES_FAILURE_LIMIT = 1  # the handler's own limits are reached
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "ygs_admin.staff.lockout.account_of"
AXES_CLIENT_IP_CALLABLE = "ygs_admin.web.origin.client_address"
AXES_LOCKOUT_CALLABLE = "ygs_admin.staff.lockout.locked_response"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "csrfmiddlewaretoken"]
# The access record tells who signed in.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
MESSAGE_STORAGE = "ygs_admin.web.showing.NotingStorage"

# Language and time

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", _("Korean")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = _cookie("django_language")
LANGUAGE_COOKIE_SECURE = SECURE_COOKIES
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Asia/Seoul"
USE_I18N = True
USE_TZ = True

# Objects: photos and documents on S3, by key

S3_ENDPOINT_URL = env.str("S3_ENDPOINT_URL", default="") or None
S3_PUBLIC_URL = env.str("S3_PUBLIC_URL", default="") or S3_ENDPOINT_URL
S3_BUCKET = env.str("S3_BUCKET", default="ygs")
S3_REGION = env.str("S3_REGION", default="ap-northeast-2")
S3_URL_SECONDS = 60
S3_CONNECT_SECONDS = env.float("S3_CONNECT_SECONDS", default=2.0)
S3_READ_SECONDS = env.float("S3_READ_SECONDS", default=5.0)


def _origin_of_objects() -> str:
    if S3_PUBLIC_URL is None:
        return f"https://{S3_BUCKET}.s3.{S3_REGION}.amazonaws.com"
    parts = urlsplit(S3_PUBLIC_URL)
    return f"{parts.scheme}://{parts.netloc}"


def _objects(endpoint_url: str | None) -> dict[str, object]:
    options = {
        "bucket_name": S3_BUCKET,
        "region_name": S3_REGION,
        "endpoint_url": endpoint_url,
        "querystring_expire": S3_URL_SECONDS,
        "client_config": Config(
            signature_version="s3v4",
            s3={"addressing_style": "path" if endpoint_url else "virtual"},
            connect_timeout=S3_CONNECT_SECONDS,
            read_timeout=S3_READ_SECONDS,
            retries={"mode": "standard", "total_max_attempts": 2},
        ),
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


# What is sent is kept in memory, and never lies about as a file; how much may be sent, `uploads/receiving.py` says.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20

OBJECTS_ORIGIN = _origin_of_objects()
STORAGES = {
    "default": _objects(S3_ENDPOINT_URL),
    # The same objects by the address that browsers reach.
    "presigned": _objects(S3_PUBLIC_URL),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# Static files

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]

# What browsers may do with our pages

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, OBJECTS_ORIGIN],
        "font-src": [SELF],
        "connect-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY = DEVICE_FEATURES
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
# What machines ask for inside the network they ask for without TLS.
SECURE_REDIRECT_EXEMPT = [r"^(?:healthz|readyz|metrics)$"]
SECURE_SSL_REDIRECT = SECURE_COOKIES and env.bool("SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE_COOKIES else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
if env.bool("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Logs go to the standard error; nothing of a member is written there

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "ygs_admin.web.scrubbing.ScrubbingFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    # The one says on every sign-in what the access record says better, the other at every start which tasks there are;
    # what S3's client and its like tell when all is told, URLs with signatures are a part of.
    "loggers": {
        "axes": {"level": "ERROR"},
        "procrastinate.blueprints": {"level": "WARNING"},
        "procrastinate.periodic": {"level": "WARNING"},
        "botocore": {"level": "INFO"},
        "urllib3": {"level": "INFO"},
        "s3transfer": {"level": "INFO"},
    },
}
