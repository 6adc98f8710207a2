"""Which workplace's words are used, and the cards that belong to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gemba.domain.errors import BadInput
from gemba.domain.vocabulary import SETTING, USUAL, CardSet, Vocabulary

if TYPE_CHECKING:
    from gemba.definitions.catalog import Catalog
    from gemba.services.recorder import Recorder


class Vocabularies:
    """Changes words and nothing else: records, rules and figures stay as they are."""

    def __init__(self, recorder: Recorder, catalog: Catalog) -> None:
        self._recorder = recorder
        self._catalog = catalog

    @property
    def words(self) -> Vocabulary:
        """Return the words in use."""
        return self._catalog.vocabulary(self._recorder.recall(SETTING) or USUAL)

    def all(self) -> list[Vocabulary]:
        """Return the words of every workplace there are."""
        return self._catalog.vocabularies()

    def choose(self, id: str) -> Vocabulary:
        """Use the words of another workplace from now on; raises BadInput for none there is."""
        if id not in {one.id for one in self.all()}:
            raise BadInput("vocabulary.unknown", id=id)
        self._recorder.remember(SETTING, id)
        self._recorder.settle()
        return self.words

    def cards(self) -> CardSet | None:
        """Return the cards of this workplace, else the first there are; None for none."""
        found = self._catalog.card_sets()
        fitting = [one for one in found if one.vocabulary == self.words.id]
        return next(iter(fitting or found), None)
