//! Random histories: more than thirty kinds of events in any order, repetitions included. Whatever happens, every unit is in
//! exactly one place, nothing is negative, and what left has left.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use switchyard_core::change_request::ending::{Left, Records, Reply, came_back, departed, end};
use switchyard_core::change_request::{ChangeRequest, ChangeRequestState, LineUnits, pending};
use switchyard_core::edit::verdict::Capabilities;
use switchyard_core::edit::{Approver, Decision, Edit, Outcome, Scene, apply, decide};
use switchyard_core::fulfillment::rejection::{Known, Next, RejectionReason, excluded, reject, resolve, trail};
use switchyard_core::fulfillment::{Facts, FulfillmentOrder, FulfillmentState};
use switchyard_core::hold::{HoldReason, stopping};
use switchyard_core::id::{ChangeRequestId, FulfillmentId, HoldId, LineId, ReturnId, WarehouseId};
use switchyard_core::journal::Actor;
use switchyard_core::lifecycle::Lifecycle as _;
use switchyard_core::money::Money;
use switchyard_core::order::{self, Order, OrderLine, OrderState};
use switchyard_core::progress::{Progress, rollup};
use switchyard_core::quantity::Quantity;
use switchyard_core::return_order::Return;
use switchyard_core::role::{Holder, Role};
use switchyard_core::shop_change::{ShopLine, Version, settle};
use switchyard_core::time::Timestamp;
use switchyard_core::units::{Departing, Departure, account, depart};

use crate::orders::{NOON, accepted, address, line_id, part};

/// Something that happens. Numbers pick one of what there is.
#[derive(Debug, Clone)]
enum Event {
    Address(u8),
    Fewer {
        line: u8,
        quantity: Quantity,
    },
    More {
        line: u8,
        quantity: Quantity,
    },
    AddLine {
        units: Quantity,
    },
    ShippingOption(u8),
    Move {
        part: usize,
        to: u8,
    },
    Billing(i64),
    Lot {
        line: u8,
        lot: u8,
    },
    Note(u8),
    Tags(u8),
    Priority(i32),
    Hold {
        number: u8,
        part: Option<usize>,
    },
    LiftHold(u8),
    ReleaseNow,
    Cancel,
    /// An edit in the simple form: everything or nothing.
    Strictly(Box<Event>),
    /// The router places each unplanned unit, or leaves it on backorder.
    Plan {
        share: Quantity,
        backorder: Quantity,
    },
    /// Stock came for units on backorder.
    StockCame,
    /// What is planned and free goes to the outbox.
    Release,
    /// The connector claims a part.
    Claim {
        part: usize,
    },
    /// A fulfillment order goes along an arrow of its lifecycle.
    Answer {
        part: usize,
        to: FulfillmentState,
    },
    /// The claimed try ended before anything was sent.
    NotSent {
        part: usize,
    },
    /// The warehouse refuses a part.
    Reject {
        part: usize,
        reason: RejectionReason,
    },
    /// The warehouse is asked by our reference.
    Ask {
        part: usize,
        known: u8,
    },
    /// The warehouse reports units as gone, also more than it was asked for.
    Ship {
        part: usize,
        line: u8,
        units: Quantity,
    },
    /// The same report comes again.
    ShipAgain,
    /// The warehouse finishes with less.
    CloseShort {
        part: usize,
    },
    SendRequest {
        request: usize,
    },
    Reply {
        request: usize,
        reply: u8,
        units: Quantity,
    },
    WaitForDeadline,
    /// The shop changes its mind about units, address or everything.
    ShopFewer {
        line: u8,
        quantity: Quantity,
    },
    ShopAddress(u8),
    ShopAdds {
        units: Quantity,
    },
    ShopCancels,
    /// The shop has been told; the order closes when nothing is open.
    Close,
    /// The last event happens once more.
    Again,
}

fn event() -> impl Strategy<Value = Event> {
    let edit = prop_oneof![
        4 => (0..4_u8).prop_map(Event::Address),
        6 => (0..4_u8, 0..5_u32).prop_map(|(line, quantity)| Event::Fewer { line, quantity }),
        2 => (0..4_u8, 0..8_u32).prop_map(|(line, quantity)| Event::More { line, quantity }),
        1 => (0..3_u32).prop_map(|units| Event::AddLine { units }),
        1 => (0..3_u8).prop_map(Event::ShippingOption),
        2 => (0..12_usize, 0..4_u8).prop_map(|(part, to)| Event::Move { part, to }),
        1 => (-1..3_i64).prop_map(Event::Billing),
        1 => (0..4_u8, 0..2_u8).prop_map(|(line, lot)| Event::Lot { line, lot }),
        1 => any::<u8>().prop_map(Event::Note),
        1 => any::<u8>().prop_map(Event::Tags),
        1 => any::<i32>().prop_map(Event::Priority),
        2 => (0..2_u8, proptest::option::of(0..12_usize)).prop_map(|(number, part)| Event::Hold { number, part }),
        5 => (0..2_u8).prop_map(Event::LiftHold),
        1 => Just(Event::ReleaseNow),
        1 => Just(Event::Cancel),
    ];
    let edit = edit.boxed();
    let happening = prop_oneof![
        8 => (0..5_u32, 0..2_u32).prop_map(|(share, backorder)| Event::Plan { share, backorder }),
        1 => Just(Event::StockCame),
        12 => Just(Event::Release),
        14 => (0..12_usize).prop_map(|part| Event::Claim { part }),
        8 => (0..12_usize, proptest::sample::select(&FulfillmentState::ALL[..]))
            .prop_map(|(part, to)| Event::Answer { part, to }),
        1 => (0..12_usize).prop_map(|part| Event::NotSent { part }),
        2 => (0..12_usize, proptest::sample::select(&RejectionReason::ALL[..]))
            .prop_map(|(part, reason)| Event::Reject { part, reason }),
        1 => (0..12_usize, 0..3_u8).prop_map(|(part, known)| Event::Ask { part, known }),
        6 => (0..12_usize, 0..4_u8, 1..5_u32).prop_map(|(part, line, units)| Event::Ship { part, line, units }),
        1 => Just(Event::ShipAgain),
        1 => (0..12_usize).prop_map(|part| Event::CloseShort { part }),
        8 => (0..12_usize).prop_map(|request| Event::SendRequest { request }),
        8 => (0..12_usize, 0..4_u8, 0..4_u32).prop_map(|(request, reply, units)| Event::Reply { request, reply, units }),
        2 => Just(Event::WaitForDeadline),
        2 => (0..4_u8, 0..6_u32).prop_map(|(line, quantity)| Event::ShopFewer { line, quantity }),
        1 => (0..4_u8).prop_map(Event::ShopAddress),
        1 => (0..3_u32).prop_map(|units| Event::ShopAdds { units }),
        1 => Just(Event::ShopCancels),
        1 => Just(Event::Close),
        3 => Just(Event::Again),
    ];
    prop_oneof![
        6 => edit.clone(),
        1 => edit.prop_map(|edit| Event::Strictly(Box::new(edit))),
        17 => happening,
    ]
}

#[derive(Debug)]
struct World {
    order: Order,
    parts: Vec<FulfillmentOrder>,
    requests: Vec<ChangeRequest>,
    returns: Vec<Return>,
    shop: Version,
    now: Timestamp,
    /// Units that physically left and are on the order's account, by line.
    left: BTreeMap<LineId, u64>,
    /// Reports that were booked.
    reports: BTreeSet<(FulfillmentId, u32)>,
    last_report: Option<(usize, u8, Quantity, u32)>,
    last: Option<Event>,
    count: u8,
}

fn version_of(order: &Order) -> Version {
    Version {
        cancelled: false,
        ship_to: order.ship_to.clone(),
        shipping_option: order.shipping_option.clone(),
        note: order.note.clone(),
        tags: order.tags.clone(),
        total: order.total,
        lines: order
            .lines
            .iter()
            .map(|line| ShopLine {
                shop_line_id: line.shop_line_id.clone(),
                sku: line.sku.clone(),
                title: line.title.clone(),
                kind: line.kind,
                quantity: line.ordered,
                unit_price: line.unit_price,
                unit_weight: line.unit_weight,
            })
            .collect(),
    }
}

fn lead() -> Holder {
    Holder::of(&[Role::BackOfficeLead])
}

impl World {
    fn new(quantities: &[Quantity]) -> Self {
        let order = accepted(quantities);
        Self {
            shop: version_of(&order),
            order,
            parts: vec![],
            requests: vec![],
            returns: vec![],
            now: NOON,
            left: BTreeMap::new(),
            reports: BTreeSet::new(),
            last_report: None,
            last: None,
            count: 100,
        }
    }

    fn next(&mut self) -> u8 {
        self.count = self.count.wrapping_add(1);
        self.count
    }

    fn warehouses(&self) -> BTreeMap<WarehouseId, Capabilities> {
        let able = |part: &FulfillmentOrder| {
            let mut abilities = Capabilities { own: true, ..Capabilities::all() };
            if part.reference.ends_with('3') {
                abilities = Capabilities::default();
            }
            (part.warehouse.clone(), abilities)
        };
        self.parts.iter().map(able).collect()
    }

    /// One of the parts that have not ended, or any when all have.
    fn pick(&self, number: usize) -> usize {
        let live: Vec<usize> = (0..self.parts.len()).filter(|at| !self.parts[*at].state.ends_here()).collect();
        if live.is_empty() { number } else { live[number % live.len()] }
    }

    /// One of the requests that have not ended, or any when all have.
    fn pick_request(&self, number: usize) -> usize {
        let open: Vec<usize> = (0..self.requests.len()).filter(|at| !self.requests[*at].state.ends_here()).collect();
        if open.is_empty() { number } else { open[number % open.len()] }
    }

    fn happens(&mut self, event: &Event) -> Result<(), TestCaseError> {
        match event {
            Event::Strictly(edit) => {
                if let Some(edit) = self.edit_of(edit) {
                    self.strictly(&edit)?;
                }
            }
            Event::Plan { share, backorder } => self.plan(*share, *backorder),
            Event::StockCame => {
                for line in &mut self.order.lines {
                    line.backordered = 0;
                }
                if self.order.state == OrderState::Planned && self.unplanned() > 0 {
                    self.order.become_state(OrderState::Accepted).unwrap();
                }
            }
            Event::Release => {
                if self.order.state == OrderState::Planned {
                    for part in self.parts.iter_mut().filter(|part| part.state == FulfillmentState::Open) {
                        let holds = stopping(&self.order.holds, &part.id, self.now).count();
                        part.advance(FulfillmentState::Queued, &Facts { holds, ..Facts::of(part) }, self.now).ok();
                    }
                }
            }
            Event::Claim { part } => self.advance(self.pick(*part), FulfillmentState::Sent, |_| {}),
            Event::Answer { part, to } => {
                let by_answer =
                    matches!(to, FulfillmentState::Accepted | FulfillmentState::InWork | FulfillmentState::Unconfirmed);
                if by_answer {
                    self.advance(self.pick(*part), *to, |_| {});
                }
            }
            Event::NotSent { part } => {
                let part = self.pick(*part);
                self.advance(part, FulfillmentState::Queued, |facts| facts.nothing_sent = true);
                self.came_back(part)?;
            }
            Event::Reject { part, reason } => self.reject(self.pick(*part), *reason)?,
            Event::Ask { part, known } => self.resolve(self.pick(*part), *known),
            Event::Ship { part, line, units } => {
                let number = u32::from(self.next());
                // Mostly from parts that are going; from any, now and then: warehouses do that.
                let part = if *part < 9 { self.pick(*part) } else { *part - 9 };
                self.ship(part, *line, *units, number)?;
            }
            Event::ShipAgain => {
                if let Some((part, line, units, number)) = self.last_report {
                    let before = (self.order.clone(), self.parts.clone());
                    self.ship(part, line, units, number)?;
                    prop_assert!(
                        (&self.order, &self.parts) == (&before.0, &before.1),
                        "a repeated report is recognised"
                    );
                }
            }
            Event::CloseShort { part } => {
                let part = self.pick(*part);
                self.advance(part, FulfillmentState::ClosedShort, |_| {});
                self.came_back(part)?;
            }
            Event::SendRequest { request } => {
                let all = self.requests.clone();
                let picked = self.pick_request(*request);
                if let Some(request) = self.requests.get_mut(picked) {
                    request.send(&all, Duration::from_secs(3_600), self.now).ok();
                }
            }
            Event::Reply { request, reply, units } => self.reply(self.pick_request(*request), *reply, *units)?,
            Event::WaitForDeadline => self.now = self.now + Duration::from_secs(3_600),
            Event::ShopFewer { line, quantity } => {
                let mut wants = self.shop.clone();
                let count = wants.lines.len();
                wants.lines[usize::from(*line) % count].quantity = *quantity;
                self.shop_changes(wants)?;
            }
            Event::ShopAddress(number) => {
                let wants = Version { ship_to: address(&format!("Weg {number}")), ..self.shop.clone() };
                self.shop_changes(wants)?;
            }
            Event::ShopAdds { units } => {
                let mut wants = self.shop.clone();
                let number = self.next();
                let line = ShopLine { shop_line_id: format!("s{number}"), quantity: *units, ..wants.lines[0].clone() };
                wants.lines.push(line);
                self.shop_changes(wants)?;
            }
            Event::ShopCancels => self.shop_changes(Version { cancelled: true, ..self.shop.clone() })?,
            Event::Close => {
                let facts = order::Facts::of(&self.order, &self.parts, &[]).unwrap();
                if self.order.advance(OrderState::Closed, &facts).is_ok() {
                    prop_assert_eq!(facts.open, 0, "closed although something is open");
                }
            }
            Event::Again => {
                if let Some(last) = self.last.clone() {
                    self.happens(&last)?;
                }
                return Ok(());
            }
            edit => {
                if let Some(edit) = self.edit_of(edit) {
                    self.edit(&edit)?;
                }
            }
        }
        self.last = Some(event.clone());
        Ok(())
    }

    fn edit_of(&mut self, event: &Event) -> Option<Edit> {
        Some(match event {
            Event::Address(number) => Edit::Address { ship_to: address(&format!("Weg {number}")) },
            Event::Fewer { line, quantity } => Edit::Quantity { line: line_id(*line), quantity: *quantity },
            Event::More { line, quantity } => Edit::MoreUnits { line: line_id(*line), quantity: *quantity },
            Event::AddLine { units } => {
                let id = line_id(self.next());
                let like = self.order.lines[0].clone();
                let line = OrderLine { id, ordered: *units, cancelled: 0, backordered: 0, ..like };
                Edit::AddLine { line: Box::new(line) }
            }
            Event::ShippingOption(number) => Edit::ShippingOption { option: number.to_string() },
            Event::Move { part, to } => {
                let fulfillment = self.parts.get(self.pick(*part))?.id.clone();
                Edit::Warehouse { fulfillment, to: WarehouseId::new(NOON, [*to; 10]) }
            }
            Event::Billing(minor) => {
                Edit::Billing { total: Money::new(*minor, self.order.currency), unit_prices: vec![] }
            }
            Event::Lot { line, lot } => Edit::Lot { line: line_id(*line), lot: (*lot > 0).then(|| lot.to_string()) },
            Event::Note(number) => Edit::Note { note: number.to_string() },
            Event::Tags(number) => Edit::Tags { tags: vec![number.to_string()] },
            Event::Priority(priority) => Edit::Priority { priority: *priority },
            Event::Hold { number, part } => Edit::Hold {
                id: HoldId::new(NOON, [*number; 10]),
                reason: HoldReason::Customer,
                note: String::new(),
                expires_at: None,
                fulfillment: part.and_then(|part| self.parts.get(self.pick(part))).map(|part| part.id.clone()),
                keeps_stock: true,
            },
            Event::LiftHold(number) => Edit::LiftHold { hold: HoldId::new(NOON, [*number; 10]) },
            Event::ReleaseNow => Edit::ReleaseNow,
            Event::Cancel => Edit::Cancel,
            _ => return None,
        })
    }

    /// The simple form keeps its hands off what is not ours.
    fn strictly(&mut self, edit: &Edit) -> Result<(), TestCaseError> {
        let Ok(outcome) = apply(edit, &self.order, &self.parts, &Actor::person("Ada"), self.now) else { return Ok(()) };
        for changed in &outcome.fulfillments {
            let was = self.parts.iter().find(|part| part.id == changed.id).unwrap();
            prop_assert!(was.state.is_ours(), "{edit:?} touched {was:?}");
        }
        let Outcome { order, fulfillments, withdrawn, replan, release, changes } = outcome;
        let (requests, stop, moves, verdicts, attention) = (vec![], vec![], vec![], vec![], vec![]);
        self.take(
            edit,
            Decision {
                order,
                fulfillments,
                withdrawn,
                replan,
                release,
                moves,
                requests,
                stop,
                changes,
                verdicts,
                attention,
            },
        )
    }

    fn edit(&mut self, edit: &Edit) -> Result<(), TestCaseError> {
        let (warehouses, labels) = (self.warehouses(), BTreeSet::new());
        let (actor, holder) = (Actor::person("Ada"), lead());
        let second = Approver { actor: Actor::person("Bea"), holder: lead() };
        let scene = Scene {
            order: &self.order,
            parts: &self.parts,
            requests: &self.requests,
            warehouses: &warehouses,
            labels: &labels,
            actor: &actor,
            holder: &holder,
            approved_by: Some(&second),
            value_limit: None,
            now: self.now,
        };
        let mut count = self.count;
        let decision = decide(edit, &scene, &mut || {
            count = count.wrapping_add(1);
            ChangeRequestId::new(NOON, [count; 10])
        });
        self.count = count;
        match decision {
            Ok(decision) => self.take(edit, decision),
            Err(_) => Ok(()),
        }
    }

    /// What holds for every granted edit.
    fn take(&mut self, edit: &Edit, decision: Decision) -> Result<(), TestCaseError> {
        let before = |id: &FulfillmentId| self.parts.iter().find(|part| &part.id == id).expect("an edit makes no part");
        for changed in &decision.fulfillments {
            let was = before(&changed.id);
            prop_assert!(was.state.is_ours(), "{edit:?} changed {was:?}, which a warehouse has");
            prop_assert!(
                was.state == changed.state
                    || was.state.may_become(changed.state)
                    || was.state == FulfillmentState::Queued
            );
            let empty = changed.lines.is_empty() || changed.lines.iter().any(|line| line.quantity == 0);
            prop_assert!(!empty || changed.state == FulfillmentState::Cancelled, "{changed:?}");
        }
        let ids: BTreeSet<_> = decision.fulfillments.iter().map(|part| &part.id).collect();
        prop_assert_eq!(ids.len(), decision.fulfillments.len(), "each part changes once");
        for part in self.parts.iter().filter(|part| part.state == FulfillmentState::Queued) {
            let left_queue = decision.fulfillments.iter().any(|changed| changed.id == part.id);
            prop_assert_eq!(left_queue, decision.withdrawn.contains(&part.id), "what leaves the queue is withdrawn");
        }
        for withdrawn in &decision.withdrawn {
            prop_assert_eq!(before(withdrawn).state, FulfillmentState::Queued);
        }
        for released in &decision.release {
            prop_assert_eq!(before(released).state, FulfillmentState::Open);
        }
        for request in &decision.requests {
            let about = before(&request.fulfillment);
            prop_assert!(!about.state.is_ours(), "a warehouse is asked about {about:?}, which it has not got");
        }
        let state = (self.order.state, decision.order.state);
        prop_assert!(state.0 == state.1 || state.0.may_become(state.1), "{edit:?}: {state:?}");
        self.order = decision.order;
        for changed in decision.fulfillments {
            let place = self.parts.iter_mut().find(|part| part.id == changed.id).unwrap();
            *place = changed;
        }
        for request in decision.requests {
            self.put(request);
        }
        Ok(())
    }

    fn put(&mut self, request: ChangeRequest) {
        match self.requests.iter_mut().find(|known| known.id == request.id) {
            Some(place) => *place = request,
            None => self.requests.push(request),
        }
    }

    fn unplanned(&self) -> u64 {
        account(&self.order, &self.parts).unwrap().iter().map(|line| u64::from(line.unplanned)).sum()
    }

    fn plan(&mut self, share: Quantity, backorder: Quantity) {
        if self.order.state != OrderState::Accepted {
            return;
        }
        for part in self.parts.iter_mut().filter(|part| part.state == FulfillmentState::Open) {
            part.become_state(FulfillmentState::Cancelled, self.now).unwrap();
        }
        let accounts = account(&self.order, &self.parts).unwrap();
        let (mut here, mut there) = (Vec::new(), Vec::new());
        for account in &accounts {
            let line = self.order.lines.iter_mut().find(|line| line.id == account.line).unwrap();
            let waits = backorder.min(account.unplanned);
            line.backordered += waits;
            let left = account.unplanned - waits;
            let first = left.min(share);
            here.push((account.line.clone(), first));
            there.push((account.line.clone(), left - first));
        }
        let shut = excluded(&trail(&self.parts), &BTreeMap::new());
        for lines in [here, there] {
            let lines: Vec<_> = lines.into_iter().filter(|(_, units)| *units > 0).collect();
            if lines.is_empty() {
                continue;
            }
            let number = u8::try_from(self.parts.len()).unwrap();
            let mut made = part(number, FulfillmentState::Open, &[]);
            made.lines = lines
                .into_iter()
                .map(|(line, quantity)| switchyard_core::fulfillment::FulfillmentLine {
                    line,
                    quantity,
                    shipped: 0,
                    kit: None,
                })
                .collect();
            assert!(!shut.contains_key(&made.warehouse), "each warehouse has its own number here");
            self.parts.push(made);
        }
        let facts = order::Facts::of(&self.order, &self.parts, &[]).unwrap();
        self.order.advance(OrderState::Planned, &facts).unwrap();
    }

    fn advance(&mut self, number: usize, to: FulfillmentState, change: impl FnOnce(&mut Facts)) {
        let Some(part) = self.parts.get_mut(number) else { return };
        if part.state.is_ours() && to != FulfillmentState::Sent {
            return;
        }
        let mut facts = Facts::of(part);
        change(&mut facts);
        // An arrow that is not there, or whose guard says no, is not taken.
        part.advance(to, &facts, self.now).ok();
    }

    fn reject(&mut self, number: usize, reason: RejectionReason) -> Result<(), TestCaseError> {
        let Some(part) = self.parts.get(number).cloned() else { return Ok(()) };
        let Ok(rejected) = reject(&self.order, &part, reason, "no", self.now) else { return Ok(()) };
        self.order = rejected.order;
        self.parts[number] = rejected.part;
        let tries = trail(&self.parts);
        prop_assert!(excluded(&tries, &BTreeMap::new()).contains_key(&part.warehouse), "tried once for each reason");
        self.came_back(number)
    }

    /// What was asked about a part that the warehouse has no longer is done with the units that came back.
    fn came_back(&mut self, number: usize) -> Result<(), TestCaseError> {
        let Some(part) = self.parts.get(number).cloned() else { return Ok(()) };
        let ended = matches!(part.state, FulfillmentState::Rejected | FulfillmentState::ClosedShort);
        if !ended && !part.state.is_ours() {
            return Ok(());
        }
        let open = |request: &&ChangeRequest| request.fulfillment == part.id && request.state.is_open();
        let about: Vec<ChangeRequest> = self.requests.iter().filter(open).cloned().collect();
        for request in about {
            let records = Records { order: &self.order, parts: &self.parts, requests: &self.requests };
            let ending = came_back(records, &request, self.now).unwrap();
            prop_assert!(!ended || ending.part == part, "what has ended does not change");
            self.parts[number] = ending.part;
            self.order = ending.order;
            self.put(ending.request);
        }
        if ended && self.order.state == OrderState::Planned && self.unplanned() > 0 {
            self.order.become_state(OrderState::Accepted).unwrap();
        }
        Ok(())
    }

    fn resolve(&mut self, number: usize, known: u8) {
        let Some(part) = self.parts.get(number) else { return };
        let known = [Known::Yes, Known::No, Known::NoAnswer][usize::from(known)];
        match resolve(&self.order, part, known, self.now) {
            Ok(Next::Accepted(after) | Next::SendSameAgain(after)) => self.parts[number] = *after,
            Ok(Next::AskAgain(_)) | Err(_) => {}
        }
    }

    fn ship(&mut self, number: usize, line: u8, units: Quantity, report: u32) -> Result<(), TestCaseError> {
        let Some(part) = self.parts.get(number).cloned() else { return Ok(()) };
        if !self.reports.insert((part.id.clone(), report)) {
            return Ok(());
        }
        self.last_report = Some((number, line, units, report));
        let line = line_id(line);
        let departing = Departing { part: &part.id, line: &line, quantity: units, at: self.now };
        let before = account(&self.order, &self.parts).unwrap();
        let Ok(departure) = depart(&mut self.order, &mut self.parts, departing) else { return Ok(()) };
        let Departure { asked, wanted, cancelled, surplus, .. } = departure;
        prop_assert_eq!(asked + wanted + cancelled + surplus, units, "every unit that left is accounted for");
        *self.left.entry(line.clone()).or_default() += u64::from(departure.booked());
        let was = before.iter().find(|account| account.line == line).unwrap();
        let could = was.unplanned + was.backordered + was.in_fulfillment + was.cancelled;
        prop_assert!(surplus == 0 || part.state.is_ours() || departure.booked() <= could);
        let records = (self.order.clone(), self.parts[number].clone());
        let lines = [(line, departure)];
        let left = Left {
            order: &records.0,
            part: &records.1,
            lines: &lines,
            cancelled_by_shop: self.shop.cancelled,
            at: self.now,
        };
        let id = ReturnId::new(NOON, [self.next(); 10]);
        let follows = departed(left, &self.requests.clone(), || id);
        prop_assert!(cancelled == 0 || !follows.returns.is_empty(), "shipped after cancel announces its return");
        prop_assert!(surplus == 0 || !follows.attention.is_empty(), "a person learns of what left too much");
        self.returns.extend(follows.returns);
        for request in follows.requests {
            self.put(request);
        }
        Ok(())
    }

    fn reply(&mut self, number: usize, reply: u8, units: Quantity) -> Result<(), TestCaseError> {
        let Some(request) = self.requests.get(number).cloned() else { return Ok(()) };
        let lines = self.order.lines.iter().map(|line| LineUnits { line: line.id.clone(), units }).collect();
        let reply = match reply {
            0 => Reply::Accepted,
            1 => Reply::PartlyAccepted { given_up: lines, rest_done: false, reason: "picked".into() },
            2 => Reply::Refused { reason: "picked".into() },
            _ => {
                // Mostly somebody waited for it.
                let waited = if units > 0 { request.deadline } else { None };
                self.now = self.now.max(waited.unwrap_or(self.now));
                Reply::Silence
            }
        };
        let records = Records { order: &self.order, parts: &self.parts, requests: &self.requests };
        let Ok(ending) = end(records, &request, &reply, self.now) else { return Ok(()) };
        let part = self.parts.iter_mut().find(|part| part.id == request.fulfillment).unwrap();
        if matches!(reply, Reply::Refused { .. } | Reply::Silence) {
            prop_assert!(ending.order == self.order && &ending.part == part, "only a yes is a yes");
        }
        let silent = ending.attention.is_empty();
        prop_assert!(!silent || reply == Reply::Accepted, "a person learns of every no");
        let state = (self.order.state, ending.order.state);
        prop_assert!(state.0 == state.1 || state.0.may_become(state.1), "{state:?}");
        *part = ending.part;
        self.order = ending.order;
        self.put(ending.request);
        for draft in ending.withdrawn {
            self.put(draft);
        }
        Ok(())
    }

    fn shop_changes(&mut self, wants: Version) -> Result<(), TestCaseError> {
        let (warehouses, labels) = (self.warehouses(), BTreeSet::new());
        let (actor, holder) = (Actor::Partner { name: "shop".into() }, Holder::of(&[Role::Engine]));
        let (order, parts, requests) = (self.order.clone(), self.parts.clone(), self.requests.clone());
        let scene = Scene {
            order: &order,
            parts: &parts,
            requests: &requests,
            warehouses: &warehouses,
            labels: &labels,
            actor: &actor,
            holder: &holder,
            approved_by: None,
            value_limit: None,
            now: self.now,
        };
        let (mut lines, mut asks) = (self.next(), self.next());
        let settlement = settle(
            &self.shop,
            &wants,
            &scene,
            &mut || {
                lines = lines.wrapping_add(7);
                LineId::new(NOON, [lines; 10])
            },
            &mut || {
                asks = asks.wrapping_add(11);
                ChangeRequestId::new(NOON, [asks, 1, 1, 1, 1, 1, 1, 1, 1, 1])
            },
        );
        for difference in &settlement.differences {
            use switchyard_core::shop_change::Course;
            let needs_person = matches!(difference.course, Course::Conflict | Course::Unmet | Course::PartlyDone);
            prop_assert!(!needs_person || !settlement.attention.is_empty(), "silently dropped: {difference:?}");
        }
        if settlement.differences.is_empty() {
            prop_assert!(settlement.series.order == self.order && settlement.series.parts == self.parts);
        }
        self.order = settlement.series.order;
        self.parts = settlement.series.parts;
        self.requests = settlement.series.requests;
        self.shop = wants;
        Ok(())
    }

    fn holds(&self) -> Result<(), TestCaseError> {
        let accounts = account(&self.order, &self.parts);
        prop_assert!(accounts.is_ok(), "{accounts:?}\n{self:#?}");
        let accounts = accounts.unwrap();
        for line in &accounts {
            let settled = line.cancelled + line.billed + line.shipped;
            let places = settled + line.unplanned + line.backordered + line.in_fulfillment;
            prop_assert_eq!(places, line.ordered, "every unit is in exactly one place: {:?}", line);
            let left = self.left.get(&line.line).copied().unwrap_or(0);
            prop_assert_eq!(u64::from(line.shipped), left, "what left has left: {:?}", line);
        }
        for part in &self.parts {
            let open = |state| {
                let about = |request: &&ChangeRequest| request.fulfillment == part.id && request.state == state;
                self.requests.iter().filter(about).count()
            };
            let asked = open(ChangeRequestState::Sent) + open(ChangeRequestState::Draft);
            prop_assert!(
                asked == 0 || !part.state.is_ours(),
                "a warehouse is asked about what it has not got: {part:?}"
            );
            prop_assert!(open(ChangeRequestState::Sent) <= 1, "one question at a time");
            prop_assert!(open(ChangeRequestState::Draft) <= 1, "a second edit is merged into the draft");
            for line in &part.lines {
                prop_assert!(line.shipped <= line.quantity);
                prop_assert!(pending(&self.requests, part, &line.line) <= part.unshipped_of(&line.line));
            }
            let facts = Facts::of(part);
            let whole = facts.asked > 0 && facts.shipped >= facts.asked;
            prop_assert!(part.state != FulfillmentState::Shipped || whole, "shipped with something left: {part:?}");
            prop_assert!(!part.state.is_ours() || facts.shipped == 0, "ours, and yet something left it");
            prop_assert!(part.state.ends_here() || !part.lines.is_empty(), "an empty part asks for nothing: {part:?}");
        }
        let open: u64 = accounts
            .iter()
            .map(|line| u64::from(line.unplanned) + u64::from(line.backordered) + u64::from(line.in_fulfillment))
            .sum();
        if self.order.state.is_final() {
            prop_assert_eq!(open, 0, "nothing is open in what has ended: {:#?}", self);
        }
        let shown = rollup(&self.order, &self.parts, &[], self.now).unwrap();
        prop_assert_eq!(shown.open, open);
        prop_assert_eq!(shown.progress == Progress::None, shown.shipped == 0);
        Ok(())
    }
}

/// Histories to try: `PROPTEST_CASES`, or as many as take a few seconds.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(1_024)
}

/// A property over histories in which nothing happens proves nothing.
#[test]
fn the_histories_reach_every_kind_of_event_and_every_ending() {
    let mut runner = TestRunner::deterministic();
    let histories = (proptest::collection::vec(1..5_u32, 1..4), proptest::collection::vec(event(), 20..60));
    let mut effective: BTreeSet<String> = BTreeSet::new();
    let (mut endings, mut returns) = (BTreeSet::new(), 0);
    let all = |effective: &BTreeSet<String>, endings: &BTreeSet<ChangeRequestState>, returns| {
        effective.len() >= 34 && endings.len() == ChangeRequestState::ALL.len() && returns > 0
    };
    for _ in 0..400 {
        if all(&effective, &endings, returns) {
            break;
        }
        let (quantities, events) = histories.new_tree(&mut runner).unwrap().current();
        let mut world = World::new(&quantities);
        for event in &events {
            let before = (world.order.clone(), world.parts.clone(), world.requests.clone());
            world.happens(event).unwrap();
            if (&world.order, &world.parts, &world.requests) != (&before.0, &before.1, &before.2) {
                let text = format!("{event:?}");
                effective.insert(text.split([' ', '(']).next().unwrap().to_owned());
            }
        }
        endings.extend(world.requests.iter().map(|request| request.state));
        returns += world.returns.len();
    }
    for idle in ["ShipAgain", "WaitForDeadline"] {
        assert!(!effective.contains(idle), "{idle} changes no record by itself");
    }
    assert!(effective.len() >= 34, "only {} kinds changed anything: {effective:?}", effective.len());
    assert_eq!(endings.len(), ChangeRequestState::ALL.len(), "requests end in every way: {endings:?}");
    assert!(returns > 0, "something shipped after it was cancelled");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 8_192, ..ProptestConfig::default() })]

    #[test]
    fn every_unit_is_in_exactly_one_place_whatever_happens(
        quantities in proptest::collection::vec(1..5_u32, 1..4),
        events in proptest::collection::vec(event(), 0..60),
    ) {
        let mut world = World::new(&quantities);
        world.holds()?;
        for event in &events {
            world.happens(event)?;
            world.holds()?;
        }
    }
}
