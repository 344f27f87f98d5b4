//! Failures of the store, cut by what the caller can do.

/// A failed store operation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A row was not at the revision the change set expected, or a condition did not hold: read again and decide again.
    #[error("conflict on {0}")]
    Conflict(String),
    /// Not enough stock for a reservation in the change set: plan again.
    #[error("not enough stock of {sku} in {warehouse}")]
    Stock {
        /// Warehouse id.
        warehouse: String,
        /// SKU.
        sku: String,
    },
    /// The disk is full or failing: nothing was written, nothing may be sent.
    #[error("the database cannot be written: {0}")]
    Unavailable(String),
    /// The file was written by a newer Switchyard, or is damaged.
    #[error("the database cannot be used: {0}")]
    Unusable(String),
    /// A defect: SQL that does not fit the schema, a row that does not decode.
    #[error("store defect: {0}")]
    Backend(String),
}

/// The result of a store operation.
pub type Result<T> = std::result::Result<T, Error>;
