"""The service for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from halfdoor.service.core.bodies import small_by_wsgi
from halfdoor.service.core.starting import refuse_to_start_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "halfdoor.service.settings")

refuse_to_start_unsafe()
application = small_by_wsgi(get_wsgi_application())
