from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "halfdoor.service.web"
    label = "web"
