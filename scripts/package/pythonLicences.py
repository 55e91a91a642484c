"""Prints name, version and licence of every package of this environment as JSON; licences as SPDX names them."""

import json
from importlib.metadata import distributions

BY_CLASSIFIER = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
BY_TEXT = {
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
}


def licence_of(metadata):
    if metadata.get("License-Expression"):
        return metadata["License-Expression"]
    classifiers = metadata.get_all("Classifier") or []
    found = [line.split(" :: ")[-1] for line in classifiers if line.startswith("License ::")]
    if found:
        return " OR ".join(BY_CLASSIFIER.get(name, name) for name in found)
    text = (metadata.get("License") or "unknown").split("\n")[0]
    return BY_TEXT.get(text, text)


entries = [
    {"name": each.metadata["Name"], "version": each.version, "licence": licence_of(each.metadata)}
    for each in distributions()
    if each.metadata["Name"] not in ("pip", "setuptools")
]
print(json.dumps(entries))
