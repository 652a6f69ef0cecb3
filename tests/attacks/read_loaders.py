import importlib.machinery
import importlib.util
import runpy
import sys


def solve(xs):
    found = []
    for name, loader in (
        ("source", importlib.machinery.SourceFileLoader("secret", "/srv/canary/secret.txt")),
        ("extension", importlib.machinery.ExtensionFileLoader("libc", "/lib/x86_64-linux-gnu/libc.so.6")),
    ):
        try:
            found.append(loader.get_data("/srv/canary/secret.txt"))
        except OSError as error:
            found.append(f"{name}: {error}")
        try:
            spec = importlib.util.spec_from_loader(loader.name, loader)
            found.append(importlib.util.module_from_spec(spec))
        except (ImportError, OSError) as error:
            found.append(f"{name}: {error}")
    sys.path[:0] = ["/srv/canary", "/usr/lib/python3/dist-packages"]
    try:
        found.append(runpy.run_path("/srv/canary/secret.txt"))
    except OSError as error:
        found.append(str(error))
    raise RuntimeError(repr(found))
