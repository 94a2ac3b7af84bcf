"""An S3 server for demo and tests: SeaweedFS in one process, every port on 127.0.0.1, every request signed."""

import json
import os
import secrets
import shutil
import signal
import sysconfig
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from ygs_admin.demo.errors import DemoError
from ygs_admin.demo.ports import LOCALHOST, choose_ports, is_free
from ygs_admin.demo.processes import POLL_SECONDS, Child, tail

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

REGION = "ap-northeast-2"
PORTS = ["s3", "s3_grpc", "filer", "filer_grpc", "volume", "volume_grpc", "master", "master_grpc"]
START_SECONDS = 60.0
# The master makes volumes of this size as they are needed; their files grow with what they hold.
VOLUME_MEGABYTES = 128
PROBE_BUCKET = "probe"
PROBE_KEY = "ready"
UNIX_SOCKETS = Path("/tmp")  # noqa: S108 - the server's own fixed place


@dataclass
class ObjectStore:
    """The server, and what a client needs to know of it: `endpoint`, `bucket`, `region`, `access_key`, `secret_key`."""

    folder: Path
    logs: Path
    access_key: str
    secret_key: str = field(repr=False)
    bucket: str = "ygs"
    region: str = REGION
    ports: dict[str, int] = field(default_factory=dict)
    child: Child = field(init=False)

    def __post_init__(self) -> None:
        self.ports = choose_ports(self.ports, PORTS, fits=_fits)
        self.child = Child(
            name="The S3 server",
            command=self._command(),
            folder=self.folder,
            log=self.logs / "s3.log",
            pid_file=self.logs / "s3.pid",
            # On SIGTERM it waits 15 s for a stream that it holds to itself. Every acknowledged write is in the files
            # already, so that nothing is lost by ending it at once.
            stop_signal=signal.SIGKILL,
            environment=os.environ | {"WEED_MASTER_VOLUME_GROWTH_COPY_1": "1"},
        )

    @property
    def endpoint(self) -> str:
        return f"http://{LOCALHOST}:{self.ports['s3']}"

    @property
    def is_running(self) -> bool:
        return self.child.is_running

    def client(self) -> "S3Client":
        """A client with the full rights of the access key; it does not retry."""
        config = Config(
            signature_version="s3v4",
            s3={"addressing_style": "path"},
            retries={"max_attempts": 0},
            connect_timeout=2,
            read_timeout=10,
            max_pool_connections=32,
        )
        return boto3.client(
            "s3", endpoint_url=self.endpoint, region_name=self.region, config=config,
            aws_access_key_id=self.access_key, aws_secret_access_key=self.secret_key,
        )  # fmt: skip

    @cached_property
    def _shared_client(self) -> "S3Client":
        return self.client()

    def put(self, key: str, body: bytes, content_type: str) -> None:
        """Store an object in the bucket. May be called from several threads at once."""
        self._shared_client.put_object(Bucket=self.bucket, Key=key, Body=body, ContentType=content_type)

    def launch(self) -> None:
        """Start without waiting; `wait_until_ready` does. From the main thread, see `Child`."""
        (self.folder / "data").mkdir(mode=0o700, parents=True, exist_ok=True)
        self._write_identities()
        self._write_internal_keys()
        self.child.start()

    def start(self) -> None:
        self.launch()
        self.wait_until_ready()

    def wait_until_ready(self, seconds: float = START_SECONDS) -> None:
        """Until what an earlier run stored can be read, and new objects can be stored; about 3 s after the launch."""
        client, deadline = self.client(), time.monotonic() + seconds
        while True:
            self.child.ensure_running()
            try:
                self._probe(client)
            except (BotoCoreError, ClientError) as error:
                if time.monotonic() > deadline:
                    message = f"The S3 server is not ready after {seconds:.0f} s: {error}\n{tail(self.child.log)}"
                    raise DemoError(message) from error
                time.sleep(POLL_SECONDS * 5)
            else:
                return

    def _probe(self, client: "S3Client") -> None:
        # The probe has a body, as an empty object needs no volume, and a bucket apart, so that it is in nobody's way.
        # It stays: the volumes of an earlier run are announced together, a moment after new ones could be made.
        buckets = {bucket["Name"] for bucket in client.list_buckets()["Buckets"]}
        if PROBE_BUCKET in buckets:
            # A first start that was interrupted may have made the bucket and nothing in it.
            with suppress(client.exceptions.NoSuchKey):
                client.get_object(Bucket=PROBE_BUCKET, Key=PROBE_KEY)["Body"].read()
        for name in {self.bucket, PROBE_BUCKET} - buckets:
            client.create_bucket(Bucket=name)
        client.put_object(Bucket=PROBE_BUCKET, Key=PROBE_KEY, Body=b"ready")

    def stop(self) -> None:
        self.child.stop()
        for socket in _unix_sockets(set(self.ports.values())):
            socket.unlink(missing_ok=True)

    def _command(self) -> list[str]:
        ports = self.ports
        options = {
            "dir": self.folder / "data",
            "ip": LOCALHOST,
            "ip.bind": LOCALHOST,
            "filer": "true",
            "s3": "true",
            "s3.config": self.folder / "identities.json",
            "s3.port": ports["s3"],
            "s3.port.grpc": ports["s3_grpc"],
            "s3.port.iceberg": 0,
            "s3.port.lance": 0,
            "s3.localSocket": "s3.sock",
            "filer.port": ports["filer"],
            "filer.port.grpc": ports["filer_grpc"],
            "filer.localSocket": "filer.sock",
            "volume.port": ports["volume"],
            "volume.port.grpc": ports["volume_grpc"],
            "volume.max": 0,
            "volume.minFreeSpace": "200MiB",
            "volume.preStopSeconds": 0,
            "master.port": ports["master"],
            "master.port.grpc": ports["master_grpc"],
            "master.volumeSizeLimitMB": VOLUME_MEGABYTES,
            "master.electionTimeout": "1s",
            "master.telemetry": "false",
        }
        return [_program(), "-logtostderr=true", "server", *(f"-{name}={value}" for name, value in options.items())]

    def _write_identities(self) -> None:
        identity = {
            "name": "ygs",
            "credentials": [{"accessKey": self.access_key, "secretKey": self.secret_key}],
            "actions": ["Admin", "Read", "List", "Tagging", "Write"],
        }
        _write_private(self.folder / "identities.json", json.dumps({"identities": [identity]}))

    def _write_internal_keys(self) -> None:
        """Without these, the ports behind S3's would hand out and take every object unsigned."""
        sections = ("jwt.signing", "jwt.signing.read", "jwt.filer_signing", "jwt.filer_signing.read")
        text = "".join(f'[{section}]\nkey = "{secrets.token_urlsafe(32)}"\n' for section in sections)
        _write_private(self.folder / "security.toml", text)


def _write_private(path: Path, text: str) -> None:
    path.touch(0o600)
    path.chmod(0o600)
    path.write_text(text)


def _program() -> str:
    # The wheel puts it beside the interpreter; a virtual environment need not be activated for that.
    program = Path(sysconfig.get_path("scripts")) / "weed"
    found = str(program) if program.exists() else shutil.which("weed")
    if found is None:
        raise DemoError("The S3 server `weed` is missing: install ygs_admin/demo/requirements.txt.")
    return found


def _unix_sockets(ports: set[int]) -> list[Path]:
    """The server also listens on Unix sockets at these fixed places, and does not remove all of them."""
    names = [f"seaweedfs-{kind}-grpc-{port}.sock" for port in ports for kind in ("master", "volume", "filer", "s3")]
    return [socket for name in names if (socket := UNIX_SOCKETS / name).exists()]


def _fits(port: int) -> bool:
    """Free, and without a socket that another account's server left behind, on which ours would fail."""
    return is_free(port) and not any(socket.stat().st_uid != os.geteuid() for socket in _unix_sockets({port}))
