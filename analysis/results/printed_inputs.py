"""Inputs that the methods appendix prints, recomputed from the papers of the systems or from our counts."""

from collections.abc import Iterator
from math import sqrt

from analysis.model.study import Study
from analysis.model.worked import Worked
from analysis.results.constants import constant_name
from analysis.results.quantity import Quantity, Results
from analysis.results.trace import Observed
from analysis.results.worked import factor


def quantities(study: Study, results: Results) -> Iterator[Quantity]:
    """All of them; each needs only data of the first edition."""
    yield from _passes_over_imagenet(results)
    yield _updates_of_dqn(results)
    yield _production_factor(results)
    yield _doubled_parameters(results)
    yield _macs_per_word(study, results)


def _passes_over_imagenet(results: Results) -> Iterator[Quantity]:
    """Passes, from the steps and the batch that a paper states."""
    for name, system, images in (
        ("resnets.epochs_in_paper", "resnet", "imagenet_images_printed"),
        ("resnets.epochs_in_paper_all_images", "resnet", "imagenet_images"),
        ("vgg.epochs_in_paper", "vgg", "imagenet_images"),
    ):
        yield results.compute(
            f"worked.{name}",
            lambda steps, batch, images: steps * batch / images,
            {
                "U": constant_name(f"{system}_training_steps"),
                "B": constant_name("imagenet_batch"),
                "n": constant_name(images),
            },
            unit="epoch",
            summary=(
                f"Passes over ImageNet in the training of {'ResNets' if system == 'resnet' else 'VGG'} by its paper, "
                f"at {'the 1.2 M images printed' if images.endswith('printed') else 'all training images'}."
            ),
            formula=r"\frac{U\,B}{n}",
        )


def _updates_of_dqn(results: Results) -> Quantity:
    return results.compute(
        "worked.dqn.updates_in_paper",
        lambda epochs, updates: epochs * updates,
        {"E": constant_name("dqn_epochs"), "U_E": constant_name("dqn_updates_per_epoch")},
        unit="update",
        summary="Weight updates in the training of DQN by its paper.",
        formula=r"E\,U_E",
    )


def _production_factor(results: Results) -> Quantity:
    """The middle, on a logarithmic scale, between the two ends of what the appendix states of the production data."""
    return results.compute(
        "worked.neural_machine_translation.production_factor",
        # More data meant fewer epochs, which divide the gain at either end.
        lambda low, high, epochs: sqrt(low / epochs * (high / epochs)),
        {
            r"d_{\mathrm{low}}": constant_name("production_data_low"),
            r"d_{\mathrm{high}}": constant_name("production_data_high"),
            "E": constant_name("production_epochs_fewer"),
        },
        unit="x",
        summary="How much more training the production data meant, the geometric mean of the two ends stated.",
        formula=r"\sqrt{\frac{d_{\mathrm{low}}}{E}\,\frac{d_{\mathrm{high}}}{E}}",
    )


def _doubled_parameters(results: Results) -> Quantity:
    return results.compute(
        "worked.deepspeech2.parameters_doubled",
        lambda parameters: 2 * parameters,
        {"W": "counting.deepspeech2.params"},
        unit="parameter",
        summary="Twice the parameters of DeepSpeech2's network of nine layers.",
        formula=r"2\,W",
    )


def _macs_per_word(study: Study, results: Results) -> Quantity:
    """Words read and words written cost differently, so the mean depends on how many there are of each."""
    known = {(calculation.system, calculation.id): calculation for calculation in study.calculations}
    return results.compute(
        "worked.seq2seq.macs_per_word",
        lambda macs, words: macs / words,
        {
            "M": _term(known["seq2seq", "operations_counted"], "forward_macs"),
            "W": _term(known["seq2seq", "operations"], "words"),
        },
        unit="MAC",
        summary="Multiply-adds of Seq2Seq per word, the mean over the words read and written in training.",
        formula=r"\frac{M}{W}",
    )


def _term(calculation: Worked, name: str) -> str | Observed:
    term = calculation.term(name)
    assert term is not None
    return factor(calculation, term)
