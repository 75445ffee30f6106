"""Makes weak.json: passwords as systems store them that hash them too fast.

Made with Python 3.11 and

    pip install passlib==1.7.4 django==5.2.19 werkzeug==2.2.3

Werkzeug since 3.0 makes no such hashes any more.
"""

import json
import pathlib

import werkzeug.security
from django.conf import settings
from django.contrib.auth import hashers
from passlib import hash as passlib

settings.configure(PASSWORD_HASHERS=[])


def django(password):
    hasher = hashers.MD5PasswordHasher()
    return hasher.encode(password, hasher.salt())


def werkzeug_hash(method):
    return lambda password: werkzeug.security.generate_password_hash(password, method, salt_length=16)


MAKERS = {
    "phpass, 2^7 rounds": passlib.phpass.using(rounds=7).hash,
    "phpass, 2^13 rounds": passlib.phpass.using(rounds=13).hash,
    "phpass of phpBB": passlib.phpass.using(rounds=8, ident="H").hash,
    "passlib hex_md5": passlib.hex_md5.hash,
    "passlib hex_sha1": passlib.hex_sha1.hash,
    "passlib hex_sha256": passlib.hex_sha256.hash,
    "passlib hex_sha512": passlib.hex_sha512.hash,
    "passlib ldap_md5": passlib.ldap_md5.hash,
    "passlib ldap_sha1": passlib.ldap_sha1.hash,
    "passlib ldap_salted_md5": passlib.ldap_salted_md5.hash,
    "passlib ldap_salted_sha1": passlib.ldap_salted_sha1.hash,
    "passlib ldap_salted_sha256": passlib.ldap_salted_sha256.hash,
    "passlib ldap_salted_sha512": passlib.ldap_salted_sha512.hash,
    "passlib django_salted_sha1": passlib.django_salted_sha1.hash,
    "Django md5": django,
    "Werkzeug 2.2 sha256": werkzeug_hash("sha256"),
    "Werkzeug 2.2 sha512": werkzeug_hash("sha512"),
}

# Not ASCII, not NFKC (a ligature and wide letters), and longer than a block of MD5.
PASSWORDS = [
    "correct horse battery",
    "p\u00e4ssw\u00f6rd \u2713",
    "\ufb01sh and \uff43hips 27",
    "a password of more than 72 bytes, as a manager of passwords makes them, 64 \u00e4\u00f6\u00fc and more",
]

rows = [{"name": name, "password": password, "encoded": make(password)} for password in PASSWORDS for name, make in MAKERS.items()]
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(rows, indent=1, ensure_ascii=True) + "\n")
