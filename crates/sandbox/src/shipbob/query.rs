//! Query strings of ShipBob's lists. Names are read without regard to case, unknown ones are passed over.

use switchyard_core::time::Timestamp;

use super::book::Shelf;
use super::goods_back::WantedReturns;
use super::wanted::Wanted;
use crate::text::Text;

/// A parameter that cannot be read: its name and what is wrong.
type Wrong = (String, String);

/// Most orders on one page.
const MAX_LIMIT: usize = 250;
/// Most inventory items on one page.
const MAX_PAGE_SIZE: usize = 250;

/// A decoded query string.
#[derive(Debug)]
pub(super) struct Query(Vec<(String, String)>);

/// Which shelves an inventory call wants.
#[derive(Debug)]
pub(super) struct InventoryPage {
    pub(super) skip: usize,
    pub(super) take: usize,
    pub(super) location: Option<i64>,
    ids: Option<Vec<i64>>,
    text: Option<String>,
}

impl InventoryPage {
    pub(super) fn holds(&self, sku: &Text, shelf: &Shelf) -> bool {
        let text = self.text.as_deref();
        self.ids.as_ref().is_none_or(|ids| ids.contains(&shelf.inventory_id))
            && text.is_none_or(|text| {
                sku.to_lowercase().contains(text)
                    || shelf.name.to_lowercase().contains(text)
                    || shelf.inventory_id.to_string() == text
            })
    }
}

impl Query {
    /// Reads the part of a URL behind the question mark.
    pub(super) fn read(query: Option<&str>) -> Self {
        let pairs = query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
        Self(
            pairs
                .map(|pair| {
                    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                    (decode(name).to_ascii_lowercase(), decode(value))
                })
                .collect(),
        )
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    fn parse<T: std::str::FromStr>(&self, name: &str) -> Result<Option<T>, Wrong> {
        let Some(text) = self.get(name) else { return Ok(None) };
        match text.parse() {
            Ok(value) => Ok(Some(value)),
            Err(_) => Err((name.to_owned(), format!("The value '{text}' is not valid."))),
        }
    }

    fn list<T: std::str::FromStr>(&self, name: &str) -> Result<Option<Vec<T>>, Wrong> {
        let Some(text) = self.get(name) else { return Ok(None) };
        let read = text.split(',').map(|part| part.trim().parse().ok()).collect::<Option<Vec<T>>>();
        read.map(Some).ok_or_else(|| (name.to_owned(), format!("The value '{text}' is not valid.")))
    }

    /// The whole number `name`, within its bounds.
    fn count(&self, name: &str, default: usize, most: usize) -> Result<usize, Wrong> {
        match self.parse::<usize>(name)? {
            None => Ok(default),
            Some(0) => Err((name.to_owned(), "The value must be greater than 0.".into())),
            Some(count) if count > most => Err((name.to_owned(), format!("The value must be at most {most}."))),
            Some(count) => Ok(count),
        }
    }

    /// The filters and the page of an order list.
    pub(super) fn orders(&self) -> Result<Wanted, Wrong> {
        let range = |from: &str, to: &str| -> Result<_, Wrong> {
            Ok((self.parse::<Timestamp>(from)?, self.parse::<Timestamp>(to)?))
        };
        let take = self.count("limit", 50, MAX_LIMIT)?;
        let page = self.count("page", 1, usize::MAX)?;
        let newest_first = match self.get("sortorder").map(str::to_ascii_lowercase).as_deref() {
            None | Some("newest") => true,
            Some("oldest") => false,
            Some(other) => return Err(("SortOrder".into(), format!("The value '{other}' is not valid."))),
        };
        Ok(Wanted {
            ids: self.list("ids")?,
            references: self.list("referenceids")?,
            created: range("startdate", "enddate")?,
            updated: range("lastupdatestartdate", "lastupdateenddate")?,
            tracking_updated: range("lasttrackingupdatestartdate", "lasttrackingupdateenddate")?,
            has_tracking: self.parse("hastracking")?,
            tracking_uploaded: self.parse("istrackinguploaded")?,
            newest_first,
            skip: (page - 1).saturating_mul(take),
            take,
        })
    }

    /// The filters and the page of a list of returns.
    pub(super) fn returns(&self) -> Result<WantedReturns, Wrong> {
        Ok(WantedReturns {
            ids: self.list("ids")?,
            references: self.list("referenceids")?,
            statuses: self.list("status")?,
            created_from: self.parse("startdate")?,
            completed_from: self.parse("completedstartdate")?,
            newest_first: match self.get("sortorder").map(str::to_ascii_lowercase).as_deref() {
                None | Some("desc") => true,
                Some("asc") => false,
                Some(other) => return Err(("SortOrder".into(), format!("The value '{other}' is not valid."))),
            },
            skip: self.parse("cursor")?.unwrap_or(0),
            take: self.count("limit", 50, MAX_LIMIT)?,
        })
    }

    /// The filters and the page of an inventory list.
    pub(super) fn inventory(&self) -> Result<InventoryPage, Wrong> {
        Ok(InventoryPage {
            skip: self.parse("cursor")?.unwrap_or(0),
            take: self.count("pagesize", 50, MAX_PAGE_SIZE)?,
            location: self.parse("locationid")?,
            ids: self.list("inventoryids")?,
            text: self.get("searchby").map(str::to_lowercase),
        })
    }

    /// The same query for the page behind the first `skip` items.
    pub(super) fn with_cursor(&self, skip: usize) -> String {
        let kept = self.0.iter().filter(|(name, _)| name != "cursor");
        let mut pairs: Vec<_> = kept.map(|(name, value)| format!("{name}={}", encode(value))).collect();
        pairs.push(format!("Cursor={skip}"));
        pairs.join("&")
    }
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match (first, hex.and_then(|digits| u8::from_str_radix(digits, 16).ok())) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            (b'+', _) => {
                bytes.push(b' ');
                rest = tail;
            }
            (byte, _) => {
                bytes.push(*byte);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~,".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_any_case_and_values_decoded() {
        let query = Query::read(Some(
            "referenceIds=SY-1%2CSY-2&Limit=2&page=3&SortOrder=Oldest&LastUpdateStartDate=2026-11-22T09%3A30%3A00Z",
        ));
        let wanted = query.orders().expect("valid");
        assert_eq!(wanted.references, Some(vec!["SY-1".to_owned(), "SY-2".to_owned()]));
        assert_eq!((wanted.skip, wanted.take, wanted.newest_first), (4, 2, false));
        assert_eq!(wanted.updated.0.map(|at| at.to_string()).as_deref(), Some("2026-11-22T09:30:00Z"));
    }

    #[test]
    fn a_value_that_cannot_be_read_is_named() {
        let wrong = |query: &str| Query::read(Some(query)).orders().expect_err("refused").0;
        assert_eq!(wrong("Limit=251"), "limit");
        assert_eq!(wrong("Page=0"), "page");
        assert_eq!(wrong("StartDate=yesterday"), "startdate");
        assert_eq!(wrong("SortOrder=sideways"), "SortOrder");
    }

    #[test]
    fn a_cursor_keeps_the_filters() {
        let query = Query::read(Some("PageSize=2&SearchBy=red%20mug&Cursor=2"));
        let next = query.with_cursor(4);
        let page = Query::read(Some(&next)).inventory().expect("valid");
        assert_eq!((page.skip, page.take, page.text.as_deref()), (4, 2, Some("red mug")));
    }
}
