"""Django's settings, all read from the environment (`environment.py` has the table)."""

import os
from pathlib import Path
from urllib.parse import unquote

import environ
import structlog
from csp.constants import NONCE, NONE, SELF
from redis.backoff import NoBackoff
from redis.retry import Retry
from whitenoise.compress import Compressor

from conflict import geolibs
from conflict.environment import read_environment
from conflict.public import paths

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT, WRONG_ENVIRONMENT = read_environment()

SECRET_KEY = ENVIRONMENT["SECRET_KEY"]
DEBUG = ENVIRONMENT["DEBUG"]
ALLOWED_HOSTS = ENVIRONMENT["ALLOWED_HOSTS"]
CSRF_TRUSTED_ORIGINS = ENVIRONMENT["CSRF_TRUSTED_ORIGINS"]
DOORS = ENVIRONMENT["DOORS"]
TILE_URL = ENVIRONMENT["TILE_URL"]
TILE_ATTRIBUTION = ENVIRONMENT["TILE_ATTRIBUTION"]
FEED_ALLOWED_HOSTS = frozenset(ENVIRONMENT["FEED_ALLOWED_HOSTS"])
LENS = ENVIRONMENT["LENS"]
DATA_DIR = Path(ENVIRONMENT["SAHEL_DATA"] or BASE_DIR / "data")

GDAL_LIBRARY_PATH = geolibs.GDAL
GEOS_LIBRARY_PATH = geolibs.GEOS
if geolibs.PROJ_DATA:
    os.environ.setdefault("PROJ_DATA", geolibs.PROJ_DATA)
    os.environ.setdefault("GDAL_DATA", str(geolibs.GDAL_DATA))

DESK_APPS = ["django.contrib.admin", "django.contrib.sessions", "django.contrib.messages"]
INSTALLED_APPS = [
    *([] if DOORS == "public" else DESK_APPS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "django.contrib.gis",
    "rest_framework",
    "corsheaders",
    "csp",
    "leaflet",
    "django_celery_beat",
    "conflict.apps.ConflictConfig",
    "actors.apps.ActorsConfig",
    "events.apps.EventsConfig",
]

SESSION_MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "conflict.public.compression.Compression",
    "conflict.public.quotas.Quotas",
    *([] if DOORS == "public" else SESSION_MIDDLEWARE),
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "conflict.public.methods.Methods",
]

ROOT_URLCONF = "conflict.urls"
WSGI_APPLICATION = "conflict.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
                *(
                    []
                    if DOORS == "public"
                    else [
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                ),
            ]
        },
    }
]


def database(name: str) -> dict:
    """Read one database address; an empty one gives Django's dummy, which refuses every query."""
    url = ENVIRONMENT[name]
    if not url:
        return {"ENGINE": "django.db.backends.dummy"}
    address = environ.Env.db_url_config(url)
    return {
        **address,
        "HOST": unquote(str(address.get("HOST", ""))),
        "ENGINE": "conflict.postgis",
        "CONN_MAX_AGE": ENVIRONMENT["CONN_MAX_AGE"],
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": f"sahel-{name.split('_')[0].lower()}"},
    }


DATABASES = {"default": database("DATABASE_URL"), "record": database("RECORD_DATABASE_URL")}
DATABASE_ROUTERS = ["conflict.routers.RecordRouter"]
RECORD_TIMEOUT_MS = ENVIRONMENT["RECORD_TIMEOUT_MS"]
RECORD_TIMEOUT_KEY_MS = ENVIRONMENT["RECORD_TIMEOUT_KEY_MS"]
if "OPTIONS" in DATABASES["record"]:
    DATABASES["record"]["OPTIONS"]["options"] = (
        # Answers are short: compiling them takes longer than it saves.
        f"-c statement_timeout={RECORD_TIMEOUT_MS} -c default_transaction_read_only=on -c jit=off"
    )
# The record is reached through this database's own role in tests too; only the name is the test database's.
for _alias in DATABASES.values():
    _alias["TEST"] = {"NAME": os.environ.get("TEST_DATABASE", "test_sahel")}


def redis_cache(address: str, prefix: str, **options: object) -> dict:
    """A cache in Redis; in each process's own memory where there is no Redis."""
    if not address:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": prefix}
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": address,
        "KEY_PREFIX": prefix,
        "OPTIONS": options,
    }


# A quota is asked for before every answer: Redis that hangs must not hang the doors. The worker reads there what the
# public doors wrote: whole numbers, never pickles.
CACHES = {
    "default": redis_cache(ENVIRONMENT["REDIS_URL"], ""),
    "quotas": redis_cache(
        ENVIRONMENT["QUOTA_REDIS_URL"] or ENVIRONMENT["REDIS_URL"],
        "quotas",
        serializer="conflict.kit.numbers.WholeNumbers",
        socket_timeout=0.2,
        retry=Retry(NoBackoff(), 0),
    ),
}
QUOTAS = {
    "anonymous": ENVIRONMENT["QUOTA_ANONYMOUS"],
    "tiles": ENVIRONMENT["QUOTA_TILES"],
    "key": ENVIRONMENT["QUOTA_KEY"],
}
PROXY_ADDRESSES = frozenset(ENVIRONMENT["PROXY_ADDRESSES"])

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français")]
LOCALE_PATHS = [BASE_DIR / "conflict" / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
# Days and times are written the same way everywhere: 2025-06-13 17:05, in UTC.
FORMAT_MODULE_PATH = "conflict.formats"

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "static" / "build" / "collected"
# For /api/docs: only this folder of the package is used.
SWAGGER_UI = geolibs.wheel_folder("drf_spectacular_sidecar", "static/drf_spectacular_sidecar/swagger-ui-dist")
STATICFILES_DIRS = [
    BASE_DIR / "static" / "build" / "site",
    *([("swagger-ui", SWAGGER_UI)] if SWAGGER_UI else []),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or os.environ.get("PYTEST_VERSION")
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = True
# Pages name hashed files alone, and browsers ask for source maps in their tools only: compressing less halves the
# slowest step of a first start.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]

LEAFLET_CONFIG = {
    "DEFAULT_CENTER": (15.0, 0.0),
    "DEFAULT_ZOOM": 5,
    "MIN_ZOOM": 3,
    "TILES": [("Base", TILE_URL, {"attribution": TILE_ATTRIBUTION})] if TILE_URL else [],
    "RESET_VIEW": False,
    "ATTRIBUTION_PREFIX": "",
}

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "conflict.kit.negotiation.AnyAccept",
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "EXCEPTION_HANDLER": "events.api.problems.answer",
}
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = ["accept", "authorization", "content-type", "if-none-match", "x-api-key"]
CORS_PREFLIGHT_MAX_AGE = 86400
CORS_URLS_REGEX = paths.DATA
CORS_EXPOSE_HEADERS = [
    "Content-Disposition",
    "ETag",
    "Link",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "X-Estimate",
    "X-Publication",
]

CELERY_BROKER_URL = ENVIRONMENT["BROKER_URL"]
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1800,
    "socket_timeout": 10,
    # Sending gives up at once when nobody listens (without these, after six seconds each); workers go on trying.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.2,
}
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Celery would open a connection for each task, which costs more than most tasks; `conflict.celery` renews old ones.
CELERY_DB_REUSE_MAX = 1_000_000
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_TIMEZONE = "UTC"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", *(["https:"] if TILE_URL else [])],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT["HTTPS"] else None
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT["HTTPS"]
SECURE_HSTS_SECONDS = 31536000 if ENVIRONMENT["HTTPS"] else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = ENVIRONMENT["HTTPS"]
SECURE_REDIRECT_EXEMPT = [r"^health/"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
            ],
            "foreign_pre_chain": [
                structlog.stdlib.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.format_exc_info,
            ],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": ENVIRONMENT["LOG_LEVEL"]},
    # What callers do wrong is told to them; in the log it would only hide what we do wrong.
    "loggers": {"django.request": {"level": "ERROR"}},
}
structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
)

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
