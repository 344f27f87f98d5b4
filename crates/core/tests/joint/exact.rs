//! Small batches: the joint objective is that of full enumeration, and proven.

use proptest::prelude::*;
use switchyard_core::joint::plan;

use crate::batches::any_batch;
use crate::brute::{best, vector_of};

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn small_batches_equal_enumeration(input in any_batch(4, 2, 3)) {
        let plan = plan(&input).unwrap();
        prop_assert_eq!(vector_of(&input, &plan), best(&input));
        for component in &plan.components {
            prop_assert!(component.proven, "{:?}", component.gap);
        }
    }

    #[test]
    fn pairs_of_longer_orders_equal_enumeration(input in any_batch(2, 3, 3)) {
        let plan = plan(&input).unwrap();
        prop_assert_eq!(vector_of(&input, &plan), best(&input));
    }
}
