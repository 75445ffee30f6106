"""The smallest settings that Django starts with, and those of Sallyport."""

import os

ISSUER = os.environ.get("ISSUER", "http://localhost:8080")

SALLYPORT = {
    "issuer": ISSUER,
    "audience": ISSUER,
    "client_id": "orders",
    "client_secret": os.environ["CLIENT_SECRET"],
    "public": ["/healthz"],
}
MIDDLEWARE = ["sallyport.django.SallyportMiddleware"]
ROOT_URLCONF = "urls"
ALLOWED_HOSTS = ["localhost"]
