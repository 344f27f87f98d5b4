//! What each way out does.

use switchyard_core::attention::{AttentionItem, Choice};
use switchyard_core::change_request::{Afterwards, Ask, ChangeRequest, ChangeRequestState};
use switchyard_core::edit::{Approver, Edit};
use switchyard_core::fulfillment::FulfillmentOrder;
use switchyard_core::journal::Actor;
use switchyard_core::order::LineKind;
use switchyard_core::units;
use switchyard_store::contract::{OrderFile, Write};

use super::super::amendment::Amendment;
use super::super::order_edit::{self, Party};
use super::super::return_announce;
use crate::Inner;
use crate::handle::{EditError, SettleRequest};

/// Does what was chosen, as far as it is done here.
///
/// # Errors
/// [`EditError::NoWay`] when it cannot be done any more, and whatever an edit is refused with. Nothing was changed then,
/// and the matter stays.
pub(super) async fn take(
    inner: &Inner,
    amended: &mut Amendment<'_>,
    file: &OrderFile,
    matter: &AttentionItem,
    request: &SettleRequest,
) -> Result<(), EditError> {
    let by_person = Party { actor: &request.actor, holder: &request.holder, approved_by: None };
    match request.choice {
        Choice::TryAgain => {
            let (before, _) = asked(file, matter)?;
            let asks = before.asks.clone();
            ask(inner, amended, ChangeRequest { asks, ..anew(inner, before, &request.actor) });
            Ok(())
        }
        Choice::AskForUnpicked => {
            let (before, part) = asked(file, matter)?;
            let asks = before.by_units(part);
            let warehouses = order_edit::capabilities(inner).await?;
            let can = warehouses.get(&part.warehouse);
            if let Some(refused) = asks.iter().find(|one| !can.is_some_and(|can| can.asks.contains(&one.kind()))) {
                let kind = refused.kind();
                return Err(EditError::NoWay(format!(
                    "the warehouse of {} cannot be asked for {kind:?}",
                    part.reference
                )));
            }
            ask(inner, amended, ChangeRequest { asks, ..anew(inner, before, &request.actor) });
            Ok(())
        }
        Choice::TakeShopVersion => make_wanted(inner, amended, file, matter, by_person, &request.reason).await,
        Choice::Approve => {
            let wanted = matter.wanted.as_ref().ok_or(EditError::NoMatter)?;
            let second = Approver { actor: request.actor.clone(), holder: request.holder.clone() };
            // The edit stays its author's; whoever agrees lends the powers and is the second person.
            let party = Party { actor: &wanted.by, holder: &request.holder, approved_by: Some(&second) };
            make_wanted(inner, amended, file, matter, party, &wanted.reason).await
        }
        Choice::Cancel => {
            let edits = cancel_unplanned(file)?;
            order_edit::make(inner, amended, file, &edits, by_person, "order.cancelled", &request.reason).await
        }
        Choice::CancelAndPlanElsewhere => plan_anew(inner, amended, file, matter, request).await,
        Choice::AnnounceReturn => {
            return_announce::of_matter(inner, amended, file, matter, &request.actor, &request.reason).await
        }
        Choice::LetItShip
        | Choice::CarrierIntercept
        | Choice::CallWarehouse
        | Choice::CreditNote
        | Choice::NewOrder
        | Choice::Propose
        | Choice::AskForApproval
        | Choice::WaitForAnswer
        | Choice::KeepOurVersion
        | Choice::Correct
        | Choice::Wait
        | Choice::LetCustomerKeep
        | Choice::Waive
        | Choice::Decline => Ok(()),
    }
}

/// The request the matter is about, and the part it can still be asked of.
fn asked<'a>(
    file: &'a OrderFile,
    matter: &AttentionItem,
) -> Result<(&'a ChangeRequest, &'a FulfillmentOrder), EditError> {
    let before = file.change_requests.iter().find(|known| Some(&known.id) == matter.request.as_ref());
    let before = before.ok_or_else(|| EditError::NoWay("the request it is about is not known".to_owned()))?;
    let part = file.fulfillments.iter().find(|part| part.id == before.fulfillment);
    match part.filter(|part| !part.state.is_final() && !part.state.is_ours()) {
        Some(part) => Ok((before, part)),
        None => Err(EditError::NoWay("no warehouse has the part any more".to_owned())),
    }
}

/// A draft that asks of the same part.
fn anew(inner: &Inner, before: &ChangeRequest, by: &Actor) -> ChangeRequest {
    ChangeRequest {
        id: inner.change_request_id(),
        revision: 0,
        state: ChangeRequestState::Draft,
        asked_by: by.clone(),
        asked_at: inner.clock.now(),
        deadline: None,
        answer: None,
        ..before.clone()
    }
}

fn ask(inner: &Inner, amended: &mut Amendment<'_>, request: ChangeRequest) {
    amended.write(Write::Job(inner.job("change_request", request.id.as_str(), inner.clock.now())));
    amended.write(Write::ChangeRequest(request));
}

/// Makes the edits the matter is about.
async fn make_wanted(
    inner: &Inner,
    amended: &mut Amendment<'_>,
    file: &OrderFile,
    matter: &AttentionItem,
    party: Party<'_>,
    reason: &str,
) -> Result<(), EditError> {
    let Some(wanted) = &matter.wanted else {
        return Err(EditError::NoWay("what was wanted was not kept with the matter; edit the order".to_owned()));
    };
    let kind = match wanted.edits.as_slice() {
        [only] => order_edit::kind_of(only),
        _ => "order.edited",
    };
    order_edit::make(inner, amended, file, &wanted.edits, party, kind, reason).await
}

/// The edits that cancel every unit no warehouse has: the whole order when that is all there is.
fn cancel_unplanned(file: &OrderFile) -> Result<Vec<Edit>, EditError> {
    let accounts = units::account(&file.order, &file.fulfillments)
        .map_err(|error| EditError::NoWay(format!("the units of the order do not add up: {error}")))?;
    let goods = |id| file.order.line(id).is_some_and(|line| line.kind == LineKind::Goods);
    let goods: Vec<_> = accounts.iter().filter(|account| goods(&account.line)).collect();
    let loose = |account: &units::LineAccount| account.unplanned.saturating_add(account.backordered);
    let all = goods.iter().all(|account| account.shipped == 0 && account.in_fulfillment == 0);
    if all {
        return Ok(vec![Edit::Cancel]);
    }
    let edits: Vec<Edit> = goods
        .iter()
        .filter(|account| loose(account) > 0)
        .filter_map(|account| {
            let line = file.order.line(&account.line)?;
            Some(Edit::Quantity { line: line.id.clone(), quantity: line.wanted().saturating_sub(loose(account)) })
        })
        .collect();
    if edits.is_empty() {
        return Err(EditError::NoWay("warehouses have every unit by now".to_owned()));
    }
    Ok(edits)
}

/// Warehouses that cannot be asked for the change are asked to cancel; what they give up is planned with the change done.
async fn plan_anew(
    inner: &Inner,
    amended: &mut Amendment<'_>,
    file: &OrderFile,
    matter: &AttentionItem,
    request: &SettleRequest,
) -> Result<(), EditError> {
    let no_way = |why: &str| EditError::NoWay(why.to_owned());
    let wanted = matter.wanted.as_ref().and_then(|wanted| wanted.edits.first());
    let edit = wanted.ok_or_else(|| no_way("what was wanted was not kept with the matter; edit the order"))?;
    let with = Ask::of_edit(edit).ok_or_else(|| no_way("planning elsewhere does not help with this change"))?;
    let warehouses = order_edit::capabilities(inner).await?;
    let cancels = |part: &&FulfillmentOrder| {
        let can = warehouses.get(&part.warehouse).is_some_and(|can| can.asks.contains(&Ask::Cancel.kind()));
        let about = matter.fulfillment.as_ref().is_none_or(|only| &part.id == only);
        let busy = file.change_requests.iter().any(|open| open.fulfillment == part.id && open.state.is_open());
        can && about && !busy && !part.state.is_final() && !part.state.is_ours()
    };
    let parts: Vec<&FulfillmentOrder> = file.fulfillments.iter().filter(cancels).collect();
    if parts.is_empty() {
        return Err(no_way("no warehouse has a part it could be asked to cancel now"));
    }
    for part in parts {
        let now = inner.clock.now();
        let draft = ChangeRequest::draft(inner.change_request_id(), part, Ask::Cancel, &request.actor, now);
        let afterwards = Afterwards::PlannedAnew { with: Box::new(with.clone()) };
        ask(inner, amended, ChangeRequest { afterwards, ..draft });
    }
    Ok(())
}
