from argparse import ArgumentParser
from typing import Any

import uvicorn
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from uvicorn.supervisors import Multiprocess

from halfdoor.service.core import fitting, roots
from halfdoor.service.core.door import Serving
from halfdoor.service.core.starting import refuse_to_start_unsafe


class Command(BaseCommand):
    """Serve pages until stopped. A proxy that speaks TLS stands in front; jobs are done by `halfdoor work`."""

    help = "Serve pages until stopped, behind a proxy that speaks TLS. Run `halfdoor work` beside it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let an operator choose the address and the number of processes."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--processes", type=int, default=2)

    def handle(self, *args: Any, host: str, port: int, processes: int, **options: Any) -> None:
        """Serve, without a banner that names the server."""
        refuse_to_start_unsafe()
        try:
            fitting.must_fit()
            connection.close()
            roots.fetch()
        except (roots.NoRootKey, fitting.NotOfThisVersion) as error:
            raise CommandError(str(error)) from None
        config = Serving(
            "halfdoor.service.asgi:application",
            host=host,
            port=port,
            workers=processes,
            log_config=None,
            access_log=False,  # it would keep addresses with what was searched for in them
            server_header=False,
            lifespan="off",
        )
        server, door = uvicorn.Server(config), config.bind_socket()
        if processes > 1:
            Multiprocess(config, sockets=[door]).run()
        else:
            server.run(sockets=[door])
