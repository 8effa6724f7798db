"""Reads the weights of a bundle's 8-bit network back into a network that can be trained further."""

from collections.abc import Iterator, Mapping

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import NodeProto, numpy_helper
from torch import Tensor
from transformers import BertConfig

from incidex.encoder.bundle import Bundle
from incidex_training.base import base_folder
from incidex_training.network import Network

_PREFIX = "network."
_PRODUCTS = ("MatMul", "MatMulInteger", "Gemm")

_Values = Mapping[str, NDArray[np.generic]]


def network_of(bundle: Bundle, *, dropout: float) -> Network:
    """
    Return the network of a bundle, with its weights as exact as 8 bits hold them.

    `Network.unlike`, which decoding has and the file has not, stays as it is in a new network; coreference is learnt
    again at the end of every training.
    """
    config = BertConfig.from_pretrained(
        base_folder(), attention_probs_dropout_prob=0.0, hidden_dropout_prob=dropout, attn_implementation="sdpa"
    )
    network = Network(config, dropout=dropout)
    network.load_state_dict(network.state_dict() | weights_of(onnx.load(bundle.folder / "model.onnx")))
    return network


def weights_of(model: onnx.ModelProto) -> dict[str, Tensor]:
    """Return the weights in a file that `export_eight_bits` wrote, by their names in `Network.state_dict`."""
    values = {value.name: numpy_helper.to_array(value) for value in model.graph.initializer}
    made_by = {output: node for node in model.graph.node for output in node.output}
    found = {
        name.removeprefix(_PREFIX): value
        for name, value in values.items()
        if name.startswith(_PREFIX) and value.dtype == np.float32
    }
    with_bias = dict(_products(model, values, made_by))
    found |= {name: value for name, (_, value) in with_bias.items()}
    known = {id(node) for node, _ in with_bias.values()}
    for node in model.graph.node:
        if node.op_type in _PRODUCTS and id(node) not in known and node.input[1] in values:
            found["attended"] = values[node.input[1]].T
    found["encoder.embeddings.word_embeddings.weight"] = _word_vectors(model, values)
    found["distance"] = _distance(model, values, made_by)
    return {name: torch.from_numpy(np.array(value, np.float32)) for name, value in found.items()}


def _products(
    model: onnx.ModelProto, values: _Values, made_by: Mapping[str, NodeProto]
) -> Iterator[tuple[str, tuple[NodeProto, NDArray[np.float32]]]]:
    """Yield each linear layer's weights under their name, and the product that they stand in: that before its bias."""
    for node in model.graph.node:
        biases = [name for name in node.input if name.startswith(_PREFIX) and name.endswith(".bias")]
        if node.op_type != "Add" or not biases:
            continue
        (other,) = (name for name in node.input if name not in biases)
        product = made_by[other]
        while product.op_type not in _PRODUCTS:
            product = made_by[product.input[0]]
        name = biases[0].removeprefix(_PREFIX).removesuffix("bias") + "weight"
        yield name, (product, _weight(product, values).T)


def _weight(product: NodeProto, values: _Values) -> NDArray[np.float32]:
    """Return the matrix (in, out) of a product, which has one scale for each output if it is of 8 bits."""
    name = product.input[1]
    if product.op_type != "MatMulInteger":
        return values[name].astype(np.float32)
    stem = name.removesuffix("_quantized")
    scale, zero = values[f"{stem}_scale"], values[f"{stem}_zero_point"]
    return (values[name].astype(np.float32) - zero.astype(np.float32)) * scale.astype(np.float32)


def _word_vectors(model: onnx.ModelProto, values: _Values) -> NDArray[np.float32]:
    """Return the table of word vectors: what is looked up by token, times the scale that is looked up by token."""
    tables = [
        values[node.input[0]].astype(np.float32)
        for node in model.graph.node
        if node.op_type == "GatherND" and node.input[0] in values
    ]
    return np.multiply(*sorted(tables, key=lambda table: table.shape[1]))


def _distance(model: onnx.ModelProto, values: _Values, made_by: Mapping[str, NodeProto]) -> NDArray[np.float32]:
    """Return what a link costs for each token (by its logarithm) and each sentence between trigger and argument."""
    costs = {
        made_by[other].op_type: values[name]
        for node in model.graph.node
        if node.op_type == "Mul"
        for name, other in (tuple(node.input), tuple(node.input)[::-1])
        if name in values and values[name].ndim == 0 and other in made_by
    }
    return np.array([costs["Log"], costs["Abs"]], np.float32)
