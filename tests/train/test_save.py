import pytest
import torch

from catnlp.train.save import fit_temperature


@pytest.mark.parametrize(("scale", "expected"), [(1.0, 1.0), (3.0, 3.0), (0.5, 0.5)])
def test_fit_temperature_undoes_what_made_probabilities_too_sure(
    scale: float, expected: float
) -> None:
    """Gold labels drawn as the logits say; then the logits are scaled."""
    chance = torch.Generator().manual_seed(3)
    logits = torch.randn(4000, 5, generator=chance) * 2
    gold = torch.multinomial(logits.softmax(-1), 1, generator=chance).squeeze(1)
    assert fit_temperature(logits * scale, gold) == pytest.approx(expected, rel=0.12)
