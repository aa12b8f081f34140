"""The service for a ASGI server."""

import os

from django.core.asgi import get_asgi_application

from halfdoor.service.core.bodies import small
from halfdoor.service.core.starting import refuse_to_start_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "halfdoor.service.settings")

refuse_to_start_unsafe()
application = small(get_asgi_application())
