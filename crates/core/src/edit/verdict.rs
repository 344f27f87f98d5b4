//! Until when what may be changed, and by whom: one table, and the question it answers.
//!
//! [`TABLE`] is data: a row for each kind of edit, a cell for each stage. The tests try it cell by cell and
//! `docs/edits.md` is printed from it. [`verdict`] reads the cell and adds what the cell leaves open: whether the
//! connector can be asked, whether the label is printed, whether the role allows it, whether a second pair of eyes is needed.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::kind::{Kind, Stage};
use crate::attention::Choice;
use crate::change_request::AskKind;
use crate::code::Code;
use crate::id::WarehouseId;
use crate::role::{Holder, Power, Role};

/// What a cell of the table says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// Done at once.
    Direct,
    /// Done at once, and routed again.
    DirectReroute,
    /// Done at once on our side; the warehouse does not learn of it.
    OursOnly,
    /// Taken back from the outbox, then done.
    PullBack,
    /// The warehouse is asked.
    Ask,
    /// The warehouse is asked, and its own packing tables get a stop signal.
    AskAndStop,
    /// The warehouse is asked, as long as no label is printed; in a foreign warehouse it decides that itself.
    AskUntilOwnLabel,
    /// The warehouse is asked, as long as no label is printed.
    AskUntilLabel,
    /// The warehouse is asked, and may agree for the units it has not picked.
    AskPerUnit,
    /// The warehouse is asked, after a second person has agreed.
    AskApproved,
    /// Done on our side unless the warehouse prints invoices; then it is asked.
    AskIfInvoicing,
    /// The units become a fulfillment order of their own; the old one is not touched.
    NewFulfillment,
    /// The warehouse is asked to cancel; only after its yes the units go elsewhere.
    CancelFirst,
    /// Not here. The row's way out is left.
    No,
    /// Not here, unless somebody who may override routing asks the warehouse to cancel first.
    NoUnlessOverridden,
}

impl Cell {
    /// The cell in words, for the documentation.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::DirectReroute => "direct, routed again",
            Self::OursOnly => "direct (ours only)",
            Self::PullBack => "pulled back, then direct",
            Self::Ask => "request",
            Self::AskAndStop => "request, and a stop signal to own packing tables",
            Self::AskUntilOwnLabel => "request; own warehouse: until the label is printed",
            Self::AskUntilLabel => "request, until the label is printed",
            Self::AskPerUnit => "request (it may agree per unit not picked)",
            Self::AskApproved => "request, approved by a second person",
            Self::AskIfInvoicing => "direct; request if the warehouse prints invoices",
            Self::NewFulfillment => "new fulfillment order",
            Self::CancelFirst => "request to cancel; elsewhere only after its yes",
            Self::No => "no",
            Self::NoUnlessOverridden => "no, unless overridden: request to cancel first",
        }
    }
}

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Which edit.
    pub kind: Kind,
    /// What holds at each stage, in the order of [`Stage::ALL`].
    pub cells: [Cell; 6],
    /// What is left where the answer is no, the usual way first.
    pub instead: &'static [Choice],
}

/// The table.
pub const TABLE: [Row; 10] = {
    use Cell::{
        Ask, AskAndStop, AskApproved, AskIfInvoicing, AskPerUnit, AskUntilLabel, AskUntilOwnLabel, CancelFirst, Direct,
        DirectReroute, NewFulfillment, No, NoUnlessOverridden, OursOnly, PullBack,
    };
    [
        Row { kind: Kind::Note, cells: [Direct, Direct, OursOnly, OursOnly, OursOnly, Direct], instead: &[] },
        Row {
            kind: Kind::Hold,
            cells: [Direct, PullBack, Ask, Ask, AskAndStop, No],
            instead: &[Choice::CallWarehouse, Choice::CarrierIntercept, Choice::LetItShip],
        },
        Row {
            kind: Kind::Address,
            cells: [DirectReroute, PullBack, Ask, Ask, AskUntilOwnLabel, No],
            instead: &[Choice::CarrierIntercept, Choice::AnnounceReturn, Choice::LetItShip],
        },
        Row {
            kind: Kind::FewerUnits,
            cells: [DirectReroute, PullBack, Ask, Ask, AskPerUnit, No],
            instead: &[Choice::AnnounceReturn, Choice::CarrierIntercept, Choice::LetItShip],
        },
        Row {
            kind: Kind::MoreUnits,
            cells: [DirectReroute, PullBack, NewFulfillment, NewFulfillment, NewFulfillment, NewFulfillment],
            instead: &[Choice::NewOrder],
        },
        Row {
            kind: Kind::ShippingOption,
            cells: [DirectReroute, PullBack, Ask, Ask, AskUntilLabel, No],
            instead: &[Choice::LetItShip],
        },
        Row {
            kind: Kind::Warehouse,
            cells: [DirectReroute, PullBack, CancelFirst, CancelFirst, NoUnlessOverridden, No],
            instead: &[Choice::LetItShip],
        },
        Row {
            kind: Kind::CancelAll,
            cells: [Direct, Direct, Ask, Ask, AskApproved, No],
            instead: &[Choice::AnnounceReturn, Choice::CarrierIntercept, Choice::LetItShip],
        },
        Row {
            kind: Kind::Billing,
            cells: [Direct, Direct, AskIfInvoicing, Ask, Ask, No],
            instead: &[Choice::CreditNote],
        },
        Row {
            kind: Kind::Lot,
            cells: [DirectReroute, PullBack, Ask, Ask, No, No],
            instead: &[Choice::LetItShip, Choice::AnnounceReturn],
        },
    ]
};

/// What a warehouse and its connector can do about edits.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = EditCapabilities))]
pub struct Capabilities {
    /// What its connector can ask it.
    pub asks: BTreeSet<AskKind>,
    /// Whether it prints invoices from what it was handed.
    pub prints_invoices: bool,
    /// Whether it is ours, with packing tables that take a stop signal.
    pub own: bool,
}

impl Capabilities {
    /// One that can be asked everything.
    #[must_use]
    pub fn all() -> Self {
        Self { asks: AskKind::ALL.into(), prints_invoices: false, own: false }
    }
}

/// What a verdict depends on beside the cell.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// What the part's warehouse can be asked.
    pub capabilities: &'a Capabilities,
    /// Who wants it.
    pub holder: &'a Holder,
    /// The part's warehouse; `None` for what is not planned.
    pub warehouse: Option<&'a WarehouseId>,
    /// Whether a label for it is printed.
    pub label_printed: bool,
    /// Whether nobody knows if the warehouse has it.
    pub unconfirmed: bool,
    /// Whether the order's value is above the limit from which two people decide.
    pub above_limit: bool,
}

/// Why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = EditRefusalReason))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It is too far along for this.
    TooLate,
    /// The connector cannot ask the warehouse for it.
    CannotAsk,
    /// A label is printed.
    LabelPrinted,
    /// Nobody knows whether the warehouse has it, so nobody edits it.
    InDoubt,
    /// The roles held do not allow it.
    NotYours,
}

impl Reason {
    /// The code, with a page of its own.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            Self::TooLate | Self::LabelPrinted | Self::CannotAsk => Code::TooLate,
            Self::InDoubt => Code::HandOverInDoubt,
            Self::NotYours => Code::EditNotYours,
        }
    }

    /// For a person.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::TooLate => "it is too far along for this",
            Self::CannotAsk => "the warehouse cannot be asked for this through its connection",
            Self::LabelPrinted => "the label is printed",
            Self::InDoubt => "nobody knows yet whether the warehouse has it",
            Self::NotYours => "your roles do not allow it",
        }
    }
}

/// What an edit of a part means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = EditVerdict))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Verdict {
    /// Done at once.
    Direct {
        /// Whether it is routed again.
        reroute: bool,
    },
    /// Taken back from the outbox, then done and routed again.
    PullBack,
    /// The warehouse is asked.
    ChangeRequest {
        /// For what.
        what: AskKind,
        /// Whether packing tables get a stop signal meanwhile.
        stop: bool,
        /// Whether the units are planned elsewhere after its yes, instead of being cancelled.
        elsewhere: bool,
    },
    /// The units become a fulfillment order of their own.
    NewFulfillment,
    /// Not possible.
    Refused {
        /// Why.
        reason: Reason,
        /// Ways out that are left.
        options: Vec<Choice>,
    },
}

/// A verdict, and whether a second person has to agree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = EditRuling))]
pub struct Ruling {
    /// What it means.
    pub verdict: Verdict,
    /// Whether somebody else who may approve edits has to agree first.
    pub needs_approval: bool,
}

impl Ruling {
    const fn plain(verdict: Verdict) -> Self {
        Self { verdict, needs_approval: false }
    }
}

/// The row of a kind.
fn row(kind: Kind) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.kind == kind)
}

/// The cell of a kind at a stage.
#[must_use]
pub fn cell(kind: Kind, stage: Stage) -> Cell {
    let column = Stage::ALL.iter().position(|known| *known == stage).unwrap_or(0);
    row(kind).and_then(|row| row.cells.get(column)).copied().unwrap_or(Cell::No)
}

/// What an edit of this kind means for a part at this stage.
///
/// The engine may make any edit the shop asks for, except choosing a warehouse; a shop's edit needs no second person.
#[must_use]
pub fn verdict(kind: Kind, stage: Stage, facts: Facts<'_>) -> Ruling {
    let instead = row(kind).map_or(&[] as &[Choice], |row| row.instead);
    let refused = |reason, options: &[Choice]| Ruling::plain(Verdict::Refused { reason, options: options.to_vec() });
    let cell = cell(kind, stage);
    let verdict = match cell {
        Cell::Direct | Cell::OursOnly => Verdict::Direct { reroute: false },
        Cell::AskIfInvoicing if !facts.capabilities.prints_invoices => Verdict::Direct { reroute: false },
        Cell::DirectReroute => Verdict::Direct { reroute: true },
        Cell::PullBack => Verdict::PullBack,
        Cell::NewFulfillment => Verdict::NewFulfillment,
        Cell::No => return refused(Reason::TooLate, instead),
        Cell::NoUnlessOverridden if !facts.holder.may(Power::OverrideRouting, facts.warehouse) => {
            return refused(Reason::TooLate, &[Choice::AskForApproval, Choice::LetItShip]);
        }
        Cell::AskUntilLabel if facts.label_printed => return refused(Reason::LabelPrinted, instead),
        Cell::AskUntilOwnLabel if facts.label_printed && facts.capabilities.own => {
            return refused(
                Reason::LabelPrinted,
                &[Choice::CarrierIntercept, Choice::AnnounceReturn, Choice::LetItShip],
            );
        }
        Cell::Ask
        | Cell::AskAndStop
        | Cell::AskUntilLabel
        | Cell::AskUntilOwnLabel
        | Cell::AskPerUnit
        | Cell::AskApproved
        | Cell::AskIfInvoicing
        | Cell::CancelFirst
        | Cell::NoUnlessOverridden => {
            let Some(what) = kind.ask() else { return refused(Reason::TooLate, instead) };
            if facts.unconfirmed {
                return refused(Reason::InDoubt, &[Choice::WaitForAnswer, Choice::CallWarehouse]);
            }
            let stop = matches!(cell, Cell::AskAndStop) && facts.capabilities.own;
            if !facts.capabilities.asks.contains(&what) {
                return refused(Reason::CannotAsk, &cannot_ask(kind, facts.capabilities, instead));
            }
            Verdict::ChangeRequest { what, stop, elsewhere: kind == Kind::Warehouse }
        }
    };
    if !allowed(kind, &verdict, facts) {
        let proposes = facts.holder.may(Power::ProposeEdit, facts.warehouse);
        let options: &[Choice] = if proposes { &[Choice::Propose] } else { &[] };
        return refused(Reason::NotYours, options);
    }
    let weighty = !matches!(kind, Kind::Note | Kind::Hold);
    let by_person = !facts.holder.roles.contains(&Role::Engine);
    let needs_approval = by_person && (cell == Cell::AskApproved || (weighty && facts.above_limit));
    Ruling { verdict, needs_approval }
}

/// What is left when the connector cannot ask: a telephone, or giving the part up where that can be asked.
fn cannot_ask(kind: Kind, capabilities: &Capabilities, instead: &[Choice]) -> Vec<Choice> {
    let mut options = vec![Choice::CallWarehouse];
    let cancels = capabilities.asks.contains(&AskKind::Cancel);
    if cancels && !matches!(kind, Kind::CancelAll | Kind::Warehouse | Kind::Hold) {
        options.push(Choice::CancelAndPlanElsewhere);
    }
    options.extend(instead.iter().filter(|choice| !matches!(choice, Choice::CallWarehouse | Choice::CarrierIntercept)));
    options
}

/// Whether the roles held allow it.
fn allowed(kind: Kind, verdict: &Verdict, facts: Facts<'_>) -> bool {
    let may = |power| facts.holder.may(power, facts.warehouse);
    match kind {
        Kind::Warehouse => may(Power::OverrideRouting),
        Kind::Hold => {
            may(Power::PlaceClientHold)
                || may(Power::StepAutomatically)
                || (facts.warehouse.is_some() && may(Power::PlaceOperatorHold))
        }
        _ if may(Power::StepAutomatically) => true,
        _ if matches!(verdict, Verdict::ChangeRequest { .. }) => may(Power::RaiseChangeRequest),
        _ => may(Power::EditOrder),
    }
}
