//! Warehouse calendars and edit windows.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use switchyard_core::calendar::Calendar;
use switchyard_core::id::{ConnectionId, WarehouseId};
use switchyard_core::time::Timestamp;
use switchyard_core::window::WindowChoice;
use switchyard_engine::policy::Versioned;
use utoipa::ToSchema;

use super::rules::{PolicyVersion, change};
use crate::app::AppState;
use crate::caller::Person;
use crate::extract::{Body, IdempotencyKey, Path};
use crate::problem::{ApiError, ProblemDocument};

/// A warehouse's working days and cut-offs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WarehouseCalendar {
    /// The warehouse.
    pub warehouse: WarehouseId,
    /// Its name.
    pub name: String,
    /// The version that holds; 0 without a calendar.
    pub version: PolicyVersion,
    /// The calendar; `None` when nobody has written one.
    pub calendar: Option<Calendar>,
    /// The next default cut-off; `None` without a calendar, or when it has none.
    pub next_cut_off: Option<Timestamp>,
}

/// Every warehouse's calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CalendarList {
    /// By the warehouses' rank.
    pub items: Vec<WarehouseCalendar>,
}

/// A warehouse's next calendar.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarChange {
    /// The version it was made from; 0 for the first.
    pub base: i64,
    /// Why, in the person's words.
    pub reason: String,
    /// The whole calendar.
    pub calendar: Calendar,
}

/// A shop's own edit window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ShopWindow {
    /// The shop.
    pub shop: ConnectionId,
    /// Its name.
    pub name: String,
    /// Seconds after receipt.
    pub seconds: u32,
}

/// Edit windows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EditWindowsDetail {
    /// The version that holds; 0 when nobody has written any.
    pub version: PolicyVersion,
    /// What holds where no choice applies: each shop's own window, set with its connection.
    pub defaults: Vec<ShopWindow>,
    /// Where it differs. The most special choice holds: shop and warehouse, then shop, then warehouse; the first of equals.
    pub choices: Vec<WindowChoice>,
}

/// The next edit windows.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditWindowsChange {
    /// The version they were made from.
    pub base: i64,
    /// Why, in the person's words.
    pub reason: String,
    /// All choices from now on.
    pub choices: Vec<WindowChoice>,
}

fn shown(
    warehouse: WarehouseId,
    name: String,
    known: Option<&Versioned<Calendar>>,
    now: Timestamp,
) -> WarehouseCalendar {
    let none = PolicyVersion { version: 0, at: None, author: String::new(), reason: String::new() };
    let calendar = known.map(|known| known.value.clone());
    WarehouseCalendar {
        warehouse,
        name,
        version: known.map_or(none, Into::into),
        next_cut_off: calendar.as_ref().and_then(|calendar| calendar.next_cut_off(now, "")),
        calendar,
    }
}

/// Lists every warehouse's calendar.
#[utoipa::path(
    get, path = "/calendars", tag = "calendars", operation_id = "list_calendars",
    responses(
        (status = 200, description = "One entry for each warehouse", body = CalendarList),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn list_calendars(State(state): State<AppState>) -> Result<Json<CalendarList>, ApiError> {
    let calendars = state.engine.calendars().await?;
    let now = state.engine.now();
    let warehouses = state.engine.store().warehouses().await?;
    let items = warehouses.into_iter().map(|place| {
        let known = calendars.get(&place.id);
        shown(place.id, place.name, known, now)
    });
    Ok(Json(CalendarList { items: items.collect() }))
}

/// Writes a warehouse's calendar. It counts for whatever is planned from then on.
#[utoipa::path(
    put, path = "/calendars/{warehouse}", tag = "calendars", operation_id = "change_calendar",
    params(
        ("warehouse" = WarehouseId, Path, description = "The warehouse"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    request_body = CalendarChange,
    responses(
        (status = 200, description = "The calendar that holds now", body = WarehouseCalendar),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn change_calendar(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path(warehouse): Path<WarehouseId>,
    Body(body): Body<CalendarChange>,
) -> Result<Json<WarehouseCalendar>, ApiError> {
    let change = change(body.base, body.reason, &person, &key)?;
    let places = state.engine.store().warehouses().await?;
    let place = places.into_iter().find(|place| place.id == warehouse);
    let place = place.ok_or_else(|| ApiError::not_found("warehouse", &warehouse))?;
    let known = state.engine.set_calendar(change, &warehouse, body.calendar).await?;
    Ok(Json(shown(warehouse, place.name, Some(&known), state.engine.now())))
}

async fn detail(state: &AppState, known: Versioned<Vec<WindowChoice>>) -> Result<Json<EditWindowsDetail>, ApiError> {
    let connections = state.engine.store().connections().await?;
    let shops = connections.into_iter().filter(|connection| connection.side == switchyard_core::connection::Side::Shop);
    let defaults = shops.map(|shop| ShopWindow { shop: shop.id, name: shop.name, seconds: shop.edit_window_seconds });
    Ok(Json(EditWindowsDetail { version: (&known).into(), defaults: defaults.collect(), choices: known.value }))
}

/// Reads the edit windows.
#[utoipa::path(
    get, path = "/edit-windows", tag = "calendars", operation_id = "get_edit_windows",
    responses(
        (status = 200, description = "The windows that hold", body = EditWindowsDetail),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn get_edit_windows(State(state): State<AppState>) -> Result<Json<EditWindowsDetail>, ApiError> {
    let known = state.engine.edit_windows().await?;
    detail(&state, known).await
}

/// Writes the edit windows. They count for whatever is planned from then on.
#[utoipa::path(
    put, path = "/edit-windows", tag = "calendars", operation_id = "change_edit_windows",
    params(("Idempotency-Key" = String, Header, description = "A new one for each new wish")),
    request_body = EditWindowsChange,
    responses(
        (status = 200, description = "The windows that hold now", body = EditWindowsDetail),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn change_edit_windows(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Body(body): Body<EditWindowsChange>,
) -> Result<Json<EditWindowsDetail>, ApiError> {
    let change = change(body.base, body.reason, &person, &key)?;
    let known = state.engine.set_edit_windows(change, body.choices).await?;
    detail(&state, known).await
}
