"""EfficientNet-Lite0 (Tan and Le, ICML 2019; the Lite form has ReLU6 and no squeezing) from its weights to ONNX.

Outputs: `features`, the mean over places of the last layer, [pictures x 1280], and `classes`, [pictures x 1000].
The input is (value - 127) / 128 of RGB, channels first.
"""
import collections
import pickle

import numpy as np
from onnx_graph import Graph

# Of each stage: layers, stride of the first, how much wider a layer is inside.
STAGES = [(1, 1, 1), (2, 2, 6), (2, 2, 6), (3, 2, 6), (3, 1, 6), (4, 2, 6), (1, 1, 6)]
EPSILON = 1e-3


class Weights(pickle.Unpickler):
    """PyTorch's file format before its zip: pickles, then the numbers of each storage. Nothing but arrays is made of it."""

    def __init__(self, file):
        super().__init__(file)
        self.storages = {}

    def find_class(self, module, name):
        known = {("collections", "OrderedDict"): collections.OrderedDict, ("torch._utils", "_rebuild_tensor_v2"): lambda *tensor: tensor,
                 ("torch", "FloatStorage"): np.float32, ("torch", "LongStorage"): np.int64}
        if (module, name) not in known:
            raise pickle.UnpicklingError(f"{module}.{name} has no place among weights")
        return known[module, name]

    def persistent_load(self, saved):
        _, kind, key, _, count, _ = saved
        self.storages[key] = (kind, count)
        return key


def read_weights(path):
    with open(path, "rb") as file:
        for _ in range(3):  # a magic number, a version, the sizes of types
            Weights(file).load()
        reader = Weights(file)
        tensors = reader.load()
        numbers = {}
        for key in Weights(file).load():
            kind, count = reader.storages[key]
            if int.from_bytes(file.read(8), "little") != count:
                raise ValueError(f"{path}: a storage of another length")
            numbers[key] = np.frombuffer(file.read(count * np.dtype(kind).itemsize), kind)
    out = {}
    for name, (key, offset, shape, strides, *_) in tensors.items():
        size = numbers[key].itemsize
        out[name] = np.lib.stride_tricks.as_strided(numbers[key][offset:], shape, [size * step for step in strides])
    return out


def build(weights, target):
    weight = read_weights(weights)
    graph = Graph("efficientnet_lite0")

    def convolution(x, name, norm, stride=1, bounded=True):
        """Padded as TensorFlow does (SAME), the normalisation folded into the kernel."""
        kernel = weight[f"{name}.weight"]
        scale = weight[f"{norm}.weight"] / np.sqrt(weight[f"{norm}.running_var"] + EPSILON)
        bias = weight[f"{norm}.bias"] - weight[f"{norm}.running_mean"] * scale
        groups = kernel.shape[0] if kernel.shape[1] == 1 and "depthwise" in name else 1
        x = graph.add("Conv", x, kernel * scale[:, None, None, None], bias, strides=[stride, stride], group=groups,
                      auto_pad="SAME_UPPER")
        return graph.add("Clip", x, np.float32(0), np.float32(6)) if bounded else x

    x, block = convolution("pixels", "_conv_stem", "_bn0", 2), 0
    for layers, stride, wider in STAGES:
        for layer in range(layers):
            at, before = f"_blocks.{block}", x
            if wider != 1:
                x = convolution(x, f"{at}._expand_conv", f"{at}._bn0")
            x = convolution(x, f"{at}._depthwise_conv", f"{at}._bn1", stride if layer == 0 else 1)
            x = convolution(x, f"{at}._project_conv", f"{at}._bn2", bounded=False)
            if layer > 0:  # the same size and channels come in and go out
                x = graph.add("Add", x, before)
            block += 1
    x = convolution(x, "_conv_head", "_bn1")
    graph.add("Flatten", graph.add("GlobalAveragePool", x), name="features")
    graph.add("Gemm", "features", weight["_fc.weight"], weight["_fc.bias"], transB=1, name="classes")
    graph.write(target, [("pixels", "FLOAT", ["pictures", 3, "height", "width"])],
                [("features", "FLOAT", ["pictures", 1280]), ("classes", "FLOAT", ["pictures", 1000])])
