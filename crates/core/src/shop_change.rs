//! The shop changed an order we have: three ways are compared. What it said last time (*was*), what it says now (*wants*), and
//! what is so here (*here*).
//!
//! What the shop did not touch is not touched. What it changed becomes an edit, judged like anybody's: done at once, or
//! asked of the warehouse. What we changed too, what no edit can express and what came too late is named for a person.
//! Nothing is dropped and nothing is applied without a trace: every difference ends as one [`ThreeWay`].

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::address::Address;
use crate::attention::{AttentionItem, Choice, Wanted};
use crate::code::Code;
use crate::edit::{Denied, Edit, LinePrice, Refusal, Scene, Series};
use crate::id::{ChangeRequestId, LineId};
use crate::money::Money;
use crate::order::{LineKind, Order, OrderLine, OrderState};
use crate::quantity::{Grams, Quantity, Sku};
use crate::units::{LineAccount, account};

/// One line as a shop says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ShopLine {
    /// The shop's id of it.
    pub shop_line_id: String,
    /// What.
    pub sku: Sku,
    /// Its wording; may be empty.
    pub title: String,
    /// Goods or fee.
    pub kind: LineKind,
    /// Units the shop still wants.
    pub quantity: Quantity,
    /// Price of one unit.
    pub unit_price: Money,
    /// Weight of one unit in grams, 0 when unknown.
    pub unit_weight: Grams,
}

/// An order as a shop says it, at one of its revisions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = ShopVersion))]
pub struct Version {
    /// Whether it is cancelled there.
    pub cancelled: bool,
    /// Destination.
    pub ship_to: Address,
    /// The shop's name of the shipping.
    pub shipping_option: String,
    /// Remark.
    pub note: String,
    /// Labels.
    pub tags: Vec<String>,
    /// Total.
    pub total: Money,
    /// Lines.
    pub lines: Vec<ShopLine>,
}

/// What became of one difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = ShopChangeCourse))]
#[serde(rename_all = "snake_case")]
pub enum Course {
    /// It was so already.
    AlreadySo,
    /// It was done.
    Done,
    /// A warehouse is asked; its answer decides.
    Asked,
    /// A part of it was done or asked; the rest needs a person.
    PartlyDone,
    /// We changed the same thing; a person decides.
    Conflict,
    /// It came too late, or no edit can express it; a person decides.
    Unmet,
}

/// One difference, three ways.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ThreeWay {
    /// What it is about, such as `ship_to` or `lines.lin_...wanted`.
    pub field: String,
    /// What the shop said last time.
    pub was: serde_json::Value,
    /// What it says now.
    pub wants: serde_json::Value,
    /// What is so here.
    pub here: serde_json::Value,
    /// Where the units of the line are, when it is about one.
    pub units: Option<LineAccount>,
    /// What became of it.
    pub course: Course,
    /// Why it was not simply done; empty when it was.
    pub why: String,
}

/// What follows from the shop's change.
#[derive(Debug, Clone, PartialEq)]
pub struct Settlement {
    /// Everything the edits did.
    pub series: Series,
    /// Every difference and what became of it.
    pub differences: Vec<ThreeWay>,
    /// What a person must decide.
    pub attention: Vec<AttentionItem>,
}

/// A difference, and the edit that would settle it.
struct Wish {
    field: String,
    line: Option<LineId>,
    was: serde_json::Value,
    wants: serde_json::Value,
    here: serde_json::Value,
    way: Way,
}

enum Way {
    AlreadySo,
    Edit(Box<Edit>),
    /// Both changed it; the edit is what the shop wants.
    Conflict(&'static str, Box<Edit>),
    Inexpressible(&'static str),
}

fn json(value: impl Serialize) -> serde_json::Value {
    serde_json::to_value(value).unwrap_or(serde_json::Value::Null)
}

fn wish(field: impl Into<String>, was: impl Serialize, wants: impl Serialize, here: impl Serialize, way: Way) -> Wish {
    Wish { field: field.into(), line: None, was: json(was), wants: json(wants), here: json(here), way }
}

/// The way for a value that is simply replaced.
fn replaced<T: PartialEq>(was: &T, wants: &T, here: &T, edit: impl FnOnce() -> Edit) -> Option<Way> {
    if was == wants {
        None
    } else if here == wants {
        Some(Way::AlreadySo)
    } else if here == was {
        Some(Way::Edit(Box::new(edit())))
    } else {
        Some(Way::Conflict("both the shop and we changed it", Box::new(edit())))
    }
}

/// Settles what the shop changed. `new_line` and `new_request` make identities.
///
/// `scene.holder` is who acts for the shop, usually the engine: it may make any edit the shop wants, and a warehouse that has
/// the part is asked like for anybody else.
#[must_use]
pub fn settle(
    was: &Version,
    wants: &Version,
    scene: &Scene<'_>,
    new_line: &mut dyn FnMut() -> LineId,
    new_request: &mut dyn FnMut() -> ChangeRequestId,
) -> Settlement {
    let mut settlement = Settlement { series: Series::of(scene), differences: Vec::new(), attention: Vec::new() };
    for wish in wishes(was, wants, scene.order, new_line) {
        settlement.settle(wish, scene, new_request);
    }
    settlement
}

impl Settlement {
    fn settle(&mut self, wish: Wish, scene: &Scene<'_>, new_request: &mut dyn FnMut() -> ChangeRequestId) {
        let before = (self.series.requests.clone(), self.series.attention.len());
        let (course, why, ways) = match &wish.way {
            Way::AlreadySo => (Course::AlreadySo, String::new(), Vec::new()),
            Way::Conflict(why, _) => {
                (Course::Conflict, (*why).to_owned(), vec![Choice::TakeShopVersion, Choice::KeepOurVersion])
            }
            Way::Inexpressible(why) => (Course::Unmet, (*why).to_owned(), vec![Choice::NewOrder, Choice::LetItShip]),
            Way::Edit(edit) => {
                if self.series.make(edit, scene, new_request) {
                    let asked = self.series.requests != before.0;
                    let rest = self.series.attention.len() > before.1;
                    let course = match (rest, asked) {
                        (true, _) => Course::PartlyDone,
                        (false, true) => Course::Asked,
                        (false, false) => Course::Done,
                    };
                    let why = self.series.attention.get(before.1).map(|item| item.what.clone()).unwrap_or_default();
                    (course, why, Vec::new())
                } else {
                    let step = self.series.steps.last();
                    match step.and_then(|step| step.denied.as_ref()) {
                        Some(Denied::Wish(Refusal::NoChange)) => (Course::AlreadySo, String::new(), Vec::new()),
                        denied => {
                            let refused = step.and_then(|step| step.verdicts.iter().find_map(|part| part.refused()));
                            let ways = refused.map_or_else(
                                || vec![Choice::CallWarehouse, Choice::LetItShip, Choice::AnnounceReturn],
                                |(_, options)| options.to_vec(),
                            );
                            (Course::Unmet, denied.map(ToString::to_string).unwrap_or_default(), ways)
                        }
                    }
                }
            }
        };
        let rest: Vec<AttentionItem> = self.series.attention.iter().skip(before.1).cloned().collect();
        let units = wish.line.as_ref().and_then(|line| {
            account(&self.series.order, &self.series.parts).ok()?.into_iter().find(|account| &account.line == line)
        });
        let Wish { field, was, wants, here, way, .. } = wish;
        let difference = ThreeWay { field, was, wants, here, units, course, why };
        if matches!(course, Course::Conflict | Course::Unmet) {
            let what = format!("The shop changed {} of {}: {}", difference.field, scene.order.number, difference.why);
            let ThreeWay { was, wants, here, .. } = &difference;
            let item = AttentionItem::new(Code::ShopChangedLate, &scene.order.id, scene.now, what);
            let item = item.saying(format!("was {was}, wants {wants}, here {here}")).with(&ways);
            let wanted = match way {
                Way::Conflict(_, edit) | Way::Edit(edit) => {
                    Some(Box::new(Wanted { edits: vec![*edit], by: scene.actor.clone(), reason: String::new() }))
                }
                Way::AlreadySo | Way::Inexpressible(_) => None,
            };
            self.attention.push(AttentionItem { wanted, difference: Some(Box::new(difference.clone())), ..item });
        }
        self.attention.extend(rest);
        self.differences.push(difference);
    }
}

/// Every difference between what the shop said and what it says, with what is so here.
fn wishes(was: &Version, wants: &Version, order: &Order, new_line: &mut dyn FnMut() -> LineId) -> Vec<Wish> {
    if wants.cancelled != was.cancelled {
        let way = match (wants.cancelled, order.state == OrderState::Cancelled) {
            (true, true) => Way::AlreadySo,
            (true, false) => Way::Edit(Box::new(Edit::Cancel)),
            (false, true) => Way::Inexpressible("a cancelled order does not come back to life"),
            (false, false) => Way::AlreadySo,
        };
        let cancel = wish("cancelled", was.cancelled, wants.cancelled, order.state == OrderState::Cancelled, way);
        if wants.cancelled {
            // Nothing else matters any more.
            return vec![cancel];
        }
        return std::iter::once(cancel).chain(changes(was, wants, order, new_line)).collect();
    }
    changes(was, wants, order, new_line)
}

fn changes(was: &Version, wants: &Version, order: &Order, new_line: &mut dyn FnMut() -> LineId) -> Vec<Wish> {
    let mut wishes = Vec::new();
    let address = || Edit::Address { ship_to: wants.ship_to.clone() };
    if let Some(way) = replaced(&was.ship_to, &wants.ship_to, &order.ship_to, address) {
        wishes.push(wish("ship_to", &was.ship_to, &wants.ship_to, &order.ship_to, way));
    }
    let option = || Edit::ShippingOption { option: wants.shipping_option.clone() };
    if let Some(way) = replaced(&was.shipping_option, &wants.shipping_option, &order.shipping_option, option) {
        let (was, wants) = (&was.shipping_option, &wants.shipping_option);
        wishes.push(wish("shipping_option", was, wants, &order.shipping_option, way));
    }
    let note = || Edit::Note { note: wants.note.clone() };
    if let Some(way) = replaced(&was.note, &wants.note, &order.note, note) {
        wishes.push(wish("note", &was.note, &wants.note, &order.note, way));
    }
    if was.tags != wants.tags {
        let tags = merged(&was.tags, &wants.tags, &order.tags);
        let way = if tags == order.tags { Way::AlreadySo } else { Way::Edit(Box::new(Edit::Tags { tags })) };
        wishes.push(wish("tags", &was.tags, &wants.tags, &order.tags, way));
    }
    for line in &order.lines {
        let said = |version: &Version| {
            version
                .lines
                .iter()
                .find(|theirs| theirs.shop_line_id == line.shop_line_id)
                .map_or(0, |theirs| theirs.quantity)
        };
        if let Some(way) = units(said(was), said(wants), line) {
            let field = format!("lines.{}.wanted", line.id);
            wishes
                .push(Wish { line: Some(line.id.clone()), ..wish(field, said(was), said(wants), line.wanted(), way) });
        }
    }
    for theirs in &wants.lines {
        if theirs.quantity > 0 && !order.lines.iter().any(|line| line.shop_line_id == theirs.shop_line_id) {
            let line = new_order_line(theirs, new_line());
            let way = Way::Edit(Box::new(Edit::AddLine { line: Box::new(line) }));
            wishes.push(wish(format!("lines.{}", theirs.shop_line_id), (), theirs, (), way));
        }
    }
    wishes.extend(billing(was, wants, order));
    wishes
}

/// What the shop added and took away, applied to what is here.
fn merged(was: &[String], wants: &[String], here: &[String]) -> Vec<String> {
    let (before, after): (BTreeSet<&String>, BTreeSet<&String>) = (was.iter().collect(), wants.iter().collect());
    let kept = here.iter().filter(|tag| after.contains(tag) || !before.contains(tag));
    let added = wants.iter().filter(|tag| !before.contains(tag) && !here.contains(tag));
    kept.chain(added).cloned().collect()
}

fn units(was: Quantity, wants: Quantity, line: &OrderLine) -> Option<Way> {
    let here = line.wanted();
    if was == wants {
        return None;
    }
    let id = line.id.clone();
    Some(if here == wants {
        Way::AlreadySo
    } else if wants < here && here <= was {
        // Both went down, the shop further: fewer is what both want.
        Way::Edit(Box::new(Edit::Quantity { line: id, quantity: wants }))
    } else if here == was {
        Way::Edit(Box::new(Edit::MoreUnits { line: id, quantity: wants }))
    } else {
        let wanted = match wants < here {
            true => Edit::Quantity { line: id, quantity: wants },
            false => Edit::MoreUnits { line: id, quantity: wants },
        };
        Way::Conflict("both the shop and we changed the units", Box::new(wanted))
    })
}

fn new_order_line(theirs: &ShopLine, id: LineId) -> OrderLine {
    OrderLine {
        id,
        shop_line_id: theirs.shop_line_id.clone(),
        sku: theirs.sku.clone(),
        title: theirs.title.clone(),
        kind: theirs.kind,
        ordered: theirs.quantity,
        cancelled: 0,
        unit_price: theirs.unit_price,
        unit_weight: theirs.unit_weight,
        backordered: 0,
        requested_lot: None,
    }
}

/// A changed total or price. A total that follows from changed units is no conflict: the shop keeps the money.
fn billing(was: &Version, wants: &Version, order: &Order) -> Option<Wish> {
    let price_was = |id: &str| was.lines.iter().find(|line| line.shop_line_id == id).map(|line| line.unit_price);
    let prices: Vec<LinePrice> = wants
        .lines
        .iter()
        .filter(|theirs| price_was(&theirs.shop_line_id).is_some_and(|price| price != theirs.unit_price))
        .filter_map(|theirs| {
            let line = order.lines.iter().find(|line| line.shop_line_id == theirs.shop_line_id)?;
            Some(LinePrice { line: line.id.clone(), unit_price: theirs.unit_price })
        })
        .collect();
    if was.total == wants.total && prices.is_empty() {
        return None;
    }
    let same = order.total == wants.total
        && prices.iter().all(|new| order.line(&new.line).is_some_and(|line| line.unit_price == new.unit_price));
    let edit = Edit::Billing { total: wants.total, unit_prices: prices };
    let way = if same { Way::AlreadySo } else { Way::Edit(Box::new(edit)) };
    Some(wish("total", was.total, wants.total, order.total, way))
}
