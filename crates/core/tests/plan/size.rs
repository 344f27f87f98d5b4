//! Orders that are larger than usual are planned, and honestly so.

use switchyard_core::plan::{ParcelPrice, Plan, PlanInput, PlanStock, plan};

use crate::orders::{line, order, warehouse};

/// The longest order of the Online Retail data set has 1,114 lines.
const LONGEST: usize = 1114;

/// That many lines over three warehouses, none of which has everything.
fn long_order(parcels: Vec<ParcelPrice>) -> PlanInput {
    let places = ["w1", "w2", "w3"];
    let mut input = order(vec![], places.into_iter().zip(1..).map(|(id, rank)| warehouse(id, rank)).collect(), &[]);
    for warehouse in &mut input.warehouses {
        warehouse.handling = 90;
        warehouse.unit_handling = 15;
        warehouse.parcels.clone_from(&parcels);
    }
    for number in 0..LONGEST {
        let sku = format!("S{number}");
        let quantity = u32::try_from(number % 7 + 1).unwrap();
        input.lines.push(line(&format!("l{number:04}"), &sku, quantity));
        for (place, id) in places.into_iter().enumerate().filter(|(place, _)| number % 5 != *place) {
            let available = 4 + u32::try_from((number * 7 + place * 3) % 6).unwrap();
            input.stock.push(PlanStock { warehouse: id.into(), sku: sku.clone(), available });
        }
    }
    input
}

fn counts_every_unit(input: &PlanInput, plan: &Plan) {
    let shipped: u32 = plan.allocation.iter().map(|part| part.quantity).sum();
    let short: u32 = plan.short.iter().map(|short| short.quantity).sum();
    assert_eq!(shipped + short, input.lines.iter().map(|line| line.quantity).sum::<u32>());
}

#[test]
fn the_longest_order_of_the_field_is_proven() {
    let input = long_order(vec![]);
    let plan = plan(&input).unwrap();
    assert!(plan.proven, "{:?}", plan.gap);
    counts_every_unit(&input, &plan);
}

#[test]
fn what_the_step_limit_leaves_open_is_said() {
    // Packing tons into parcels from three places to the cent is beyond the limit; the units are right all the same.
    let input = long_order(vec![
        ParcelPrice { up_to: 1000, price: 390 },
        ParcelPrice { up_to: 5000, price: 590 },
        ParcelPrice { up_to: 31_500, price: 1490 },
    ]);
    let plan = plan(&input).unwrap();
    counts_every_unit(&input, &plan);
    assert_eq!(plan.proven, plan.gap.is_none(), "never silently worse");
    if let Some(gap) = &plan.gap {
        assert!(gap.level == "cost" && gap.by > 0, "everything before the cost is exact: {gap:?}");
    }
}

/// Thirty warehouses that each have up to two units of six lines that want up to ten: long searches, in which bounds over
/// all lines at once are tuned.
fn scarce_order(seed: usize) -> PlanInput {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut below = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        u32::try_from((state >> 20) % limit).unwrap()
    };
    let mut input = order(vec![], vec![], &[]);
    for number in 0..6 {
        input.lines.push(line(&format!("l{number}"), &format!("S{number}"), [1, 2, 3, 5, 10][below(5) as usize]));
    }
    for number in 0..30 {
        let mut place = warehouse(&format!("w{number:02}"), i64::from(number));
        place.handling = i64::from(below(30)) * 10;
        place.unit_handling = i64::from(below(30));
        place.parcels = vec![ParcelPrice { up_to: 1000, price: 390 }, ParcelPrice { up_to: 5000, price: 590 }];
        for sku in 0..6 {
            let stock = PlanStock { warehouse: place.id.clone(), sku: format!("S{sku}"), available: below(3) };
            input.stock.push(stock);
        }
        input.warehouses.push(place);
    }
    input
}

#[test]
fn no_choice_of_its_warehouses_does_better_than_the_plan() {
    for seed in 1..=60 {
        let input = scarce_order(seed);
        let whole = plan(&input).unwrap();
        assert!(whole.proven, "seed {seed}: {:?}", whole.gap);
        for (id, explanation) in &whole.explain {
            assert!(explanation.by.is_none_or(|by| by >= 0), "seed {seed}: {id} would do better: {explanation:?}");
        }
        // A smaller question is another search. The warehouses of the best plan are all in it.
        for part in 0..5 {
            let mut fewer = input.clone();
            let mut number = 0;
            fewer.warehouses.retain(|place| {
                number += 1;
                whole.explain[&place.id].used || number % 5 == part
            });
            let found = plan(&fewer).unwrap();
            assert_eq!((found.objective, found.allocation), (whole.objective, whole.allocation.clone()), "seed {seed}");
        }
    }
}
