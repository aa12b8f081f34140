from django_tasks.backends.dummy import DummyBackend as LeasedBackend
