//! SKUs and postcodes by pattern.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::unreadable::Unreadable;

/// A SKU, or all that begin alike: `TEA-*`. Compared byte for byte, as SKUs are.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String, example = "TEA-*"))]
#[serde(from = "String", into = "String")]
pub struct SkuPattern(String);

impl SkuPattern {
    /// The beginning that is meant, if not one SKU alone.
    fn prefix(&self) -> Option<&str> {
        self.0.strip_suffix('*')
    }

    /// Whether the pattern means this SKU.
    #[must_use]
    pub fn fits(&self, sku: &str) -> bool {
        self.prefix().map_or(sku == self.0, |prefix| sku.starts_with(prefix))
    }

    /// Whether every SKU that `other` means is meant here too.
    pub(super) fn covers(&self, other: &Self) -> bool {
        match other.prefix() {
            Some(inner) => self.prefix().is_some_and(|outer| inner.starts_with(outer)),
            None => self.fits(&other.0),
        }
    }

    /// Whether some SKU may be meant by both.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.covers(other) || other.covers(self)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The SKU itself, when it is one and no prefix.
    pub(super) fn exact(&self) -> Option<&str> {
        self.prefix().is_none().then_some(self.0.as_str())
    }
}

impl From<String> for SkuPattern {
    fn from(text: String) -> Self {
        Self(text.trim().to_owned())
    }
}

impl From<SkuPattern> for String {
    fn from(pattern: SkuPattern) -> Self {
        pattern.0
    }
}

impl fmt::Display for SkuPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SkuPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Postcodes by their beginning or by range. Spaces, hyphens and case do not matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Postcodes {
    /// It begins with one of these ...
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prefixes: Vec<String>,
    /// ... or lies in one of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ranges: Vec<PostcodeRange>,
}

/// Postcodes whose first characters lie between two texts of the same length, both included: `01` to `09`, or
/// `20095` to `20539`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PostcodeRange {
    /// The first.
    pub from: String,
    /// The last.
    pub to: String,
}

/// A postcode as it is compared: letters and digits, upper case.
pub(super) fn compact(postcode: &str) -> String {
    postcode.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

impl Postcodes {
    /// The same with every text compacted, ready for [`Postcodes::fits`].
    pub(super) fn compacted(&self) -> Self {
        let range = |range: &PostcodeRange| PostcodeRange { from: compact(&range.from), to: compact(&range.to) };
        Self {
            prefixes: self.prefixes.iter().map(|prefix| compact(prefix)).collect(),
            ranges: self.ranges.iter().map(range).collect(),
        }
    }

    /// Whether a compact postcode is meant, by compact patterns.
    pub(super) fn fits(&self, postcode: &str) -> bool {
        self.prefixes.iter().any(|prefix| postcode.starts_with(prefix.as_str()))
            || self.ranges.iter().any(|range| {
                postcode
                    .get(..range.from.len())
                    .is_some_and(|head| head >= range.from.as_str() && head <= range.to.as_str())
            })
    }

    /// Whether every postcode meant by `other` is meant here too, as far as that can be seen; both compact.
    pub(super) fn covers(&self, other: &Self) -> bool {
        let within = |inner: &PostcodeRange| {
            self.ranges
                .iter()
                .any(|outer| outer.from.len() == inner.from.len() && outer.from <= inner.from && inner.to <= outer.to)
        };
        other.prefixes.iter().all(|prefix| self.fits(prefix)) && other.ranges.iter().all(within)
    }

    pub(super) fn check(&self, path: &str) -> Result<(), Unreadable> {
        if self.prefixes.is_empty() && self.ranges.is_empty() {
            return Err(Unreadable::new(path, "names no postcode: give `prefixes` or `ranges`"));
        }
        if let Some(number) = self.prefixes.iter().position(|prefix| compact(prefix).is_empty()) {
            return Err(Unreadable::new(format!("{path}.prefixes[{number}]"), "an empty prefix means every postcode"));
        }
        for (number, range) in self.compacted().ranges.iter().enumerate() {
            if range.from.is_empty() || range.from.len() != range.to.len() || range.from > range.to {
                let detail = format!("`{}` to `{}` is no range of texts of one length", range.from, range.to);
                return Err(Unreadable::new(format!("{path}.ranges[{number}]"), detail));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> SkuPattern {
        text.to_owned().into()
    }

    #[test]
    fn a_star_at_the_end_means_every_sku_that_begins_so() {
        assert!(pattern("TEA-*").fits("TEA-1") && pattern("TEA-*").fits("TEA-"));
        assert!(!pattern("TEA-*").fits("tea-1"), "SKUs are compared byte for byte");
        assert!(pattern(" TEA ").fits("TEA") && !pattern("TEA").fits("TEA-1"));
        assert!(pattern("*").covers(&pattern("A*")) && !pattern("A*").covers(&pattern("*")));
        assert!(pattern("A*").overlaps(&pattern("AB")) && pattern("AB").overlaps(&pattern("A*")));
        assert!(!pattern("A*").overlaps(&pattern("B*")));
    }

    #[test]
    fn postcodes_are_compared_without_spaces_and_by_their_beginning() {
        let range = |from: &str, to: &str| PostcodeRange { from: from.to_owned(), to: to.to_owned() };
        let codes =
            Postcodes { prefixes: vec!["sw1 a".to_owned()], ranges: vec![range("01", "09"), range("A-1", "C-9")] };
        codes.check("postcode").unwrap();
        let codes = codes.compacted();
        for (postcode, meant) in [
            ("SW1A 1AA", true),
            ("SW1B 1AA", false),
            ("01067", true),
            ("09-999", true),
            ("10115", false),
            ("0", false),
            ("b 200", true),
            ("ß1", false),
            ("", false),
        ] {
            assert_eq!(codes.fits(&compact(postcode)), meant, "{postcode}");
        }
        let narrow = Postcodes { prefixes: vec!["0123".to_owned()], ranges: vec![range("02", "03")] };
        assert!(codes.covers(&narrow) && !narrow.covers(&codes));
    }
}
