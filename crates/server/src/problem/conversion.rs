//! What each layer's failures become at the edge: status, code, and words for a person.

use axum::extract::rejection::{BytesRejection, PathRejection, QueryRejection};
use axum::http::StatusCode;
use switchyard_core::code::{Code, Problem};
use switchyard_core::edit::{Denied, Refusal};
use switchyard_core::stock::bucket::StockError;
use switchyard_engine::handle::{ConnectError, EditError, StockChangeError};
use switchyard_engine::policy::PolicyError;
use switchyard_engine::returns::ReturnFailure;
use switchyard_engine::transfers::TransferFailure;

use super::{ApiError, FieldProblem};

/// A refusal in words for a person; `editable` and the answer to a refused edit say the same.
#[must_use]
pub fn refusal_problem(refusal: &Refusal) -> Problem {
    let (code, title, next_step) = match refusal {
        Refusal::TooLate { .. } => {
            (Code::TooLate, "It is too late for this change", "Ask the warehouse to stop, or arrange a return.")
        }
        Refusal::Finished(_) => {
            (Code::TooLate, "The order is finished", "Nothing more happens to it; arrange a return if needed.")
        }
        Refusal::UnknownLine(_) => (Code::EditRefused, "The order has no such line", "Read the order again."),
        Refusal::UnknownHold(_) => (Code::EditRefused, "The order has no such hold", "Read the order again."),
        Refusal::NotFewer { .. } => {
            (Code::EditRefused, "Only fewer units are possible here", "Give a smaller number; more is a new order.")
        }
        Refusal::NotMore { .. } => (Code::EditRefused, "Only more units are possible here", "Give a larger number."),
        Refusal::OutOfRange(_) => (Code::EditRefused, "No order can have that", "Correct the number or the amount."),
        Refusal::UnknownPart(_) => {
            (Code::EditRefused, "The order has no such fulfillment order", "Read the order again.")
        }
        Refusal::Held(_) => (Code::EditRefused, "The order is held", "Lift its holds first."),
        Refusal::NotPlanned(_) => {
            (Code::EditRefused, "The order is not planned yet", "Wait until it has warehouses, or see what blocks it.")
        }
        Refusal::NoChange => (Code::EditRefused, "Nothing would change", "Change something, or leave it."),
        Refusal::AddressIncomplete(_) => {
            (Code::AddressIncomplete, "The address is incomplete", "Fill in the named fields.")
        }
    };
    Problem::new(code, title, refusal.to_string(), next_step)
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        let status = match refusal {
            Refusal::TooLate { .. } | Refusal::Finished(_) => StatusCode::CONFLICT,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let fields = match &refusal {
            Refusal::AddressIncomplete(missing) => missing
                .split(", ")
                .map(|field| FieldProblem::new(format!("ship_to.{field}"), "a carrier needs it"))
                .collect(),
            Refusal::NotFewer { .. } | Refusal::NotMore { .. } => {
                vec![FieldProblem::new("quantity", refusal.to_string())]
            }
            _ => Vec::new(),
        };
        Self::new(status, refusal_problem(&refusal)).with_fields(fields)
    }
}

impl From<switchyard_store::Error> for ApiError {
    fn from(error: switchyard_store::Error) -> Self {
        use switchyard_store::Error as E;
        match &error {
            E::Conflict(what) => Self::new(
                StatusCode::CONFLICT,
                Problem::new(
                    Code::Conflict,
                    "Somebody else changed it first",
                    format!("{what} changed while this was decided."),
                    "Read it again and decide again.",
                ),
            ),
            E::Stock { .. } => Self::new(
                StatusCode::CONFLICT,
                Problem::new(
                    Code::Conflict,
                    "The stock went to another order",
                    error.to_string(),
                    "Try again; it will be planned anew.",
                ),
            ),
            E::Unavailable(cause) | E::Unusable(cause) => {
                Self::new(StatusCode::SERVICE_UNAVAILABLE, store_problem(cause)).caused_by(&error)
            }
            E::Backend(_) => Self::internal(&error),
        }
    }
}

/// A store that cannot be used, for a person.
#[must_use]
pub fn store_problem(cause: &str) -> Problem {
    Problem::new(
        Code::StoreUnavailable,
        "The database cannot be used",
        cause,
        "Free disk space or repair the disk; Switchyard goes on by itself. Nothing was sent meanwhile.",
    )
}

/// Why a wish is denied, for a person.
#[must_use]
pub fn denied_problem(denied: &Denied) -> Problem {
    denied.problem()
}

impl From<EditError> for ApiError {
    fn from(error: EditError) -> Self {
        match error {
            EditError::NotFound(id) => Self::no_order(&id),
            EditError::Stale { asked, current } => Self::stale(asked, *current),
            EditError::Denied(denied) => match *denied {
                Denied::Wish(refusal) => refusal.into(),
                Denied::Hold(_) => Self::new(StatusCode::UNPROCESSABLE_ENTITY, denied_problem(&denied)),
                Denied::Nowhere(_) | Denied::NeedsApproval(_) => {
                    Self::new(StatusCode::CONFLICT, denied_problem(&denied))
                }
            },
            EditError::NoMatter => Self::new(
                StatusCode::CONFLICT,
                Problem::new(
                    Code::Conflict,
                    "The matter is settled already",
                    error.to_string(),
                    "Read the order again; choose one of the ways that the matter offers.",
                ),
            ),
            EditError::NoWay(why) => Self::new(
                StatusCode::CONFLICT,
                Problem::new(
                    Code::EditRefused,
                    "That way is not open now",
                    why,
                    "Read the order again and choose another way; nothing was changed.",
                ),
            ),
            EditError::KeyReused => Self::idempotency_key_reused(),
            EditError::Store(error) => error.into(),
        }
    }
}

impl From<TransferFailure> for ApiError {
    fn from(failure: TransferFailure) -> Self {
        match failure {
            TransferFailure::NotFound(id) => Self::not_found("transfer", id),
            TransferFailure::NoWarehouse(id) => Self::not_found("warehouse", id),
            TransferFailure::Senseless(field, detail) => {
                Self::bad_request(format!("{field}: {detail}"), vec![FieldProblem::new(field, detail)])
            }
            failure @ TransferFailure::NotYours => Self::new(
                StatusCode::FORBIDDEN,
                Problem::new(
                    Code::Forbidden,
                    "You may not do this with the transfer",
                    failure.to_string(),
                    "Ask somebody who answers for the warehouse, or the back office.",
                ),
            ),
            TransferFailure::Stale { asked, current } => Self::new(
                StatusCode::CONFLICT,
                Problem::new(
                    Code::Conflict,
                    "Somebody else changed the transfer first",
                    format!("You decided on revision {asked}; it is at revision {current}."),
                    "Read it again and decide again.",
                ),
            ),
            failure @ TransferFailure::NotFree { .. } => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                Problem::new(
                    Code::OutOfStock,
                    "Not so many units are free to leave",
                    failure.to_string(),
                    "Send fewer: the others are promised to orders, set aside or kept for somebody.",
                ),
            ),
            TransferFailure::Refused(error) => Self::new(StatusCode::UNPROCESSABLE_ENTITY, error.problem()),
            TransferFailure::KeyReused => Self::idempotency_key_reused(),
            TransferFailure::Store(error) => error.into(),
        }
    }
}

impl From<ReturnFailure> for ApiError {
    fn from(failure: ReturnFailure) -> Self {
        match failure {
            ReturnFailure::NotFound(id) => Self::not_found("return", id),
            ReturnFailure::NoOrder(id) => Self::no_order(&id),
            ReturnFailure::NoWarehouse(id) => Self::not_found("warehouse", id),
            ReturnFailure::Stale { asked, current } => Self::new(
                StatusCode::CONFLICT,
                Problem::new(
                    Code::Conflict,
                    "Somebody else changed the return first",
                    format!("You decided on revision {asked}; it is at revision {current}."),
                    "Read it again and decide again.",
                ),
            ),
            ReturnFailure::StaleOrder { asked, current } => Self::stale(asked, *current),
            ReturnFailure::Refused(error) => {
                let problem = error.problem();
                let status = match problem.code {
                    Code::Forbidden => StatusCode::FORBIDDEN,
                    Code::Conflict => StatusCode::CONFLICT,
                    _ => StatusCode::UNPROCESSABLE_ENTITY,
                };
                Self::new(status, problem)
            }
            ReturnFailure::KeyReused => Self::idempotency_key_reused(),
            ReturnFailure::Store(error) => error.into(),
        }
    }
}

impl From<PolicyError> for ApiError {
    fn from(error: PolicyError) -> Self {
        match error {
            PolicyError::Unreadable(fault) => {
                let field = FieldProblem::new(fault.path.clone(), fault.detail.clone());
                let problem = fault.problem(Code::RulesUnreadable, "What you wrote");
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, problem).with_fields(vec![field])
            }
            PolicyError::Stale { asked, current } => Self::new(
                StatusCode::CONFLICT,
                Problem::new(
                    Code::Conflict,
                    "Somebody else wrote a version first",
                    format!("You began with version {asked}; version {current} holds now."),
                    "Read it again and decide again.",
                ),
            ),
            PolicyError::KeyReused => Self::idempotency_key_reused(),
            PolicyError::Store(error) => error.into(),
        }
    }
}

impl From<StockChangeError> for ApiError {
    fn from(error: StockChangeError) -> Self {
        match error {
            StockChangeError::NotFound(place) => Self::not_found("stock of", place.sku.as_str()),
            StockChangeError::UnknownShop(id) => {
                let field = FieldProblem::new("shop", "no such shop");
                Self::no_connection(&id).with_fields(vec![field])
            }
            StockChangeError::NoChange => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                Problem::new(
                    Code::EditRefused,
                    "Nothing would change",
                    "The level is like that already.",
                    "Give another number, or leave it.",
                ),
            ),
            StockChangeError::KeyReused => Self::idempotency_key_reused(),
            StockChangeError::Refused(refused) => {
                let field = FieldProblem::new("units", refused.to_string());
                let problem = match &refused {
                    StockError::NotFree { .. } => Problem::new(
                        Code::OutOfStock,
                        "Not so many units are free",
                        refused.to_string(),
                        "Keep fewer, or free some first: the others are promised, set aside or kept for somebody.",
                    ),
                    other => other.problem(),
                };
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, problem).with_fields(vec![field])
            }
            StockChangeError::Store(error) => error.into(),
        }
    }
}

impl From<ConnectError> for ApiError {
    fn from(error: ConnectError) -> Self {
        match error {
            ConnectError::Problem(problem) => {
                let status = match problem.code {
                    Code::Conflict => StatusCode::CONFLICT,
                    Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
                    Code::StoreUnavailable => StatusCode::SERVICE_UNAVAILABLE,
                    _ => StatusCode::UNPROCESSABLE_ENTITY,
                };
                Self::new(status, *problem)
            }
            ConnectError::NotFound(id) => Self::no_connection(&id),
            ConnectError::Store(error) => error.into(),
        }
    }
}

impl From<PathRejection> for ApiError {
    fn from(rejection: PathRejection) -> Self {
        Self::bad_request(rejection.body_text(), vec![FieldProblem::new("path", rejection.body_text())])
    }
}

impl From<QueryRejection> for ApiError {
    fn from(rejection: QueryRejection) -> Self {
        Self::bad_request(rejection.body_text(), vec![FieldProblem::new("query", rejection.body_text())])
    }
}

impl From<BytesRejection> for ApiError {
    fn from(rejection: BytesRejection) -> Self {
        Self::bad_request(rejection.body_text(), Vec::new()).with_status(rejection.status())
    }
}
