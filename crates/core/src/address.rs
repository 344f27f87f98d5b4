//! Postal addresses and the person behind them.

use serde::{Deserialize, Serialize};

/// Where a parcel goes. Fields are kept as the shop sent them; [`Address::missing`] says what a carrier needs and lacks.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// The recipient's full name.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub name: String,
    /// Company, empty for a private person.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub company: String,
    /// Street and number.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub line1: String,
    /// Floor, suite, building.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub line2: String,
    /// Town.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub city: String,
    /// State or province code where the country uses one.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub province: String,
    /// Postcode, empty where the country has none.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub postcode: String,
    /// ISO 3166-1 alpha-2, upper case.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub country: String,
    /// Telephone for the carrier.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub phone: String,
}

/// Countries where a parcel arrives without a postcode: no system, or an optional one (Universal Postal Union, 2024).
const WITHOUT_POSTCODE: [&str; 6] = ["AE", "BH", "HK", "QA", "IE", "PA"];

impl Address {
    /// The names of the fields a carrier needs and this address lacks; empty when it is complete.
    #[must_use]
    pub fn missing(&self) -> Vec<&'static str> {
        let mut missing = Vec::new();
        if self.name.trim().is_empty() && self.company.trim().is_empty() {
            missing.push("name");
        }
        if self.line1.trim().is_empty() {
            missing.push("line1");
        }
        if self.city.trim().is_empty() {
            missing.push("city");
        }
        if self.country.len() != 2 || !self.country.bytes().all(|b| b.is_ascii_uppercase()) {
            missing.push("country");
        } else if self.postcode.trim().is_empty() && !WITHOUT_POSTCODE.contains(&self.country.as_str()) {
            missing.push("postcode");
        }
        missing
    }
}

/// Who bought.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Customer {
    /// Display name; empty when the shop withholds personal data.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub name: String,
    /// E-mail, empty when unknown.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub email: String,
    /// Telephone, empty when unknown.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(required = true))]
    pub phone: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_complete_address_lacks_nothing_and_an_empty_one_says_what() {
        let complete = Address {
            name: "Ada".into(),
            line1: "1 High St".into(),
            city: "Leeds".into(),
            postcode: "LS1 1AA".into(),
            country: "GB".into(),
            ..Address::default()
        };
        assert_eq!(complete.missing(), Vec::<&str>::new());
        assert_eq!(Address::default().missing(), ["name", "line1", "city", "country"]);
        let dublin = Address { country: "IE".into(), postcode: String::new(), ..complete };
        assert_eq!(dublin.missing(), Vec::<&str>::new(), "an Eircode is optional in Ireland");
    }
}
