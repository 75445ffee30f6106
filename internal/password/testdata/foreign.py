"""Makes foreign.json: passwords as other systems store them.

Made with Python 3.11 and

    pip install passlib==1.7.4 bcrypt==4.3.0 argon2-cffi==25.1.0 django==5.2.19 werkzeug==3.1.9

passlib complains about bcrypt's version, and works.
"""

import json
import pathlib

import bcrypt
import werkzeug.security
from argon2 import PasswordHasher, Type
from django.conf import settings
from django.contrib.auth import hashers
from passlib import hash as passlib

settings.configure(PASSWORD_HASHERS=[])
passlib.argon2.get_backend()


def django(hasher, **costs):
    for name, value in costs.items():
        setattr(hasher, name, value)
    return lambda password: hasher.encode(password, hasher.salt())


def argon2(kind):
    return PasswordHasher(time_cost=2, memory_cost=256, parallelism=2, type=kind).hash


def plain_bcrypt(prefix):
    # Only the first 72 bytes count; newer releases make the program cut them.
    return lambda password: bcrypt.hashpw(password.encode()[:72], bcrypt.gensalt(4, prefix)).decode()


def werkzeug_hash(method):
    return lambda password: werkzeug.security.generate_password_hash(password, method)


MAKERS = {
    "bcrypt 2a": plain_bcrypt(b"2a"),
    "bcrypt 2b": plain_bcrypt(b"2b"),
    "passlib bcrypt 2b": passlib.bcrypt.using(rounds=4).hash,
    "passlib bcrypt 2y": passlib.bcrypt.using(rounds=4, ident="2y").hash,
    "passlib bcrypt_sha256 v1": passlib.bcrypt_sha256.using(rounds=4, version=1).hash,
    "passlib bcrypt_sha256 v2": passlib.bcrypt_sha256.using(rounds=4, version=2).hash,
    "passlib pbkdf2_sha1": passlib.pbkdf2_sha1.using(rounds=1000).hash,
    "passlib pbkdf2_sha256": passlib.pbkdf2_sha256.using(rounds=1000).hash,
    "passlib pbkdf2_sha512": passlib.pbkdf2_sha512.using(rounds=1000).hash,
    "passlib scrypt": passlib.scrypt.using(rounds=10).hash,
    "passlib argon2": passlib.argon2.using(rounds=1, memory_cost=64, parallelism=2).hash,
    "passlib sha256_crypt": passlib.sha256_crypt.using(rounds=1000).hash,
    "passlib sha256_crypt, rounds left out": passlib.sha256_crypt.using(rounds=5000).hash,
    "passlib sha512_crypt": passlib.sha512_crypt.using(rounds=1000).hash,
    "passlib sha512_crypt, rounds left out": passlib.sha512_crypt.using(rounds=5000).hash,
    "argon2-cffi argon2id": argon2(Type.ID),
    "argon2-cffi argon2i": argon2(Type.I),
    "argon2-cffi argon2d": argon2(Type.D),
    "Django pbkdf2_sha256": django(hashers.PBKDF2PasswordHasher(), iterations=1000),
    "Django pbkdf2_sha1": django(hashers.PBKDF2SHA1PasswordHasher(), iterations=1000),
    "Django argon2": django(hashers.Argon2PasswordHasher(), time_cost=1, memory_cost=64, parallelism=2),
    "Django bcrypt": django(hashers.BCryptPasswordHasher(), rounds=4),
    "Django bcrypt_sha256": django(hashers.BCryptSHA256PasswordHasher(), rounds=4),
    "Django scrypt": django(hashers.ScryptPasswordHasher(), work_factor=1024),
    "Werkzeug scrypt": werkzeug_hash("scrypt:1024:8:1"),
    "Werkzeug pbkdf2:sha256": werkzeug_hash("pbkdf2:sha256:1000"),
    "Werkzeug pbkdf2:sha1": werkzeug_hash("pbkdf2:sha1:1000"),
    "Werkzeug pbkdf2:sha512": werkzeug_hash("pbkdf2:sha512:1000"),
}

# Not ASCII, not NFKC (a ligature and wide letters), and longer than bcrypt's 72 bytes.
PASSWORDS = [
    "correct horse battery",
    "p\u00e4ssw\u00f6rd \u2713",
    "\ufb01sh and \uff43hips 27",
    "a password of more than 72 bytes, as a manager of passwords makes them, 64 \u00e4\u00f6\u00fc and more",
]

rows = [
    {"name": name, "password": password, "encoded": make(password)}
    for password in PASSWORDS
    for name, make in MAKERS.items()
    if not (name == "Django bcrypt" and len(password.encode()) > 72)
]
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(rows, indent=1, ensure_ascii=True) + "\n")
