"""Times shap: one JSON request a line in, one JSON answer a line out."""

import json
import logging
import platform
import sys
import time
import warnings
from importlib.metadata import version

import numpy as np

# Our answers are the only lines on standard output.
logging.disable(logging.CRITICAL)
answers, sys.stdout = sys.stdout, sys.stderr

import shap  # noqa: E402

warnings.simplefilter("ignore")


def versions(_):
    packages = {name: version(name) for name in ("shap", "numpy", "scikit-learn")}
    return 0.0, {**packages, "Python": platform.python_version()}


def kernel(request):
    """Values of KernelExplainer at l1_reg 0 for a network of one hidden layer, all sigmoid, rows x features, and processor seconds."""
    w1, w2 = (np.array(weights) for weights in request["weights"])
    b1, b2 = (np.array(biases) for biases in request["biases"])
    features, hidden = request["features"], len(b1)
    w1, w2 = w1.reshape(hidden, features), w2.reshape(1, hidden)

    def network(x):
        h = 1.0 / (1.0 + np.exp(-(x @ w1.T + b1)))
        return (1.0 / (1.0 + np.exp(-(h @ w2.T + b2))))[:, 0]

    background, rows = (np.array(request[name]).reshape(-1, features) for name in ("background", "rows"))
    start, processor = time.perf_counter(), time.process_time()
    explainer = shap.KernelExplainer(network, background)
    values = explainer.shap_values(rows, l1_reg=0, silent=True)
    seconds, processor = time.perf_counter() - start, time.process_time() - processor
    return seconds, {"values": np.asarray(values).tolist(), "processor": processor}


TASKS = {task.__name__: task for task in (versions, kernel)}

for line in sys.stdin:
    request = json.loads(line)
    seconds, answer = TASKS[request["task"]](request)
    print(json.dumps({"seconds": seconds, "answer": answer}), file=answers, flush=True)
