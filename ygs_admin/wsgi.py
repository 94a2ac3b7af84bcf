"""The web server's entry point: `gunicorn ygs_admin.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ygs_admin.settings")
application = get_wsgi_application()
