"""The settings of a training run."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """One training run. The defaults are those of the shipped bundle."""

    # Input
    window: int = 384  # maximum tokens in a window, including [CLS] and separators
    window_least: int = (
        256  # each epoch cuts every article anew, into windows of this to `window` tokens, so that cuts are not learnt
    )
    mask_rate: float = 0.05  # share of tokens replaced by [MASK] in training, against memorising names
    title_drop: float = 0.15  # share of articles shown without their title, since many sources have none

    # Optimisation
    epochs: int = 6  # epochs over which the learning rate falls to 0
    teacher_epochs: int = 4  # epochs after which a teacher stops, when the mean of their weights is best
    batch_tokens: int = 3072  # tokens in a batch, including padding
    encoder_rate: float = 2e-4  # learning rate of the encoder
    head_rate: float = 2e-3  # learning rate of the heads
    warmup: float = 0.1  # share of steps in which the rate rises from 0; it then falls linearly to 0
    weight_decay: float = 0.01
    dropout: float = 0.1
    clip: float = 1.0  # largest norm of the gradient

    # Weights of the losses
    trigger_weight: float = 3.0  # cross-entropy of the BIO tags of triggers, beside sentence labels at 1
    argument_weight: float = 1.0  # cross-entropy of the BIO tags of arguments with their types
    path_weight: float = (
        1.0  # negative log-likelihood of the paths of triggers and of arguments; for the students alone
    )
    role_weight: float = 0.5  # cross-entropy of the roles of arguments
    realis_weight: float = 0.5  # cross-entropy of the realis of triggers
    link_weight: float = 0.5  # cross-entropy of the trigger that an argument belongs to
    identity_weight: float = 0.5  # binary cross-entropy of two triggers' being the same event

    # The coreference head, which is trained again at the end with a frozen encoder
    identity_epochs: int = 60  # epochs over the annotated articles
    identity_articles: int = 16  # articles in a batch
    identity_rate: float = 1e-3  # initial learning rate; it falls linearly to 0
    identity_decay: float = 0.1  # weight decay
    identity_dropout: float = 0.6  # dropout of its input, against memorising

    # The students: distillation on unlabelled prose, and more labelled articles
    prose_documents: int = 400  # documents that the teachers label for the students
    prose_words: tuple[int, int] = (120, 900)  # documents shorter or longer than this are left out
    student_epochs: int = 1  # epochs over the prose
    gold_repeats: int = 4  # repeats of the annotated articles per epoch
    more_repeats: int = 2  # repeats of the further labelled articles per epoch
    student_rate: float = 1e-4  # learning rate of the student's encoder, which starts from the mean of the teachers

    # Going on from a bundle, whose network has seen the annotated articles often
    further_gold_repeats: int = 2  # repeats of the annotated articles per epoch
    further_rate: float = 1e-4  # learning rate of the encoder; the heads have five times as much
    further_share: float = 0.7  # share of the students in the weights that ship; the rest is the bundle's

    # Thresholds
    newer_weight: float = 0.1  # how much all sentences of the newer documents count against all of dev


def resolve_device(wanted: str) -> str:
    """Return "cpu" or "cuda"; "auto" means a GPU if there is one."""
    import torch

    if wanted == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    return wanted
