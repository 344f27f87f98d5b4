//! Random orders with every kind of constraint.

use proptest::prelude::*;
use switchyard_core::plan::{Level, ParcelPrice, PlanInput, PlanLine, PlanStock, PlanWarehouse};

/// An order line without anything special about it.
pub(crate) fn line(id: &str, sku: &str, quantity: u32) -> PlanLine {
    PlanLine {
        id: id.into(),
        sku: sku.into(),
        quantity,
        unit_value: 1000,
        unit_weight: 400,
        pinned_warehouse: None,
        ship_group: None,
        splittable: true,
    }
}

/// A warehouse without anything special about it.
pub(crate) fn warehouse(id: &str, rank: i64) -> PlanWarehouse {
    PlanWarehouse {
        id: id.into(),
        rank,
        eligible: true,
        ineligible_reason: None,
        late_hours: 0,
        handling: 0,
        unit_handling: 0,
        capacity_units: None,
        excluded_skus: [].into(),
        parcels: vec![],
    }
}

/// An order of these.
pub(crate) fn order(lines: Vec<PlanLine>, warehouses: Vec<PlanWarehouse>, stock: &[(&str, &str, u32)]) -> PlanInput {
    PlanInput {
        id: "ord_1".into(),
        lines,
        ship_complete: false,
        max_warehouses: None,
        min_part_value: 0,
        objective: vec![Level::Late, Level::Warehouses, Level::Cost],
        warehouses,
        stock: stock
            .iter()
            .map(|&(warehouse, sku, available)| PlanStock { warehouse: warehouse.into(), sku: sku.into(), available })
            .collect(),
    }
}

fn levels() -> impl Strategy<Value = Vec<Level>> {
    (Just(vec![Level::Late, Level::Warehouses, Level::Cost]).prop_shuffle(), 0..=3_usize, any::<bool>()).prop_map(
        |(mut levels, kept, default)| {
            if default {
                return vec![Level::Late, Level::Warehouses, Level::Cost];
            }
            levels.truncate(kept);
            levels
        },
    )
}

prop_compose! {
    fn any_line(number: usize, warehouses: usize)(
        sku in prop_oneof![4 => Just(number), 1 => 0..3_usize],
        quantity in prop_oneof![1 => Just(0_u32), 9 => 1..=3_u32],
        unit_value in prop_oneof![1 => Just(0_i64), 2 => Just(100), 2 => 1..=400_i64],
        unit_weight in prop_oneof![1 => Just(0_u32), 4 => 1..=900_u32],
        pin in prop_oneof![6 => Just(None), 1 => (0..=warehouses).prop_map(Some)],
        group in prop_oneof![4 => Just(None), 1 => Just(Some("g".to_owned())), 1 => Just(Some("h".to_owned()))],
        splittable in prop_oneof![3 => Just(true), 1 => Just(false)],
    ) -> PlanLine {
        PlanLine {
            id: format!("l{number}"),
            sku: format!("S{sku}"),
            quantity,
            unit_value,
            unit_weight,
            pinned_warehouse: pin.map(|warehouse| format!("w{warehouse}")),
            ship_group: group,
            splittable,
        }
    }
}

prop_compose! {
    fn any_warehouse(number: usize)(
        rank in -2..4_i64,
        eligible in prop_oneof![9 => Just(true), 1 => Just(false)],
        late_hours in prop_oneof![3 => Just(0_i64), 1 => 0..=3_i64],
        handling in prop_oneof![1 => Just(0_i64), 1 => 0..=100_i64],
        unit_handling in prop_oneof![1 => Just(0_i64), 1 => 0..=20_i64],
        capacity_units in prop_oneof![3 => Just(None), 1 => (0..=5_u32).prop_map(Some)],
        excluded in prop_oneof![4 => Just(None), 1 => (0..3_usize).prop_map(Some)],
        parcels in prop_oneof![
            1 => Just(vec![]),
            2 => Just(vec![(1000_u32, 390_i64), (5000, 590)]),
            2 => proptest::collection::vec((0..=2500_u32, 0..=300_i64), 1..=3),
        ],
    ) -> PlanWarehouse {
        PlanWarehouse {
            id: format!("w{number}"),
            rank,
            eligible,
            ineligible_reason: (!eligible).then(|| "closed".to_owned()),
            late_hours,
            handling,
            unit_handling,
            capacity_units,
            excluded_skus: excluded.map(|sku| format!("S{sku}")).into_iter().collect(),
            parcels: parcels.into_iter().map(|(up_to, price)| ParcelPrice { up_to, price }).collect(),
        }
    }
}

/// Any order of at most so many lines and warehouses.
pub(crate) fn any_order(most_lines: usize, most_warehouses: usize) -> impl Strategy<Value = PlanInput> {
    (1..=most_lines, 1..=most_warehouses)
        .prop_flat_map(|(lines, warehouses)| {
            (
                (0..lines).map(|number| any_line(number, warehouses)).collect::<Vec<_>>(),
                (0..warehouses).map(any_warehouse).collect::<Vec<_>>(),
                proptest::collection::vec(prop_oneof![1 => Just(0_u32), 4 => 1..=4_u32], warehouses * 3),
                prop_oneof![4 => Just(false), 1 => Just(true)],
                prop_oneof![3 => Just(None), 1 => (0..=3_u32).prop_map(Some)],
                prop_oneof![3 => Just(0_i64), 1 => 0..=500_i64],
                levels(),
                any::<bool>(),
            )
        })
        .prop_map(|(lines, warehouses, units, ship_complete, max_warehouses, min_part_value, objective, backwards)| {
            let mut stock = Vec::new();
            for (number, available) in units.into_iter().enumerate() {
                stock.push(PlanStock {
                    warehouse: format!("w{}", number / 3),
                    sku: format!("S{}", number % 3),
                    available,
                });
            }
            let mut order = PlanInput {
                id: "ord_1".into(),
                lines,
                ship_complete,
                max_warehouses,
                min_part_value,
                objective,
                warehouses,
                stock,
            };
            if backwards {
                order.lines.reverse();
                order.warehouses.reverse();
            }
            order
        })
}
