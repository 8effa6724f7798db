"""Exports a small network with random weights: ONNX says what torch says, and 8 bits say nearly the same."""

import pytest

pytest.importorskip("torch", reason="Training needs the extra 'train'.")

import numpy as np
import onnx
from transformers import BertConfig

from incidex.encoder.output import TOKEN_OUTPUTS
from incidex.encoder.windows import collate, pack
from incidex_training.export_onnx import _products, export_eight_bits, export_float, quantise
from incidex_training.network import Network
from incidex_training.predict import in_onnx

pytestmark = [
    pytest.mark.torch,
    pytest.mark.filterwarnings("ignore::UserWarning", "ignore::DeprecationWarning", "ignore::FutureWarning"),
]
CLS, SEP = 1, 2
CONFIG = BertConfig(
    vocab_size=300,
    hidden_size=192,
    num_hidden_layers=2,
    num_attention_heads=4,
    intermediate_size=384,
    max_position_embeddings=128,
    hidden_dropout_prob=0.0,
)


@pytest.fixture(scope="module")
def network():
    import torch

    torch.manual_seed(7)
    return Network(CONFIG, dropout=0.0).eval()


@pytest.fixture(scope="module")
def batch():
    draw = np.random.default_rng(7)
    tokens = [draw.integers(10, 300, draw.integers(1, 30)).tolist() for _ in range(60)]
    return collate(pack([len(sentence) for sentence in tokens], limit=100), tokens, cls=CLS, sep=SEP)


@pytest.fixture(scope="module")
def files(network, tmp_path_factory):
    folder = tmp_path_factory.mktemp("export")
    export_float(network, folder / "float.onnx")
    export_eight_bits(network, folder / "int8.onnx")
    return folder / "float.onnx", folder / "int8.onnx"


def there(batch, outputs):
    """Return of each output what stands at pieces and tokens that are there."""
    pieces = batch.membership.any(-1)
    tokens = batch.attention_mask > 0
    labels, *others = (np.asarray(output) for output in outputs)
    both = tokens[:, :, None] & tokens[:, None, :]
    kept = [
        other[both] if name == "links" else other[tokens] for name, other in zip(TOKEN_OUTPUTS, others, strict=True)
    ]
    return [labels[pieces], *kept]


def test_onnx_says_what_torch_says(network, batch, files):
    import torch

    arrays = (torch.from_numpy(array) for array in (batch.input_ids, batch.attention_mask, batch.membership))
    with torch.inference_mode():
        expected = there(batch, network(*arrays))
    for wanted, given in zip(expected, there(batch, in_onnx(files[0])(batch)), strict=True):
        assert given == pytest.approx(wanted, abs=2e-3)


def test_eight_bits_give_nearly_the_same_labels(batch, files):
    exact, rounded = (there(batch, in_onnx(file)(batch))[0] for file in files)
    middle = np.median(exact, axis=0)
    assert np.abs(rounded - exact).mean() < 0.05 * exact.std()
    assert ((rounded > middle) == (exact > middle)).mean() > 0.95


def test_the_encoder_is_in_eight_bits_and_the_heads_are_not(files):
    plain, small = (onnx.load(file) for file in files)
    kinds = [node.op_type for node in small.graph.node]
    assert kinds.count("MatMulInteger") == 6 * CONFIG.num_hidden_layers
    tags = {shape for weights in small.graph.initializer if (shape := tuple(weights.dims)) and weights.data_type == 1}
    assert (CONFIG.hidden_size, 11) in tags or (11, CONFIG.hidden_size) in tags
    assert files[1].stat().st_size < 0.5 * files[0].stat().st_size
    assert len(plain.graph.output) == 1 + len(TOKEN_OUTPUTS)


def test_a_token_that_is_large_takes_nothing_from_the_others(tmp_path):
    import onnxruntime
    import torch

    class Product(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.layer = torch.nn.Linear(192, 192)

        def forward(self, values):
            return _products(values, self.layer)[0]

    torch.manual_seed(7)
    product, values = Product().eval(), torch.randn(1, 20, 192)
    torch.onnx.export(product, (values,), tmp_path / "float.onnx", input_names=["values"], dynamo=True, verbose=False)
    quantise(tmp_path / "float.onnx", tmp_path / "int8.onnx")
    run = onnxruntime.InferenceSession(tmp_path / "int8.onnx").run
    (before,) = run(None, {"values": values.numpy()})
    values[0, 0] *= 100  # as separators are
    (after,) = run(None, {"values": values.numpy()})
    # Not with floating point: processors without VNNI cut off the sum of two large products.
    assert after[0, 1:] == pytest.approx(before[0, 1:], abs=0.001)
