"""The servers that the console needs, as one thing: PostgreSQL primary and standby, and S3."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from ygs_admin.demo.cluster import Cluster
from ygs_admin.demo.object_store import ObjectStore


@dataclass(frozen=True)
class Secrets:
    """Made once for a folder; nothing of it is used anywhere else."""

    secret_key: str
    database_superuser: str
    database: str
    s3_access_key: str
    s3_secret_key: str

    @classmethod
    def generate(cls) -> "Secrets":
        return cls(
            secret_key=secrets.token_urlsafe(48),
            database_superuser=secrets.token_urlsafe(24),
            database=secrets.token_urlsafe(24),
            s3_access_key=f"YGS{secrets.token_hex(8).upper()}",
            s3_secret_key=secrets.token_urlsafe(30),
        )


@dataclass
class Servers:
    cluster: Cluster
    object_store: ObjectStore

    @classmethod
    def at(
        cls,
        folder: Path,
        keys: Secrets,
        *,
        ports: dict[str, int] | None = None,
        conditions: dict[str, str] | None = None,
    ) -> "Servers":
        """Servers whose data and logs are in `folder`; none is started yet, and no port is held."""
        logs = folder / "logs"
        logs.mkdir(mode=0o700, exist_ok=True)
        (folder / "s3").mkdir(mode=0o700, exist_ok=True)
        cluster = Cluster.at(
            folder / "postgres", logs, keys.database_superuser, keys.database, ports=ports, conditions=conditions
        )
        store = ObjectStore(folder / "s3", logs, keys.s3_access_key, keys.s3_secret_key, ports=ports or {})
        return cls(cluster, store)

    @property
    def ports(self) -> dict[str, int]:
        return self.cluster.ports | self.object_store.ports

    def start(self) -> None:
        """All of them ready: 3 s, most of which S3 takes. From the main thread, see `processes.Child`."""
        self.object_store.launch()
        self.cluster.start()
        self.object_store.wait_until_ready()

    def stop(self) -> None:
        self.cluster.stop()
        self.object_store.stop()

    def serving_environment(self, secret_key: str) -> dict[str, str]:
        """What the settings of web server and worker read: they connect in the role that owns nothing."""
        primary, standby = self.cluster.serving_urls
        return self.environment(secret_key) | {"DATABASE_URL": primary, "DATABASE_REPLICA_URLS": standby}

    def environment(self, secret_key: str) -> dict[str, str]:
        """What the console's settings read, besides what the caller has in the environment, as the tables' owner."""
        store = self.object_store
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "ygs_admin.settings",
            "DEBUG": "false",
            "SECRET_KEY": secret_key,
            "ALLOWED_HOSTS": "127.0.0.1,localhost",
            # The embedded web server speaks plain HTTP, over which browsers keep no secure cookies.
            "SECURE_COOKIES": "false",
            "SCHEMA_OWNER": "console",
            "DATABASE_URL": self.cluster.primary_url,
            "DATABASE_REPLICA_URLS": self.cluster.replica_url,
            "S3_ENDPOINT_URL": store.endpoint,
            "S3_PUBLIC_URL": store.endpoint,
            "S3_BUCKET": store.bucket,
            "S3_REGION": store.region,
            "AWS_ACCESS_KEY_ID": store.access_key,
            "AWS_SECRET_ACCESS_KEY": store.secret_key,
        }
