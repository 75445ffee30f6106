"""An application that keeps its own users with fastapi-users.

`fastapi_users_app.py DATABASE_URL`: users register and sign in there; what they typed is
printed for whoever moves them.
"""

import asyncio
import json
import sys
import uuid

import httpx
from fastapi import Depends, FastAPI
from fastapi_users import BaseUserManager, FastAPIUsers, UUIDIDMixin, schemas
from fastapi_users.authentication import AuthenticationBackend, BearerTransport, JWTStrategy
from fastapi_users.db import SQLAlchemyBaseUserTableUUID, SQLAlchemyUserDatabase
from sqlalchemy import update
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase

SECRET = "0123456789abcdef0123456789abcdef"
engine = create_async_engine(sys.argv[1])
sessions = async_sessionmaker(engine, expire_on_commit=False)


class Base(DeclarativeBase):
    pass


class User(SQLAlchemyBaseUserTableUUID, Base):
    pass


class UserManager(UUIDIDMixin, BaseUserManager[User, uuid.UUID]):
    reset_password_token_secret = verification_token_secret = SECRET


async def user_manager():
    async with sessions() as session:
        yield UserManager(SQLAlchemyUserDatabase(session, User))


backend = AuthenticationBackend(
    "jwt", BearerTransport("auth/login"), lambda: JWTStrategy(SECRET, lifetime_seconds=900)
)
users = FastAPIUsers[User, uuid.UUID](user_manager, [backend])
app = FastAPI()
app.include_router(users.get_auth_router(backend), prefix="/auth")
app.include_router(users.get_register_router(schemas.BaseUser[uuid.UUID], schemas.BaseUserCreate), prefix="/auth")


@app.get("/me")
async def me(user: User = Depends(users.current_user())):
    return {"id": str(user.id)}


async def main():
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    people = [
        {"email": "ada@people.example", "password": "violet umbrella 27"},
        {"email": "Bea@People.example", "password": "a fresh start 81"},
        {"email": "cid@people.example", "password": "left long ago 33"},
    ]
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://app.example") as client:
        for person in people:
            answer = await client.post("/auth/register", json=person)
            person["id"] = answer.raise_for_status().json()["id"]
            form = {"username": person["email"], "password": person["password"]}
            token = (await client.post("/auth/login", data=form)).raise_for_status().json()["access_token"]
            shown = await client.get("/me", headers={"Authorization": "Bearer " + token})
            assert shown.raise_for_status().json() == {"id": person["id"]}
    # Ada follows the link in her mail, and Cid is switched off.
    async with sessions() as session:
        await session.execute(update(User).where(User.email.startswith("ada")).values(is_verified=True))
        await session.execute(update(User).where(User.email.startswith("cid")).values(is_verified=True, is_active=False))
        await session.commit()
    await engine.dispose()
    for person in people:
        person["verified"] = person["email"].startswith("ada")
        person["disabled"] = person["email"].startswith("cid")
    print(json.dumps(people))


asyncio.run(main())
