//! Money: whole minor units (cents, pence, yen) and an ISO 4217 code. No floats anywhere.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An ISO 4217 alphabetic code, such as `GBP`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String, example = "GBP"))]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// An amount in minor units of its currency. Safe in JavaScript up to 2^53 minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Money {
    /// Whole minor units; negative for refunds.
    pub minor: i64,
    /// The currency of those units.
    pub currency: Currency,
}

/// Why an amount could not be read or computed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not three ASCII letters.
    #[error("`{0}` is not an ISO 4217 currency code")]
    Currency(String),
    /// Not a decimal number, or more decimals than the currency has.
    #[error("`{text}` is not an amount in {currency}")]
    Amount {
        /// What was given.
        text: String,
        /// The currency it was read in.
        currency: Currency,
    },
    /// Two currencies met in one sum.
    #[error("cannot combine {0} with {1}")]
    Mismatch(Currency, Currency),
    /// The result does not fit 64 bits.
    #[error("amount overflows")]
    Overflow,
}

impl Currency {
    /// Number of decimals of the minor unit (ISO 4217): 0 for yen, 3 for dinar, else 2.
    #[must_use]
    pub fn decimals(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF" | b"UGX"
            | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }

    /// The three letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // The constructor admits ASCII letters only.
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }
}

impl FromStr for Currency {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        match <[u8; 3]>::try_from(text.as_bytes()) {
            Ok(letters) if letters.iter().all(u8::is_ascii_alphabetic) => {
                Ok(Self(letters.map(|b| b.to_ascii_uppercase())))
            }
            _ => Err(MoneyError::Currency(text.to_owned())),
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;

    fn try_from(text: String) -> Result<Self, MoneyError> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> String {
        currency.as_str().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Money {
    /// An amount from minor units.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Reads a decimal text such as `-12.5` in `currency`.
    ///
    /// # Errors
    /// [`MoneyError::Amount`] when it is no decimal number or has non-zero digits beyond the minor unit,
    /// [`MoneyError::Overflow`] when it does not fit.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let wrong = || MoneyError::Amount { text: text.to_owned(), currency };
        let trimmed = text.trim();
        let (negative, digits) = match trimmed.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, trimmed),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if (whole.is_empty() && fraction.is_empty())
            || !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit())
        {
            return Err(wrong());
        }
        let decimals = usize::try_from(currency.decimals()).map_err(|_| wrong())?;
        let (kept, beyond) = fraction.split_at(fraction.len().min(decimals));
        if beyond.bytes().any(|b| b != b'0') {
            return Err(wrong());
        }
        let text_minor = format!("{whole}{kept:0<decimals$}");
        let minor: i64 = text_minor.parse().map_err(|_| MoneyError::Overflow)?;
        Ok(Self::new(if negative { -minor } else { minor }, currency))
    }

    /// The sum of two amounts of one currency.
    ///
    /// # Errors
    /// [`MoneyError::Mismatch`] for two currencies, [`MoneyError::Overflow`] beyond 64 bits.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Mismatch(self.currency, other.currency));
        }
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::Overflow)?;
        Ok(Self::new(minor, self.currency))
    }

    /// This amount `units` times.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] beyond 64 bits.
    pub fn checked_mul(self, units: u32) -> Result<Self, MoneyError> {
        let minor = self.minor.checked_mul(i64::from(units)).ok_or(MoneyError::Overflow)?;
        Ok(Self::new(minor, self.currency))
    }
}

impl fmt::Display for Money {
    /// `12.50 GBP`: for logs and messages; the console formats by locale.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = self.currency.decimals();
        let scale = 10_u64.pow(decimals);
        let sign = if self.minor < 0 { "-" } else { "" };
        let absolute = self.minor.unsigned_abs();
        if decimals == 0 {
            write!(f, "{sign}{absolute} {}", self.currency)
        } else {
            let width = decimals as usize;
            write!(f, "{sign}{}.{:0width$} {}", absolute / scale, absolute % scale, self.currency)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn currency(code: &str) -> Currency {
        code.parse().expect("a valid code")
    }

    #[rstest::rstest]
    #[case("12.50", "GBP", 1250)]
    #[case("-0.5", "EUR", -50)]
    #[case("7", "EUR", 700)]
    #[case("12.500", "GBP", 1250)]
    #[case("1500", "JPY", 1500)]
    #[case("1.234", "KWD", 1234)]
    fn decimal_text_becomes_minor_units(#[case] text: &str, #[case] code: &str, #[case] minor: i64) {
        assert_eq!(Money::parse(text, currency(code)), Ok(Money::new(minor, currency(code))));
    }

    #[rstest::rstest]
    #[case("")]
    #[case(".")]
    #[case("1,50")]
    #[case("1e3")]
    #[case("0.005")]
    #[case("NaN")]
    #[case("99999999999999999999")]
    fn what_is_no_exact_amount_is_refused(#[case] text: &str) {
        assert!(Money::parse(text, currency("GBP")).is_err(), "{text} must not be rounded or guessed");
    }

    proptest! {
        #[test]
        fn display_parses_back(minor in -9_007_199_254_740_991_i64..9_007_199_254_740_991, code in "EUR|JPY|KWD") {
            let money = Money::new(minor, currency(&code));
            let text = money.to_string();
            let amount = text.split(' ').next().expect("amount and code");
            prop_assert_eq!(Money::parse(amount, money.currency), Ok(money));
        }
    }
}
