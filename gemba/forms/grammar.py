"""Tokens into a tree, by precedence climbing (grammar: XPath 1.0, section 3)."""

from __future__ import annotations

from gemba.forms.tokens import Token, cut
from gemba.forms.tree import Call, Chain, Expression, Literal, Negated, Path, Step
from gemba.forms.trouble import FormulaError

DEEPEST = 100  # brackets inside brackets; nested if() in the field stays under 60
RANKS: tuple[frozenset[str], ...] = (
    frozenset({"or"}),
    frozenset({"and"}),
    frozenset({"=", "!="}),
    frozenset({"<", "<=", ">", ">="}),
    frozenset({"+", "-"}),
    frozenset({"*", "div", "mod"}),
)
_RANK_OF = {operator: rank for rank, operators in enumerate(RANKS) for operator in operators}
_OPERATING = frozenset({"operator", "symbol"})
_NODE_TYPES = frozenset({"node", "text", "comment", "processing-instruction"})
AXES = frozenset(
    {
        "ancestor",
        "ancestor-or-self",
        "attribute",
        "child",
        "descendant",
        "descendant-or-self",
        "following",
        "following-sibling",
        "parent",
        "preceding",
        "preceding-sibling",
        "self",
    }
)


def parse(formula: str) -> Expression:
    """The tree of a formula; FormulaError with the column of what does not fit."""
    reader = _Reader(cut(formula))
    if reader.now.kind == "end":
        raise FormulaError("formula.empty", at=1)
    tree = reader.expression()
    if reader.now.kind != "end":
        raise reader.unexpected()
    return tree


def _rank(token: Token) -> int:
    return _RANK_OF.get(token.text, -1) if token.kind in _OPERATING else -1


class _Reader:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.place = 0
        self.depth = 0

    @property
    def now(self) -> Token:
        return self.tokens[self.place]

    def coming(self, steps: int = 1) -> Token:
        return self.tokens[min(self.place + steps, len(self.tokens) - 1)]

    def sees(self, text: str) -> bool:
        token = self.tokens[self.place]
        return token.text == text and token.kind == "symbol"

    def takes(self, text: str) -> bool:
        token = self.tokens[self.place]
        if token.text != text or token.kind != "symbol":
            return False
        self.place += 1
        return True

    def needs(self, text: str) -> None:
        if not self.takes(text):
            raise FormulaError("formula.expected", at=self.now.at, wanted=text, got=self.now.text)

    def unexpected(self) -> FormulaError:
        if self.now.kind == "end":
            return FormulaError("formula.ends", at=self.now.at)
        return FormulaError("formula.unexpected", at=self.now.at, got=self.now.text)

    def expression(self) -> Expression:
        self.depth += 1
        if self.depth > DEEPEST:
            raise FormulaError("formula.deep", at=self.now.at, most=DEEPEST)
        tree = self._climb(0)
        self.depth -= 1
        return tree

    def _climb(self, lowest: int) -> Expression:
        """Operands joined by operators of at least this rank; one chain a rank, no recursion."""
        tree, tokens = self._unary(), self.tokens
        while (rank := _rank(first := tokens[self.place])) >= lowest:
            rest: list[tuple[str, Expression]] = []
            token = first
            while _rank(token) == rank:
                self.place += 1
                rest.append((token.text, self._climb(rank + 1)))
                token = tokens[self.place]
            tree = Chain(tree, tuple(rest), first.at)
        return tree

    def _unary(self) -> Expression:
        if not self.sees("-"):
            return self._union()
        at = self.now.at
        minus = 0
        while self.takes("-"):
            minus += 1
        tree = self._union()
        once = Negated(tree, at)
        return once if minus % 2 else Negated(once, at)

    def _union(self) -> Expression:
        tree = self._path()
        if not self.sees("|"):
            return tree
        rest: list[tuple[str, Expression]] = []
        at = self.now.at
        while self.takes("|"):
            rest.append(("|", self._path()))
        return Chain(tree, tuple(rest), at)

    def _path(self) -> Expression:
        at = self.now.at
        if self._sees_step():
            return self._absolute(at)
        if not self._is_primary():
            return Path(False, None, (), tuple(self._steps()), at)
        start = self._primary()
        conditions = self._conditions()
        steps: list[Step] = []
        if self._sees_step():
            steps = self._more_steps()
        if not conditions and not steps:
            return start
        return Path(False, start, conditions, tuple(steps), at)

    def _sees_step(self) -> bool:
        token = self.tokens[self.place]
        return token.text in ("/", "//") and token.kind == "symbol"

    def _absolute(self, at: int) -> Path:
        if self.sees("//"):
            return Path(True, None, (), tuple(self._more_steps()), at)
        self.place += 1
        steps = self._steps() if self._is_step() else []
        return Path(True, None, (), tuple(steps), at)

    def _is_step(self) -> bool:
        if self.now.kind == "name":
            return True
        return self.now.kind == "symbol" and self.now.text in ("*", ".", "..", "@")

    def _is_primary(self) -> bool:
        if self.now.kind in ("number", "text") or self.sees("(") or self.sees("$"):
            return True
        if self.now.kind != "name":
            return False
        place = 1
        if self.coming().text == ":" and self.coming(2).kind == "name":
            place = 3
        called = self.coming(place)
        if called.kind != "symbol" or called.text != "(":
            return False
        return place == 3 or self.now.text not in _NODE_TYPES

    def _primary(self) -> Expression:
        token = self.now
        self.place += 1
        if token.kind == "number":
            return Literal(float(token.text), token.at)
        if token.kind == "text":
            return Literal(token.text, token.at)
        if token.text == "(":
            tree = self.expression()
            self.needs(")")
            return tree
        if token.text == "$":
            raise FormulaError("formula.variable", at=token.at, name=self.now.text)
        name = token.text
        if self.takes(":"):
            name = f"{name}:{self.now.text}"
            self.place += 1
        return self._call(name, token.at)

    def _call(self, name: str, at: int) -> Call:
        self.needs("(")
        arguments: list[Expression] = []
        if not self.takes(")"):
            arguments.append(self.expression())
            while self.takes(","):
                arguments.append(self.expression())
            self.needs(")")
        return Call(name, tuple(arguments), at)

    def _conditions(self) -> tuple[Expression, ...]:
        found: list[Expression] = []
        while self.takes("["):
            found.append(self.expression())
            self.needs("]")
        return tuple(found)

    def _steps(self) -> list[Step]:
        return [self._step(), *self._more_steps()]

    def _more_steps(self) -> list[Step]:
        steps: list[Step] = []
        while self._sees_step():
            if self.takes("//"):
                steps.append(Step("descendant-or-self", "node", "", None, (), self.now.at))
            else:
                self.place += 1
            steps.append(self._step())
        return steps

    def _step(self) -> Step:
        at = self.now.at
        if self.now.kind == "name" and (plain := self._plain_step()) is not None:
            return plain
        if self.takes("."):
            return Step("self", "node", "", None, self._conditions(), at)
        if self.takes(".."):
            return Step("parent", "node", "", None, self._conditions(), at)
        axis = "child"
        if self.takes("@"):
            axis = "attribute"
        elif self.now.kind == "name" and self.coming().text == "::":
            axis = self.now.text
            if axis not in AXES:
                raise FormulaError("formula.axis", at=at, name=axis)
            self.place += 2
        test, name, prefix = self._test()
        return Step(axis, test, name, prefix, self._conditions(), at)

    def _plain_step(self) -> Step | None:
        """A child by its name and nothing else, as nearly every step is."""
        token, following = self.tokens[self.place], self.tokens[self.place + 1]
        if following.text in ("::", ":", "(", "[") and following.kind == "symbol":
            return None
        self.place += 1
        return Step("child", "name", token.text, None, (), token.at)

    def _test(self) -> tuple[str, str, str | None]:
        if self.takes("*"):
            return "name", "*", None
        if self.now.kind != "name":
            raise self.unexpected()
        word = self.now.text
        self.place += 1
        if word in _NODE_TYPES and self.takes("("):
            wanted = ""
            if word == "processing-instruction" and self.now.kind == "text":
                wanted = self.now.text
                self.place += 1
            self.needs(")")
            return word, wanted, None
        if not self.takes(":"):
            return "name", word, None
        local = self.now.text
        if self.now.kind != "name" and local != "*":
            raise self.unexpected()
        self.place += 1
        return "name", local, word
