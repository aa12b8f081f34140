"""The service: a Django project of rooms on one staircase. A room leans only on rooms below it."""
