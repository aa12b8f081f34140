"""The service for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from halfdoor.service.core.starting import refuse_to_start_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "halfdoor.service.settings")

refuse_to_start_unsafe()
application = get_wsgi_application()
