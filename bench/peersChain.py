"""Runs the study's chain as its users would write it in Python: one JSON request a line in, one JSON answer a line out."""

import json
import platform
import sys
import time
import warnings
from importlib.metadata import version

import nolds
import numpy as np
from statsmodels.tsa.stattools import grangercausalitytests

warnings.simplefilter("ignore")


def versions(_):
    packages = {name: version(name) for name in ("numpy", "nolds", "statsmodels", "scipy")}
    return 0.0, {**packages, "Python": platform.python_version()}


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


class Chain:
    """Dense training, recording, exponents, tests, mask and training under it, for one initialisation."""

    def __init__(self, request):
        self.request = request
        self.inputs, self.targets, self.tests, self.answers = (
            np.array(request[name]).reshape(-1, width)
            for name, width in (("inputs", request["layers"][0]), ("targets", request["layers"][2]),
                                ("testInputs", request["layers"][0]), ("testTargets", request["layers"][2]))
        )

    def start(self):
        a, b, c = self.request["layers"]
        w1, w2 = (np.array(values) for values in self.request["weights"])
        b1, b2 = (np.array(values) for values in self.request["biases"])
        return w1.reshape(b, a), w2.reshape(c, b), b1, b2

    def outputs(self, network, inputs):
        w1, w2, b1, b2 = network
        return sigmoid(sigmoid(inputs @ w1.T + b1) @ w2.T + b2)

    def accuracy(self, network, inputs, targets):
        """Rows whose every output, rounded, is right."""
        return np.mean(np.all(np.rint(self.outputs(network, inputs)) == targets, axis=1))

    def train(self, epochs, record=None, stop=None, masks=None):
        """One row an update, rows in their order; the weights before each update go to `record`, and after the last."""
        w1, w2, b1, b2 = network = self.start()
        rate, m, at = self.request["learningRate"], len(b2), 0
        cut = w1.size
        if masks is not None:
            w1 *= masks[0]
            w2 *= masks[1]
        for epoch in range(1, epochs + 1):
            for x, y in zip(self.inputs, self.targets):
                if record is not None:
                    record[at, :cut], record[at, cut : cut + w2.size] = w1.ravel(), w2.ravel()
                    record[at, cut + w2.size :] = np.concatenate((b1, b2))
                    at += 1
                h = sigmoid(w1 @ x + b1)
                a = sigmoid(w2 @ h + b2)
                d2 = -2.0 * (y - a) / m * a * (1.0 - a)
                d1 = (w2.T @ d2) * h * (1.0 - h)
                w2 -= rate * np.outer(d2, h)
                b2 -= rate * d2
                w1 -= rate * np.outer(d1, x)
                b1 -= rate * d1
                if masks is not None:
                    w1 *= masks[0]
                    w2 *= masks[1]
            if stop is not None and self.accuracy(network, self.inputs, self.targets) >= stop:
                break
        if record is not None:
            record[at, :cut], record[at, cut : cut + w2.size] = w1.ravel(), w2.ravel()
            record[at, cut + w2.size :] = np.concatenate((b1, b2))
        return epoch


def chain(request):
    """Seconds of the steps whose work does not depend on the number of weights, and of those of the first weights alone."""
    made, seconds = Chain(request), {}
    clock, processor = time.perf_counter(), time.process_time()

    def lap(name):
        nonlocal clock
        now = time.perf_counter()
        seconds[name] = seconds.get(name, 0.0) + now - clock
        clock = now

    a, b, c = request["layers"]
    count, found = a * b + b * c, []
    epochs = made.train(request["epochs"], stop=request["stop"])
    lap("training")
    for search in request["searches"]:
        rows = len(made.inputs) * search["epochs"] + 1
        record = np.empty((rows, count + b + c))
        made.train(search["epochs"], record=record)
        lap("recording")
        window, step = search["window"], search["step"]
        starts = range(0, rows - window + 1, step)
        exponents = np.empty((len(starts), search["weights"]))
        for weight in range(search["weights"]):
            for t, begin in enumerate(starts):
                series = np.round(record[begin : begin + window, weight], 6)
                if np.ptp(series) == 0:
                    exponents[t, weight] = 0.0
                else:
                    exponents[t, weight] = nolds.lyap_r(
                        series, emb_dim=2, lag=1, min_tsep=0, trajectory_len=2, fit="poly"
                    )
        exponents[~np.isfinite(exponents)] = 0.0
        lap("exponents")
        target = np.empty(len(starts))
        for t, begin in enumerate(starts):
            last = record[begin + window - 1]
            network = (last[: a * b].reshape(b, a), last[a * b : count].reshape(c, b),
                       last[count : count + b], last[count + b :])
            target[t] = 1.0 - made.accuracy(network, made.tests, made.answers)
        lap("target")
        for weight in range(search["weights"]):
            try:
                tests = grangercausalitytests(np.column_stack([target, exponents[:, weight]]), search["maxLag"])
                min(float(test[0]["ssr_chi2test"][1]) for test in tests.values())
            except Exception:  # A constant series or a singular regression: its p-value is 0, the weight stays.
                pass
        lap("tests")
        kept = np.array(search["kept"], dtype=float)
        masks = kept[: a * b].reshape(b, a), kept[a * b :].reshape(c, b)
        found.append(made.train(request["epochs"], stop=request["stop"], masks=masks))
        lap("retraining")
    share = (time.process_time() - processor) / sum(seconds.values())
    return sum(seconds.values()), {"seconds": seconds, "epochs": [epochs, *found], "share": share}


TASKS = {task.__name__: task for task in (versions, chain)}

for line in sys.stdin:
    request = json.loads(line)
    with open("/dev/null", "w") as nowhere:
        # statsmodels prints its tests.
        answers, sys.stdout = sys.stdout, nowhere
        seconds, answer = TASKS[request["task"]](request)
        sys.stdout = answers
    print(json.dumps({"seconds": seconds, "answer": answer}), flush=True)
