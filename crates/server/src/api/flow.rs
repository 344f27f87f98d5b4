//! Where orders stand and how fast they move: the numbers of the live map.

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use switchyard_core::connection::{Connection, Side, Warehouse};
use switchyard_core::fulfillment::FulfillmentState;
use switchyard_core::id::{ConnectionId, WarehouseId};
use switchyard_core::time::Timestamp;
use switchyard_engine::status::{ConnectionTraffic, Health, ServiceStatus};
use switchyard_store::contract::{FulfillmentCount, StageCount};
use switchyard_store::query::Stage;
use utoipa::ToSchema;

use crate::app::AppState;
use crate::flow_rates::Rates;
use crate::problem::{ApiError, ProblemDocument};

/// A shop on the map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FlowShop {
    /// Its connection.
    pub connection: ConnectionId,
    /// What people call it.
    pub name: String,
    /// Its connector.
    pub connector: String,
    /// How it is.
    pub health: Health,
    /// New orders in the last minute.
    pub orders_per_minute: u32,
    /// Its orders that no warehouse has yet.
    pub waiting: u64,
}

/// A stage on the map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FlowStage {
    /// Which.
    pub stage: Stage,
    /// Orders there.
    pub orders: u64,
    /// Last change of the one that has not moved for longest.
    pub oldest_at: Option<Timestamp>,
    /// Orders or parts that left it in the last minute, counted from the journal; 0 where only a person moves them.
    pub per_minute: u32,
    /// Pieces of work given up by the service that moves orders on from here.
    pub errors: u64,
}

/// A warehouse on the map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FlowWarehouse {
    /// Which.
    pub warehouse: WarehouseId,
    /// The connection that reaches it.
    pub connection: ConnectionId,
    /// What people call it.
    pub name: String,
    /// How its connection is.
    pub health: Health,
    /// Fulfillment orders on their way to it: queued, sent or unconfirmed.
    pub waiting: u64,
    /// Fulfillment orders it works on: accepted, in work or partly shipped.
    pub in_work: u64,
    /// Fulfillment orders sent to it in the last minute.
    pub handed_over_per_minute: u32,
    /// Shipments it reported in the last minute.
    pub shipped_per_minute: u32,
}

/// A way between two places of the map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FlowEdge {
    /// A connection id, a stage, or a warehouse id.
    pub from: String,
    /// A connection id, a stage, or a warehouse id.
    pub to: String,
    /// How much moves along it.
    pub per_minute: u32,
    /// How much waits at its start.
    pub backlog: u64,
    /// How much failed on it: calls of the last minute, or work given up.
    pub errors: u64,
}

/// The whole map at one instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Flow {
    /// When.
    pub at: Timestamp,
    /// Where orders come from, by creation.
    pub shops: Vec<FlowShop>,
    /// Every stage, in the order of an order's way.
    pub stages: Vec<FlowStage>,
    /// Where orders go, by rank.
    pub warehouses: Vec<FlowWarehouse>,
    /// What moves between them.
    pub edges: Vec<FlowEdge>,
}

/// Reads the live map.
#[utoipa::path(
    get, path = "/flow", tag = "flow", operation_id = "get_flow",
    responses(
        (status = 200, description = "The map now", body = Flow),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn get_flow(State(state): State<AppState>) -> Result<Json<Flow>, ApiError> {
    let store = state.engine.store();
    let facts = Facts {
        at: state.engine.now(),
        connections: store.connections().await?,
        warehouses: store.warehouses().await?,
        stages: store.stage_counts().await?,
        parts: store.fulfillment_counts().await?,
        traffic: state.engine.traffic().await?.into_iter().map(|one| (one.connection.clone(), one)).collect(),
        services: state.engine.services().await?,
        rates: state.rates.per_minute(&state.engine).await?,
    };
    Ok(Json(facts.flow()))
}

/// What the map is drawn from.
struct Facts {
    at: Timestamp,
    connections: Vec<Connection>,
    warehouses: Vec<Warehouse>,
    stages: Vec<StageCount>,
    parts: Vec<FulfillmentCount>,
    traffic: HashMap<ConnectionId, ConnectionTraffic>,
    services: Vec<ServiceStatus>,
    rates: Rates,
}

/// Stages in which no warehouse has the whole order yet.
const BEFORE_WAREHOUSE: [Stage; 8] = [
    Stage::Received,
    Stage::Blocked,
    Stage::Routing,
    Stage::Editable,
    Stage::Held,
    Stage::Releasing,
    Stage::Unconfirmed,
    Stage::Attention,
];

/// The journal entries that mean that something left a stage, and the service that moves it.
const fn departures(stage: Stage) -> (&'static [&'static str], &'static str) {
    match stage {
        Stage::Received => (&["order.accepted", "order.blocked"], "validate"),
        Stage::Routing => (&["order.planned"], "route"),
        Stage::Editable => (&["fulfillment.queued"], "release"),
        Stage::Releasing => (&["fulfillment.accepted"], "hand_over"),
        Stage::Unconfirmed => (&["fulfillment.adopted", "fulfillment.not_found"], "confirm"),
        Stage::InWarehouse => (&["shipment.booked"], "shipment_booking"),
        Stage::Shipped => (&["order.closed"], "write_back"),
        Stage::Blocked | Stage::Held | Stage::Closed | Stage::Cancelled | Stage::Attention => (&[], ""),
    }
}

impl Facts {
    fn flow(&self) -> Flow {
        let stages: Vec<FlowStage> = Stage::ALL.into_iter().map(|stage| self.stage(stage)).collect();
        let shops: Vec<FlowShop> = self.side(Side::Shop).map(|connection| self.shop(connection)).collect();
        let warehouses: Vec<FlowWarehouse> =
            self.warehouses.iter().map(|warehouse| self.warehouse(warehouse)).collect();
        let edges = self.edges(&shops, &stages, &warehouses);
        Flow { at: self.at, shops, stages, warehouses, edges }
    }

    fn side(&self, side: Side) -> impl Iterator<Item = &Connection> {
        self.connections.iter().filter(move |connection| connection.side == side)
    }

    fn shop(&self, connection: &Connection) -> FlowShop {
        let traffic = self.traffic.get(&connection.id);
        FlowShop {
            connection: connection.id.clone(),
            name: connection.name.clone(),
            connector: connection.connector.clone(),
            health: traffic.map_or(Health::Unknown, |traffic| traffic.health),
            orders_per_minute: self.rates.at("order.received", &connection.name),
            waiting: self
                .stages
                .iter()
                .filter(|count| count.shop == connection.id && BEFORE_WAREHOUSE.contains(&count.stage))
                .map(|count| count.orders)
                .sum(),
        }
    }

    fn stage(&self, stage: Stage) -> FlowStage {
        let counts = || self.stages.iter().filter(|count| count.stage == stage);
        let (kinds, service) = departures(stage);
        FlowStage {
            stage,
            orders: counts().map(|count| count.orders).sum(),
            oldest_at: counts().filter_map(|count| count.oldest).min(),
            per_minute: self.rates.of(kinds),
            errors: self.services.iter().filter(|status| status.name == service).map(|status| status.dead).sum(),
        }
    }

    fn warehouse(&self, warehouse: &Warehouse) -> FlowWarehouse {
        use FulfillmentState as F;
        let traffic = self.traffic.get(&warehouse.connection);
        let parts = |states: &[F]| {
            let own = self.parts.iter().filter(|count| count.warehouse == warehouse.id);
            own.filter(|count| states.contains(&count.state)).map(|count| count.count).sum()
        };
        FlowWarehouse {
            warehouse: warehouse.id.clone(),
            connection: warehouse.connection.clone(),
            name: warehouse.name.clone(),
            health: traffic.map_or(Health::Unknown, |traffic| traffic.health),
            waiting: parts(&[F::Queued, F::Sent, F::Unconfirmed]),
            in_work: parts(&[F::Accepted, F::InWork, F::PartlyShipped]),
            handed_over_per_minute: self.rates.at("fulfillment.sent", &warehouse.name),
            shipped_per_minute: self.rates.at("shipment.booked", warehouse.id.as_str()),
        }
    }

    fn edges(&self, shops: &[FlowShop], stages: &[FlowStage], warehouses: &[FlowWarehouse]) -> Vec<FlowEdge> {
        let errors_of =
            |id: &ConnectionId| self.traffic.get(id).map_or(0, |traffic| u64::from(traffic.traffic.errors_per_minute));
        let of_shop = |shop: &ConnectionId, stage: Stage| -> u64 {
            let own = self.stages.iter().filter(|count| &count.shop == shop && count.stage == stage);
            own.map(|count| count.orders).sum()
        };
        let mut edges = Vec::new();
        for shop in shops {
            edges.push(FlowEdge {
                from: shop.connection.to_string(),
                to: Stage::Received.as_str().to_owned(),
                per_minute: shop.orders_per_minute,
                backlog: of_shop(&shop.connection, Stage::Received),
                errors: errors_of(&shop.connection),
            });
        }
        for (from, to) in
            [(Stage::Received, Stage::Routing), (Stage::Routing, Stage::Editable), (Stage::Editable, Stage::Releasing)]
        {
            edges.extend(stages.iter().filter(|stage| stage.stage == from).map(|stage| FlowEdge {
                from: from.as_str().to_owned(),
                to: to.as_str().to_owned(),
                per_minute: stage.per_minute,
                backlog: stage.orders,
                errors: stage.errors,
            }));
        }
        for warehouse in warehouses {
            edges.push(FlowEdge {
                from: Stage::Releasing.as_str().to_owned(),
                to: warehouse.warehouse.to_string(),
                per_minute: warehouse.handed_over_per_minute,
                backlog: warehouse.waiting,
                errors: errors_of(&warehouse.connection),
            });
            edges.push(FlowEdge {
                from: warehouse.warehouse.to_string(),
                to: Stage::Shipped.as_str().to_owned(),
                per_minute: warehouse.shipped_per_minute,
                backlog: warehouse.in_work,
                errors: 0,
            });
        }
        for shop in shops {
            let sent = self.traffic.get(&shop.connection).map_or(0, |traffic| traffic.traffic.sent_per_minute);
            edges.push(FlowEdge {
                from: Stage::Shipped.as_str().to_owned(),
                to: shop.connection.to_string(),
                per_minute: sent,
                backlog: of_shop(&shop.connection, Stage::Shipped),
                errors: errors_of(&shop.connection),
            });
        }
        edges
    }
}
