"""Django's settings, which can be configured only once."""

import django
from django.conf import settings

settings.configure(ALLOWED_HOSTS=["*"], DATABASES={}, MIDDLEWARE=[])
django.setup()
