//! Whole units and grams.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Whole units of a SKU. Fractions do not exist in fulfillment.
pub type Quantity = u32;

/// Weight in grams.
pub type Grams = u32;

/// A stock keeping unit: the seller's own code for an article, compared byte for byte after trimming.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String))]
#[serde(from = "String", into = "String")]
pub struct Sku(String);

impl Sku {
    /// A SKU from any text; surrounding white space is dropped. May be empty: validation reports that.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True when the shop sent no code.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<String> for Sku {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

impl From<Sku> for String {
    fn from(sku: Sku) -> String {
        sku.0
    }
}

impl fmt::Display for Sku {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Sku {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
