"""The text of ``quizapp.runner.inside`` as a guest takes it, and what each flavour gets ready."""

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Literal, TypeAlias

Flavour: TypeAlias = Literal["plain", "numpy", "pandas", "light"]

PACKAGE = "quizapp.runner.inside"
MODULES = ("encoding", "messages", "printing", "frames", "python", "sql", "harness")
"""Each after those that it imports."""
LOADER = """
import gc, sys, types
def load(package, sources):
    outer = ""
    for name in package.split("."):
        outer = f"{outer}.{name}" if outer else name
        sys.modules[outer] = types.ModuleType(outer)
    for name, source in sources:
        module = types.ModuleType(f"{package}.{name}")
        sys.modules[module.__name__] = module
        setattr(sys.modules[package], name, module)
        exec(compile(source, f"<{name}>", "exec", dont_inherit=True), module.__dict__)
    harness = module
    for name in [name for name in sys.modules if name.split(".")[0] == package.split(".")[0]]:
        del sys.modules[name]
    return harness.run
"""
USUAL = (
    "array bisect collections copy dataclasses datetime decimal enum fractions functools heapq "
    "itertools json math operator random re statistics string sqlite3 typing"
).split()
"""What programs import most, as it takes a guest longer than they run."""
READY: Mapping[Flavour, str] = {
    "plain": "",
    "numpy": """
import numpy, numpy.linalg, numpy.random, numpy.fft
numpy.linalg.svd(numpy.arange(6.0).reshape(2, 3)); str(numpy.ones(3)); numpy.random.seed()
""",
    "pandas": """
import numpy, numpy.linalg, numpy.random, pandas
frame = pandas.DataFrame({"a": [1, 2, 2], "b": [3.0, 4.0, None], "c": ["x", "y", "z"]})
frame.groupby("a")["b"].sum(); frame.merge(frame, on="a"); str(frame); frame.describe()
frame.sort_values("b").to_dict(); del frame
""",
    "light": """
class OnlyStandard:
    def find_spec(self, name, path=None, target=None, known=sys.stdlib_module_names):
        if name.partition(".")[0] not in known:
            raise ModuleNotFoundError(f"{name} is not here: the light engine has the standard "
                                      "library alone", name=name)
sys.meta_path.insert(0, OnlyStandard())
""",
}


def ready(flavour: Flavour) -> str:
    """What a new guest runs once; then it can run a job."""
    sources = [(name, files(PACKAGE).joinpath(f"{name}.py").read_text("utf-8")) for name in MODULES]
    return "\n".join(
        [
            LOADER,
            "import " + ", ".join(USUAL),
            f"run = load({PACKAGE!r}, {sources!r})",
            READY[flavour],
            "for name in [n for n in globals() if n[0] != '_' and n != 'run' and n != 'gc']:",
            "    del globals()[name]",
            "gc.collect(); gc.freeze(); del gc",
        ]
    )


def call(job: Mapping[str, object]) -> str:
    """What a guest that is ready runs for ``job``."""
    return f"run({json.dumps(job)!r})"
