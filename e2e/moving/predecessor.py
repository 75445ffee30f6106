"""An application that keeps its own users: FastAPI, SQLModel, passlib, PyJWT.

`predecessor.py DATABASE_URL`, with an application of its own in between: users sign up
and sign in there; what they typed is printed for whoever moves them.
"""

import json
import sys
from datetime import datetime, timezone

import jwt
from fastapi import FastAPI, HTTPException
from fastapi.testclient import TestClient
from passlib.context import CryptContext
from sqlmodel import Field, Session, SQLModel, create_engine, select

KEY = "0123456789abcdef0123456789abcdef"
engine = create_engine(sys.argv[1])
passwords = CryptContext(schemes=["bcrypt"], bcrypt__rounds=4)


class User(SQLModel, table=True):
    __tablename__ = "users"
    id: int | None = Field(default=None, primary_key=True)
    username: str = Field(max_length=100)
    email: str = Field(max_length=190, unique=True)
    hashed_password: str = Field(max_length=200)
    is_verified: bool = False
    created_at: datetime = Field(default_factory=lambda: datetime.now(timezone.utc))


app = FastAPI()


@app.post("/sign-up", status_code=201)
def sign_up(body: dict[str, str]):
    user = User(
        username=body["username"],
        email=body["email"],
        hashed_password=passwords.hash(body["password"]),
        is_verified=body["email"].startswith("ada"),
    )
    with Session(engine) as session:
        session.add(user)
        session.commit()
        return {"id": user.id}


@app.post("/login")
def login(body: dict[str, str]):
    with Session(engine) as session:
        user = session.exec(select(User).where(User.email == body["email"])).first()
        if user is None or not passwords.verify(body["password"], user.hashed_password):
            raise HTTPException(401)
        return {"access_token": jwt.encode({"sub": str(user.id)}, KEY, "HS256")}


SQLModel.metadata.create_all(engine)
client = TestClient(app)
# The second password is longer than what bcrypt looks at.
people = [
    {"username": "Ada", "email": "ada@people.example", "password": "violet umbrella 27"},
    {"username": "Ada Two", "email": "ada.two@people.example", "password": "long " * 16 + "umbrella 27"},
    {"username": "Bea", "email": "bea@people.example", "password": "a fresh start 81"},
]
for person in people:
    person["id"] = str(client.post("/sign-up", json=person).raise_for_status().json()["id"])
    token = client.post("/login", json=person).raise_for_status().json()["access_token"]
    assert jwt.decode(token, KEY, ["HS256"])["sub"] == person["id"]
    person["verified"] = person["email"].startswith("ada")
print(json.dumps(people))
