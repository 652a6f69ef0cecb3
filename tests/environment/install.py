"""Install what the tests need beyond Python, where it is missing: Chromium, PostgreSQL and more.

    python -m tests.environment.install

Uses Debian's packages, as root or where sudo asks for no password; elsewhere it says what to
install and fails, because tests that quietly did not run would pass for tests that passed.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

from tests.environment import postgres
from tests.environment.chromium import find_chromium
from tests.environment.faketime import find_library

WHAT_TO_INSTALL = {
    "chromium": "Chromium or Chrome (or set CHROMIUM to its path)",
    "postgresql": f"the PostgreSQL server (or set {postgres.ADDRESS} to one that tests may fill)",
    "faketime": "libfaketime, by which a server takes the machine's clock for set",
}


def main() -> int:
    """Install what is missing; return 0 when nothing is missing any more."""
    missing = missing_packages()
    if missing and can_install():
        print(f"Installing {' and '.join(missing)} for the tests …", flush=True)
        install(missing)
        missing = missing_packages()
    for package in missing:
        print(f"The tests need {WHAT_TO_INSTALL[package]}: please install it.", file=sys.stderr)
    return 1 if missing else 0


def missing_packages() -> list[str]:
    """Return the Debian names of what is not on this machine."""
    missing = []
    if find_chromium() is None:
        missing.append("chromium")
    if postgres.ADDRESS not in os.environ and postgres.find_programs() is None:
        missing.append("postgresql")
    if find_library() is None:
        missing.append("faketime")
    return missing


def can_install() -> bool:
    """Whether there is an apt-get, and the right to use it without being asked anything."""
    if shutil.which("apt-get") is None:
        return False
    return os.geteuid() == 0 or (
        shutil.which("sudo") is not None
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    )


def install(packages: Sequence[str]) -> None:
    """Install Debian packages; another apt at work is waited for, up to five minutes."""
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet=2"]
    subprocess.run([*apt, "update"], check=False)
    options = ["--yes", "--no-install-recommends", "--option=DPkg::Lock::Timeout=300"]
    subprocess.run([*apt, "install", *options, *packages], stdin=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    sys.exit(main())
