//! The house rules that a compiler does not know: which crate may depend on what, and who may touch the shell.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};

/// Which of our crates each of our crates may depend on. `ARCHITECTURE.md` draws it.
const ARROWS: &[(&str, &[&str])] = &[
    ("switchyard-core", &[]),
    ("switchyard-connectors", &["switchyard-core"]),
    ("switchyard-store", &["switchyard-core"]),
    ("switchyard-engine", &["switchyard-connectors", "switchyard-core", "switchyard-store"]),
    ("switchyard-sandbox", &["switchyard-core"]),
    (
        "switchyard-server",
        &["switchyard-connectors", "switchyard-core", "switchyard-engine", "switchyard-sandbox", "switchyard-store"],
    ),
    (
        "switchyard-desktop",
        &["switchyard-core", "switchyard-engine", "switchyard-sandbox", "switchyard-server", "switchyard-store"],
    ),
    // Only tests live here; they may use everything as development dependencies.
    ("switchyard-tests", &[]),
];

/// Libraries that belong to one place: (name, or prefix ending in `*`; crates that may use it).
const OWNED: &[(&str, &[&str])] = &[
    ("tauri*", &["switchyard-desktop"]),
    ("webkit2gtk*", &["switchyard-desktop"]),
    ("sqlx*", &["switchyard-store"]),
    ("rusqlite", &[]),
    ("reqwest", &["switchyard-connectors"]),
    ("axum*", &["switchyard-server", "switchyard-sandbox", "switchyard-desktop"]),
    ("utoipa-axum", &["switchyard-server"]),
];

/// What would make `core` impure: input and output, an async runtime, randomness, SQL, HTTP.
const IMPURE: &[&str] =
    &["tokio*", "futures*", "async-trait", "rand*", "sqlx*", "reqwest", "hyper*", "axum*", "tracing*"];

fn workspace() -> Metadata {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml");
    MetadataCommand::new().manifest_path(manifest).no_deps().exec().unwrap()
}

/// What a package is built with; development dependencies are free.
fn dependencies(package: &Package) -> BTreeSet<&str> {
    package
        .dependencies
        .iter()
        .filter(|dependency| dependency.kind != DependencyKind::Development)
        .map(|dependency| dependency.name.as_str())
        .collect()
}

fn names(pattern: &str, name: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == name, |prefix| name.starts_with(prefix))
}

#[test]
fn crates_depend_only_in_the_drawn_direction() {
    let arrows: BTreeMap<_, _> = ARROWS.iter().copied().collect();
    let workspace = workspace();
    for package in workspace.workspace_packages() {
        let allowed = arrows.get(package.name.as_str()).unwrap_or_else(|| {
            panic!("{} is not drawn in the architecture; add it to ARCHITECTURE.md and to this test", package.name)
        });
        let ours = dependencies(package).into_iter().filter(|name| name.starts_with("switchyard-"));
        let forbidden: Vec<_> = ours.filter(|name| !allowed.contains(name)).collect();
        assert!(forbidden.is_empty(), "{} may not depend on {forbidden:?}", package.name);
    }
    assert_eq!(workspace.workspace_packages().len(), ARROWS.len(), "a crate of the drawing does not exist");
}

#[test]
fn libraries_stay_with_their_owner() {
    for package in workspace().workspace_packages() {
        for name in dependencies(package) {
            for (_, owners) in OWNED.iter().filter(|(pattern, _)| names(pattern, name)) {
                assert!(
                    owners.contains(&package.name.as_str()),
                    "{name} belongs to {owners:?}, not to {}",
                    package.name
                );
            }
        }
    }
}

#[test]
fn core_has_no_input_or_output_no_runtime_and_no_randomness() {
    let workspace = workspace();
    let core = workspace.packages.iter().find(|package| package.name.as_str() == "switchyard-core").unwrap();
    for name in dependencies(core) {
        assert!(!IMPURE.iter().any(|pattern| names(pattern, name)), "core is pure; {name} is not");
    }
}

#[test]
fn every_crate_takes_the_workspaces_lints_and_version() {
    for package in workspace().workspace_packages() {
        let manifest = std::fs::read_to_string(&package.manifest_path).unwrap();
        for line in ["[lints]\nworkspace = true", "version.workspace = true", "license.workspace = true"] {
            assert!(manifest.contains(line), "{} lacks `{line}`", package.manifest_path);
        }
    }
}

/// The console's source files, except what is generated.
fn console_sources() -> Vec<(String, String)> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|kind| kind == "ts" || kind == "tsx") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src");
    let mut found = Vec::new();
    collect(&root, &mut found);
    let sources: Vec<_> = found
        .into_iter()
        .map(|path| (path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/"), path))
        .filter(|(name, _)| !name.starts_with("paraglide/"))
        .map(|(name, path)| (name, std::fs::read_to_string(path).unwrap()))
        .collect();
    assert!(sources.len() > 10, "the console's sources are not where this test looks");
    sources
}

#[test]
fn only_one_file_of_the_console_knows_the_shell() {
    for (name, text) in console_sources() {
        let knows = text.contains("@tauri-apps/") || text.contains("__TAURI");
        assert!(
            !knows || matches!(name.as_str(), "platform/tauri.ts" | "platform/platform.test.ts"),
            "{name} imports Tauri"
        );
    }
}

/// A `Blob` or a form with a file as a request body crashes WebKitGTK's custom schemes; text and bytes are fine.
#[test]
fn console_never_makes_a_body_that_crashes_the_webview() {
    for (name, text) in console_sources().into_iter().filter(|(name, _)| !name.contains(".test.")) {
        for body in ["new FormData(", "new Blob(", "new ReadableStream("] {
            assert!(!text.contains(body), "{name} makes a {body}..); send text or a Uint8Array");
        }
    }
}
