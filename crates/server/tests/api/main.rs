//! The API as its callers see it. Modules mirror the paths.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test may panic")]

mod openapi_fresh;
