//! Who calls, and what they may do.
//!
//! A [`Caller`] is a value the transport puts into the request's extensions: the desktop's bridge, or the daemon's
//! sign-in layer. Nothing a page can set makes one. [`RULES`] is the only place where a role is required; [`Gate`]
//! applies it before any handler runs and refuses an operation that has no rule.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::Method;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use switchyard_core::journal::Actor;
use switchyard_core::role::Holder;
use utoipa::ToSchema;
use utoipa::openapi::OpenApi;

use crate::app::AppState;
use crate::problem::ApiError;

/// What a caller may do; each role includes the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
// `Role` in the document is the domain's: what somebody is in the business.
#[schema(as = Access)]
pub enum Role {
    /// Reads everything.
    Viewer,
    /// Changes, holds, releases and cancels orders.
    Operator,
    /// Sets up connections as well.
    Admin,
}

/// Where a call came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallerKind {
    /// A window of the desktop app.
    Desktop,
    /// A program with a bearer token.
    Token,
    /// A browser with a session cookie.
    Session,
    /// Nobody known.
    Anonymous,
}

/// Who calls. Inserted by the transport, read by [`Gate`] and [`Person`] alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// A window of the desktop app: the person at this machine, who may do everything.
    Desktop {
        /// Label of the window.
        label: String,
    },
    /// A program with a bearer token.
    Token {
        /// Name of the token.
        name: String,
        /// What it may do.
        role: Role,
    },
    /// A browser with a session cookie.
    Session {
        /// Who signed in.
        name: String,
        /// What they may do.
        role: Role,
    },
    /// Nobody known.
    Anonymous,
}

impl Caller {
    /// The caller a transport has put into a request; anonymous when it has put none.
    #[must_use]
    pub fn of(extensions: &axum::http::Extensions) -> Self {
        extensions.get::<Self>().cloned().unwrap_or(Self::Anonymous)
    }

    /// What this caller may do; nothing for an anonymous one.
    #[must_use]
    pub const fn role(&self) -> Option<Role> {
        match self {
            Self::Desktop { .. } => Some(Role::Admin),
            Self::Token { role, .. } | Self::Session { role, .. } => Some(*role),
            Self::Anonymous => None,
        }
    }
}

/// What an operation asks of its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Anyone, signed in or not.
    Anyone,
    /// Signed in with at least this role.
    AtLeast(Role),
}

/// The rule of every operation, by operation id. An operation that is missing here is refused for everybody.
pub const RULES: &[(&str, Rule)] = &[
    ("get_health", Rule::Anyone),
    ("get_metrics", Rule::AtLeast(Role::Viewer)),
    ("get_session", Rule::AtLeast(Role::Viewer)),
    ("sign_in", Rule::Anyone),
    ("sign_out", Rule::AtLeast(Role::Viewer)),
    ("stream_events", Rule::AtLeast(Role::Viewer)),
    ("list_orders", Rule::AtLeast(Role::Viewer)),
    ("get_order", Rule::AtLeast(Role::Viewer)),
    ("get_order_raw", Rule::AtLeast(Role::Viewer)),
    ("get_order_timeline", Rule::AtLeast(Role::Viewer)),
    ("edit_order_address", Rule::AtLeast(Role::Operator)),
    ("edit_line_quantity", Rule::AtLeast(Role::Operator)),
    ("place_hold", Rule::AtLeast(Role::Operator)),
    ("lift_hold", Rule::AtLeast(Role::Operator)),
    ("release_order", Rule::AtLeast(Role::Operator)),
    ("cancel_order", Rule::AtLeast(Role::Operator)),
    ("settle_attention", Rule::AtLeast(Role::Operator)),
    ("propose_edits", Rule::AtLeast(Role::Viewer)),
    ("get_approval", Rule::AtLeast(Role::Viewer)),
    ("change_approval", Rule::AtLeast(Role::Admin)),
    ("retry_write_back", Rule::AtLeast(Role::Operator)),
    ("waive_write_back", Rule::AtLeast(Role::Operator)),
    ("edit_order", Rule::AtLeast(Role::Operator)),
    ("preview_edits", Rule::AtLeast(Role::Viewer)),
    ("list_attention", Rule::AtLeast(Role::Viewer)),
    ("list_returns", Rule::AtLeast(Role::Viewer)),
    ("get_return", Rule::AtLeast(Role::Viewer)),
    ("announce_return", Rule::AtLeast(Role::Operator)),
    ("receive_return", Rule::AtLeast(Role::Operator)),
    ("decide_return_stock", Rule::AtLeast(Role::Operator)),
    ("decide_return_customer", Rule::AtLeast(Role::Operator)),
    ("split_return_item", Rule::AtLeast(Role::Operator)),
    ("cancel_return", Rule::AtLeast(Role::Operator)),
    ("list_transfers", Rule::AtLeast(Role::Viewer)),
    ("get_transfer", Rule::AtLeast(Role::Viewer)),
    ("announce_transfer", Rule::AtLeast(Role::Operator)),
    ("advance_transfer", Rule::AtLeast(Role::Operator)),
    ("receive_transfer", Rule::AtLeast(Role::Operator)),
    ("put_away_transfer", Rule::AtLeast(Role::Operator)),
    ("explain_transfer", Rule::AtLeast(Role::Operator)),
    ("list_stock", Rule::AtLeast(Role::Viewer)),
    ("get_stock", Rule::AtLeast(Role::Viewer)),
    ("set_safety_stock", Rule::AtLeast(Role::Operator)),
    ("block_stock", Rule::AtLeast(Role::Operator)),
    ("unblock_stock", Rule::AtLeast(Role::Operator)),
    ("earmark_stock", Rule::AtLeast(Role::Operator)),
    ("correct_stock", Rule::AtLeast(Role::Operator)),
    ("list_articles", Rule::AtLeast(Role::Viewer)),
    ("get_article", Rule::AtLeast(Role::Viewer)),
    ("change_article", Rule::AtLeast(Role::Operator)),
    ("get_routing_rules", Rule::AtLeast(Role::Viewer)),
    ("get_routing_version", Rule::AtLeast(Role::Viewer)),
    ("get_hold_version", Rule::AtLeast(Role::Viewer)),
    ("change_routing_rules", Rule::AtLeast(Role::Admin)),
    ("try_routing_rules", Rule::AtLeast(Role::Operator)),
    ("get_hold_rules", Rule::AtLeast(Role::Viewer)),
    ("change_hold_rules", Rule::AtLeast(Role::Admin)),
    ("try_hold_rules", Rule::AtLeast(Role::Operator)),
    ("list_calendars", Rule::AtLeast(Role::Viewer)),
    ("change_calendar", Rule::AtLeast(Role::Admin)),
    ("get_edit_windows", Rule::AtLeast(Role::Viewer)),
    ("change_edit_windows", Rule::AtLeast(Role::Admin)),
    ("get_flow", Rule::AtLeast(Role::Viewer)),
    ("list_connections", Rule::AtLeast(Role::Viewer)),
    ("list_connectors", Rule::AtLeast(Role::Viewer)),
    ("add_connection", Rule::AtLeast(Role::Admin)),
    ("check_connection", Rule::AtLeast(Role::Operator)),
    ("pause_connection", Rule::AtLeast(Role::Admin)),
    ("resume_connection", Rule::AtLeast(Role::Admin)),
    ("list_services", Rule::AtLeast(Role::Viewer)),
];

/// The rule of an operation.
#[must_use]
pub fn rule(operation_id: &str) -> Option<Rule> {
    RULES.iter().find(|(id, _)| *id == operation_id).map(|(_, rule)| *rule)
}

/// The rules by method and path, made from the API document, so that an operation cannot slip past its rule.
#[derive(Debug, Clone)]
pub struct Gate(Arc<HashMap<(Method, String), Rule>>);

impl Gate {
    /// The gate of the operations of `document`. Operations without a rule have no entry and are refused.
    #[must_use]
    pub fn new(document: &OpenApi) -> Self {
        let mut rules = HashMap::new();
        for (path, item) in &document.paths.paths {
            let operations = [
                (Method::GET, &item.get),
                (Method::PUT, &item.put),
                (Method::POST, &item.post),
                (Method::DELETE, &item.delete),
                (Method::PATCH, &item.patch),
            ];
            for (method, operation) in operations {
                let id = operation.as_ref().and_then(|operation| operation.operation_id.as_deref());
                if let Some(rule) = id.and_then(rule) {
                    rules.insert((method, path.clone()), rule);
                }
            }
        }
        Self(Arc::new(rules))
    }

    /// Whether `caller` may do what `method` on the matched `path` does.
    ///
    /// # Errors
    /// 401 for a caller who has to sign in first, 403 for one whose role is too small or when there is no rule.
    pub fn admit(&self, caller: &Caller, method: &Method, path: &str) -> Result<(), ApiError> {
        let method = if method == Method::HEAD { Method::GET } else { method.clone() };
        match (self.0.get(&(method, path.to_owned())), caller.role()) {
            (Some(Rule::Anyone), _) => Ok(()),
            (Some(Rule::AtLeast(needed)), Some(role)) if role >= *needed => Ok(()),
            (Some(Rule::AtLeast(needed)), Some(role)) => Err(ApiError::forbidden(role, *needed)),
            (_, None) => Err(ApiError::unauthenticated()),
            (None, Some(_)) => Err(ApiError::no_rule(path)),
        }
    }
}

/// Lets a request through to its handler when its caller may do it.
pub(crate) async fn guard(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let caller = Caller::of(request.extensions());
    let path = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    match gate.admit(&caller, request.method(), path) {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

/// A signed-in caller with a name, for handlers that record who did something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Where the call came from.
    pub kind: CallerKind,
    /// Who, as the journal shows it.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

impl Person {
    /// As the journal records it.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::person(&self.name)
    }

    /// What they are in the business, which decides about single edits. One operator runs this installation, so whoever
    /// may change orders holds every business role; a team's roles come with its sign-in.
    #[must_use]
    pub fn holder(&self) -> Holder {
        use switchyard_core::role::Role as Business;
        match self.role {
            Role::Viewer => Holder::of(&[Business::Viewer]),
            Role::Operator => {
                Holder::everywhere(&[Business::BackOfficeAgent, Business::BackOfficeLead, Business::WarehouseLead])
            }
            Role::Admin => Holder::everywhere(&[
                Business::BackOfficeAgent,
                Business::BackOfficeLead,
                Business::WarehouseLead,
                Business::Admin,
            ]),
        }
    }

    /// Prefix that keeps the idempotency keys of two callers apart.
    #[must_use]
    pub fn scope(&self) -> String {
        let kind = match self.kind {
            CallerKind::Desktop => "desktop",
            CallerKind::Token => "token",
            CallerKind::Session => "session",
            CallerKind::Anonymous => "anonymous",
        };
        format!("{kind}:{}", self.name)
    }
}

impl FromRequestParts<AppState> for Person {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        match Caller::of(&parts.extensions) {
            // Every window shows the same person: the one who is signed in to this machine.
            Caller::Desktop { .. } => {
                Ok(Self { kind: CallerKind::Desktop, name: state.operator.to_string(), role: Role::Admin })
            }
            Caller::Token { name, role } => Ok(Self { kind: CallerKind::Token, name, role }),
            Caller::Session { name, role } => Ok(Self { kind: CallerKind::Session, name, role }),
            Caller::Anonymous => Err(ApiError::unauthenticated()),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn caller(role: Role) -> Caller {
        Caller::Token { name: "t".to_owned(), role }
    }

    #[test]
    fn every_operation_of_the_document_has_a_rule_and_only_health_and_sign_in_are_open() {
        let document = crate::openapi();
        let mut seen = Vec::new();
        for item in document.paths.paths.values() {
            for operation in [&item.get, &item.put, &item.post, &item.delete, &item.patch].into_iter().flatten() {
                let id = operation.operation_id.as_deref().unwrap();
                let rule = rule(id).unwrap_or_else(|| panic!("operation {id} has no rule in caller.rs"));
                assert_eq!(
                    rule == Rule::Anyone,
                    ["get_health", "sign_in"].contains(&id),
                    "{id}: only these two may be called without signing in"
                );
                seen.push(id.to_owned());
            }
        }
        for (id, _) in RULES {
            assert!(seen.iter().any(|known| known == id), "rule for {id}, which is no operation of the document");
        }
    }

    #[test]
    fn each_role_may_do_what_its_rule_says_and_an_anonymous_caller_nothing_else() {
        let document = crate::openapi();
        let gate = Gate::new(&document);
        for (path, item) in &document.paths.paths {
            let operations = [(Method::GET, &item.get), (Method::PUT, &item.put), (Method::POST, &item.post)];
            for (method, operation) in operations {
                let Some(operation) = operation else { continue };
                let needed = rule(operation.operation_id.as_deref().unwrap()).unwrap();
                for role in [Role::Viewer, Role::Operator, Role::Admin] {
                    let admitted = gate.admit(&caller(role), &method, path).is_ok();
                    let expected = match needed {
                        Rule::Anyone => true,
                        Rule::AtLeast(least) => role >= least,
                    };
                    assert_eq!(admitted, expected, "{method} {path} as {role:?}");
                }
                let anonymous = gate.admit(&Caller::Anonymous, &method, path).is_ok();
                assert_eq!(anonymous, needed == Rule::Anyone, "{method} {path} as nobody");
            }
        }
    }

    #[test]
    fn an_operation_without_a_rule_is_refused_even_for_an_admin() {
        let gate = Gate::new(&crate::openapi());
        assert!(gate.admit(&caller(Role::Admin), &Method::POST, "/api/v1/forgotten").is_err());
    }
}
