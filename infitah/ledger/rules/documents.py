"""The documents that leave the register: receipt, consistency proof, roots, bound texts.

Each is one JSON object whose `format` names it; `docs/reference/register.md` is their reference.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TypedDict, cast

from infitah.ledger.rules.attachments import attached, is_pdf
from infitah.ledger.rules.bound import BOUND, Part, Quotation
from infitah.ledger.rules.canonical import NotCanonical
from infitah.ledger.rules.commitments import SALT_BYTES, Opening
from infitah.ledger.rules.entries import EntryFacts, base64_text, read_base64
from infitah.ledger.rules.heads import HeadJSON, SignedTreeHead

RECEIPT = "infitah-receipt/1"
CONSISTENCY = "infitah-consistency/1"
ROOTS = "infitah-roots/1"
MAX_PATH = 128  # two hashes a level is more than any tree of 2^53 leaves needs
MAX_HEADS = 100_000
MAX_PARTS = 10_000
ALGORITHM = "Ed25519"


class Unreadable(ValueError):
    """A file is none of the documents of a register."""


class KeyJSON(TypedDict):
    """A public key as programs read it."""

    id: str
    algorithm: str
    public: str


class OpeningJSON(TypedDict):
    """What opens a commitment, as programs read it."""

    salt: str
    value: str


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public signing key, 32 raw bytes."""

    key_id: str
    raw: bytes

    def as_json(self) -> KeyJSON:
        """Return the key as programs read it."""
        return {"id": self.key_id, "algorithm": ALGORITHM, "public": base64_text(self.raw)}

    @classmethod
    def read(cls, document: object) -> "PublicKey":
        """Return the key that a JSON object writes. Raises ValueError."""
        raw = _object(document, {"id", "algorithm", "public"})
        if raw["algorithm"] != ALGORITHM:
            raise ValueError(f"Keys are of {ALGORITHM}.")
        return cls(_text(raw, "id"), read_base64(raw.get("public")))


@dataclass(frozen=True, slots=True)
class Receipt:
    """وصل التقييد / récépissé: an entry, its path to a root, the signed root, its key.

    `openings` opens private values of the entry; only the person concerned is given them.
    """

    entry: bytes
    index: int
    path: tuple[bytes, ...]
    head: SignedTreeHead
    key: PublicKey
    openings: Mapping[str, Opening]

    @property
    def facts(self) -> EntryFacts:
        """Return what the entry states. Raises NotCanonical."""
        return EntryFacts.read(self.entry)

    def as_json(self) -> dict[str, object]:
        """Return the receipt as programs read it; `entry` holds the canonical text itself."""
        document: dict[str, object] = {
            "format": RECEIPT,
            "entry": self.entry.decode(),
            "index": self.index,
            "path": [base64_text(step) for step in self.path],
            "head": self.head.as_json(),
            "key": self.key.as_json(),
        }
        if self.openings:
            document["openings"] = {
                name: OpeningJSON(salt=base64_text(opening.salt), value=opening.value)
                for name, opening in sorted(self.openings.items())
            }
        return document


@dataclass(frozen=True, slots=True)
class Consistency:
    """برهان الاتساق / preuve de cohérence: between two heads the register only grew."""

    first: SignedTreeHead
    second: SignedTreeHead
    path: tuple[bytes, ...]
    keys: tuple[PublicKey, ...]

    def as_json(self) -> dict[str, object]:
        """Return the proof as programs read it."""
        return {
            "format": CONSISTENCY,
            "first": self.first.as_json(),
            "second": self.second.as_json(),
            "path": [base64_text(step) for step in self.path],
            "keys": [key.as_json() for key in self.keys],
        }


@dataclass(frozen=True, slots=True)
class Roots:
    """الجذور اليومية / racines quotidiennes: the heads of every community of an installation."""

    heads: tuple[SignedTreeHead, ...]
    keys: tuple[PublicKey, ...]

    def as_json(self) -> dict[str, object]:
        """Return the roots as programs read them, by community, oldest head first."""
        communities: dict[str, list[HeadJSON]] = {}
        for head in self.heads:
            communities.setdefault(head.head.community, []).append(head.as_json())
        return {
            "format": ROOTS,
            "keys": [key.as_json() for key in self.keys],
            "communities": [
                {"community": community, "heads": heads}
                for community, heads in sorted(communities.items())
            ],
        }


@dataclass(frozen=True, slots=True)
class Bound:
    """النصوص المرتبطة / textes liés: texts, the one hash that binds them, the act that states it.

    `about` says in words what they are; only what the hashes bind is proven.
    """

    sha256: str
    parts: tuple[Part, ...]
    receipt: Receipt
    quoted_in: Quotation | None
    about: Mapping[str, object]

    def as_json(self) -> dict[str, object]:
        """Return the texts as programs read them."""
        document: dict[str, object] = {
            "format": BOUND,
            "about": dict(self.about),
            "sha256": self.sha256,
            "parts": [
                {"name": one.name, "sha256": one.sha256, "content": dict(one.content)}
                for one in self.parts
            ],
            "receipt": self.receipt.as_json(),
        }
        if self.quoted_in is not None:
            quoted = self.quoted_in
            document["quoted_in"] = {
                "name": quoted.name,
                "sha256": quoted.sha256,
                "text": dict(quoted.text),
            }
        return document


Document = Receipt | Consistency | Roots | Bound


def read_document(content: bytes) -> Document:
    """Return the document of a register in the bytes of a JSON file. Raises Unreadable."""
    try:
        document = _loaded(content)
        reader = READERS.get(_text(document, "format"))
        if reader is None:
            raise Unreadable("The format of this document is not known.")
        return reader(document)
    except Unreadable:
        raise
    except (ValueError, KeyError, TypeError, RecursionError, NotCanonical) as error:
        raise Unreadable("This file is not a document of a register.") from error


def opened(content: bytes) -> Document:
    """Return the document in a JSON file, or the first one attached to a PDF. Raises Unreadable."""
    if not is_pdf(content):
        return read_document(content)
    for file in attached(content):
        try:
            return read_document(file)
        except Unreadable:
            continue  # a receipt may carry other files beside its proof
    raise Unreadable("No document of a register is attached to this PDF.")


def read_keys(content: bytes) -> dict[str, bytes]:
    """Return the keys, by id, of any document that lists `keys`. Raises Unreadable."""
    try:
        document = _loaded(content)
        return {key.key_id: key.raw for key in _keys(document)}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Unreadable("This file lists no keys.") from error


def read_heads(content: bytes) -> tuple[SignedTreeHead, ...]:
    """Return the heads of saved roots, of a receipt, consistency proof or bound texts.

    Raises Unreadable.
    """
    document = read_document(content)
    if isinstance(document, Bound):
        return (document.receipt.head,)
    if isinstance(document, Roots):
        return document.heads
    if isinstance(document, Consistency):
        return (document.first, document.second)
    return (document.head,)


def _receipt(document: Mapping[str, object]) -> Receipt:
    _object(document, {"format", "entry", "index", "path", "head", "key"}, {"openings"})
    index = document["index"]
    if type(index) is not int:
        raise Unreadable("A receipt names the place of its entry.")
    openings = {
        name: _opening(_object(opening, {"salt", "value"}))
        for name, opening in _object(document.get("openings", {})).items()
    }
    return Receipt(
        entry=_text(document, "entry").encode(),
        index=index,
        path=_path(document),
        head=SignedTreeHead.read(document["head"]),
        key=PublicKey.read(document["key"]),
        openings=openings,
    )


def _opening(document: Mapping[str, object]) -> Opening:
    return Opening(read_base64(document["salt"], SALT_BYTES), _text(document, "value"))


def _consistency(document: Mapping[str, object]) -> Consistency:
    _object(document, {"format", "first", "second", "path", "keys"})
    return Consistency(
        first=SignedTreeHead.read(document["first"]),
        second=SignedTreeHead.read(document["second"]),
        path=_path(document),
        keys=tuple(_keys(document)),
    )


def _roots(document: Mapping[str, object]) -> Roots:
    _object(document, {"format", "keys", "communities"})
    listed = [_object(item, {"community", "heads"}) for item in _list(document["communities"])]
    named = [
        (SignedTreeHead.read(head), item["community"])
        for item in listed
        for head in _list(item["heads"])
    ]
    heads = [head for head, _community in named]
    if any(head.head.community != community for head, community in named):
        raise Unreadable("A head stands under the name of another community.")
    if len(heads) > MAX_HEADS:
        raise Unreadable("This file lists more heads than a register has.")
    return Roots(tuple(heads), tuple(_keys(document)))


def _bound(document: Mapping[str, object]) -> Bound:
    _object(document, {"format", "about", "sha256", "parts", "receipt"}, {"quoted_in"})
    parts = [_object(one, {"name", "sha256", "content"}) for one in _list(document["parts"])]
    if not 0 < len(parts) <= MAX_PARTS:
        raise Unreadable("This document binds no text, or more than any act does.")
    receipt = _object(document["receipt"])
    if _text(receipt, "format") != RECEIPT:
        raise Unreadable("Bound texts carry the receipt of their act.")
    return Bound(
        sha256=_text(document, "sha256"),
        parts=tuple(
            Part(_text(one, "name"), _text(one, "sha256"), _object(one["content"])) for one in parts
        ),
        receipt=_receipt(receipt),
        quoted_in=_quotation(document["quoted_in"]) if "quoted_in" in document else None,
        about=_object(document["about"]),
    )


def _quotation(value: object) -> Quotation:
    quoted = _object(value, {"name", "sha256", "text"})
    text = _object(quoted["text"])
    words = {language: _text(text, language) for language in text}
    return Quotation(_text(quoted, "name"), _text(quoted, "sha256"), words)


READERS: Mapping[str, Callable[[Mapping[str, object]], Document]] = {
    BOUND: _bound,
    RECEIPT: _receipt,
    CONSISTENCY: _consistency,
    ROOTS: _roots,
}


def _keys(document: Mapping[str, object]) -> Iterable[PublicKey]:
    return [PublicKey.read(key) for key in _list(document["keys"])]


def _path(document: Mapping[str, object]) -> tuple[bytes, ...]:
    steps = _list(document["path"])
    if len(steps) > MAX_PATH:
        raise Unreadable("This path is longer than any tree is high.")
    return tuple(read_base64(step) for step in steps)


def _loaded(content: bytes) -> Mapping[str, object]:
    return _object(json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once))


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Refuse an object that says the same thing twice: programs differ on which one counts."""
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("A member stands twice in an object.")
    return members


def _object(
    value: object, members: Set[str] | None = None, optional: Set[str] = frozenset()
) -> Mapping[str, object]:
    """Return `value` if it is an object, with exactly `members` if given: nothing unread hides."""
    if not isinstance(value, dict):
        raise ValueError("An object is expected here.")
    if members is not None and not members <= value.keys() <= members | optional:
        raise ValueError("An object has other members than it must.")
    return cast(Mapping[str, object], value)


def _list(value: object) -> Sequence[object]:
    if not isinstance(value, list):
        raise ValueError("A list is expected here.")
    return value


def _text(document: Mapping[str, object], name: str) -> str:
    value = document[name]
    if not isinstance(value, str):
        raise ValueError(f"{name} is text.")
    return value
