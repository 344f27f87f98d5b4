//! Random batches with every kind of constraint.

use proptest::prelude::*;
use switchyard_core::joint::{JointInput, JointOrder, SharedCapacity};
use switchyard_core::plan::{Level, ParcelPrice, PlanLine, PlanStock, PlanWarehouse};

/// Enough to solve every batch made here.
pub(crate) const PLENTY: u64 = 50_000_000;

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

/// An order without anything special about it.
pub(crate) fn order(id: &str, lines: Vec<PlanLine>, warehouses: Vec<PlanWarehouse>) -> JointOrder {
    JointOrder {
        id: id.into(),
        priority: 0,
        lines,
        ship_complete: false,
        max_warehouses: None,
        min_part_value: 0,
        objective: None,
        warehouses,
        current: None,
    }
}

/// A batch of these.
pub(crate) fn batch(orders: Vec<JointOrder>, stock: &[(&str, &str, u32)]) -> JointInput {
    JointInput {
        orders,
        stock: stock
            .iter()
            .map(|&(warehouse, sku, available)| PlanStock { warehouse: warehouse.into(), sku: sku.into(), available })
            .collect(),
        capacity: vec![],
        objective: vec![Level::Late, Level::Warehouses, Level::Cost],
        effort: PLENTY,
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
        sku in 0..3_usize,
        quantity in prop_oneof![1 => Just(0_u32), 12 => 1..=2_u32],
        unit_value in prop_oneof![1 => Just(0_i64), 2 => Just(100), 2 => 1..=400_i64],
        unit_weight in prop_oneof![1 => Just(0_u32), 4 => 1..=900_u32],
        pin in prop_oneof![9 => Just(None), 1 => (0..=warehouses).prop_map(Some)],
        group in prop_oneof![5 => Just(None), 1 => Just(Some("g".to_owned()))],
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
        capacity_units in prop_oneof![4 => Just(None), 1 => (0..=4_u32).prop_map(Some)],
        excluded in prop_oneof![5 => Just(None), 1 => (0..3_usize).prop_map(Some)],
        parcels in prop_oneof![
            2 => Just(vec![]),
            2 => Just(vec![(1000_u32, 390_i64), (5000, 590)]),
            1 => proptest::collection::vec((0..=2500_u32, 0..=300_i64), 1..=3),
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

fn any_order(number: usize, most_lines: usize, warehouses: usize) -> impl Strategy<Value = JointOrder> {
    (1..=most_lines)
        .prop_flat_map(move |lines| {
            (
                (0..lines).map(|number| any_line(number, warehouses)).collect::<Vec<_>>(),
                (0..warehouses).map(any_warehouse).collect::<Vec<_>>(),
                prop_oneof![5 => Just(false), 1 => Just(true)],
                prop_oneof![4 => Just(None), 1 => (0..=2_u32).prop_map(Some)],
                prop_oneof![4 => Just(0_i64), 1 => 0..=300_i64],
                prop_oneof![3 => Just(0_i32), 1 => -1..=2_i32],
            )
        })
        .prop_map(move |(lines, warehouses, ship_complete, max_warehouses, min_part_value, priority)| JointOrder {
            id: format!("o{number}"),
            priority,
            lines,
            ship_complete,
            max_warehouses,
            min_part_value,
            objective: None,
            warehouses,
            current: None,
        })
}

/// Any batch of so many orders, lines each and warehouses at most; stock is scarce.
pub(crate) fn any_batch(
    most_orders: usize,
    most_lines: usize,
    most_warehouses: usize,
) -> impl Strategy<Value = JointInput> {
    (2..=most_orders, 2..=most_warehouses)
        .prop_flat_map(move |(orders, warehouses)| {
            (
                (0..orders).map(|number| any_order(number, most_lines, warehouses)).collect::<Vec<_>>(),
                proptest::collection::vec(
                    prop_oneof![2 => Just(0_u32), 5 => 1..=2_u32, 1 => 3..=4_u32],
                    warehouses * 3,
                ),
                proptest::collection::vec(prop_oneof![5 => Just(None), 1 => (0..=4_u32).prop_map(Some)], warehouses),
                levels(),
            )
        })
        .prop_map(|(orders, units, capacity, objective)| {
            let stock = units.into_iter().enumerate().map(|(number, available)| PlanStock {
                warehouse: format!("w{}", number / 3),
                sku: format!("S{}", number % 3),
                available,
            });
            let capacity = capacity.into_iter().enumerate().filter_map(|(number, units)| {
                units.map(|units| SharedCapacity { warehouse: format!("w{number}"), units })
            });
            JointInput { orders, stock: stock.collect(), capacity: capacity.collect(), objective, effort: PLENTY }
        })
}
