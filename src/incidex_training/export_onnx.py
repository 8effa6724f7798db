"""Writes a trained network as ONNX: in floating point for comparison, in int8 for the bundle."""

from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from incidex.encoder.output import TOKEN_OUTPUTS
from incidex_training.network import Network, Outputs


class _Deployed(nn.Module):
    """
    The network in the operators that onnxruntime is quick and exact with.

    - Attention is the one operator that onnxruntime has for it. The exporter writes some twenty small ones instead,
      which onnxruntime does not put together again.
    - What goes into a matrix product is divided by its largest value, token by token. Int8 quantisation has one scale
      for all tokens of a run, and the separators have values so large that little is left of the others.
    """

    def __init__(self, network: Network, words: nn.Module) -> None:
        super().__init__()
        self.network = network
        self.words = words

    def forward(self, input_ids: Tensor, attention_mask: Tensor, membership: Tensor) -> Outputs:
        encoder = self.network.encoder
        lengths = attention_mask.sum(-1).to(torch.int32)  # (B,): padding stands on the right alone
        hidden = encoder.embeddings(inputs_embeds=self.words(input_ids))  # (B, T, H)
        for layer in encoder.encoder.layer:
            attention = layer.attention
            (attended,) = _products(_attended(attention.self, hidden, lengths), attention.output.dense)
            hidden = attention.output.LayerNorm(attended + hidden)
            (widened,) = _products(hidden, layer.intermediate.dense)
            (narrowed,) = _products(nn.functional.gelu(widened), layer.output.dense)
            hidden = layer.output.LayerNorm(narrowed + hidden)
        outputs: Outputs = self.network.heads(hidden, membership)
        return outputs


class _EightBitRows(nn.Module):
    """A table of word vectors as 8-bit integers, each row with a scale of its own, so that rare words keep theirs."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scale = (weight.abs().amax(1, keepdim=True) / 127).clamp(min=1e-12)  # (V, 1)
        self.register_buffer("scale", scale)
        self.register_buffer("rows", (weight / scale).round().to(torch.int8))  # (V, H)

    def forward(self, ids: Tensor) -> Tensor:
        return self.get_buffer("rows")[ids].float() * self.get_buffer("scale")[ids]


def export_float(network: Network, path: Path) -> None:
    """
    Write `network` to `path`, with windows, pieces and tokens of any number; see `Network.forward` for the shapes.
    """
    network = network.eval().cpu().float()
    _export(_Deployed(network, network.encoder.embeddings.word_embeddings), path)


def export_eight_bits(network: Network, path: Path) -> None:
    """Write `network` to `path` with 8-bit weights; the word vectors with a scale for each word."""
    network = network.eval().cpu().float()
    with TemporaryDirectory() as folder:
        part = Path(folder) / "part.onnx"
        _export(_Deployed(network, _EightBitRows(network.encoder.embeddings.word_embeddings.weight.detach())), part)
        quantise(part, path)


def quantise(source: Path, target: Path) -> None:
    """
    Write `source` to `target` with 8-bit matrices, one scale for each output channel; what they are multiplied with is
    quantised as it comes. The heads stay in floating point: they are small, and what they say is compared with
    thresholds.
    """
    # The types behind an operator of onnxruntime's own are not inferred, so they are told.
    told = {"MatMulConstBOnly": True, "DefaultTensorType": onnx.TensorProto.FLOAT}
    quantize_dynamic(
        source,
        target,
        op_types_to_quantize=["MatMul", "Gemm"],
        weight_type=QuantType.QInt8,
        per_channel=True,
        nodes_to_exclude=_heads(onnx.load(source)),
        extra_options=told,
    )


def _export(deployed: _Deployed, path: Path) -> None:
    example = (torch.ones(2, 16, dtype=torch.int64), torch.ones(2, 16, dtype=torch.int64), torch.ones(2, 3, 16))
    windows, pieces, tokens = (torch.export.Dim(name) for name in ("windows", "pieces", "tokens"))
    program = torch.onnx.export(
        deployed.eval(),
        example,
        dynamo=True,
        input_names=["input_ids", "attention_mask", "membership"],
        output_names=["labels", *TOKEN_OUTPUTS],
        dynamic_shapes=({0: windows, 1: tokens}, {0: windows, 1: tokens}, {0: windows, 1: pieces, 2: tokens}),
        opset_version=20,
        verbose=False,
    )
    program.save(str(path), external_data=False)


def _heads(model: onnx.ModelProto) -> list[str]:
    """Return the names of matrix products with fewer weights than the smallest in the encoder, which is square."""
    sizes = {weights.name: list(weights.dims) for weights in model.graph.initializer}
    return [
        node.name
        for node in model.graph.node
        if node.op_type in ("MatMul", "Gemm")
        for shape in [sizes.get(node.input[1], [])]
        if len(shape) == 2 and min(shape) < _width(model)
    ]


def _width(model: onnx.ModelProto) -> int:
    """Return how wide the encoder is: the second dimension of the largest table, which is that of the tokens."""
    widest: int = max((tuple(w.dims) for w in model.graph.initializer if len(w.dims) == 2), key=lambda dims: dims[0])[1]
    return widest


def _attended(attention: nn.Module, hidden: Tensor, lengths: Tensor) -> Tensor:
    heads: int = attention.num_attention_heads
    attended: Tensor = torch.onnx.ops.symbolic(
        "com.microsoft::MultiHeadAttention",
        [*_products(hidden, attention.query, attention.key, attention.value), None, lengths],
        attrs={"num_heads": heads},
        dtype=hidden.dtype,
        shape=hidden.shape,
        version=1,
    )
    return attended


def _products(values: Tensor, *layers: nn.Linear) -> list[Tensor]:
    """Return what each layer makes of `values`, whose tokens are brought to one size before and back after."""
    largest = values.abs().amax(-1, keepdim=True).clamp(min=1e-6)
    even = values / largest
    return [nn.functional.linear(even, layer.weight) * largest + layer.bias for layer in layers]
