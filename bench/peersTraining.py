"""Times PyTorch on the processor: one JSON request a line in, one JSON answer a line out."""

import json
import os
import platform
import sys
import time
from importlib.metadata import version

import numpy as np
import torch
from torch.nn.functional import linear

# Updates that a number of threads is tried for.
TRIAL = 50


def versions(_):
    packages = {name: version(name) for name in ("torch", "numpy")}
    return 0.0, {**packages, "Python": platform.python_version()}


class Run:
    """A training with every iterate recorded.

    Parameters, and their gradients, are views of one vector each: a record is one copy, an update one subtraction, and
    neither needs the machinery of an optimiser, which costs a small network more than its gradient does.
    """

    def __init__(self, request):
        self.layers, self.batch, self.output = request["layers"], request["batch"], request["output"]
        self.rate = request["learningRate"]
        dtype = getattr(torch, request["dtype"])
        numbers, parts, at = np.fromfile(request["file"]), [], 0
        for rows in request["rows"]:
            for width in (self.layers[0], self.layers[-1]):
                parts.append(torch.from_numpy(numbers[at : at + rows * width].reshape(rows, width)).to(dtype))
                at += rows * width
        self.train, self.test = parts[:2], parts[2:]
        self.start = torch.tensor(request["parameters"], dtype=dtype)
        self.vector, self.gradient = self.start.clone(), torch.zeros_like(self.start)
        shapes = list(zip(self.layers[1:], self.layers))
        shapes += [(width,) for width in self.layers[1:]]
        self.parameters, at = [], 0
        for shape in shapes:
            end = at + int(np.prod(shape))
            parameter = self.vector[at:end].view(shape).requires_grad_(True)
            parameter.grad = self.gradient[at:end].view(shape)
            self.parameters.append(parameter)
            at = end

    def outputs(self, inputs):
        depth = len(self.layers) - 1
        values = inputs
        for layer in range(depth):
            sums = linear(values, self.parameters[layer], self.parameters[depth + layer])
            values = torch.softmax(sums, 1) if layer == depth - 1 and self.output == "softmax" else torch.sigmoid(sums)
        return values

    def measure(self):
        """Loss and accuracy of the training part, accuracy of the test part, as after each of our epochs."""
        with torch.no_grad():
            inputs, targets = self.train
            found = self.outputs(inputs)
            loss = torch.mean((targets - found) ** 2).item()
            accuracy = (found.argmax(1) == targets.argmax(1)).double().mean().item()
            inputs, targets = self.test
            return loss, accuracy, (self.outputs(inputs).argmax(1) == targets.argmax(1)).double().mean().item()

    def run(self, epochs, most=None):
        inputs, targets = self.train
        rows, batch, rate, vector, gradient = len(inputs), self.batch, self.rate, self.vector, self.gradient
        steps = epochs * -(-rows // batch) if most is None else most
        with torch.no_grad():
            vector.copy_(self.start)
        start, processor = time.perf_counter(), time.process_time()
        record = torch.empty(steps + 1, len(vector), dtype=vector.dtype)
        step, loss = 0, float("nan")
        for _ in range(epochs):
            for at in range(0, rows, batch):
                if step == steps:
                    break
                record[step] = vector.detach()
                error = torch.mean((targets[at : at + batch] - self.outputs(inputs[at : at + batch])) ** 2)
                gradient.zero_()
                error.backward()
                with torch.no_grad():
                    vector.sub_(gradient, alpha=rate)
                step += 1
            if most is None:
                loss, *_ = self.measure()
        record[step] = vector.detach()
        return time.perf_counter() - start, time.process_time() - processor, loss


runs = {}


def train(request):
    """Seconds with the number of threads that is fastest now; that number, the last loss and processor seconds."""
    key = (request["file"], request["dtype"])
    if key not in runs:
        runs[key] = Run(request)
    run, tried = runs[key], []
    for threads in range(1, os.cpu_count() + 1):
        torch.set_num_threads(threads)
        for _ in range(2):
            seconds, *_ = run.run(1, most=min(TRIAL, -(-len(run.train[0]) // run.batch)))
        tried.append(seconds)
    threads = tried.index(min(tried)) + 1
    torch.set_num_threads(threads)
    seconds, processor, loss = run.run(request["epochs"])
    return seconds, {"threads": threads, "loss": loss, "processor": processor}


TASKS = {task.__name__: task for task in (versions, train)}

for line in sys.stdin:
    request = json.loads(line)
    seconds, answer = TASKS[request["task"]](request)
    print(json.dumps({"seconds": seconds, "answer": answer}), flush=True)
