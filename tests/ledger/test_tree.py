"""The tree against the reference vectors of RFC 6962, and its proofs against forgeries."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.ledger.tree import (
    EMPTY_ROOT,
    Tree,
    consistent,
    included,
    leaf_hash,
    node_hash,
)

REFERENCE_LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
REFERENCE_ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
SIZES = range(1, 18)


def tree(size: int) -> Tree:
    return Tree([b"entry %d" % number for number in range(size)])


@pytest.mark.parametrize(("size", "root"), REFERENCE_ROOTS.items())
def test_root_of_the_reference_leaves(size, root):
    assert Tree(REFERENCE_LEAVES).root(size).hex() == root


def test_empty_tree_is_the_hash_of_nothing():
    assert Tree([]).root() == EMPTY_ROOT == sha256(b"").digest()


@pytest.mark.parametrize("size", SIZES)
def test_every_leaf_is_proven(size):
    whole = tree(size)
    for index in range(size):
        path = whole.inclusion(index)
        assert included(b"entry %d" % index, index, size, path, whole.root())


@pytest.mark.parametrize("size", SIZES)
def test_no_forged_inclusion_passes(size):
    whole, root = tree(size), tree(size).root()
    for index in range(size):
        path, leaf = whole.inclusion(index), b"entry %d" % index
        assert not included(b"forged", index, size, path, root)
        assert not included(leaf, index, size, [*path, root], root)
        assert not included(leaf, size, size, path, root)
        assert not included(leaf, index, size, path, sha256(root).digest())
        assert size == 1 or not included(leaf, (index + 1) % size, size, path, root)
        assert not path or not included(leaf, index, size, path[:-1], root)


@pytest.mark.parametrize("later", SIZES)
def test_every_earlier_tree_is_proven_to_be_continued(later):
    whole = tree(later)
    for size in range(later + 1):
        assert consistent(size, whole.root(size), later, whole.root(), whole.consistency(size))


@pytest.mark.parametrize("later", SIZES[1:])
def test_no_rewritten_history_passes(later):
    whole = tree(later)
    for size in range(1, later + 1):
        path = whole.consistency(size)
        assert not consistent(size, sha256(b"other").digest(), later, whole.root(), path)
        assert not consistent(size, whole.root(size), later, sha256(b"other").digest(), path)
        assert not consistent(size, whole.root(size), later, whole.root(), [*path, EMPTY_ROOT])
        assert not path or not consistent(size, whole.root(size), later, whole.root(), path[:-1])


def test_a_log_that_shrank_is_not_consistent():
    assert not consistent(5, tree(5).root(), 4, tree(4).root(), [])


@pytest.mark.parametrize("ask", [lambda t: t.root(4), lambda t: t.inclusion(3)])
def test_what_is_not_in_the_tree_is_an_error(ask):
    with pytest.raises(ValueError, match="a tree of 3 leaves"):
        ask(tree(3))


INCLUSION = {
    (0, 8): ("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
             "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
             "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"),
    (5, 8): ("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
             "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
             "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
    (2, 3): ("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",),
    (1, 5): ("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
             "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
             "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"),
}  # fmt: skip
CONSISTENCY = {
    (1, 8): INCLUSION[0, 8],
    (6, 8): ("0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
             "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
             "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
    (2, 5): ("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
             "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"),
}  # fmt: skip
"""Proofs of the reference leaves, from the tests of certificate-transparency (Google)."""


@pytest.mark.parametrize(("place", "path"), INCLUSION.items())
def test_inclusion_proofs_of_the_reference_leaves(place, path):
    index, size = place
    part = Tree(REFERENCE_LEAVES[:size])
    assert tuple(step.hex() for step in part.inclusion(index)) == path
    assert included(REFERENCE_LEAVES[index], index, size, part.inclusion(index), part.root())


@pytest.mark.parametrize(("sizes", "path"), CONSISTENCY.items())
def test_consistency_proofs_of_the_reference_leaves(sizes, path):
    earlier, later = sizes
    part = Tree(REFERENCE_LEAVES[:later])
    assert tuple(step.hex() for step in part.consistency(earlier)) == path


def test_the_example_of_rfc_6962_section_2_1_3():
    """Seven leaves d0 to d6; the nodes are named as in the figure of the RFC."""
    leaves = [b"d%d" % number for number in range(7)]
    whole = Tree(leaves)
    a, b, c, d, e, f, j = map(leaf_hash, leaves)
    g, h, i = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k, l = node_hash(g, h), node_hash(i, j)  # noqa: E741 - the RFC's letter
    assert whole.root() == node_hash(k, l)
    assert whole.inclusion(0) == [b, h, l]
    assert whole.inclusion(3) == [c, g, l]
    assert whole.inclusion(4) == [f, j, k]
    assert whole.inclusion(6) == [i, k]
    assert whole.consistency(3) == [c, d, g, l]
    assert whole.consistency(4) == [l]
    assert whole.consistency(6) == [i, j, k]


@given(leaves=st.lists(st.binary(max_size=8), min_size=1, max_size=40), data=st.data())
def test_a_proof_passes_for_its_own_leaf_and_place_alone(leaves, data):
    whole, size = Tree(leaves), len(leaves)
    index = data.draw(st.integers(0, size - 1))
    path, root = whole.inclusion(index), whole.root()
    assert included(leaves[index], index, size, path, root)
    other = data.draw(st.binary(max_size=8).filter(lambda leaf: leaf != leaves[index]))
    assert not included(other, index, size, path, root)
    assert not included(leaves[index], index, size, path, _flipped(data, root))
    if path:
        step = data.draw(st.integers(0, len(path) - 1))
        forged = [*path[:step], _flipped(data, path[step]), *path[step + 1 :]]
        assert not included(leaves[index], index, size, forged, root)


@given(leaves=st.lists(st.binary(max_size=8), min_size=2, max_size=40), data=st.data())
def test_a_log_of_which_one_leaf_was_changed_is_not_continued(leaves, data):
    size = data.draw(st.integers(1, len(leaves) - 1))
    before, after = Tree(leaves[:size]), Tree(leaves)
    roots, proof = (before.root(), after.root()), after.consistency(size)
    assert consistent(size, roots[0], len(leaves), roots[1], proof)
    place = data.draw(st.integers(0, size - 1))
    rewritten = Tree([*leaves[:place], leaves[place] + b"!", *leaves[place + 1 :]])
    assert not consistent(size, roots[0], len(leaves), rewritten.root(), proof)
    assert not consistent(
        size, roots[0], len(leaves), rewritten.root(), rewritten.consistency(size)
    )
    if proof:
        step = data.draw(st.integers(0, len(proof) - 1))
        forged = [*proof[:step], _flipped(data, proof[step]), *proof[step + 1 :]]
        assert not consistent(size, roots[0], len(leaves), roots[1], forged)


def _flipped(data, content):
    """The bytes with one bit changed."""
    bit = data.draw(st.integers(0, 8 * len(content) - 1))
    changed = bytearray(content)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)
