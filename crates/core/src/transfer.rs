//! Transfers: goods announced to a warehouse, from a supplier or from another warehouse.
//!
//! Every announced unit is received or explained: closing with a difference needs a named booking, so that nothing stays
//! in transit for ever.

use serde::{Deserialize, Serialize};

use crate::code::{Code, Problem};
use crate::id::{TransferId, WarehouseId};
use crate::journal::Actor;
use crate::lifecycle::{Arrow, By, Lifecycle as _, Refused, lifecycle};
use crate::quantity::{Quantity, Sku};
use crate::time::Timestamp;

/// Where a transfer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TransferState {
    /// Being written.
    Draft,
    /// The warehouse has been told.
    Announced,
    /// The warehouse expects it.
    Accepted,
    /// The warehouse does not take it.
    Rejected,
    /// It is on its way.
    InTransit,
    /// Some of it arrived.
    PartlyReceived,
    /// As much arrived as was announced, or somebody says that nothing more comes.
    Received,
    /// Every unit is accounted for.
    Closed,
}

/// What the guards of a transfer look at. [`Facts::of`] counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    /// Units announced.
    pub announced: u64,
    /// Units received.
    pub received: u64,
    /// Lines with a difference nobody has explained.
    pub unexplained: usize,
}

lifecycle!(
    TransferState,
    Facts,
    "a transfer",
    [
        Draft = "draft",
        Announced = "announced",
        Accepted = "accepted",
        Rejected = "rejected",
        InTransit = "in_transit",
        PartlyReceived = "partly_received",
        Received = "received",
        Closed = "closed",
    ],
    {
        use By::{Engine, Partner, Person};
        use TransferState as S;
        const CAME: &str = "something arrived";
        const fn came(facts: &Facts) -> bool {
            facts.received > 0
        }
        &[
            Arrow::begin(S::Draft, Person, "somebody plans it"),
            Arrow::new(S::Draft, S::Announced, Engine, "the warehouse is told")
                .when("it announces at least one unit", |f| f.announced > 0),
            Arrow::new(S::Announced, S::Accepted, Partner, "the warehouse expects it"),
            Arrow::new(S::Announced, S::Rejected, Partner, "the warehouse does not take it, with a reason"),
            Arrow::new(S::Accepted, S::InTransit, Partner, "it left"),
            // Goods that are there are there, whether or not anybody reported their departure.
            Arrow::new(S::Accepted, S::PartlyReceived, Partner, "the warehouse counts units").when(CAME, came),
            Arrow::new(S::InTransit, S::PartlyReceived, Partner, "the warehouse counts units").when(CAME, came),
            Arrow::new(S::InTransit, S::Received, Person, "nothing will come: it was lost as a whole"),
            Arrow::new(S::PartlyReceived, S::Received, Partner, "the last unit arrived, or nothing more comes"),
            Arrow::new(S::Received, S::Closed, Person, "accounted for")
                .when("every difference has a named booking", |f| f.unexplained == 0),
        ]
    }
);

/// Why the count differs from what was announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DiscrepancyKind {
    /// Announced and never arrived.
    Lost,
    /// Arrived and cannot be stocked.
    Damaged,
    /// Arrived without being announced.
    Surplus,
}

/// A named booking that explains a difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Discrepancy {
    /// Which kind.
    pub kind: DiscrepancyKind,
    /// Units, at least 1.
    pub units: Quantity,
    /// Who says so.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// In words; never empty.
    pub note: String,
}

/// Units of one article, and lot where it has one, in a transfer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TransferLine {
    /// What.
    pub sku: Sku,
    /// Which lot, where lots are kept.
    pub lot: Option<String>,
    /// Units on the announcement.
    pub announced: Quantity,
    /// Units counted on arrival.
    pub received: Quantity,
    /// Units of those put on the shelf.
    pub stocked: Quantity,
    /// Units of those set aside to be looked at.
    pub quarantined: Quantity,
    /// Bookings that explain a difference.
    pub discrepancies: Vec<Discrepancy>,
}

/// Goods announced to a warehouse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Transfer {
    /// Identity.
    pub id: TransferId,
    /// Our number, unique for ever.
    pub reference: String,
    /// The warehouse's id of it, once it has one.
    pub remote_id: Option<String>,
    /// The warehouse they leave; `None` when a supplier sends them.
    pub from: Option<WarehouseId>,
    /// The warehouse they go to.
    pub to: WarehouseId,
    /// Our revision, from 1; compare-and-set.
    pub revision: i64,
    /// Where it is.
    pub state: TransferState,
    /// What.
    pub lines: Vec<TransferLine>,
    /// When it is expected.
    pub expected_at: Option<Timestamp>,
    /// What people say of it: the supplier, the carrier; may be empty.
    pub note: String,
    /// When somebody began it.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// Why something about a transfer was not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransferError {
    /// The lifecycle says no.
    #[error(transparent)]
    Step(#[from] Refused),
    /// No such line.
    #[error("the transfer has no line {0}")]
    UnknownLine(usize),
    /// More units put away than came.
    #[error("{put_away} units put away of {received} received")]
    NotThere {
        /// Units on the shelf, set aside and damaged.
        put_away: u64,
        /// Units received.
        received: Quantity,
    },
    /// A booking that explains more than there is to explain.
    #[error("{booked} units {kind:?} booked, {open} to explain")]
    Overexplained {
        /// The kind.
        kind: DiscrepancyKind,
        /// Units in the bookings.
        booked: u64,
        /// Units there are to explain.
        open: u64,
    },
    /// A booking of no units, or without words.
    #[error("a difference needs units and a note")]
    Unnamed,
    /// More units than can be counted.
    #[error("too many units")]
    Overflow,
}

impl TransferError {
    /// The error for a person.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let (code, next_step) = match self {
            Self::Step(_) | Self::Overexplained { .. } => {
                (Code::TransferUnbalanced, "Book each missing, damaged or extra unit with a note, then close it.")
            }
            Self::UnknownLine(_) | Self::NotThere { .. } | Self::Unnamed | Self::Overflow => {
                (Code::BadRequest, "Read the transfer again and correct the numbers.")
            }
        };
        Problem::new(code, "The transfer was not changed", self.to_string(), next_step)
    }
}

impl TransferLine {
    /// Units that are announced, and nothing known of them yet.
    #[must_use]
    pub const fn announced(sku: Sku, units: Quantity) -> Self {
        let discrepancies = Vec::new();
        Self { sku, lot: None, announced: units, received: 0, stocked: 0, quarantined: 0, discrepancies }
    }

    /// Units in bookings of one kind.
    #[must_use]
    pub fn booked(&self, kind: DiscrepancyKind) -> u64 {
        self.discrepancies.iter().filter(|booking| booking.kind == kind).map(|booking| u64::from(booking.units)).sum()
    }

    /// Units still expected: announced, not received, not booked as lost.
    #[must_use]
    pub fn incoming(&self) -> u64 {
        u64::from(self.announced.saturating_sub(self.received)).saturating_sub(self.booked(DiscrepancyKind::Lost))
    }

    /// Units announced and not there, or there and not announced, or there and not put away.
    #[must_use]
    fn to_explain(&self, kind: DiscrepancyKind) -> u64 {
        match kind {
            DiscrepancyKind::Lost => u64::from(self.announced.saturating_sub(self.received)),
            DiscrepancyKind::Surplus => u64::from(self.received.saturating_sub(self.announced)),
            DiscrepancyKind::Damaged => {
                u64::from(self.received).saturating_sub(u64::from(self.stocked) + u64::from(self.quarantined))
            }
        }
    }

    /// Whether every unit is accounted for.
    #[must_use]
    pub fn is_explained(&self) -> bool {
        [DiscrepancyKind::Lost, DiscrepancyKind::Surplus, DiscrepancyKind::Damaged]
            .into_iter()
            .all(|kind| self.booked(kind) == self.to_explain(kind))
    }

    /// Refuses numbers that cannot be true together.
    fn checked(self) -> Result<Self, TransferError> {
        let put_away = u64::from(self.stocked) + u64::from(self.quarantined) + self.booked(DiscrepancyKind::Damaged);
        if put_away > u64::from(self.received) {
            return Err(TransferError::NotThere { put_away, received: self.received });
        }
        for kind in [DiscrepancyKind::Lost, DiscrepancyKind::Surplus] {
            let (booked, open) = (self.booked(kind), self.to_explain(kind));
            if booked > open {
                return Err(TransferError::Overexplained { kind, booked, open });
            }
        }
        Ok(self)
    }
}

impl Facts {
    /// Counts them.
    #[must_use]
    pub fn of(transfer: &Transfer) -> Self {
        let sum = |of: fn(&TransferLine) -> Quantity| transfer.lines.iter().map(|line| u64::from(of(line))).sum();
        Self {
            announced: sum(|line| line.announced),
            received: sum(|line| line.received),
            unexplained: transfer.lines.iter().filter(|line| !line.is_explained()).count(),
        }
    }
}

impl Transfer {
    /// The number a person writes on the papers: unique, because the id's random end is.
    #[must_use]
    pub fn reference_of(id: &TransferId) -> String {
        let tail = id.as_str().len().saturating_sub(10);
        format!("ST-{}", id.as_str().get(tail..).unwrap_or_default())
    }

    /// Moves along the lifecycle.
    ///
    /// # Errors
    /// [`TransferError::Step`]; nothing changed.
    pub fn advance(&mut self, to: TransferState) -> Result<(), TransferError> {
        self.state.check(to, &Facts::of(self))?;
        self.state = to;
        Ok(())
    }

    fn change(
        &mut self,
        line: usize,
        change: impl FnOnce(TransferLine) -> Option<TransferLine>,
    ) -> Result<(), TransferError> {
        let place = self.lines.get_mut(line).ok_or(TransferError::UnknownLine(line))?;
        *place = change(place.clone()).ok_or(TransferError::Overflow)?.checked()?;
        Ok(())
    }

    /// The warehouse counted `units` more of a line. A loss that had been booked and arrives after all is booked back.
    ///
    /// # Errors
    /// [`TransferError::UnknownLine`], [`TransferError::Overflow`], and [`TransferError::Step`] for a transfer that
    /// nobody expects or that is closed. Nothing changed then.
    pub fn receive(&mut self, line: usize, units: Quantity) -> Result<(), TransferError> {
        let mut after = self.clone();
        after.change(line, |mut line| {
            line.received = line.received.checked_add(units)?;
            let missing = u64::from(line.announced.saturating_sub(line.received));
            let mut kept = 0;
            for booking in line.discrepancies.iter_mut().filter(|booking| booking.kind == DiscrepancyKind::Lost) {
                let still = u64::from(booking.units).min(missing.saturating_sub(kept));
                booking.units = Quantity::try_from(still).ok()?;
                kept += still;
            }
            line.discrepancies.retain(|booking| booking.units > 0);
            Some(line)
        })?;
        if !matches!(after.state, TransferState::PartlyReceived | TransferState::Received) {
            after.advance(TransferState::PartlyReceived)?;
        }
        if after.state == TransferState::PartlyReceived
            && after.lines.iter().all(|line| line.received >= line.announced)
        {
            after.advance(TransferState::Received)?;
        }
        *self = after;
        Ok(())
    }

    /// The warehouse put units of a line on the shelf, and set others aside.
    ///
    /// # Errors
    /// [`TransferError::NotThere`] when more is put away than came; nothing changed.
    pub fn put_away(&mut self, line: usize, stocked: Quantity, quarantined: Quantity) -> Result<(), TransferError> {
        self.change(line, |mut line| {
            line.stocked = line.stocked.checked_add(stocked)?;
            line.quarantined = line.quarantined.checked_add(quarantined)?;
            Some(line)
        })
    }

    /// Somebody explains a difference.
    ///
    /// # Errors
    /// [`TransferError::Overexplained`] beyond what is open, [`TransferError::Unnamed`] without units or words.
    pub fn explain(&mut self, line: usize, booking: Discrepancy) -> Result<(), TransferError> {
        if booking.units == 0 || booking.note.trim().is_empty() {
            return Err(TransferError::Unnamed);
        }
        self.change(line, |mut line| {
            line.discrepancies.push(booking);
            Some(line)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_micros(1_795_348_800_000_000);

    fn transfer(announced: Quantity) -> Transfer {
        let mut transfer = Transfer {
            id: TransferId::new(NOW, [1; 10]),
            reference: "ST-1".to_owned(),
            remote_id: None,
            from: None,
            to: WarehouseId::new(NOW, [1; 10]),
            revision: 1,
            state: TransferState::Draft,
            lines: vec![TransferLine::announced(Sku::new("A"), announced)],
            expected_at: None,
            note: String::new(),
            created_at: NOW,
            updated_at: NOW,
        };
        for state in [TransferState::Announced, TransferState::Accepted, TransferState::InTransit] {
            transfer.advance(state).unwrap();
        }
        transfer
    }

    fn booking(kind: DiscrepancyKind, units: Quantity) -> Discrepancy {
        Discrepancy { kind, units, by: Actor::person("Ada"), at: NOW, note: "counted twice".into() }
    }

    #[test]
    fn a_transfer_with_a_difference_closes_only_with_a_named_booking() {
        let mut goods = transfer(10);
        goods.receive(0, 7).unwrap();
        goods.put_away(0, 5, 1).unwrap();
        goods.advance(TransferState::Received).unwrap();
        assert!(goods.advance(TransferState::Closed).is_err(), "3 are missing and 1 is neither here nor there");
        goods.explain(0, booking(DiscrepancyKind::Lost, 3)).unwrap();
        assert!(goods.advance(TransferState::Closed).is_err());
        goods.explain(0, booking(DiscrepancyKind::Damaged, 1)).unwrap();
        assert_eq!(goods.lines[0].incoming(), 0, "nothing stays in transit");
        goods.advance(TransferState::Closed).unwrap();
    }

    #[test]
    fn what_was_booked_as_lost_and_arrives_is_not_lost() {
        let mut goods = transfer(4);
        goods.receive(0, 1).unwrap();
        goods.explain(0, booking(DiscrepancyKind::Lost, 3)).unwrap();
        goods.receive(0, 2).unwrap();
        assert_eq!(goods.lines[0].booked(DiscrepancyKind::Lost), 1);
        goods.receive(0, 3).unwrap();
        assert_eq!(goods.state, TransferState::Received);
        assert_eq!(goods.lines[0].booked(DiscrepancyKind::Lost), 0);
        goods.put_away(0, 6, 0).unwrap();
        assert!(goods.advance(TransferState::Closed).is_err(), "two more than announced");
        goods.explain(0, booking(DiscrepancyKind::Surplus, 2)).unwrap();
        goods.advance(TransferState::Closed).unwrap();
    }

    #[test]
    fn numbers_that_cannot_be_true_are_refused_and_change_nothing() {
        let mut goods = transfer(2);
        goods.receive(0, 1).unwrap();
        let before = goods.clone();
        assert!(matches!(goods.put_away(0, 2, 0), Err(TransferError::NotThere { put_away: 2, received: 1 })));
        assert!(goods.receive(0, Quantity::MAX).is_err());
        assert!(goods.explain(0, booking(DiscrepancyKind::Lost, 2)).is_err());
        let nameless = Discrepancy { note: " ".into(), ..booking(DiscrepancyKind::Lost, 1) };
        assert_eq!(goods.explain(0, nameless), Err(TransferError::Unnamed));
        assert_eq!(goods, before);
        goods.state = TransferState::Closed;
        assert!(goods.receive(0, 1).is_err(), "a closed transfer takes nothing more");
    }
}
