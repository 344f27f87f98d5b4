//! Which orders a list call wants.

use switchyard_core::time::Timestamp;

use super::book::Order;

/// Which orders a list call wants.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub(super) ids: Option<Vec<i64>>,
    pub(super) references: Option<Vec<String>>,
    pub(super) created: (Option<Timestamp>, Option<Timestamp>),
    pub(super) updated: (Option<Timestamp>, Option<Timestamp>),
    pub(super) tracking_updated: (Option<Timestamp>, Option<Timestamp>),
    pub(super) has_tracking: Option<bool>,
    pub(super) tracking_uploaded: Option<bool>,
    pub(super) newest_first: bool,
    pub(super) skip: usize,
    pub(super) take: usize,
}

fn inside(at: Option<Timestamp>, range: (Option<Timestamp>, Option<Timestamp>)) -> bool {
    if range == (None, None) {
        return true;
    }
    // "Later than" and "earlier than" in the vendor's words: the bound itself is out.
    at.is_some_and(|at| range.0.is_none_or(|from| at > from) && range.1.is_none_or(|to| at < to))
}

impl Wanted {
    pub(super) fn holds(&self, order: &Order) -> bool {
        inside(Some(order.created_at), self.created)
            && inside(Some(order.updated_at), self.updated)
            && inside(order.tracking_updated_at, self.tracking_updated)
            && self.has_tracking.is_none_or(|wanted| wanted == order.shipped.is_some())
            && self.tracking_uploaded.is_none_or(|wanted| wanted == order.tracking_uploaded)
            && self.ids.as_ref().is_none_or(|ids| ids.contains(&order.accepted.order_id))
    }
}
