//! Every operation, one module per noun, DTOs beside their handlers.

pub mod articles;
pub mod attention;
pub mod calendars;
pub mod connections;
pub mod edits;
pub mod events;
pub mod flow;
pub mod health;
pub mod metrics;
pub mod orders;
pub mod proposals;
pub mod returns;
pub mod rule_versions;
pub mod rules;
pub mod services;
pub mod session;
pub mod stock;
pub mod transfers;
pub mod write_backs;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::AppState;

/// Beside the API, because that is where monitoring systems look.
pub(crate) fn metrics() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(metrics::get_metrics))
}

/// Operations every transport has: no streaming, no cookies, no redirects.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(health::get_health))
        .routes(routes!(session::get_session))
        .routes(routes!(orders::list_orders))
        .routes(routes!(orders::get_order))
        .routes(routes!(orders::get_order_raw))
        .routes(routes!(orders::get_order_timeline))
        .routes(routes!(edits::edit_order_address))
        .routes(routes!(edits::edit_line_quantity))
        .routes(routes!(edits::place_hold))
        .routes(routes!(edits::lift_hold))
        .routes(routes!(edits::release_order))
        .routes(routes!(edits::cancel_order))
        .routes(routes!(edits::edit_order))
        .routes(routes!(edits::preview_edits))
        .routes(routes!(edits::settle_attention))
        .routes(routes!(attention::list_attention))
        .routes(routes!(proposals::propose_edits))
        .routes(routes!(proposals::get_approval, proposals::change_approval))
        .routes(routes!(write_backs::retry_write_back))
        .routes(routes!(write_backs::waive_write_back))
        .routes(routes!(returns::list_returns, returns::announce_return))
        .routes(routes!(returns::get_return))
        .routes(routes!(returns::receive_return))
        .routes(routes!(returns::decide_return_stock))
        .routes(routes!(returns::decide_return_customer))
        .routes(routes!(returns::split_return_item))
        .routes(routes!(returns::cancel_return))
        .routes(routes!(transfers::list_transfers, transfers::announce_transfer))
        .routes(routes!(transfers::get_transfer))
        .routes(routes!(transfers::advance_transfer))
        .routes(routes!(transfers::receive_transfer))
        .routes(routes!(transfers::put_away_transfer))
        .routes(routes!(transfers::explain_transfer))
        .routes(routes!(stock::list_stock))
        .routes(routes!(stock::get_stock))
        .routes(routes!(stock::set_safety_stock))
        .routes(routes!(stock::block_stock))
        .routes(routes!(stock::unblock_stock))
        .routes(routes!(stock::earmark_stock))
        .routes(routes!(stock::correct_stock))
        .routes(routes!(articles::list_articles))
        .routes(routes!(articles::get_article, articles::change_article))
        .routes(routes!(rules::get_routing_rules, rules::change_routing_rules))
        .routes(routes!(rules::try_routing_rules))
        .routes(routes!(rule_versions::get_routing_version))
        .routes(routes!(rule_versions::get_hold_version))
        .routes(routes!(rules::get_hold_rules, rules::change_hold_rules))
        .routes(routes!(rules::try_hold_rules))
        .routes(routes!(calendars::list_calendars))
        .routes(routes!(calendars::change_calendar))
        .routes(routes!(calendars::get_edit_windows, calendars::change_edit_windows))
        .routes(routes!(flow::get_flow))
        .routes(routes!(connections::list_connections, connections::add_connection))
        .routes(routes!(connections::list_connectors))
        .routes(routes!(connections::check_connection))
        .routes(routes!(connections::pause_connection))
        .routes(routes!(connections::resume_connection))
        .routes(routes!(services::list_services))
}

/// Operations only TCP has.
pub(crate) fn daemon_routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(session::sign_in, session::sign_out)).routes(routes!(events::stream_events))
}
