"""The service for a ASGI server."""

import os

from django.core.wsgi import get_wsgi_application

from halfdoor.service.core.bodies import small
from halfdoor.service.core.starting import refuse_to_start_unsafe
from halfdoor.service.core.threads import in_threads, is_at_the_door

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "halfdoor.service.settings")

refuse_to_start_unsafe()
application = small(in_threads(get_wsgi_application(), is_at_the_door=is_at_the_door))
