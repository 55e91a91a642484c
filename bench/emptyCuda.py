"""Makes PyTorch's wheel for graphics cards load on a machine without their libraries.

The loader wants every library that PyTorch names, although nothing in them is called as long as tensors stay on the
processor. NVIDIA's libraries are gigabytes; this compiles one small library with their names and the names of their
functions, each of which ends the process, and puts it where PyTorch looks. The CUDA runtime itself, which is asked whether
there is a card, is the real one.
"""

import re
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

SITE = Path(sysconfig.get_paths()["purelib"])
TORCH = SITE / "torch" / "lib"
PLACE = SITE / "nvidia" / "cu13" / "lib"
LIBRARY = re.compile(r"\[(lib(?:cu|nccl|nvrtc|nvshmem|nvJit)[A-Za-z_]*\.so\.\d+)\]")
FUNCTION = re.compile(r"\b((?:cu|nccl|nvrtc|nvshmem|nvJit)\w+)(?:@(\S+))?$")


def loads():
    return subprocess.run([sys.executable, "-c", "import torch"], capture_output=True, text=True).returncode == 0


def make():
    libraries, functions = set(), set()
    for file in TORCH.glob("lib*.so"):
        dynamic = subprocess.run(["readelf", "-d", file], capture_output=True, text=True, check=True).stdout
        libraries.update(LIBRARY.findall(dynamic))
        names = subprocess.run(["nm", "-D", "--undefined-only", file], capture_output=True, text=True, check=True).stdout
        for line in names.splitlines():
            found = FUNCTION.search(line.strip())
            if found and not (found[2] or "").startswith("libcudart"):
                functions.add(found[1])
    PLACE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "empty.c"
        source.write_text("void abort(void);\n" + "".join(f"void {name}(void) {{ abort(); }}\n" for name in sorted(functions)))
        subprocess.run(["cc", "-w", "-shared", "-fPIC", "-o", PLACE / "libempty.so", source], check=True)
    for name in libraries - {"libcudart.so.13"}:
        link = PLACE / name
        if not link.exists():
            link.symlink_to("libempty.so")


if not loads():
    if sys.platform != "linux":
        sys.exit("PyTorch does not load")
    make()
    subprocess.run([sys.executable, "-c", "import torch"], check=True)
