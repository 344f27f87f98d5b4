//! Every error code has a page, and every page a code.

#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeSet;
use std::path::Path;

use switchyard_core::code::Code;

#[test]
fn every_code_has_a_page_that_says_cause_and_next_step_and_no_page_is_left_over() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/errors");
    let mut pages = BTreeSet::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with(&format!("# {name}: ")), "{name} starts with its code");
        for part in ["**Cause.**", "**What to do.**", "**What Switchyard has done.**"] {
            assert!(text.contains(part), "{name} lacks {part}");
        }
        pages.insert(name);
    }
    let codes: BTreeSet<String> = Code::ALL.iter().map(|code| code.as_str().to_owned()).collect();
    assert_eq!(pages, codes);
}
