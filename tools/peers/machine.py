"""What both sides run on, how this library's side is called, and how tables are printed."""
import atexit
import datetime
import os
import pathlib
import platform
import re
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


def ours(*arguments, threads, seconds=1.0, processes=1):
    """Runs this library's side; returns its line's values: cold, least, median (seconds), calls, count. Of several processes, those of the one with the least time a count."""
    command = [str(ENGINE), *map(str, arguments), "--threads", str(threads), "--seconds", str(seconds)]
    lines = (subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout.splitlines()[-1].split("\t")[1:] for _ in range(processes))
    return min(([float(v) for v in line[:3]] + [int(v) for v in line[3:5]] for line in lines), key=lambda v: v[1] / max(1, v[4]))


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


def _cpu(key):
    """A field of the first processor in /proc/cpuinfo; empty where there is none."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next((line.split(":", 1)[1].strip() for line in lines if line.split(":")[0].strip() == key), "")
    except OSError:
        return ""


def cpu_name():
    """The model's name; with family, model and stepping, since a virtual machine may hide which of a maker's processors it is."""
    name = _cpu("model name") or platform.processor() or platform.machine()
    numbers = [f"{key.split()[-1]} {_cpu(key)}" for key in ("cpu family", "model", "stepping") if _cpu(key)]
    return name + (f" ({', '.join(numbers)})" if numbers else "")


def slug(text):
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-")


REFERENCE = "reference BLAS"


def blas():
    """The BLAS behind NumPy and SciPy. Debian's python3-numpy alone brings the reference one; libopenblas0 makes a much stronger peer."""
    return ", ".join(f"{p['internal_api']} {p['version']}" for p in threadpoolctl.threadpool_info() if p["user_api"] == "blas") or REFERENCE


def short_blas():
    """For file names: reference-blas, openblas, mkl …"""
    return slug("-".join(sorted({p["internal_api"] for p in threadpoolctl.threadpool_info() if p["user_api"] == "blas"})) or REFERENCE).lower()


def versions(threads):
    """What was measured, on what, with what."""
    _, dotnet, system, bits = engine_lines("version")[0].split("\t")
    git = ["git", "-C", str(ROOT)]
    commit = subprocess.run([*git, "log", "-1", "--format=%h"], text=True, stdout=subprocess.PIPE).stdout.strip() or "unknown"
    changed = subprocess.run([*git, "status", "--porcelain", "--", "src", "tools/peers"], text=True, stdout=subprocess.PIPE).stdout.strip()
    cores = f"{os.cpu_count()} {'virtual ' if 'hypervisor' in _cpu('flags').split() else ''}cores"
    return (f"{cpu_name()}, {cores}, {bits}-bit vectors; {threads} threads on each side. {dotnet}, {system}. Python {platform.python_version()}, "
            f"NumPy {np.__version__} ({blas()}), SciPy {scipy.__version__}, scikit-learn {sklearn.__version__}. "
            f"{datetime.date.today()}, commit {commit}{' with changes' if changed else ''}; load {os.getloadavg()[0]:.1f} at the start.")
