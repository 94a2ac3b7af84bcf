"""The reference's queries and writes, one function each, over a session that the caller opens."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, cast

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import QueryableAttribute, selectinload
from sqlmodel import SQLModel, and_, col, or_, select

from users.tests.backend.user_models import User, UserProfile

Row = TypeVar("Row", bound=SQLModel)


def _related(attribute: Any) -> QueryableAttribute[Any]:
    """Pass a relationship on; its annotation says what it holds, not what it is in a query."""
    return cast("QueryableAttribute[Any]", attribute)


@dataclass(frozen=True)
class UserCreateDto:
    phone: str
    name: str
    gender: str
    birth_year: int
    height: int | None = None
    education: str | None = None


async def get_user(session: AsyncSession, user_id: str) -> User | None:
    """Get by id, excluding soft-deleted."""
    statement = select(User).where(User.id == user_id, col(User.deleted_at).is_(None))
    result = await session.execute(statement)
    return result.scalar_one_or_none()


async def active_users(session: AsyncSession) -> list[User]:
    result = await session.execute(select(User).where(col(User.deleted_at).is_(None)))
    return list(result.scalars().all())


async def users_by_status(session: AsyncSession, status: str) -> list[User]:
    statement = select(User).where(User.status == status, col(User.deleted_at).is_(None))
    result = await session.execute(statement)
    return list(result.scalars().all())


async def users_by_status_and_gender(session: AsyncSession, status: str, gender: str) -> list[User]:
    statement = select(User).where(and_(User.status == status, User.gender == gender, col(User.deleted_at).is_(None)))
    result = await session.execute(statement)
    return list(result.scalars().all())


async def search_users(session: AsyncSession, keyword: str) -> list[User]:
    statement = select(User).where(
        and_(
            or_(col(User.name).ilike(f"%{keyword}%"), col(User.phone).ilike(f"%{keyword}%")),
            col(User.deleted_at).is_(None),
        )
    )
    result = await session.execute(statement)
    return list(result.scalars().all())


async def newest_users(session: AsyncSession, *, offset: int, limit: int) -> list[User]:
    """Ordering and pagination; like the reference's, without the soft delete condition."""
    statement = select(User).order_by(col(User.created_at).desc()).offset(offset).limit(limit)
    result = await session.execute(statement)
    return list(result.scalars().all())


async def count_users(session: AsyncSession) -> int:
    statement = select(func.count(col(User.id))).where(col(User.deleted_at).is_(None))
    result = await session.execute(statement)
    count: int = result.scalar_one()
    return count


async def get_user_with_profile(session: AsyncSession, user_id: str) -> User | None:
    statement = select(User).options(selectinload(_related(User.profile))).where(User.id == user_id)
    result = await session.execute(statement)
    return result.scalar_one_or_none()


async def get_user_with_relations(session: AsyncSession, user_id: str) -> User | None:
    """Load profile, photos and subscription with the user; photos and subscription deleted or not."""
    statement = (
        select(User)
        .options(
            selectinload(_related(User.profile)),
            selectinload(_related(User.photos)),
            selectinload(_related(User.subscription)),
        )
        .where(User.id == user_id)
    )
    result = await session.execute(statement)
    return result.scalar_one_or_none()


async def get_row(session: AsyncSession, model: type[Row], row_id: str) -> Row | None:
    """Get a row of any table by its key, deleted or not."""
    return await session.get(model, row_id)


async def create(session: AsyncSession, row: Row) -> Row:
    session.add(row)
    await session.commit()
    await session.refresh(row)
    return row


async def update_user(session: AsyncSession, user_id: str, /, **changes: Any) -> User | None:
    result = await session.execute(select(User).where(User.id == user_id))
    user = result.scalar_one_or_none()
    if user:
        for name, value in changes.items():
            setattr(user, name, value)
        user.updated_at = datetime.utcnow()  # noqa: DTZ003 - the reference writes naive UTC
        session.add(user)
        await session.commit()
        await session.refresh(user)
    return user


async def soft_delete_user(session: AsyncSession, user_id: str) -> None:
    result = await session.execute(select(User).where(User.id == user_id))
    user = result.scalar_one_or_none()
    if user:
        user.deleted_at = datetime.utcnow()  # noqa: DTZ003 - the reference writes naive UTC
        session.add(user)
        await session.commit()


async def create_user_with_profile(session: AsyncSession, dto: UserCreateDto) -> User:
    """Insert a user and the profile in one transaction."""
    user = User(phone=dto.phone, name=dto.name, gender=dto.gender, birth_year=dto.birth_year)
    session.add(user)
    await session.flush()

    profile = UserProfile(id=user.id, user_id=user.id, height=dto.height, education=dto.education)
    session.add(profile)

    await session.commit()
    return user
