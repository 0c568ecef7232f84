"""Driver of the outside verifier pymerkle (GPL-3+, hence a process of its own): JSON in, JSON out.

Reads {"entries": [base64], "root", "inclusion": [...], "consistency": [...]} and answers what
pymerkle finds: its own root, whether each of our proofs verifies, and whether its own proofs of
consistency verify between our heads ("heads").
"""

import json
import sys
from base64 import b64decode, b64encode

from pymerkle import InmemoryTree
from pymerkle.core import _consistency_path_layout, _inclusion_path_layout
from pymerkle.proof import ConsistencyProof, InclusionProof, InvalidProof


def holds(proof, *states, **expected):
    try:
        proof.verify(*states, algorithm="sha256", **expected)
    except InvalidProof:
        return False
    return True


def inclusion(case):
    index, size = case["index"] + 1, case["size"]
    leaf, root, *path = [b64decode(value) for value in (case["leaf"], case["root"], *case["path"])]
    rule, _ranges = _inclusion_path_layout(index, size)
    proof = InclusionProof("sha256", True, size, index, rule, [leaf, *path])
    return holds(proof, leaf, root, index=index, size=size)


def consistency(case):
    """Verify an RFC 9162 path, given in the order that pymerkle has, which needs an odd `first`.

    There the two forms differ only in the order of the first two hashes, and in the first root,
    which the RFC leaves out of the path where the verifier has it already.
    """
    first, second = case["first"], case["second"]
    assert first % 2
    old, new = b64decode(case["first_root"]), b64decode(case["second_root"])
    path = [b64decode(value) for value in case["path"]]
    rule, subset, _ranges = _consistency_path_layout(first, second)
    whole = [old, *path] if first == 1 else path
    whole[:2] = reversed(whole[:2])
    proof = ConsistencyProof("sha256", True, second, first, rule, subset, whole)
    return holds(proof, old, new, prior_size=first, later_size=second)


def own(tree, case):
    """Verify pymerkle's own proof between two of our heads."""
    proof = tree.prove_consistency(case["first"], case["second"])
    return holds(proof, b64decode(case["first_root"]), b64decode(case["second_root"]))


def main():
    asked = json.load(sys.stdin)
    tree = InmemoryTree(algorithm="sha256")
    for entry in asked["entries"]:
        tree.append_entry(b64decode(entry))
    answer = {
        "root": b64encode(tree.get_root()).decode(),
        "inclusion": [inclusion(case) for case in asked["inclusion"]],
        "consistency": [consistency(case) for case in asked["consistency"]],
        "heads": [own(tree, case) for case in asked["heads"]],
    }
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
