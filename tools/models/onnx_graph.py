"""A small hand to write ONNX graphs with: each call adds a node and gives the name of what comes out."""
import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save_model


class Graph:
    def __init__(self, name):
        self.name, self.nodes, self.constants = name, [], []

    def add(self, operator, *inputs, name=None, **attributes):
        name = name or f"{operator.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, [self.given(value) for value in inputs], [name], **attributes))
        return name

    def given(self, value):
        """The name of a tensor; an array becomes a constant."""
        if isinstance(value, str):
            return value
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def write(self, path, inputs, outputs):
        """`inputs` and `outputs`: (name, type, shape); a text in a shape is a length that may change."""
        ports = [[helper.make_tensor_value_info(n, getattr(TensorProto, t), s) for n, t, s in side] for side in (inputs, outputs)]
        graph = helper.make_graph(self.nodes, self.name, *ports, self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        checker.check_model(model)
        save_model(model, path)
