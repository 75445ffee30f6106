"""Prints a realm as Keycloak exports it, with credentials hashed by Python.

`keycloak.py PASSWORD SECRET`: everybody has this password, and one an authenticator app
with this secret.
"""

import base64
import hashlib
import json
import sys

from argon2.low_level import Type, hash_secret_raw

password, secret = sys.argv[1], sys.argv[2]
b64 = lambda b: base64.b64encode(b).decode()


def credential(kind, secret_data, credential_data):
    return {
        "id": "c0a2a3f1-0c35-4f6c-8c43-6b4a4a2d8a11", "type": kind, "userLabel": "", "createdDate": 1700000000000,
        "secretData": json.dumps(secret_data), "credentialData": json.dumps(credential_data),
    }


def pbkdf2(algorithm, digest, rounds, length):
    salt = hashlib.md5(algorithm.encode()).digest()
    value = hashlib.pbkdf2_hmac(digest, password.encode(), salt, rounds, length)
    return credential(
        "password", {"value": b64(value), "salt": b64(salt), "additionalParameters": {}},
        {"hashIterations": rounds, "algorithm": algorithm, "additionalParameters": {}},
    )


def argon2():
    salt = hashlib.md5(b"argon2").digest()
    value = hash_secret_raw(password.encode(), salt, time_cost=5, memory_cost=7168, parallelism=1, hash_len=32, type=Type.ID)
    return credential(
        "password", {"value": b64(value), "salt": b64(salt), "additionalParameters": {}},
        {"hashIterations": 5, "algorithm": "argon2", "additionalParameters": {
            "hashLength": ["32"], "memory": ["7168"], "type": ["id"], "version": ["1.3"], "parallelism": ["1"]}},
    )


def otp(**other):
    return credential(
        "otp", {"value": secret}, {"subType": "totp", "digits": 6, "counter": 0, "period": 30, "algorithm": "HmacSHA1", **other}
    )


def user(n, name, credentials, **other):
    return {
        "id": f"5d1b7c52-9d0c-4a0e-8a53-0a4c6e0b9a1{n}", "username": name, "firstName": name.title(), "lastName": "Lovelace",
        "email": f"{name}@people.example", "emailVerified": True, "createdTimestamp": 1650000000000, "enabled": True, "totp": False,
        "credentials": credentials, "disableableCredentialTypes": [], "requiredActions": [], "realmRoles": ["default-roles-acme"],
        "notBefore": 0, "groups": [], **other,
    }


users = [
    user(0, "ada", [pbkdf2("pbkdf2-sha256", "sha256", 27500, 64), otp()], realmRoles=["default-roles-acme", "writer"], attributes={"plan": ["gold"]}),
    user(1, "bea", [pbkdf2("pbkdf2-sha512", "sha512", 21000, 64)]),
    user(2, "cid", [argon2()]),
    user(3, "dot", [pbkdf2("pbkdf2", "sha1", 2000, 64)], enabled=False),
    user(4, "eve", [argon2(), otp(algorithm="HmacSHA256")]),
    user(5, "fay", [argon2(), otp()], emailVerified=False),
    user(6, "service-account-api", [], email=None, serviceAccountClientId="api"),
]
realm = {"id": "acme", "realm": "acme", "displayName": "Acme", "enabled": True, "roles": {"realm": [{"name": "writer"}]}, "groups": [], "users": users, "clients": [{"clientId": "api"}]}
print(json.dumps(realm, indent=2))
