//! Vendors' own contract files, for tests. They are not part of this project: a test reads them where they are.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stderr, reason = "for tests only")]

use std::io::Read;
use std::path::PathBuf;

/// The unpacked text of `path` below the directory that `SWITCHYARD_CONTRACTS` names.
///
/// `None` when there is no such directory, which is said on standard error; with `CI` set that is a failure.
pub(crate) fn text(path: &str) -> Option<String> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/contracts");
    let root = std::env::var_os("SWITCHYARD_CONTRACTS").map_or_else(|| PathBuf::from(default), PathBuf::from);
    let file = root.join(path);
    let Ok(packed) = std::fs::read(&file) else {
        assert!(std::env::var_os("CI").is_none(), "{} is missing; set SWITCHYARD_CONTRACTS", file.display());
        eprintln!("SKIPPED: {} is missing; set SWITCHYARD_CONTRACTS", file.display());
        return None;
    };
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_string(&mut text).expect("a gzip file of text");
    Some(text)
}
