//! Working time: how long until something is done that is done only in working hours.

use std::time::Duration;

use super::Calendar;
use crate::time::Timestamp;

impl Calendar {
    /// When the carrier has an order that is with the warehouse at `ready_at`: the next cut-off of its shipping option,
    /// then the handling time in working hours.
    ///
    /// Never decreases as `ready_at` grows. `None` when the warehouse has no cut-off or not enough working hours within
    /// 800 days.
    #[must_use]
    pub fn ships_at(&self, ready_at: Timestamp, option: &str) -> Option<Timestamp> {
        let cut_off = self.next_cut_off(ready_at, option)?;
        self.after_working(cut_off, Duration::from_secs(u64::from(self.handling_minutes) * 60))
    }

    /// The instant at which `work` has been done if it begins at `from` and goes on in working hours alone. No work is
    /// done at once, whatever the hour. `None` when 800 days have not enough hours.
    #[must_use]
    pub fn after_working(&self, from: Timestamp, work: Duration) -> Option<Timestamp> {
        let mut left = work;
        if left.is_zero() {
            return Some(from);
        }
        for date in self.days(from) {
            for span in self.hours(date) {
                let open = self.zone.first_instant(date, span.open)?.max(from);
                let close = self.zone.first_instant(date, span.close)?;
                // Zero when the span is over before `from`, or lies in a gap whole.
                let length = close.since(open);
                if left <= length {
                    return Some(open + left);
                }
                left -= length;
            }
        }
        None
    }
}
