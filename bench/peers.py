"""Times statsmodels and nolds: one JSON request a line in, one JSON answer a line out."""

import json
import platform
import sys
import time
import warnings
from importlib.metadata import version

import nolds
import numpy as np
from statsmodels.tsa.stattools import adfuller, grangercausalitytests, kpss

warnings.simplefilter("ignore")


def versions(_):
    packages = {name: version(name) for name in ("nolds", "statsmodels", "scipy", "numpy")}
    return 0.0, {**packages, "Python": platform.python_version()}


def rosenstein(request):
    """Slope over k = 0..steps of nolds' divergence curve, one per series."""
    series = [np.array(values) for values in request["series"]]
    settings = dict(emb_dim=request["dimension"], lag=1, min_tsep=0, trajectory_len=request["steps"] + 1, fit="poly")
    start = time.perf_counter()
    slopes = [float(nolds.lyap_r(values, **settings)) for values in series]
    return time.perf_counter() - start, slopes


def granger(request):
    """Smallest p-value of the F test, one per cause, at one lag or at all lags up to it."""
    effect = np.array(request["effect"])
    pairs = [np.column_stack([effect, np.array(values)]) for values in request["series"]]
    lag = request["lag"]
    lags = [lag] if request["only"] else lag
    start = time.perf_counter()
    tests = [grangercausalitytests(pair, lags) for pair in pairs]
    seconds = time.perf_counter() - start
    return seconds, [min(float(at_lag[0]["ssr_ftest"][1]) for at_lag in test.values()) for test in tests]


def stationarity(request):
    """ADF around a level and a trend, KPSS around both; ADF statistics around a level, one per series."""
    series = [np.array(values) for values in request["series"]]
    statistics = []
    start = time.perf_counter()
    for values in series:
        for regression, lags in request["maxLags"].items():
            found = adfuller(values, maxlag=lags, regression=regression, autolag="AIC", result_object=False)
            if regression == "c":
                statistics.append(float(found[0]))
            kpss(values, regression=regression, nlags="auto")
    return time.perf_counter() - start, statistics


TASKS = {task.__name__: task for task in (versions, rosenstein, granger, stationarity)}

for line in sys.stdin:
    request = json.loads(line)
    seconds, answer = TASKS[request["task"]](request)
    print(json.dumps({"seconds": seconds, "answer": answer}), flush=True)
