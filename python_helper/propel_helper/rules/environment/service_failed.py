"""service-failed: a service outside of the program refused or did not answer.

## What happened
The program talked to something that runs elsewhere (a server, a database, a bucket, an experiment
tracker) through a client package, and the client gave up.

## Why it happens
The service is down, busy or not to be reached from this machine, the credentials are missing or not
allowed to do that, or a quota is used up.

## What the fix changes
Nothing by itself: it is not in the project that something is wrong.

## Fix safety
There is nothing to apply.
"""

from __future__ import annotations

from propel_helper.facts.crash import Crash
from propel_helper.facts.finding import Category, Explanation
from propel_helper.facts.surroundings import Surroundings
from propel_helper.facts.wording import Wording
from propel_helper.rules import Rule, families
from propel_helper.rules.steps import guide
from propel_helper.rules.words import code, first_line

# Packages that do nothing but talk to something outside of the program.
_CLIENTS = frozenset(
    {
        "requests", "urllib3", "urllib", "http", "httpx", "httpcore", "aiohttp", "aiobotocore",
        "websocket", "websockets", "socket", "ssl", "ftplib", "smtplib", "grpc", "zmq", "kazoo",
        "botocore", "boto3", "gcsfs", "oss2", "minio", "azure", "huggingface_hub", "modelscope",
        "openai", "anthropic", "cohere", "groq", "mistralai", "together", "replicate",
        "redis", "pymongo", "elasticsearch", "psycopg", "psycopg2", "pymysql", "MySQLdb", "sqlite3",
        "sqlalchemy", "peewee", "paramiko", "kaggle", "kagglehub", "gdown", "wandb", "mlflow",
        "comet_ml", "neptune", "clearml", "swanlab", "tenacity", "docker", "kubernetes",
    }
)  # fmt: skip
_GOOGLE = ("google.auth.", "google.api_core.", "google.cloud.")
_TYPES = frozenset(
    {"ConnectionError", "ConnectionRefusedError", "ConnectionAbortedError", "TimeoutError"}
)
# Types by which a client says that it was used wrongly, before anything was sent or by the answer.
_MISUSE = Wording(
    r"JSONDecode|Validation|Usage|Programming|Integrity|DataError|Schema|InvalidURL|BadRequest"
    r"|Unprocessable|Param|NotImplemented|^(?:Value|Type|Key|Attribute|Index)?Error$"
)
_MISUSED = Wording(
    r"\b(?:400|422)\b|no such (?:table|column)|syntax error|unable to open database file"
)
# What a client's unspecific types need beside them.
_CONNECTS = Wording(
    r"[Cc]onnect|[Tt]imed? ?out|[Uu]nreachable|[Uu]navailable|HTTPS?ConnectionPool"
    r"|[Cc]ommunicat|shut ?down|API request"
)


def explain(crash: Crash, _surroundings: Surroundings) -> Explanation | None:
    """Claim errors of client packages, but for those that say that the client was misused."""
    if not _is_service(crash) or _MISUSED.search(crash.message):
        return None
    said = first_line(crash.message) or families.type_name(crash)
    return Explanation(
        error="a service that failed",
        because=f"what answers outside of the program said {code(said)}",
        fixes=(
            guide(
                "look-at-the-service",
                "Look at the service",
                "Check from this machine that the service can be reached and that the credentials "
                "it is given may do that; then start the run again.",
            ),
        ),
    )


def _is_service(crash: Crash) -> bool:
    name = families.type_name(crash)
    package = families.package(crash)
    if not package:
        return name in _TYPES
    if package == "google":
        return (crash.exception or "").startswith(_GOOGLE)
    if package not in _CLIENTS:
        return False
    return not _MISUSE.search(name) or bool(_CONNECTS.search(crash.message))


RULE = Rule("service-failed", Category.ENVIRONMENT, ("exception",), explain, last=True)
