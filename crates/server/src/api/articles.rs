//! Articles: what is known of them beside their stock, in versions.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use switchyard_core::article::Article;
use switchyard_core::bundle::{Bundles, Component, Keeping};
use switchyard_core::connection::Warehouse;
use switchyard_core::id::WarehouseId;
use switchyard_core::quantity::{Quantity, Sku};
use switchyard_core::stock::StockLevel;
use switchyard_engine::policy::Versioned;
use utoipa::ToSchema;

use super::rules::{PolicyVersion, change};
use crate::app::AppState;
use crate::caller::Person;
use crate::extract::{Body, IdempotencyKey, Path};
use crate::problem::{ApiError, ProblemDocument};

/// What a warehouse can ship of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ArticlePlace {
    /// The warehouse.
    pub warehouse: WarehouseId,
    /// Its name.
    pub name: String,
    /// How it keeps the article, if that is a bundle.
    pub keeping: Keeping,
    /// Units that may still be promised there: sets that can be made of what is on the shelf, or what it has.
    #[schema(value_type = u32)]
    pub available: Quantity,
}

/// An article with who wrote it and what there is of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ArticleDetail {
    /// The version that holds; 0 when nobody has said anything about it.
    pub version: PolicyVersion,
    /// What is known of it.
    pub article: Article,
    /// Every warehouse, by rank.
    pub places: Vec<ArticlePlace>,
}

/// Articles somebody has said something about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ArticleList {
    /// By SKU.
    pub items: Vec<ArticleDetail>,
}

/// What is known of an article from now on.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleChange {
    /// The version it was made from; 0 for the first.
    pub base: i64,
    /// Why, in the person's words.
    pub reason: String,
    /// What one unit is made of; empty for an article that is no bundle.
    pub components: Vec<Component>,
    /// Warehouses that receive the bundle as one article; the others receive its components.
    #[serde(default)]
    pub whole_at: Vec<WarehouseId>,
}

async fn shown(state: &AppState, known: Vec<Versioned<Article>>) -> Result<Vec<ArticleDetail>, ApiError> {
    let store = state.engine.store();
    let warehouses = store.warehouses().await?;
    let mut skus: Vec<Sku> = Vec::new();
    for article in known.iter().map(|known| &known.value) {
        skus.push(article.sku.clone());
        skus.extend(article.components.iter().map(|component| component.sku.clone()));
    }
    let levels = store.stock_of(&skus).await?;
    Ok(known.iter().map(|known| detail(known, &warehouses, &levels)).collect())
}

fn detail(known: &Versioned<Article>, warehouses: &[Warehouse], levels: &[StockLevel]) -> ArticleDetail {
    let article = known.value.clone();
    // Alone it cannot contradict others; what contradicts itself was never stored.
    let bundles = Bundles::new(article.bundle()).unwrap_or_default();
    let place = |warehouse: &Warehouse| {
        let level = |sku: &Sku| levels.iter().find(|level| level.warehouse == warehouse.id && &level.sku == sku);
        let available = |sku: &Sku| level(sku).map_or(0, StockLevel::available);
        ArticlePlace {
            warehouse: warehouse.id.clone(),
            name: warehouse.name.clone(),
            keeping: article.keeping.get(&warehouse.id).copied().unwrap_or_default(),
            available: bundles.shippable(&article.sku, &warehouse.id, available),
        }
    };
    ArticleDetail { version: known.into(), places: warehouses.iter().map(place).collect(), article: article.clone() }
}

/// Lists the articles somebody has said something about.
#[utoipa::path(
    get, path = "/articles", tag = "stock", operation_id = "list_articles",
    responses(
        (status = 200, description = "All of them", body = ArticleList),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn list_articles(State(state): State<AppState>) -> Result<Json<ArticleList>, ApiError> {
    let known = state.engine.articles().await?;
    Ok(Json(ArticleList { items: shown(&state, known).await? }))
}

async fn one(state: &AppState, known: Versioned<Article>) -> Result<Json<ArticleDetail>, ApiError> {
    let sku = known.value.sku.clone();
    let shown = shown(state, vec![known]).await?.pop();
    shown.map(Json).ok_or_else(|| ApiError::not_found("article", &sku))
}

/// Reads what is known of an article; of one that nobody has said anything about, version 0.
#[utoipa::path(
    get, path = "/articles/{sku}", tag = "stock", operation_id = "get_article",
    params(("sku" = String, Path, description = "The SKU")),
    responses(
        (status = 200, description = "The article", body = ArticleDetail),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn get_article(
    State(state): State<AppState>,
    Path(sku): Path<String>,
) -> Result<Json<ArticleDetail>, ApiError> {
    let known = state.engine.article(&Sku::new(&sku)).await?;
    one(&state, known).await
}

/// Writes what is known of an article. It counts for whatever is planned from then on.
#[utoipa::path(
    put, path = "/articles/{sku}", tag = "stock", operation_id = "change_article",
    params(
        ("sku" = String, Path, description = "The SKU"),
        ("Idempotency-Key" = String, Header, description = "A new one for each new wish")
    ),
    request_body = ArticleChange,
    responses(
        (status = 200, description = "The article now", body = ArticleDetail),
        (status = "default", description = "A problem", body = ProblemDocument, content_type = "application/problem+json")
    )
)]
pub async fn change_article(
    State(state): State<AppState>,
    person: Person,
    key: IdempotencyKey,
    Path(sku): Path<String>,
    Body(body): Body<ArticleChange>,
) -> Result<Json<ArticleDetail>, ApiError> {
    let change = change(body.base, body.reason, &person, &key)?;
    let keeping: BTreeMap<WarehouseId, Keeping> =
        body.whole_at.into_iter().map(|warehouse| (warehouse, Keeping::Whole)).collect();
    let article = Article { sku: Sku::new(&sku), components: body.components, keeping };
    let known = state.engine.set_article(change, article).await?;
    one(&state, known).await
}
