//! Every way to ship a small order that could be part of a best batch.

use super::batch::{Batch, Order};
use super::column::{Column, Part, keeps_rules};
use super::score::Levels;

/// All columns of an order that no other one beats or equals while it takes no more of what is contended; the best
/// first. `None` when there are more than `most` assignments to look at.
pub(super) fn all_columns(
    batch: &Batch<'_>,
    levels: &Levels,
    order: &Order<'_>,
    most: usize,
    effort: &mut u64,
) -> Option<Vec<Column>> {
    let mut ways: Vec<Vec<Vec<Part>>> = Vec::with_capacity(order.lines.len());
    let mut product = 1_usize;
    for line in 0..order.lines.len() {
        let spreads = ways_of(order, line, most)?;
        product = product.checked_mul(spreads.len()).filter(|product| *product <= most)?;
        ways.push(spreads);
    }
    *effort += (product * order.lines.len().max(1)) as u64;
    let mut found: Vec<Column> = Vec::with_capacity(product);
    let mut odometer = vec![0_usize; ways.len()];
    loop {
        let parts: Vec<Part> =
            ways.iter().zip(&odometer).flat_map(|(spreads, choice)| spreads[*choice].iter().copied()).collect();
        if keeps_rules(order, &parts) && in_stock(batch, order, &parts) {
            found.push(Column::new(batch, levels, order, parts));
        }
        let Some(wheel) = (0..odometer.len()).find(|wheel| odometer[*wheel] + 1 < ways[*wheel].len()) else { break };
        odometer[wheel] += 1;
        odometer[..wheel].fill(0);
    }
    found.sort_by(|a, b| a.score.cmp(&b.score).then_with(|| a.parts.cmp(&b.parts)));
    let mut kept: Vec<Column> = Vec::new();
    for column in found {
        *effort += kept.len() as u64 / 4;
        if !kept.iter().any(|better| better.takes_no_more_than(&column)) {
            let takes_nothing = column.usage.is_empty();
            kept.push(column);
            if takes_nothing {
                break;
            }
        }
    }
    Some(kept)
}

/// All ways to spread at most a line's quantity over the places.
fn ways_of(order: &Order<'_>, line: usize, limit: usize) -> Option<Vec<Vec<Part>>> {
    let facts = &order.lines[line];
    let places = || (0..order.places.len()).map(|place| (place, order.most[order.cell(line, place)]));
    let mut ways: Vec<Vec<Part>> = vec![Vec::new()];
    if order.grouped[line] {
        let whole = places().filter(|(_, most)| *most > 0 && *most == facts.quantity);
        ways.extend(whole.map(|(place, units)| vec![Part { line, place, units }]));
    } else if !facts.splittable {
        for (place, most) in places() {
            ways.extend((1..=most).map(|units| vec![Part { line, place, units }]));
            if ways.len() > limit {
                return None;
            }
        }
    } else {
        for (place, most) in places().filter(|(_, most)| *most > 0) {
            let mut longer = Vec::new();
            for way in &ways {
                let left = facts.quantity - way.iter().map(|part| part.units).sum::<u32>();
                if usize::try_from(left.min(most)).map_or(true, |more| longer.len() + more > limit) {
                    return None;
                }
                for units in 1..=left.min(most) {
                    let mut way = way.clone();
                    way.push(Part { line, place, units });
                    longer.push(way);
                }
            }
            ways.append(&mut longer);
            if ways.len() > limit {
                return None;
            }
        }
    }
    Some(ways)
}

/// Whether all of it is there, were the order alone.
fn in_stock(batch: &Batch<'_>, order: &Order<'_>, parts: &[Part]) -> bool {
    let shared_capacity = |place: usize| batch.available[batch.capacity(order.places[place].warehouse)];
    parts.iter().all(|part| {
        let here = || parts.iter().filter(|other| other.place == part.place);
        let of_sku = here().filter(|other| order.lines[other.line].sku == order.lines[part.line].sku);
        let units: u32 = of_sku.map(|other| other.units).sum();
        let all: u32 = here().map(|other| other.units).sum();
        units <= batch.available[batch.resource(order, part.line, part.place)] && all <= shared_capacity(part.place)
    })
}
