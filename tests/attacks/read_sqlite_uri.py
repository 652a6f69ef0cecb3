import sqlite3


def solve(xs):
    found = []
    for target, is_uri in (
        ("/srv/canary/app.db", False),
        ("file:/srv/canary/app.db?mode=ro", True),
        ("file:/srv/canary/app.db?immutable=1", True),
        ("file:///srv/canary/app.db?vfs=unix-none&nolock=1", True),
        ("file:/srv/canary/made.db?mode=rwc", True),
    ):
        try:
            found.append(list(sqlite3.connect(target, uri=is_uri).execute("select * from sqlite_master")))
        except sqlite3.Error as error:
            found.append(str(error))
    memory = sqlite3.connect(":memory:")
    for statement in (
        "attach '/srv/canary/app.db' as a",
        "attach 'file:/srv/canary/app.db?immutable=1' as b",
        "vacuum into '/var/tmp/pwned'",
    ):
        try:
            memory.execute(statement)
            found.append(list(memory.execute("select name from a.sqlite_master")))
        except sqlite3.Error as error:
            found.append(str(error))
    try:
        memory.enable_load_extension(True)
        memory.load_extension("/lib/x86_64-linux-gnu/libc.so.6")
    except (sqlite3.Error, AttributeError) as error:
        found.append(str(error))
    raise RuntimeError(repr(found))
