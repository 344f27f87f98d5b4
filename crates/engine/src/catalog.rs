//! What is known of articles beside their stock: each in versions, like a policy, under its SKU.

use std::collections::BTreeSet;

use serde_json::json;
use switchyard_core::article::Article;
use switchyard_core::bundle::{Bundle, Bundles};
use switchyard_core::quantity::Sku;
use switchyard_core::unreadable::Unreadable;
use switchyard_store::Store;
use switchyard_store::contract::Write;
use switchyard_store::error::Result;

use crate::Inner;
use crate::flow::{order_route, stock_pull};
use crate::policy::{self, PolicyChange, PolicyError, Versioned};

/// The kind of setting an article is.
const ARTICLE: &str = "article";

fn together(bundles: impl IntoIterator<Item = Bundle>) -> Result<Bundles> {
    Bundles::new(bundles).map_err(|error| switchyard_store::Error::Backend(format!("stored {ARTICLE}: {error}")))
}

/// Every article somebody has said something about, by SKU.
pub(crate) async fn articles(store: &dyn Store) -> Result<Vec<Versioned<Article>>> {
    store.settings(ARTICLE).await?.into_iter().map(policy::read).collect()
}

/// What is known of one article.
pub(crate) async fn article(store: &dyn Store, sku: &Sku) -> Result<Versioned<Article>> {
    match store.settings_named(ARTICLE, &[sku.as_str()]).await?.pop() {
        Some(setting) => policy::read(setting),
        None => Ok(Versioned::unwritten(Article::plain(sku.clone()))),
    }
}

/// Those of some articles that are bundles.
pub(crate) async fn bundles_of(store: &dyn Store, skus: &[Sku]) -> Result<Bundles> {
    let names: Vec<&str> = skus.iter().map(Sku::as_str).collect();
    let mut bundles = Vec::new();
    for setting in store.settings_named(ARTICLE, &names).await? {
        bundles.extend(policy::read::<Article>(setting)?.value.bundle());
    }
    together(bundles)
}

/// Every bundle there is.
pub(crate) async fn bundles(store: &dyn Store) -> Result<Bundles> {
    together(articles(store).await?.into_iter().filter_map(|known| known.value.bundle()))
}

/// Which of these articles no warehouse can ship because none has ever reported them: a bundle counts as known when its
/// components are, and else they are named.
pub(crate) async fn unknown_skus(store: &dyn Store, skus: &[Sku]) -> Result<Vec<Sku>> {
    let unreported = store.unknown_skus(skus).await?;
    if unreported.is_empty() {
        return Ok(unreported);
    }
    let bundles = bundles_of(store, &unreported).await?;
    let mut wanted: Vec<Sku> = Vec::new();
    for sku in unreported {
        match bundles.get(&sku) {
            Some(bundle) => wanted.extend(bundle.components.iter().map(|component| component.sku.clone())),
            None => wanted.push(sku),
        }
    }
    store.unknown_skus(&wanted).await
}

/// Writes what is known of an article. It counts for whatever is planned from then on: parts that are planned stay as they
/// are, orders that wait are planned again.
pub(crate) async fn set_article(
    inner: &Inner,
    change: PolicyChange,
    after: Article,
) -> std::result::Result<Versioned<Article>, PolicyError> {
    after.check()?;
    fits_the_others(inner, &after).await?;
    let before = article(&*inner.store, &after.sku).await?;
    let now = inner.clock.now();
    let mut then = vec![Write::Job(inner.job("plan_together", order_route::TOGETHER, now))];
    for order in stock_pull::blocked_orders(inner).await? {
        then.push(Write::Job(inner.job("validate", order.as_str(), now)));
    }
    let (sku, says) = (after.sku.clone(), json!(after));
    policy::write(inner, ARTICLE, sku.as_str(), change, before, after, &says, then).await
}

/// No bundle within a bundle, no warehouse that does not exist.
async fn fits_the_others(inner: &Inner, after: &Article) -> std::result::Result<(), PolicyError> {
    let places: BTreeSet<_> = inner.store.warehouses().await?.into_iter().map(|place| place.id).collect();
    if let Some(unknown) = after.keeping.keys().find(|place| !places.contains(place)) {
        return Err(Unreadable::new(format!("keeping.{unknown}"), "there is no such warehouse").into());
    }
    if after.components.is_empty() {
        return Ok(());
    }
    let known = bundles(&*inner.store).await?;
    for (place, component) in after.components.iter().enumerate() {
        if known.get(&component.sku).is_some() {
            let detail = format!("{} is a bundle itself", component.sku);
            return Err(Unreadable::new(format!("components[{place}].sku"), detail).into());
        }
    }
    let contains = |bundle: &&Bundle| bundle.components.iter().any(|component| component.sku == after.sku);
    match known.iter().find(contains) {
        Some(bundle) => {
            Err(Unreadable::new("components", format!("it is a component of {} itself", bundle.sku)).into())
        }
        None => Ok(()),
    }
}
