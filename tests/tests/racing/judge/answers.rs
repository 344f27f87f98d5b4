//! Whether everybody was told the truth.

use switchyard_core::edit::verdict::Verdict;
use switchyard_core::edit::{Denied, Refusal};
use switchyard_core::order::Order;
use switchyard_engine::handle::EditError;

use super::{Books, Judged, Part, Tally, granted, must};
use crate::track::Told;

impl Books<'_> {
    /// Everybody was told the truth: who was granted a wish sees it kept, once; who was refused one was late.
    pub(super) fn told(&self, told: &Told, tally: &mut Tally) -> Judged<()> {
        let key = told.request.key.as_deref().unwrap_or_default();
        let kept = self.kept.get(key);
        match &told.answer {
            Ok(edited) => {
                must!(edited.committed && kept.is_some(), "granted and not kept");
                let by = told.answered;
                must!(kept.is_some_and(|at| *at < by), "granted before it was kept");
                for request in &edited.requests {
                    let stored = self.finish.file.change_requests.iter().any(|stored| stored.id == request.id);
                    must!(stored, "told of the request {}, which does not exist", request.id);
                }
                let pulled = edited.verdicts.iter().any(|part| part.ruling.verdict == Verdict::PullBack);
                let asked = !edited.requests.is_empty();
                let first = granted(self.finish, key).is_some_and(|(first, _)| std::ptr::eq(first, told));
                if first {
                    tally.granted += u64::from(!asked);
                    tally.requested += u64::from(asked);
                    tally.pulled_back += u64::from(pulled);
                } else {
                    tally.repeated += 1;
                }
            }
            Err(EditError::Stale { asked, current }) => {
                must!(kept.is_none(), "kept, and told that somebody else was first");
                must!(*asked == told.request.revision && current.revision > *asked, "told of no newer revision");
                let known = self.orders.get(&current.revision);
                let same =
                    known.is_some_and(|known| **current == Order { revision: current.revision, ..known.clone() });
                must!(same, "told of an order that never was");
                tally.stale += 1;
            }
            Err(EditError::Denied(denied)) => {
                // A second delivery may have been allowed a moment later.
                must!(kept.is_none_or(|at| *at >= told.asked), "kept, and told that it cannot be");
                if self.was_late(told, denied)? {
                    tally.too_late += 1;
                } else {
                    tally.denied += 1;
                }
            }
            Err(other) => return Err(format!("told {other}")),
        }
        Ok(())
    }

    /// Whether the release was the reason, and then whether it really was.
    fn was_late(&self, told: &Told, denied: &Denied) -> Judged<bool> {
        let away = |part: &Part| part.was_away_between(told.asked, told.answered);
        match denied {
            Denied::Nowhere(verdicts) => {
                for verdict in verdicts.iter().filter(|verdict| verdict.refused().is_some()) {
                    let part = verdict.fulfillment.as_ref().and_then(|id| self.parts.get(id));
                    must!(part.is_some_and(away), "refused for {:?}, which is here", verdict.fulfillment);
                }
                Ok(true)
            }
            Denied::Wish(Refusal::TooLate { reference, .. }) => {
                let part = self.parts.values().find(|part| &part.record.reference == reference);
                must!(part.is_some_and(away), "too late for {reference}, which is here");
                Ok(true)
            }
            Denied::NeedsApproval(_) => Err("a second person was asked for".to_owned()),
            Denied::Wish(_) | Denied::Hold(_) => Ok(false),
        }
    }
}
