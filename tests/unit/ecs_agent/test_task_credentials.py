"""Who gets a role's credentials, and when they are fetched anew."""

import asyncio
from datetime import UTC, datetime, timedelta

from local.ecs_agent.credentials import Credentials, CredentialsEndpoint, Unavailable

ROLE = "arn:aws:iam::000000000000:role/task"


class Clock:
    """A time that the test moves."""

    def __init__(self) -> None:
        self.time = datetime(2030, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time


class HourlyRoles:
    """Hands out numbered credentials that are good for an hour, unless it is away."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.given = 0
        self.away = False

    async def assume(self, role: str, session: str) -> Credentials:
        if self.away:
            raise Unavailable("The emulator does not answer.")
        self.given += 1
        expires = self._clock.now() + timedelta(hours=1)
        return Credentials(f"{session}-{self.given}", "secret", "token", expires)


class Task:
    """A task `t1` with a role, and what it gets when it asks."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.roles = HourlyRoles(self.clock)
        self.endpoint = CredentialsEndpoint(self.roles, self.clock.now)
        self.grant = self.endpoint.grant("t1", ROLE)

    def ask(self, token: str | None = None, task: str = "t1") -> tuple[int, dict[str, str]]:
        shown = self.grant.token if token is None else token
        return asyncio.run(self.endpoint.answer(f"/credentials/{task}", shown))


def test_a_task_gets_its_roles_credentials_for_its_token() -> None:
    status, body = Task().ask()
    assert (status, body["AccessKeyId"], body["RoleArn"]) == (200, "t1-1", ROLE)
    assert body["Expiration"] == "2030-01-01T01:00:00Z"


def test_a_wrong_token_gets_nothing() -> None:
    task = Task()
    assert [task.ask(token)[0] for token in ("", "guess", "é")] == [401, 401, 401]
    assert task.roles.given == 0


def test_the_token_of_one_task_is_worth_nothing_for_another() -> None:
    task = Task()
    other = task.endpoint.grant("t2", ROLE)
    assert task.ask(token=other.token)[0] == 401
    assert task.ask(task="t3")[0] == 401


def test_a_stopped_task_gets_nothing_any_more() -> None:
    task = Task()
    task.endpoint.revoke("t1")
    assert task.ask()[0] == 401


def test_credentials_are_kept_until_they_are_about_to_expire() -> None:
    task = Task()
    assert [task.ask()[1]["AccessKeyId"] for _ in range(2)] == ["t1-1", "t1-1"]
    task.clock.time += timedelta(minutes=41)
    assert task.ask()[1]["AccessKeyId"] == "t1-2"


def test_credentials_that_are_still_good_bridge_an_absence() -> None:
    task = Task()
    task.ask()
    task.roles.away = True
    task.clock.time += timedelta(minutes=59)
    assert task.ask()[0] == 200
    task.clock.time += timedelta(minutes=2)
    assert task.ask() == (503, {"message": "The emulator does not answer."})
