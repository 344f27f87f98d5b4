//! Random histories: edits, planning, release, hand-over, answers and shipments in any order.

use proptest::prelude::*;
use switchyard_core::edit::{Edit, apply};
use switchyard_core::fulfillment::{FulfillmentOrder, FulfillmentState};
use switchyard_core::hold::HoldReason;
use switchyard_core::id::HoldId;
use switchyard_core::journal::Actor;
use switchyard_core::order::{Order, OrderState};
use switchyard_core::quantity::Quantity;
use switchyard_core::units::account;

use crate::orders::{NOON, accepted, address, line_id, part};

/// Something that happens. Numbers pick one of what there is.
#[derive(Debug, Clone)]
enum Event {
    Address(u8),
    Quantity {
        line: u8,
        quantity: Quantity,
    },
    Hold(u8),
    LiftHold(u8),
    ReleaseNow,
    Cancel,
    /// The router gives each unplanned unit to one of two warehouses.
    Plan {
        share: Quantity,
    },
    /// What is planned and free goes to the outbox.
    Release,
    /// A fulfillment order goes along an arrow of its lifecycle.
    Answer {
        part: usize,
        to: FulfillmentState,
    },
    /// The warehouse reports units as shipped.
    Ship {
        part: usize,
        units: Quantity,
    },
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        1 => any::<u8>().prop_map(Event::Address),
        3 => (0..4_u8, 0..5_u32).prop_map(|(line, quantity)| Event::Quantity { line, quantity }),
        1 => (0..3_u8).prop_map(Event::Hold),
        2 => (0..3_u8).prop_map(Event::LiftHold),
        1 => Just(Event::ReleaseNow),
        1 => Just(Event::Cancel),
        5 => (0..5_u32).prop_map(|share| Event::Plan { share }),
        3 => Just(Event::Release),
        5 => (0..8_usize, proptest::sample::select(&FulfillmentState::ALL[..]))
            .prop_map(|(part, to)| Event::Answer { part, to }),
        3 => (0..8_usize, 1..5_u32).prop_map(|(part, units)| Event::Ship { part, units }),
    ]
}

#[derive(Debug)]
struct World {
    order: Order,
    parts: Vec<FulfillmentOrder>,
}

impl World {
    fn happens(&mut self, event: &Event) -> Result<(), TestCaseError> {
        match event {
            Event::Address(number) => self.edit(&Edit::Address { ship_to: address(&format!("Weg {number}")) })?,
            Event::Quantity { line, quantity } => {
                self.edit(&Edit::Quantity { line: line_id(*line), quantity: *quantity })?;
            }
            Event::Hold(number) => self.edit(&Edit::Hold {
                id: HoldId::new(NOON, [*number; 10]),
                reason: HoldReason::Operator,
                note: String::new(),
                expires_at: None,
                fulfillment: None,
                keeps_stock: true,
            })?,
            Event::LiftHold(number) => self.edit(&Edit::LiftHold { hold: HoldId::new(NOON, [*number; 10]) })?,
            Event::ReleaseNow => self.edit(&Edit::ReleaseNow)?,
            Event::Cancel => self.edit(&Edit::Cancel)?,
            Event::Plan { share } => self.plan(*share),
            Event::Release => {
                if self.order.state == OrderState::Planned && self.order.holds.is_empty() {
                    for part in self.parts.iter_mut().filter(|part| part.state == FulfillmentState::Open) {
                        part.become_state(FulfillmentState::Queued, NOON).unwrap();
                    }
                }
            }
            Event::Answer { part, to } => self.answer(*part, *to),
            Event::Ship { part, units } => self.ship(*part, *units),
        }
        Ok(())
    }

    /// Applies an edit and checks that it kept its hands off what is not ours.
    fn edit(&mut self, edit: &Edit) -> Result<(), TestCaseError> {
        let Ok(outcome) = apply(edit, &self.order, &self.parts, &Actor::person("Ada"), NOON) else { return Ok(()) };
        let before = |id| self.parts.iter().find(|part| part.id == id).expect("an edit makes no fulfillment order");
        for changed in &outcome.fulfillments {
            let was = before(changed.id.clone());
            prop_assert!(was.state.is_ours(), "{edit:?} touched {was:?}");
            prop_assert!(was.state == changed.state || was.state.may_become(changed.state), "{edit:?}: {changed:?}");
            prop_assert!(
                !changed.lines.is_empty() && changed.lines.iter().all(|part| part.quantity > 0)
                    || changed.state == FulfillmentState::Cancelled
            );
        }
        let ids: Vec<_> = outcome.fulfillments.iter().map(|part| &part.id).collect();
        prop_assert!(ids.iter().enumerate().all(|(at, id)| !ids[..at].contains(id)), "each changes once");
        for withdrawn in &outcome.withdrawn {
            prop_assert_eq!(before(withdrawn.clone()).state, FulfillmentState::Queued);
        }
        let queued = self.parts.iter().filter(|part| part.state == FulfillmentState::Queued);
        for part in queued {
            let changed = outcome.fulfillments.iter().any(|changed| changed.id == part.id);
            prop_assert_eq!(changed, outcome.withdrawn.contains(&part.id), "what leaves the queue is withdrawn");
        }
        for released in &outcome.release {
            prop_assert!(outcome.order.holds.is_empty() && outcome.order.state == OrderState::Planned);
            prop_assert_eq!(before(released.clone()).state, FulfillmentState::Open);
        }
        prop_assert!(outcome.order.state == self.order.state || self.order.state.may_become(outcome.order.state));
        self.order = outcome.order;
        for changed in outcome.fulfillments {
            let place = self.parts.iter_mut().find(|part| part.id == changed.id).unwrap();
            *place = changed;
        }
        Ok(())
    }

    fn plan(&mut self, share: Quantity) {
        if self.order.state != OrderState::Accepted {
            return;
        }
        for part in self.parts.iter_mut().filter(|part| part.state == FulfillmentState::Open) {
            part.become_state(FulfillmentState::Cancelled, NOON).unwrap();
        }
        let accounts = account(&self.order, &self.parts).unwrap();
        let (mut here, mut there) = (Vec::new(), Vec::new());
        for (number, account) in accounts.iter().enumerate() {
            let number = u8::try_from(number).unwrap();
            let first = account.unplanned.min(share);
            here.push((number, first));
            there.push((number, account.unplanned - first));
        }
        for mut lines in [here, there] {
            lines.retain(|(_, units)| *units > 0);
            if !lines.is_empty() {
                let number = u8::try_from(self.parts.len()).unwrap();
                self.parts.push(part(number, FulfillmentState::Open, &lines));
            }
        }
        self.order.become_state(OrderState::Planned).unwrap();
    }

    fn answer(&mut self, number: usize, to: FulfillmentState) {
        let Some(part) = self.parts.get_mut(number) else { return };
        let units_left = part.lines.iter().any(|line| line.shipped < line.quantity);
        let some_shipped = part.lines.iter().any(|line| line.shipped > 0);
        // Shipped states come from shipments, the rest of `Open` and `Queued` from edits and release.
        let by_answer =
            !matches!(to, FulfillmentState::Open | FulfillmentState::Queued | FulfillmentState::PartlyShipped)
                && (to != FulfillmentState::Shipped || !units_left)
                && (to != FulfillmentState::Rejected || !some_shipped);
        if by_answer && (!part.state.is_ours() || to == FulfillmentState::Sent) && part.become_state(to, NOON).is_ok() {
            let to_plan =
                matches!(to, FulfillmentState::Rejected | FulfillmentState::ClosedShort | FulfillmentState::Cancelled);
            if to_plan && self.order.state == OrderState::Planned {
                self.order.become_state(OrderState::Accepted).unwrap();
            }
        }
    }

    fn ship(&mut self, number: usize, units: Quantity) {
        let Some(part) = self.parts.get_mut(number) else { return };
        let done = part.lines.iter().all(|line| line.shipped + units >= line.quantity);
        let to = if done { FulfillmentState::Shipped } else { FulfillmentState::PartlyShipped };
        if part.state != to && part.become_state(to, NOON).is_err() {
            return;
        }
        for line in &mut part.lines {
            line.shipped = (line.shipped + units).min(line.quantity);
        }
    }

    fn balanced(&self) -> Result<(), TestCaseError> {
        let accounts = account(&self.order, &self.parts);
        prop_assert!(accounts.is_ok(), "{accounts:?}\n{self:#?}");
        for line in accounts.unwrap() {
            let places = line.cancelled + line.billed + line.unplanned + line.in_fulfillment + line.shipped;
            prop_assert_eq!(places, line.ordered, "every unit is in exactly one place: {:?}", line);
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 4096, ..ProptestConfig::default() })]

    #[test]
    fn every_unit_is_in_exactly_one_place_whatever_happens(
        quantities in proptest::collection::vec(1..5_u32, 1..4),
        events in proptest::collection::vec(event(), 0..40),
    ) {
        let mut world = World { order: accepted(&quantities), parts: vec![] };
        world.balanced()?;
        for event in &events {
            world.happens(event)?;
            world.balanced()?;
        }
    }
}
