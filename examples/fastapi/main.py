"""Orders: an API whose routes are protected by Sallyport."""

import os

from fastapi import Depends, FastAPI
from fastapi.security import OAuth2PasswordBearer
from sallyport import Guard, User
from sallyport.fastapi import current_user, protect, require

ISSUER = os.environ.get("ISSUER", "http://localhost:8080")
AUDIENCE = os.environ.get("AUDIENCE", "http://localhost:8000")
SECRET = os.environ["CLIENT_SECRET"]

# Where "Authorize" at /docs gets a token. Whether a token counts is up to the guard.
authorize = OAuth2PasswordBearer(f"{ISSUER}/oauth2/token?audience={AUDIENCE}", auto_error=False)

app = FastAPI(title="Orders", dependencies=[Depends(authorize)])
protect(app, Guard(ISSUER, audience=AUDIENCE, client_id="orders", client_secret=SECRET))


@app.get("/orders")
async def orders(user: User = Depends(current_user)):
    return {"orders_of": user.id}


@app.get("/reports")
async def reports(user: User = Depends(require(role="admin"))):
    return {"reports_for": user.id}


@app.delete("/orders")
async def delete_orders(user: User = Depends(require(max_age=300))):
    return {"deleted_orders_of": user.id}
