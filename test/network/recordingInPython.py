"""Opens a recording on disk with zarr and with xarray and prints the SHA-256 of what each reads. Any warning is an error."""

import hashlib
import json
import sys

import xarray
import zarr

folder = sys.argv[1]


def digest(values):
    return hashlib.sha256(values.astype("<f8").tobytes()).hexdigest()


group = zarr.open_group(folder, mode="r")
data = xarray.open_zarr(folder, chunks=None)
alone = xarray.open_zarr(folder, chunks=None, consolidated=False)
arrays = sorted(group.array_keys())
print(
    json.dumps(
        {
            "zarr": {name: digest(group[name][:]) for name in arrays},
            "xarray": {name: digest(data[name].values) for name in arrays},
            "alone": {name: digest(alone[name].values) for name in arrays},
            "about": {name: [data[name].long_name, data[name].units] for name in arrays},
            "dims": {name: list(data[name].dims) for name in arrays},
            "sizes": dict(data.sizes),
            "attributes": dict(group.attrs),
            "window": digest(data["weights"].isel(iterate=slice(195, 205), weight=[0, 699]).values),
        }
    )
)
