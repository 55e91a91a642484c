"""Times WeightWatcher: one JSON request a line in, one JSON answer a line out."""

import json
import logging
import sys
import time
import warnings
from importlib.metadata import version

import numpy as np

# Where PyTorch is missing it says so at every start; our answers are the only lines on standard output.
logging.disable(logging.CRITICAL)
answers, sys.stdout = sys.stdout, sys.stderr

import weightwatcher  # noqa: E402
from onnx import helper, numpy_helper  # noqa: E402

warnings.simplefilter("ignore")


def versions(_):
    return 0.0, {name: version(name) for name in ("weightwatcher", "powerlaw", "numpy", "scipy")}


def analyze(request):
    """All columns of a network's layers, randomised spectra included; some of them, one row a layer."""
    weights = [np.array(layer["values"]).reshape(layer["rows"], layer["cols"]) for layer in request["layers"]]
    tensors = [numpy_helper.from_array(matrix, f"layer{i}") for i, matrix in enumerate(weights)]
    model = helper.make_model(helper.make_graph([], "network", [], [], initializer=tensors))
    watcher = weightwatcher.WeightWatcher()
    start = time.perf_counter()
    details = watcher.analyze(model=model, randomize=True, mp_fit=True, detX=True, plot=False)
    seconds = time.perf_counter() - start
    return seconds, details[["alpha", "sigma_mp", "entropy", "log_alpha_norm"]].to_numpy().tolist()


TASKS = {task.__name__: task for task in (versions, analyze)}

for line in sys.stdin:
    request = json.loads(line)
    seconds, answer = TASKS[request["task"]](request)
    print(json.dumps({"seconds": seconds, "answer": answer}), file=answers, flush=True)
