"""Label weight matrices from Python with the command `geometry`: one file, to be copied beside a script or put on PYTHONPATH.

    import geometry
    runs = geometry.label(weights, density=density)        # a pandas.DataFrame, one row for each run
    summands = geometry.summands(weights)                  # one row for each summand

Needs NumPy, pandas and the command: `geometry` on the PATH, or the words of $GEOMETRY_COMMAND, such as "dotnet path/to/geometry.dll".
"""
import os
import pathlib
import shlex
import shutil
import subprocess
import tempfile

import numpy
import pandas


class GeometryError(RuntimeError):
    """The command refused its input, or could not be started; the message is what it said."""


def command():
    """The words that start the program."""
    words = shlex.split(os.environ.get("GEOMETRY_COMMAND", "geometry"))
    if not words or shutil.which(words[0]) is None:
        raise GeometryError(f"no program {words[:1]}: put geometry on the PATH, or its words into GEOMETRY_COMMAND")
    return words


def write(path, weights, bias=None, **parameters):
    """Writes runs to an npz file that the command reads.

    weights: (runs, m, n), or (m, n) for one run; m hidden dimensions, n features. bias: (runs, n) or (n,).
    parameters: such as density, seed, loss: one number for each run, or one for all; each becomes a column of the labels.
    """
    weights = numpy.asarray(weights)
    if weights.ndim not in (2, 3):
        raise ValueError(f"weights: expected the axes (runs, hidden, features) or (hidden, features), found shape {weights.shape}")
    arrays = {"W": weights}
    if bias is not None:
        arrays["b"] = numpy.asarray(bias)
    for name, values in parameters.items():
        values = numpy.asarray(values)
        if weights.ndim == 3 and values.shape not in ((), (len(weights),)):
            raise ValueError(f"{name}: expected one number or {len(weights)}, found shape {values.shape}")
        arrays[name] = values
    numpy.savez(path, **arrays)


def run(*words):
    """Runs the command and returns what it printed; raises GeometryError with its messages when it fails."""
    done = subprocess.run([*command(), *map(str, words)], capture_output=True, text=True)
    if done.returncode != 0:
        raise GeometryError(done.stderr.strip() or f"geometry ended with status {done.returncode}")
    return done.stdout


def label(weights, bias=None, options=(), **parameters):
    """Labels runs and returns labels.csv as a DataFrame: one row for each run, with its label, formula and residual."""
    return _tables(weights, bias, options, parameters)[0]


def summands(weights, bias=None, options=(), **parameters):
    """Labels runs and returns summands.csv as a DataFrame; its column `features` holds lists of indices."""
    return _tables(weights, bias, options, parameters)[1]


def read(folder):
    """labels.csv and summands.csv of a labelled folder, as two DataFrames."""
    folder = pathlib.Path(folder)
    # Texts stay texts: an empty formula says that nothing is learned, and the label "none" is no missing value.
    labels = pandas.read_csv(folder / "labels.csv", converters={"label": str, "formula": str})
    parts = pandas.read_csv(folder / "summands.csv", converters={"features": lambda cell: [int(i) for i in cell.split()]})
    return labels, parts


def _tables(weights, bias, options, parameters):
    with tempfile.TemporaryDirectory() as scratch:
        file = pathlib.Path(scratch) / "runs.npz"
        write(file, weights, bias, **parameters)
        # The axes are named: a square W would otherwise be refused.
        run("label", file, "--out", pathlib.Path(scratch) / "out", "--layout", "hidden-first", "--quiet", *options)
        labels, parts = read(pathlib.Path(scratch) / "out")
    # The file is gone: its name says nothing.
    return labels.drop(columns="source"), parts.drop(columns="source")
