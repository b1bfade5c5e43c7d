//! The tree, the proofs and the notes against published values and against the words of RFC 6962.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use mandate_ledger_tree::{
    checkpoint::Checkpoint,
    merkle::{
        Frontier, Hash, Node, consistency_spans, empty_root, inclusion_spans, leaf_hash, node_hash,
        proves_consistency, proves_inclusion, root_of, span_root,
    },
    note::{Found, Note, SignerKey, VerifierKey},
    tile::{self, Holds, Tile},
};
use proptest::prelude::*;

/// The eight leaves of the Certificate Transparency test data, and the roots over the first one to eight of them
/// (github.com/transparency-dev/merkle, proof/verify_test.go; the same values stand in certificate-transparency-go).
const LEAVES: [&str; 8] = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
];
const ROOTS: [&str; 8] = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn hash(hex: &str) -> Hash {
    hex::decode(hex).unwrap().try_into().unwrap()
}

fn leaves() -> Vec<Hash> {
    LEAVES
        .iter()
        .map(|leaf| leaf_hash(&hex::decode(leaf).unwrap()))
        .collect()
}

fn node_over(leaves: &[Hash]) -> impl FnMut(Node) -> Option<Hash> {
    |node| {
        let first = usize::try_from(node.index << node.level).ok()?;
        Some(root_of(leaves.get(first..first + (1 << node.level))?))
    }
}

fn inclusion(leaves: &[Hash], index: u64) -> Vec<Hash> {
    inclusion_spans(index, leaves.len() as u64)
        .unwrap()
        .into_iter()
        .map(|span| span_root(span, &mut node_over(leaves)).unwrap())
        .collect()
}

fn consistency(leaves: &[Hash], old: u64) -> Vec<Hash> {
    consistency_spans(old, leaves.len() as u64)
        .unwrap()
        .into_iter()
        .map(|span| span_root(span, &mut node_over(leaves)).unwrap())
        .collect()
}

#[test]
fn roots_are_those_of_the_certificate_transparency_test_data() {
    assert_eq!(
        hex::encode(empty_root()),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
    for (n, root) in ROOTS.iter().enumerate() {
        assert_eq!(root_of(&leaves()[..=n]), hash(root), "{} leaves", n + 1);
    }
}

#[test]
fn proofs_are_those_of_the_certificate_transparency_test_data() {
    let of = |n: usize, index| inclusion(&leaves()[..n], index);
    let all = |hashes: &[&str]| hashes.iter().map(|h| hash(h)).collect::<Vec<_>>();
    let first_of_eight = all(&[
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]);
    assert_eq!(of(8, 0), first_of_eight);
    assert_eq!(
        of(8, 5),
        all(&[
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ])
    );
    assert_eq!(of(3, 2), all(&[ROOTS[1]]));
    assert_eq!(
        of(5, 1),
        all(&[
            ROOTS[0],
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ])
    );
    assert_eq!(consistency(&leaves(), 1), first_of_eight);
    assert_eq!(
        consistency(&leaves(), 6),
        all(&[
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ])
    );
    assert_eq!(
        consistency(&leaves()[..7], 6),
        all(&[
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ])
    );
    assert_eq!(
        consistency(&leaves()[..5], 2),
        all(&[
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ])
    );
}

#[test]
fn proofs_of_nothing_prove_nothing() {
    let (some, empty) = (hash(ROOTS[4]), empty_root());
    for (index, size) in [(0, 0), (0, 1), (1, 0), (2, 1)] {
        assert!(!proves_inclusion(index, size, &some, &[], &empty));
    }
    assert!(!proves_consistency(1, 0, &some, &some, &[]));
    assert!(!proves_consistency(1, 2, &some, &some, &[]));
    assert!(!proves_consistency(0, 1, &empty, &some, &[empty]));
    assert!(!proves_consistency(1, 1, &some, &some, &[empty]));
    assert!(proves_consistency(0, 1, &empty, &some, &[]));
}

/// MTH as RFC 6962, section 2.1, words it.
fn as_worded(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [one] => *one,
        many => {
            let middle = 1 << (many.len() - 1).ilog2();
            node_hash(&as_worded(&many[..middle]), &as_worded(&many[middle..]))
        }
    }
}

fn numbered(n: u64) -> Vec<Hash> {
    (0..n).map(|i| leaf_hash(&i.to_be_bytes())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_leaf_and_every_earlier_tree_is_proved_and_no_other(
        size in 1_u64..700, a in 0.0..1.0_f64, b in 0.0..1.0_f64, bit in 0_usize..256,
    ) {
        let leaves = numbered(size);
        let root = root_of(&leaves);
        prop_assert_eq!(root, as_worded(&leaves));
        let index = (a * size as f64) as u64;
        let leaf = leaves[index as usize];
        let proof = inclusion(&leaves, index);
        prop_assert!(proves_inclusion(index, size, &leaf, &proof, &root));
        prop_assert!(!proves_inclusion(index ^ 1, size, &leaf, &proof, &root));
        prop_assert!(!proves_inclusion(index, size, &empty_root(), &proof, &root));
        let old = (b * size as f64) as u64 + 1;
        let old_root = root_of(&leaves[..old as usize]);
        let way = consistency(&leaves, old);
        prop_assert!(proves_consistency(old, size, &old_root, &root, &way));
        for proof in [&proof, &way] {
            for at in 0..proof.len() {
                let mut other = proof.clone();
                other[at][bit / 8] ^= 1 << (bit % 8);
                prop_assert!(!proves_inclusion(index, size, &leaf, &other, &root));
                prop_assert!(!proves_consistency(old, size, &old_root, &root, &other));
            }
            let mut longer = proof.clone();
            longer.push(root);
            prop_assert!(!proves_inclusion(index, size, &leaf, &longer, &root));
            prop_assert!(!proves_consistency(old, size, &old_root, &root, &longer));
        }
    }

    #[test]
    fn every_node_of_a_tree_is_found_in_its_tile(size in 1_u64..1500, level in 0_u8..11, at in 0.0..1.0_f64) {
        let n = size >> level;
        prop_assume!(n > 0);
        let node = Node { level, index: (at * n as f64) as u64 };
        let leaves = numbered(size);
        let (tile, _) = tile::tile_of(node);
        let Holds::Hashes(tiles) = tile.holds else { unreachable!() };
        let step = 1_usize << (8 * tiles);
        let row: Vec<Hash> = leaves.chunks_exact(step).map(root_of).collect();
        let first = (tile.index * tile::WIDTH) as usize;
        let held = &row[first..row.len().min(first + 256)];
        prop_assert_eq!(tile::node_in(node, held), node_over(&leaves)(node));
    }

    #[test]
    fn a_path_that_is_read_is_the_path_that_is_written(text in "tile/([0-9]{1,2}|entries)/(x[0-9]{3}/){0,2}[0-9]{2,4}(\\.p/[0-9]{1,3})?") {
        if let Some(tile) = Tile::parse(&text) {
            prop_assert_eq!(tile.path(), text);
        }
    }

    #[test]
    fn no_text_breaks_the_readers(text in "\\PC{0,300}", lines in "(— |[a-z+\n/=0-9 ]){0,80}") {
        for text in [&text, &lines] {
            let _ = Note::parse(text);
            let _ = Checkpoint::in_note(text);
            let _ = text.parse::<VerifierKey>();
            let _ = text.parse::<SignerKey>();
            let _ = mandate_ledger_tree::witness::Request::parse(text);
        }
    }
}

#[test]
fn a_growing_tree_has_the_root_of_each_size() {
    let leaves = numbered(600);
    let mut frontier = Frontier::new();
    for (n, leaf) in leaves.iter().enumerate() {
        assert_eq!(frontier.root(), as_worded(&leaves[..n]));
        frontier.push(*leaf);
    }
}

/// The example of C2SP tlog-tiles: a tree of 70,000.
#[test]
fn a_tree_of_seventy_thousand_has_the_tiles_of_the_specification() {
    let widths = |holds| {
        tile::on_level(holds, 70_000)
            .map(|tile| tile.width)
            .collect::<Vec<_>>()
    };
    let level0 = widths(Holds::Hashes(0));
    assert_eq!((level0.len(), level0[272], level0[273]), (274, 256, 112));
    assert_eq!(widths(Holds::Hashes(1)), [256, 17]);
    assert_eq!(widths(Holds::Hashes(2)), [1]);
    assert_eq!(tile::levels(70_000), 3);
    assert_eq!(tile::levels(256), 2);
    let tile = Tile {
        holds: Holds::Hashes(0),
        index: 1_234_067,
        width: 256,
    };
    assert_eq!(tile.path(), "tile/0/x001/x234/067");
    for wrong in [
        "tile/0/1",
        "tile/00/001",
        "tile/64/001",
        "tile/0/x001",
        "tile/0/001.p/256",
        "tile/0/001.p/0",
        "tile/0/x000/001",
        "tile/0/001.p/01",
    ] {
        assert_eq!(Tile::parse(wrong), None, "{wrong}");
    }
}

/// The example of Go's golang.org/x/mod/sumdb/note.
#[test]
fn the_published_note_is_signed_and_verified_alike() {
    let key: VerifierKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
        .parse()
        .unwrap();
    let secret = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    let signer: SignerKey = secret.parse().unwrap();
    assert_eq!(
        (signer.verifier(), signer.secret().as_str()),
        (&key, secret)
    );
    let text = "If you think cryptography is the answer to your problem,\n\
                then you don't know what your problem is.\n";
    let line = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    assert_eq!(signer.sign(text, 0), line);
    let note = Note::parse(&format!("{text}\n{line}")).unwrap();
    assert_eq!(note.by(&key), Found::Good(None));
    let other = Note::parse(&format!("{text}more\n\n{line}")).unwrap();
    assert_eq!(other.by(&key), Found::Wrong);
    assert!(!format!("{signer:?}").contains("AYEKF"));
}

/// The example of C2SP tlog-cosignature; its keys are not published, so only its form is read here.
#[test]
fn the_published_checkpoint_is_read() {
    let text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
        — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n\
        — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";
    let (note, checkpoint) = Checkpoint::in_note(text).unwrap();
    assert_eq!(checkpoint.size, 20_852_163);
    assert_eq!(checkpoint.text(), note.text);
    assert_eq!(note.signatures.len(), 2);
}
