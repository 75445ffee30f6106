"""From sign-up to logout, by a client that was made of the contract. Prints "done" at the end."""

import json
import sys
import time
import urllib.parse
import urllib.request

from sallyport_client import AuthenticatedClient, Client
from sallyport_client.api.profile import read_profile
from sallyport_client.api.sessions import list_sessions, login, logout, refresh
from sallyport_client.api.sign_up import sign_up, verify_email
from sallyport_client.models import Login, Logout, Problem, Refresh, SignUp, Tokens, User, Verified, VerifyByLink

base, email = sys.argv[1:3]
password = "a walk in Python, in the sun"


def mailed() -> str:
    for _ in range(200):
        with urllib.request.urlopen(f"{base}/dev/mailbox.json?to={urllib.parse.quote(email)}") as answer:
            for mail in json.load(answer):
                for link in mail["links"]:
                    if "/auth/verify-email" in link:
                        return urllib.parse.parse_qs(urllib.parse.urlsplit(link).query)["token"][0]
        time.sleep(0.05)
    raise SystemExit("no mail came")


api = Client(base_url=base)
assert sign_up.sync_detailed(client=api, body=SignUp(email=email, password=password, name="Ada")).status_code == 202
assert isinstance(verify_email.sync(client=api, body=VerifyByLink(token=mailed())), Verified)
wrong = login.sync(client=api, body=Login(email=email, password="another one"))
assert isinstance(wrong, Problem) and wrong.code == "invalid_credentials", wrong
first = login.sync(client=api, body=Login(email=email, password=password))
assert isinstance(first, Tokens) and first.user.email == email, first
me = read_profile.sync(client=AuthenticatedClient(base_url=base, token=first.access_token))
assert isinstance(me, User) and me.name == "Ada", me
second = refresh.sync(client=api, body=Refresh(refresh_token=first.refresh_token))
assert isinstance(second, Tokens) and second.refresh_generation > first.refresh_generation, second
mine = AuthenticatedClient(base_url=base, token=second.access_token)
devices = list_sessions.sync(client=mine)
assert [d.current for d in devices.items] == [True], devices
assert logout.sync_detailed(client=mine, body=Logout()).status_code == 200
assert read_profile.sync_detailed(client=mine).status_code == 401
print("done")
