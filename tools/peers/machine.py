"""What both sides run on, how this library's side is called, and how tables are printed."""
import atexit
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile
import time

import numpy as np
import scipy
import sklearn
import threadpoolctl

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
ENGINE = HERE / "bin" / "Release" / "net10.0" / "peers"
SCRATCH = pathlib.Path(tempfile.mkdtemp(prefix="peers-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)


def ours(*arguments, threads, seconds=1.0):
    """Runs this library's side; returns its line's values: cold, least, median (seconds), calls, count."""
    command = [str(ENGINE), *map(str, arguments), "--threads", str(threads), "--seconds", str(seconds)]
    line = subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout.splitlines()[-1].split("\t")[1:]
    return [float(v) for v in line[:3]] + [int(v) for v in line[3:5]]


def engine_lines(*arguments):
    return subprocess.run([str(ENGINE), *arguments], check=True, text=True, stdout=subprocess.PIPE).stdout.splitlines()


def save(name, array):
    """Writes an array as raw numbers in C order and returns the path."""
    path = SCRATCH / name
    np.ascontiguousarray(array).tofile(path)
    return path


def clock(work, seconds=0.0):
    """The result and the least time of a call; repeats until the time is used."""
    least, start = float("inf"), time.perf_counter()
    while True:
        begin = time.perf_counter()
        result = work()
        now = time.perf_counter()
        least = min(least, now - begin)
        if now - start >= seconds:
            return result, least


def progress(text):
    print(text, file=sys.stderr, flush=True)


def duration(seconds):
    for unit, size in (("s", 1), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-6:.3g} µs"


def table(head, rows):
    """A Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "| " + " | ".join("---" for _ in head) + " |"]
    return "\n".join(lines + ["| " + " | ".join(str(c) for c in row) + " |" for row in rows]) + "\n"


def cpu_name():
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.processor()) if os.path.exists("/proc/cpuinfo") else platform.processor()
    return model or platform.machine()


REFERENCE = "reference BLAS"


def blas():
    """The BLAS behind NumPy and SciPy. Debian's python3-numpy alone brings the reference one; libopenblas0 makes a much stronger peer."""
    return ", ".join(f"{p['internal_api']} {p['version']}" for p in threadpoolctl.threadpool_info() if p["user_api"] == "blas") or REFERENCE


def versions(threads):
    _, dotnet, system, bits = engine_lines("version")[0].split("\t")
    commit = subprocess.run(["git", "-C", str(ROOT), "log", "-1", "--format=%cs"], text=True, stdout=subprocess.PIPE).stdout.strip()
    return (f"{cpu_name()}, {os.cpu_count()} processors, {bits}-bit vectors; {threads} threads on each side. {dotnet}, {system}. Python {platform.python_version()}, "
            f"NumPy {np.__version__} ({blas()}), SciPy {scipy.__version__}, scikit-learn {sklearn.__version__}. Commit of {commit or 'unknown date'}; load {os.getloadavg()[0]:.1f} at the start.")
