"""Reads the weights of an exported network back: they are those that went in, as far as 8 bits hold them."""

import pytest

pytest.importorskip("torch", reason="Training needs the extra 'train'.")

import onnx
from transformers import BertConfig

from incidex_training.export_onnx import export_eight_bits
from incidex_training.network import Network
from incidex_training.unpack import weights_of

pytestmark = [
    pytest.mark.torch,
    pytest.mark.filterwarnings("ignore::UserWarning", "ignore::DeprecationWarning", "ignore::FutureWarning"),
]
CONFIG = BertConfig(
    vocab_size=300,
    hidden_size=192,
    num_hidden_layers=2,
    num_attention_heads=4,
    intermediate_size=384,
    max_position_embeddings=128,
)


@pytest.fixture(scope="module")
def network():
    import torch

    torch.manual_seed(3)
    network = Network(CONFIG, dropout=0.0)
    for name, parameter in network.named_parameters():
        if not name.startswith("encoder.embeddings"):
            torch.nn.init.normal_(parameter, std=0.05)
    torch.nn.init.constant_(network.distance, 0.7)
    with torch.no_grad():
        network.distance[1] = 1.3
    return network.eval()


def test_every_weight_comes_back(network, tmp_path):
    export_eight_bits(network, tmp_path / "model.onnx")
    found = weights_of(onnx.load(tmp_path / "model.onnx"))
    wanted = {name: value for name, value in network.state_dict().items() if value.is_floating_point()}
    assert set(wanted) - set(found) == {"unlike"}
    for name, value in found.items():
        assert value.shape == wanted[name].shape, name
        largest = wanted[name].abs().max().item()
        assert (value - wanted[name]).abs().max().item() <= largest / 100, name
