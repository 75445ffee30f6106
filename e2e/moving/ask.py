"""Asks the application of a page, main.py, who the callers with these tokens are."""

import sys

from fastapi.testclient import TestClient
from main import app

with TestClient(app) as client:
    for token in sys.argv[1:]:
        answer = client.get("/me", headers={"Authorization": "Bearer " + token})
        said = answer.json()
        print(answer.status_code, said.get("id", "refused"), *([said["old_id"]] if "old_id" in said else []))
