//! Orders read from a file in the columns of the UCI Online Retail set (Chen, D., 2015, DOI 10.24432/C5BW33).
//!
//! `InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country`: the rows of one invoice follow
//! each other and are one order. Invoices with a letter in front (`C` cancellation, `A` adjustment) are no sales and
//! are passed over. The set has no addresses: they are made up from the seed, the invoice number and the country.

use std::io::{BufReader, Read};
use std::path::Path;

use rand::Rng;
use serde::Deserialize;
use switchyard_core::order::LineKind;
use switchyard_core::time::Timestamp;

use super::person::person;
use super::{Draft, DraftLine, country};
use crate::dice::dice;
use crate::error::{Error, Result};
use crate::text::Interner;

/// A row of the file.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    invoice_no: String,
    stock_code: String,
    description: String,
    quantity: i64,
    invoice_date: String,
    unit_price: String,
    #[serde(rename = "CustomerID")]
    customer_id: String,
    country: String,
}

/// The sales of the history at `path` as orders, dealt over `shops` shops by a draw on the invoice number.
///
/// # Errors
/// [`Error::Io`] when the file cannot be opened; items are [`Error::History`] for a row that cannot be read.
pub fn read_history(
    path: &Path,
    seed: u64,
    shops: usize,
) -> Result<impl Iterator<Item = Result<Draft>> + Send + use<>> {
    let file = std::fs::File::open(path).map_err(Error::path("open", path))?;
    let reader: Box<dyn Read + Send> = if path.extension().is_some_and(|extension| extension == "zst") {
        Box::new(zstd::Decoder::new(file).map_err(Error::path("decompress", path))?)
    } else {
        Box::new(BufReader::new(file))
    };
    let rows = csv::Reader::from_reader(reader).into_deserialize();
    Ok(History { rows, pending: None, index: 0, seed, shops: shops.max(1), texts: Interner::default(), failed: false })
}

struct History {
    rows: csv::DeserializeRecordsIntoIter<Box<dyn Read + Send>, Row>,
    pending: Option<Row>,
    index: u64,
    seed: u64,
    shops: usize,
    texts: Interner,
    failed: bool,
}

impl History {
    /// The next row of a sale. Rows of a cancellation may stand between those of one invoice.
    fn row(&mut self) -> Result<Option<Row>> {
        if let Some(row) = self.pending.take() {
            return Ok(Some(row));
        }
        loop {
            match self.rows.next().transpose().map_err(|error| Error::History(error.to_string()))? {
                Some(row) if !row.invoice_no.starts_with(|sign: char| sign.is_ascii_digit()) => {}
                row => return Ok(row),
            }
        }
    }

    fn draft(&mut self) -> Result<Option<Draft>> {
        let Some(first) = self.row()? else { return Ok(None) };
        let mut lines = vec![self.line(&first)?];
        while let Some(row) = self.row()? {
            if row.invoice_no != first.invoice_no {
                self.pending = Some(row);
                break;
            }
            lines.push(self.line(&row)?);
        }
        let code = country::code_of(&first.country);
        let place = code.and_then(country::country).ok_or_else(|| {
            Error::History(format!("invoice {}: unknown country `{}`", first.invoice_no, first.country))
        })?;
        let mut rng = dice(self.seed, &first.invoice_no, 0);
        let shop = rng.random_range(0..self.shops);
        let (destination, email) = person(&mut rng, place);
        let draft = Draft {
            index: self.index,
            shop,
            number: Some(first.invoice_no.as_str().into()),
            placed_at: Some(placed_at(&first)?),
            currency: Some(self.texts.intern(&"GBP".into())),
            customer_id: customer(&first)?,
            email: email.into(),
            destination,
            shipping: self.texts.intern(&"Standard".into()),
            shipping_price: 0,
            note: self.texts.intern(&"".into()),
            tags: Vec::new(),
            lines,
        };
        self.index += 1;
        Ok(Some(draft))
    }

    fn line(&mut self, row: &Row) -> Result<DraftLine> {
        let kind = if row.quantity > 0 && is_article(&row.stock_code) { LineKind::Goods } else { LineKind::Fee };
        // A shop has no negative units. All such rows of the sales in the set are priced 0, so no amount changes.
        let quantity = u32::try_from(row.quantity.unsigned_abs())
            .map_err(|_| Error::History(format!("invoice {}: quantity {}", row.invoice_no, row.quantity)))?;
        let sign = if row.quantity < 0 { -1 } else { 1 };
        let unit_price = pence(&row.unit_price)
            .ok_or_else(|| Error::History(format!("invoice {}: price `{}`", row.invoice_no, row.unit_price)))?;
        Ok(DraftLine {
            sku: self.texts.intern(&row.stock_code.as_str().into()),
            title: self.texts.intern(&row.description.as_str().into()),
            kind,
            quantity,
            unit_price: unit_price * sign,
            weight: if kind == LineKind::Goods { weight(&row.stock_code) } else { 0 },
        })
    }
}

impl Iterator for History {
    type Item = Result<Draft>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let next = self.draft().transpose();
        self.failed = matches!(next, Some(Err(_)));
        next
    }
}

/// An article code is five digits, perhaps with letters for the variant; everything else in the set is a fee.
fn is_article(code: &str) -> bool {
    code.len() >= 5
        && code.bytes().take(5).all(|sign| sign.is_ascii_digit())
        && code.bytes().skip(5).all(|sign| sign.is_ascii_alphabetic())
}

fn weight(code: &str) -> u32 {
    // Giftware: mostly light, the number decides so that a code always weighs the same.
    let number: u32 = code.bytes().fold(0, |sum, sign| sum.wrapping_mul(31).wrapping_add(u32::from(sign)));
    60 + number % 900
}

fn customer(row: &Row) -> Result<Option<i64>> {
    let digits = row.customer_id.trim().trim_end_matches(".0");
    if digits.is_empty() {
        return Ok(None);
    }
    let number: i64 = digits
        .parse()
        .map_err(|_| Error::History(format!("invoice {}: customer `{}`", row.invoice_no, row.customer_id)))?;
    Ok(Some(7_000_000_000 + number))
}

fn placed_at(row: &Row) -> Result<Timestamp> {
    let wrong = |error: jiff::Error| {
        Error::History(format!("invoice {}: date `{}`: {error}", row.invoice_no, row.invoice_date))
    };
    let local = jiff::civil::DateTime::strptime("%Y-%m-%d %H:%M:%S", &row.invoice_date).map_err(wrong)?;
    let zoned = local.in_tz("Europe/London").map_err(wrong)?;
    Ok(zoned.timestamp().into())
}

/// Pounds with any number of decimals as whole pence, half a penny up: a shop's money has two decimals.
fn pence(text: &str) -> Option<i64> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|sign| sign.is_ascii_digit()) {
        return None;
    }
    let mut padded = fraction.bytes().chain(std::iter::repeat(b'0')).map(|sign| i64::from(sign - b'0'));
    let (tenths, hundredths, beyond) = (padded.next()?, padded.next()?, padded.next()?);
    let pence = whole.parse::<i64>().ok()?.checked_mul(100)? + tenths * 10 + hundredths + i64::from(beyond >= 5);
    Some(if negative { -pence } else { pence })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    const HEAD: &str = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

    fn orders(rows: &str) -> Vec<Draft> {
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        write!(file, "{HEAD}{rows}").expect("writes");
        read_history(file.path(), 1, 2).expect("opens").collect::<Result<_>>().expect("readable")
    }

    #[test]
    fn an_invoice_is_one_order_and_its_dirt_survives() {
        let found = orders(
            "536365,85123A,WHITE HANGING HEART,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom\n\
             536365,85123A,WHITE HANGING HEART,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom\n\
             C536379,D,Discount,-1,2010-12-01 09:41:00,27.5,14527.0,United Kingdom\n\
             536365,POST,POSTAGE,1,2010-12-01 08:26:00,18,17850.0,United Kingdom\n\
             536414,22139,,56,2010-12-01 11:52:00,0,,EIRE\n\
             536589,21777,,-10,2010-12-01 16:50:00,0,,United Kingdom\n",
        );
        let numbers: Vec<_> = found.iter().filter_map(|order| order.number.as_deref()).collect();
        assert_eq!(
            numbers,
            ["536365", "536414", "536589"],
            "the cancellation is no sale, and does not cut an order in two"
        );
        let lines: Vec<_> = found.iter().map(|order| &order.lines).collect();
        let [first, second, third] = lines.as_slice() else { panic!("three orders") };
        assert_eq!(first.len(), 3, "duplicate lines stay");
        assert_eq!(
            first.iter().map(|line| line.kind).collect::<Vec<_>>(),
            [LineKind::Goods, LineKind::Goods, LineKind::Fee]
        );
        assert_eq!(first.iter().map(|line| line.unit_price).collect::<Vec<_>>(), [255, 255, 1_800]);
        assert_eq!(second.first().map(|line| (&*line.title, line.quantity, line.unit_price)), Some(("", 56, 0)));
        assert_eq!(
            third.first().map(|line| (line.kind, line.quantity)),
            Some((LineKind::Fee, 10)),
            "a write-off is no goods"
        );
        assert_eq!(found.first().and_then(|order| order.customer_id), Some(7_000_017_850));
        assert_eq!(
            found.get(1).map(|order| (order.customer_id, order.destination.country.as_str())),
            Some((None, "IE"))
        );
    }

    #[test]
    fn summer_dates_are_british_summer_time() {
        let found = orders("550193,22139,X,1,2011-04-15 09:27:00,0.001,13952.0,United Kingdom\n");
        let at = found.first().and_then(|order| order.placed_at).expect("dated");
        assert_eq!(at.to_string(), "2011-04-15T08:27:00Z");
        assert_eq!(pence("0.001"), Some(0));
        assert_eq!(pence("0.005"), Some(1));
        assert_eq!(pence("-11062.06"), Some(-1_106_206));
        assert_eq!(pence("x"), None);
    }

    #[test]
    fn fee_codes_are_those_that_are_no_five_digit_article() {
        for fee in [
            "POST",
            "DOT",
            "M",
            "C2",
            "D",
            "S",
            "BANK CHARGES",
            "AMAZONFEE",
            "CRUK",
            "gift_0001_20",
            "PADS",
            "DCGS0003",
            "m",
        ] {
            assert!(!is_article(fee), "{fee}");
        }
        for article in ["85123A", "22139", "15056BL"] {
            assert!(is_article(article), "{article}");
        }
    }

    #[test]
    fn an_unknown_country_stops_the_reading() {
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        writeln!(file, "{HEAD}1,22139,X,1,2011-04-15 09:27:00,1,,Atlantis").expect("writes");
        let mut drafts = read_history(file.path(), 1, 1).expect("opens");
        assert!(matches!(drafts.next(), Some(Err(Error::History(detail))) if detail.contains("Atlantis")));
        assert!(drafts.next().is_none());
    }
}
