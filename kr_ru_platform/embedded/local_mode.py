"""Local mode stays on this machine: its demo accounts have published passwords, and nothing is encrypted on the way.

Known before Django and before any service is started, so that each way to start is refused with one sentence.
"""

import ipaddress
import os
import secrets
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from kr_ru_platform.embedded.layout import ServiceError
from kr_ru_platform.words.addresses.links import is_public_suffix

LOOPBACK_NAMES = ["localhost", "127.0.0.1", "[::1]"]
SETTINGS = "kr_ru_platform.settings.local"
YES = frozenset({"1", "true", "yes", "on"})
HOW = (
    "To let other machines in, say so and name the addresses under which they reach it, for example "
    "LOCAL_NETWORK=1 HOST=0.0.0.0 ALLOWED_HOSTS=192.168.0.10 make run; demo accounts are off then "
    "(manage.py remove_demo_accounts), unless a closed training room asks for them with DEMO_ACCOUNTS=1. "
    "For everything else run it in production: docs/operations.md."
)


def is_loopback(host: str) -> bool:
    name = host.strip("[]").partition("%")[0].lower()
    with suppress(ValueError):
        address = ipaddress.ip_address(name)
        mapped = getattr(address, "ipv4_mapped", None)
        return (mapped or address).is_loopback
    return name == "localhost" or name.endswith(".localhost")


def is_on(name: str, environment: Mapping[str, str]) -> bool:
    return environment.get(name, "").strip().lower() in YES


def refuse_network(hosts: Iterable[str], environment: Mapping[str, str] = os.environ) -> None:
    """Listening where other machines reach it needs a word of whoever starts it."""
    if environment.get("DJANGO_SETTINGS_MODULE", SETTINGS) != SETTINGS or is_on("LOCAL_NETWORK", environment):
        return
    if strange := [host for host in hosts if not is_loopback(host)]:
        raise ServiceError(f"Local mode does not listen on {', '.join(strange)}: it is for this machine alone. {HOW}")


def hosts_of_command(argv: Sequence[str], environment: Mapping[str, str] = os.environ) -> list[str]:
    """Where `manage.py portal` and `manage.py runserver` are told to listen; empty where not."""
    command = argv[1] if len(argv) > 1 else ""
    if command == "portal":
        return [environment["HOST"]] if environment.get("HOST") else []
    if command != "runserver":
        return []
    places = [one for one in argv[2:] if not one.startswith("-")]
    # "8000" alone is a port; "-4" and the like are options.
    return [host for place in places if (host := place.rpartition(":")[0])]


def refused_names(names: Sequence[str]) -> str:
    """Why these ALLOWED_HOSTS will not do; empty where they will."""
    if strange := [name for name in names if is_any_host(name)]:
        return (
            f"ALLOWED_HOSTS must name the portal's own hosts: {', '.join(map(repr, strange))} stands for any, and a "
            "stranger's page could then ask in the name of whoever reads it."
        )
    return ""


def is_any_host(name: str) -> bool:
    """A star, nothing but dots, or everything below what anybody may have a name under, such as .kr or .co.kr."""
    if "*" in name or not name.strip("."):
        return True
    below = name.strip(".")
    return name.startswith(".") and ("." not in below or is_public_suffix(below))


def secret_key(data_dir: Path) -> str:
    """This folder's own, made once. Whoever comes second takes what the first one wrote."""
    path = data_dir / "secret.key"
    with suppress(FileNotFoundError):
        return path.read_text()
    data_dir.mkdir(parents=True, exist_ok=True)
    draft = data_dir / f"secret.key.{os.getpid()}.{secrets.token_hex(4)}"
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(64))
        file.flush()
        os.fsync(file.fileno())
    try:
        # Unlike a rename, a link does not replace what is there already.
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
    return path.read_text()
