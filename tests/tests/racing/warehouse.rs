//! The partner at the end: a warehouse that writes down what arrives, and fails as the seed says.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use switchyard_connectors::contract::{
    Capabilities, CheckReport, Command, Connector, Context, Descriptor, Done, FulfillmentRequest, RepeatClass,
};
use switchyard_connectors::error::{Error, Kind, Result};
use switchyard_core::address::Address;
use switchyard_core::connection::Side;

use crate::turnstile::{Event, Turnstile};

static DESCRIPTOR: Descriptor = Descriptor {
    name: "recording",
    title: "Recording warehouse",
    side: Side::Warehouse,
    api_version: "1",
    capabilities: Capabilities {
        streams: Vec::new(),
        cancel: true,
        change_address: true,
        returns: false,
        repeat: RepeatClass::A,
        settle: Duration::from_secs(5),
    },
};

/// What happens to a hand-over on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mishap {
    /// It arrives, and the answer too.
    None,
    /// No connection: nothing was sent.
    Unreachable,
    /// Too fast: nothing was taken.
    Throttled,
    /// It arrives, the answer is lost.
    AnswerLost,
    /// It is lost, and nobody knows.
    Lost,
}

/// What a warehouse has of ours.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    /// What it read when it arrived.
    pub(crate) request: FulfillmentRequest,
    /// Where it would send it.
    pub(crate) ship_to: Address,
    /// Whether it has given it up.
    pub(crate) cancelled: bool,
}

#[derive(Debug, Default)]
struct Book {
    held: BTreeMap<String, Held>,
    mishaps: VecDeque<Mishap>,
    agrees: bool,
}

/// All warehouses of a race, behind one connector.
#[derive(Debug)]
pub(crate) struct RecordingWarehouse {
    gate: Arc<Turnstile>,
    book: Mutex<Book>,
}

impl RecordingWarehouse {
    pub(crate) fn new(gate: Arc<Turnstile>, mishaps: &[Mishap], agrees: bool) -> Arc<Self> {
        let book = Book { mishaps: mishaps.iter().copied().collect(), agrees, ..Book::default() };
        Arc::new(Self { gate, book: Mutex::new(book) })
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the warehouses have, by our reference.
    pub(crate) fn held(&self) -> BTreeMap<String, Held> {
        self.book().held.clone()
    }

    fn take(&self, request: &FulfillmentRequest) -> Done {
        let mut book = self.book();
        let already = book.held.contains_key(&request.reference);
        if !already {
            let held = Held { request: request.clone(), ship_to: request.ship_to.clone(), cancelled: false };
            book.held.insert(request.reference.clone(), held);
        }
        self.gate.note(Event::Arrived { request: Box::new(request.clone()), already });
        Done { remote_id: format!("remote-{}", request.reference), already }
    }

    fn change(&self, command: &Command, reference: &str, change: impl FnOnce(&mut Held)) -> Result<Done> {
        let mut book = self.book();
        let yes = book.agrees;
        let held = book.held.get_mut(reference).ok_or_else(|| Error::new(Kind::NotFound, "we do not have it"))?;
        if yes {
            change(held);
        }
        self.gate.note(Event::Asked { command: Box::new(command.clone()), yes });
        if !yes {
            return Err(Error::new(Kind::Rejected, "we are picking it"));
        }
        Ok(Done { remote_id: format!("remote-{reference}"), already: false })
    }
}

#[async_trait]
impl Connector for RecordingWarehouse {
    fn describe(&self) -> &Descriptor {
        &DESCRIPTOR
    }

    async fn check(&self, _context: &Context) -> Result<CheckReport> {
        Ok(CheckReport { account: "race".to_owned(), warehouses: Vec::new(), warnings: Vec::new() })
    }

    async fn push(&self, _context: &Context, command: &Command, _key: &str) -> Result<Done> {
        // On the way there and on the way back, others may be faster.
        self.gate.turn().await;
        let answer = match command {
            Command::HandOver(request) => {
                let mishap = self.book().mishaps.pop_front().unwrap_or(Mishap::None);
                match mishap {
                    Mishap::None => Ok(self.take(request)),
                    Mishap::Unreachable => Err(Error::new(Kind::Unreachable, "no route to host")),
                    Mishap::Throttled => {
                        Err(Error::new(Kind::RateLimited, "slow down").with_retry_after(Duration::from_millis(10)))
                    }
                    Mishap::AnswerLost => {
                        self.take(request);
                        Err(Error::new(Kind::Doubtful, "the connection broke"))
                    }
                    Mishap::Lost => Err(Error::new(Kind::Doubtful, "the connection broke")),
                }
            }
            Command::CancelFulfillment { reference, .. } => {
                self.change(command, reference, |held| held.cancelled = true)
            }
            Command::ChangeAddress { reference, ship_to, .. } => {
                self.change(command, reference, |held| held.ship_to = ship_to.clone())
            }
            Command::AnnounceReturn(_) | Command::WithdrawReturn { .. } | Command::ReportShipment(_) => {
                Err(Error::new(Kind::Unsupported, "a warehouse is told nothing"))
            }
        };
        self.gate.turn().await;
        answer
    }

    async fn find(&self, _context: &Context, command: &Command) -> Result<Option<Done>> {
        self.gate.turn().await;
        let book = self.book();
        let found = match command {
            Command::HandOver(request) => book.held.contains_key(&request.reference),
            Command::CancelFulfillment { reference, .. } => book.held.get(reference).is_some_and(|held| held.cancelled),
            Command::ChangeAddress { reference, ship_to, .. } => {
                book.held.get(reference).is_some_and(|held| &held.ship_to == ship_to)
            }
            Command::AnnounceReturn(_) | Command::WithdrawReturn { .. } | Command::ReportShipment(_) => false,
        };
        let reference = match command {
            Command::HandOver(request) => &request.reference,
            Command::CancelFulfillment { reference, .. } | Command::ChangeAddress { reference, .. } => reference,
            Command::AnnounceReturn(_) | Command::WithdrawReturn { .. } | Command::ReportShipment(_) => {
                return Ok(None);
            }
        };
        Ok(found.then(|| Done { remote_id: format!("remote-{reference}"), already: true }))
    }
}
