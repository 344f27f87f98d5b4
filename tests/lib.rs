//! What crosses crates: architecture, end-to-end and kill tests live under `tests/` beside this file.
