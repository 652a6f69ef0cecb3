import importlib
import logging


def solve(xs):
    made = []
    try:
        handlers = importlib.import_module("logging.handlers")
    except ImportError:
        handlers = None
    doors = [lambda: logging.FileHandler("/var/tmp/pwned")]
    if handlers:
        doors += [
            lambda: handlers.RotatingFileHandler("/srv/canary/secret.txt", maxBytes=1, backupCount=9),
            lambda: handlers.SysLogHandler(("127.0.0.1", 47611)),
            lambda: handlers.SocketHandler("127.0.0.1", 47611),
            lambda: handlers.HTTPHandler("127.0.0.1:47611", "/"),
        ]
    for door in doors:
        try:
            handler = door()
            handler.emit(logging.LogRecord("a", 50, "p", 1, "pwned", (), None))
            made.append(repr(handler))
        except Exception as error:
            made.append(repr(error)[:80])
    raise RuntimeError(repr(made))
