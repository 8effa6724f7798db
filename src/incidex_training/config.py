"""Every setting of a training run, with what it means."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """One training run. The defaults are those of the shipped bundle."""

    # What is seen
    window: int = 384  # tokens in a window at most, [CLS] and separators included
    window_least: int = (
        256  # each epoch cuts every article anew, into windows of this to `window` tokens, so that cuts are not learnt
    )
    mask_rate: float = 0.05  # share of tokens replaced by [MASK] in training, against learning names by heart
    title_drop: float = 0.15  # share of articles that are shown without their title, since many sources have none

    # How it is learnt
    epochs: int = 6  # rounds over which the learning rate falls to 0
    teacher_epochs: int = 4  # rounds after which a teacher stops: the mean of their weights is best then
    batch_tokens: int = 3072  # tokens in a batch, padding included
    encoder_rate: float = 2e-4  # learning rate of the encoder
    head_rate: float = 2e-3  # learning rate of the heads
    warmup: float = 0.1  # share of the steps in which the rate rises from 0; afterwards it falls to 0 in a line
    weight_decay: float = 0.01
    dropout: float = 0.1
    clip: float = 1.0  # largest norm of the gradient

    # What counts how much
    trigger_weight: float = 3.0  # cross-entropy of the BIO tags of triggers, beside sentence labels at 1
    argument_weight: float = 1.0  # cross-entropy of the BIO tags of arguments with their types
    path_weight: float = (
        1.0  # negative log-likelihood of the paths of triggers and of arguments; for the students alone
    )
    role_weight: float = 0.5  # cross-entropy of the roles of arguments
    realis_weight: float = 0.5  # cross-entropy of the realis of triggers
    link_weight: float = 0.5  # cross-entropy of the trigger that an argument belongs to
    identity_weight: float = 0.5  # binary cross-entropy of two triggers' being the same event

    # The head for coreference, which is learnt anew at the end, with the encoder as it is
    identity_epochs: int = 60  # rounds over the annotated articles
    identity_articles: int = 16  # articles in a batch
    identity_rate: float = 1e-3  # learning rate at the beginning; it falls to 0 in a line
    identity_decay: float = 0.1  # weight decay
    identity_dropout: float = 0.6  # share of the numbers of each vector that is left out, against learning by heart

    # The students: distillation on unlabelled prose, and more labelled articles
    prose_documents: int = 400  # documents that the teachers label for the students
    prose_words: tuple[int, int] = (120, 900)  # documents shorter or longer than this are left out
    student_epochs: int = 1  # times that a student sees the prose
    gold_repeats: int = 4  # times that it sees the annotated articles for each time that it sees the prose
    more_repeats: int = 2  # times that it sees the further labelled articles for each time that it sees the prose
    student_rate: float = 1e-4  # learning rate of its encoder, which starts from the mean of the teachers


def resolve_device(wanted: str) -> str:
    """Return "cpu" or "cuda" for "cpu", "cuda" or "auto", which means a GPU where there is one."""
    import torch

    if wanted == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    return wanted
