"""all-MiniLM-L6-v2 (a BERT of six layers, Devlin et al. 2019; Wang et al. 2020) from its weights to ONNX.

The states of all tokens come out, [texts x tokens x 384]; sentence embeddings are their mean over the mask.
"""
import numpy as np
from onnx_graph import Graph
from safetensors.numpy import load_file

LAYERS, HEADS, WIDTH, EPSILON = 6, 12, 384, 1e-12


def build(weights, target):
    weight = load_file(weights)
    graph = Graph("minilm")

    def dense(x, name):
        return graph.add("Add", graph.add("MatMul", x, weight[f"{name}.weight"].T), weight[f"{name}.bias"])

    def norm(x, name):
        return graph.add("LayerNormalization", x, weight[f"{name}.weight"], weight[f"{name}.bias"], axis=-1, epsilon=EPSILON)

    def heads(x, order):
        split = graph.add("Reshape", x, np.array([0, 0, HEADS, WIDTH // HEADS]))
        return graph.add("Transpose", split, perm=order)

    def gelu(x):
        bent = graph.add("Erf", graph.add("Mul", x, np.float32(np.sqrt(.5))))
        return graph.add("Mul", graph.add("Mul", x, np.float32(.5)), graph.add("Add", bent, np.float32(1)))

    tokens = graph.add("Gather", weight["embeddings.word_embeddings.weight"], "input_ids")
    kinds = graph.add("Gather", weight["embeddings.token_type_embeddings.weight"], "token_type_ids")
    length = graph.add("Slice", graph.add("Shape", "input_ids"), np.array([1]), np.array([2]))
    places = graph.add("Slice", weight["embeddings.position_embeddings.weight"], np.array([0]), length, np.array([0]))
    x = norm(graph.add("Add", graph.add("Add", tokens, kinds), places), "embeddings.LayerNorm")
    mask = graph.add("Cast", graph.add("Unsqueeze", "attention_mask", np.array([1, 2])), to=1)
    # What is masked gets the least number before the softmax.
    hidden = graph.add("Mul", graph.add("Sub", np.float32(1), mask), np.float32(np.finfo(np.float32).min))
    for layer in range(LAYERS):
        at = f"encoder.layer.{layer}"
        query = heads(dense(x, f"{at}.attention.self.query"), [0, 2, 1, 3])
        key = heads(dense(x, f"{at}.attention.self.key"), [0, 2, 3, 1])
        value = heads(dense(x, f"{at}.attention.self.value"), [0, 2, 1, 3])
        scores = graph.add("Mul", graph.add("MatMul", query, key), np.float32((WIDTH // HEADS) ** -.5))
        looked = graph.add("MatMul", graph.add("Softmax", graph.add("Add", scores, hidden), axis=-1), value)
        joined = graph.add("Reshape", graph.add("Transpose", looked, perm=[0, 2, 1, 3]), np.array([0, 0, WIDTH]))
        x = norm(graph.add("Add", dense(joined, f"{at}.attention.output.dense"), x), f"{at}.attention.output.LayerNorm")
        wide = gelu(dense(x, f"{at}.intermediate.dense"))
        x = norm(graph.add("Add", dense(wide, f"{at}.output.dense"), x), f"{at}.output.LayerNorm")
    graph.add("Identity", x, name="last_hidden_state")
    graph.write(target, [(name, "INT64", ["texts", "tokens"]) for name in ("input_ids", "attention_mask", "token_type_ids")],
                [("last_hidden_state", "FLOAT", ["texts", "tokens", WIDTH])])
