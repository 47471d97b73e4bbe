from pathlib import Path

import pytest
import torch
from torch import nn

from catnlp.tag import tagger as tagging
from catnlp.tag.int8 import SATURATION, ByteEncoder, FeedForward, SmoothLinear, eight_bit
from catnlp.tag.models import find_model
from catnlp.tag.tagger import RANGES, Tagger, quickest, read_network
from catnlp.tag.windows import Passage

needs_vnni = pytest.mark.skipif(not eight_bit(), reason="this processor has no VNNI")

TEXTS = (
    "Police officers beat detainees to extract confessions.",
    "There were no reports of enforced disappearances.",
    "The law prohibits torture, but soldiers reportedly tortured three villagers.",
    "The ministry bought twelve new buses.",
    "Rebels killed eleven civilians in the market, witnesses said.",
)


@needs_vnni
@torch.no_grad()
def test_smooth_linear_is_near_the_product_in_floats() -> None:
    torch.manual_seed(1)
    inputs = torch.randn(40, 64)
    inputs[:, 3] *= 50  # one channel is far larger than the others
    exact = nn.Linear(64, 32)
    found = SmoothLinear(exact.weight, exact.bias, inputs.abs().amax(0))(inputs)
    assert (found - exact(inputs)).abs().mean() < 0.01 * exact(inputs).abs().mean()


@needs_vnni
@torch.no_grad()
def test_a_neuron_above_saturation_keeps_its_size() -> None:
    torch.manual_seed(2)
    first, second = nn.Linear(32, 48), nn.Linear(48, 32)
    first.weight[5] *= 40
    inputs = torch.randn(200, 32)
    neurons = nn.functional.gelu(first(inputs))
    assert neurons.max() > 4 * SATURATION
    most = {"attended": inputs.abs().amax(0), "neurons": neurons.abs().amax(0)}
    exact = second(neurons)
    found = FeedForward(first, second, most)(inputs)
    assert (found - exact).abs().mean() < 0.03 * exact.abs().mean()


@needs_vnni
@pytest.mark.parametrize("tiles", [True, False])
def test_bytes_and_floats_say_the_same(tiles: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagging, "reduced_precision", lambda: tiles)
    exact = Tagger(find_model())
    exact.network = read_network(find_model()).eval()
    quick = Tagger(find_model())
    assert isinstance(quick.network.encoder, ByteEncoder)
    assert quick.precision == "int8"
    assert quick.network.bias.dtype == (torch.bfloat16 if tiles else torch.float32)
    passages = [Passage("", (), TEXTS), Passage("Report", ("Torture",), TEXTS[::-1])]
    said = [
        [[(p.category, p.status, p.actor, p.start, p.end) for p in s] for f in found for s in f]
        for found in (exact.predict(passages), quick.predict(passages))
    ]
    assert said[0] == said[1]
    assert any(said[0])


def test_floats_where_bytes_cannot_be(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    network = read_network(find_model())
    monkeypatch.setattr(tagging, "reduced_precision", lambda: False)
    assert quickest(network, tmp_path) is network  # an older model: no ranges
    assert (find_model() / RANGES).exists()
    monkeypatch.setattr(tagging, "eight_bit", lambda: False)
    assert quickest(network, find_model()) is network
    assert not isinstance(network.encoder, ByteEncoder)


def test_no_vnni_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx2": True}, raising=False)
    assert not eight_bit()
    monkeypatch.delattr(torch.cpu, "get_capabilities")
    assert not eight_bit()
