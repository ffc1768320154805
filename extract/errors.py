"""Every error dyad raises on purpose.

DyadError
├── InputError        an article, record or file that can't be read: skipped and counted
├── ModelError        a spaCy pipeline that is not installed or can't be used
├── VocabularyError   a verb, noun or title table that is wrong
├── ExtractorError    an extractor outside this process that failed (endpoint, key, answer)
├── LedgerError       judgements or known actors that contradict or name nobody
├── StoreError        a graph file or server that can't be used
│   ├── UnreachableError   no server answers
│   └── LoginError         the server refuses the login
└── QuestionError     a question that can't be answered as put (unknown actor, bad filter)

A message says what is wrong, where (file and line, or article) and what to do.
"""


class DyadError(Exception):
    """Base of all: its text is one line fit for a user."""


class InputError(DyadError):
    """An article, record or file that can't be read."""


class ModelError(DyadError):
    """A language pipeline that is missing or unusable."""


class VocabularyError(DyadError):
    """A vocabulary table that is wrong."""


class ExtractorError(DyadError):
    """An extractor outside this process that failed."""


class LedgerError(DyadError):
    """Judgements or known actors that contradict each other or name nobody."""


class StoreError(DyadError):
    """A graph file or server that can't be used."""


class UnreachableError(StoreError):
    """No graph server answers at the address."""


class LoginError(StoreError):
    """The graph server refuses the login."""


class QuestionError(DyadError):
    """A question that can't be answered as put."""
