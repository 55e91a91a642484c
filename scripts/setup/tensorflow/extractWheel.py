"""Extracts from TensorFlow's wheel what a C program needs: the two libraries and the headers of the C interface."""

import sys
import zipfile

WANTED = (
    "tensorflow/libtensorflow_cc.so.2",
    "tensorflow/libtensorflow_framework.so.2",
    "tensorflow/include/tensorflow/c/",
    "tensorflow/include/tensorflow/core/platform/",
    "tensorflow/include/tsl/platform/",
    "tensorflow/include/xla/tsl/c/",
)

wheel, place = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    archive.extractall(place, [name for name in archive.namelist() if name.startswith(WANTED)])
