//! What can be worked out about a change set before the writer sees it.
//!
//! The writer is one task and the bottleneck of the store, so JSON, hashing and compression happen in the caller's.

use serde::Serialize;
use sha2::{Digest, Sha256};
use switchyard_core::order::Order;

use crate::chain::{self, Line};
use crate::contract::{Changes, CommandId, Write};
use crate::error::{Error, Result};
use crate::query::{OrderSummary, Stage};
use crate::summary;

/// Highest ratio is not the point; level 3 keeps up with any partner.
const ZSTD_LEVEL: i32 = 3;

/// A change set ready to be written.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) writes: Vec<(Write, Derived)>,
    pub(super) journal: Vec<Line>,
    pub(super) command: Option<CommandId>,
}

/// What follows from one write alone.
#[derive(Debug)]
pub(super) enum Derived {
    Nothing,
    Order(Box<OrderRow>),
    Doc(String),
    Payload(Payload),
}

/// The columns of an order.
#[derive(Debug)]
pub(super) struct OrderRow {
    pub(super) summary: OrderSummary,
    pub(super) tags: String,
    pub(super) doc: String,
    pub(super) lines: String,
    pub(super) line_count: i64,
    pub(super) words: String,
}

#[derive(Serialize)]
struct LineRow<'a> {
    sku: &'a str,
    quantity: u32,
    kind: switchyard_core::order::LineKind,
}

impl OrderRow {
    fn of(order: &Order, stage: Stage) -> Result<Self> {
        let lines: Vec<LineRow<'_>> = order
            .lines
            .iter()
            .map(|line| LineRow { sku: line.sku.as_str(), quantity: line.wanted(), kind: line.kind })
            .collect();
        Ok(Self {
            summary: summary::of_order(order, stage),
            tags: chain::text(&order.tags)?,
            doc: chain::text(order)?,
            lines: chain::text(&lines)?,
            line_count: i64::try_from(lines.len()).unwrap_or(i64::MAX),
            words: summary::words_of_order(order),
        })
    }
}

/// A raw message as it is stored.
#[derive(Debug)]
pub(super) struct Payload {
    /// Of the uncompressed bytes, hexadecimal.
    pub(super) sha256: String,
    /// Of the uncompressed bytes.
    pub(super) size_bytes: i64,
    /// The compressed bytes.
    pub(super) zstd: Vec<u8>,
}

impl Payload {
    fn pack(raw: &[u8]) -> Result<Self> {
        let zstd = zstd::bulk::compress(raw, ZSTD_LEVEL)
            .map_err(|error| Error::Backend(format!("a message cannot be compressed: {error}")))?;
        let size_bytes = i64::try_from(raw.len()).map_err(|error| Error::Backend(error.to_string()))?;
        Ok(Self { sha256: chain::hex(&Sha256::digest(raw)), size_bytes, zstd })
    }

    /// The bytes as they were sent.
    ///
    /// # Errors
    /// `Unusable` when they are not the bytes that were stored.
    pub(super) fn unpack(&self) -> Result<Vec<u8>> {
        let damaged = || Error::Unusable(format!("raw payload {} is damaged", self.sha256));
        let size_bytes = usize::try_from(self.size_bytes).map_err(|_| damaged())?;
        let raw = zstd::bulk::decompress(&self.zstd, size_bytes).map_err(|_| damaged())?;
        if chain::hex(&Sha256::digest(&raw)) == self.sha256 { Ok(raw) } else { Err(damaged()) }
    }
}

impl Prepared {
    /// Serialises, hashes and compresses a change set; records carry the revision they will have.
    pub(super) fn of(changes: Changes) -> Result<Self> {
        let writes = changes
            .writes
            .into_iter()
            .map(|mut write| {
                let derived = derive(&mut write)?;
                Ok((write, derived))
            })
            .collect::<Result<_>>()?;
        let journal = changes.journal.into_iter().map(Line::of).collect::<Result<_>>()?;
        Ok(Self { writes, journal, command: changes.command })
    }
}

fn derive(write: &mut Write) -> Result<Derived> {
    Ok(match write {
        Write::Order { order, stage } => {
            order.revision += 1;
            Derived::Order(Box::new(OrderRow::of(order, *stage)?))
        }
        Write::Fulfillment(part) => {
            part.revision += 1;
            Derived::Doc(chain::text(part)?)
        }
        Write::HandOver(hand_over) => {
            hand_over.revision += 1;
            Derived::Doc(chain::text(hand_over)?)
        }
        Write::WriteBack(write_back) => {
            write_back.revision += 1;
            Derived::Doc(chain::text(write_back)?)
        }
        Write::ChangeRequest(request) => {
            request.revision += 1;
            Derived::Doc(chain::text(request)?)
        }
        Write::Return(goods) => {
            goods.revision += 1;
            Derived::Doc(chain::text(goods)?)
        }
        Write::Transfer(transfer) => {
            transfer.revision += 1;
            Derived::Doc(chain::text(transfer)?)
        }
        Write::Shipment { shipment, .. } => Derived::Doc(chain::text(shipment)?),
        Write::Plan { plan, .. } => Derived::Doc(chain::text(plan.as_ref())?),
        Write::Inbox { item, .. } => Derived::Payload(Payload::pack(&item.raw)?),
        _ => Derived::Nothing,
    })
}
