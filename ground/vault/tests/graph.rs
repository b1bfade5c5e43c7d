//! No server crate can decrypt: what they depend on reaches neither the age library nor the crate that seals.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, PackageId};

/// What opens ciphertexts.
const OPENERS: [&str; 4] = ["age", "age-core", "mandate-sealing", "blahaj"];

fn host() -> String {
    let told = Command::new("rustc").arg("-vV").output().unwrap().stdout;
    let told = String::from_utf8(told).unwrap();
    let line = told.lines().find_map(|line| line.strip_prefix("host: "));
    line.unwrap().to_owned()
}

fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.toml"))
        // The graph is that of Cargo.lock on this kind of machine; nothing is fetched or built.
        .other_options(vec![
            "--locked".into(),
            "--offline".into(),
            "--filter-platform".into(),
            host(),
        ])
        .exec()
        .unwrap()
}

/// Everything that is linked into a crate: normal and build dependencies, not those of its tests.
fn reached<'m>(metadata: &'m Metadata, from: &str) -> BTreeSet<&'m str> {
    let resolve = metadata.resolve.as_ref().unwrap();
    let nodes: BTreeMap<&PackageId, _> = resolve.nodes.iter().map(|n| (&n.id, n)).collect();
    let start = metadata.packages.iter().find(|p| p.name == from).unwrap();
    let mut seen = BTreeSet::from([&start.id]);
    let mut next = vec![&start.id];
    while let Some(id) = next.pop() {
        for dependency in &nodes[id].deps {
            let linked = dependency
                .dep_kinds
                .iter()
                .any(|kind| kind.kind != DependencyKind::Development);
            if linked && seen.insert(&dependency.pkg) {
                next.push(&dependency.pkg);
            }
        }
    }
    seen.iter().map(|id| metadata[id].name.as_str()).collect()
}

#[test]
fn no_server_crate_reaches_what_decrypts() {
    let metadata = metadata();
    let rooms = ["/areas/", "/ground/"];
    let server: Vec<&str> = metadata
        .workspace_packages()
        .iter()
        .filter(|package| {
            let path = package.manifest_path.as_str();
            rooms.iter().any(|room| path.contains(room)) && package.name != "mandate-sealing"
        })
        .map(|package| package.name.as_str())
        .collect();
    for due in ["mandate-web", "mandate-vault", "mandate-mechanisms"] {
        assert!(server.contains(&due), "{due} was not looked at: {server:?}");
    }
    for name in server {
        let reached = reached(&metadata, name);
        let found: Vec<_> = OPENERS
            .iter()
            .filter(|one| reached.contains(*one))
            .collect();
        assert!(found.is_empty(), "{name} reaches {found:?}");
    }
}

#[test]
fn what_decrypts_is_found_where_it_is() {
    // So that the test above would see it.
    let metadata = metadata();
    let reached = reached(&metadata, "mandate-sealing");
    for one in ["age", "blahaj", "mandate-vault"] {
        assert!(reached.contains(one), "{one}");
    }
}
