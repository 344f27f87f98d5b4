//! Shopify's scalars, written as Shopify writes them.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use switchyard_core::time::Timestamp;

macro_rules! text_scalar {
    ($(#[$doc:meta])* $name:ident as $schema:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub(super) struct $name(pub(super) String);

        #[Scalar(name = $schema)]
        impl ScalarType for $name {
            fn parse(value: Value) -> InputValueResult<Self> {
                match value {
                    Value::String(text) => Ok(Self(text)),
                    other => Err(InputValueError::expected_type(other)),
                }
            }

            fn to_value(&self) -> Value {
                Value::String(self.0.clone())
            }
        }
    };
}

text_scalar!(
    /// A decimal number as text.
    Decimal as "Decimal"
);
text_scalar!(
    /// An absolute URL.
    Url as "URL"
);
text_scalar!(
    /// A whole number beyond 32 bits as text.
    UnsignedInt64 as "UnsignedInt64"
);
text_scalar!(
    /// ISO 4217; an enum at Shopify, whose values look the same in an answer.
    CurrencyCode as "CurrencyCode"
);
text_scalar!(
    /// ISO 3166-1 alpha-2; an enum at Shopify, whose values look the same in an answer.
    CountryCode as "CountryCode"
);

/// An instant in whole seconds, as Shopify shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DateTime(pub(super) Timestamp);

#[Scalar(name = "DateTime")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => Ok(Self(text.parse()?)),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        let seconds = Timestamp::from_micros(self.0.as_micros().div_euclid(1_000_000) * 1_000_000);
        Value::String(seconds.to_string())
    }
}

/// Minor units as a decimal in Shopify's fashion: at least one decimal, no trailing zeros beyond it (`10.0`, `2.55`).
pub(super) fn decimal(minor: i64) -> Decimal {
    let sign = if minor < 0 { "-" } else { "" };
    let (whole, hundredths) = (minor.unsigned_abs() / 100, minor.unsigned_abs() % 100);
    Decimal(if hundredths % 10 == 0 {
        format!("{sign}{whole}.{}", hundredths / 10)
    } else {
        format!("{sign}{whole}.{hundredths:02}")
    })
}

/// `None` for an empty text: what is not there is null.
pub(super) fn present(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// A global id.
pub(super) fn gid(kind: &str, number: i64) -> async_graphql::ID {
    format!("gid://shopify/{kind}/{number}").into()
}

/// The number in a global id of `kind`; a query string behind it is ignored.
pub(super) fn number_of(kind: &str, id: &str) -> Option<i64> {
    let rest = id.strip_prefix("gid://shopify/")?.strip_prefix(kind)?.strip_prefix('/')?;
    rest.split('?').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_look_like_shopifys() {
        let written: Vec<_> = [0, 255, 1_000, 1_010, -5, 100_001].into_iter().map(|minor| decimal(minor).0).collect();
        assert_eq!(written, ["0.0", "2.55", "10.0", "10.1", "-0.05", "1000.01"]);
    }

    #[test]
    fn a_global_id_of_another_kind_is_no_number() {
        assert_eq!(number_of("Order", &gid("Order", 7)), Some(7));
        assert_eq!(number_of("Order", &gid("OrderLine", 7)), None);
        assert_eq!(number_of("Order", "7"), None);
    }
}
