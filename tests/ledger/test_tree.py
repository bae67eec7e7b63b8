"""The tree against the reference vectors of RFC 6962, and its proofs against forgeries."""

from hashlib import sha256

import pytest

from consultations.ledger.tree import EMPTY_ROOT, Tree, consistent, included

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
