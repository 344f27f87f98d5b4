//! The lifecycles, arrow by arrow, and the page that shows them.

use std::fmt::Write as _;
use std::path::Path;

use rstest::rstest;
use switchyard_core::fulfillment::FulfillmentState;
use switchyard_core::order::OrderState;

use crate::orders::{NOON, accepted, part};

#[rstest]
#[case(OrderState::Received, "blocked accepted cancelled")]
#[case(OrderState::Blocked, "accepted cancelled")]
#[case(OrderState::Accepted, "blocked planned cancelled")]
#[case(OrderState::Planned, "accepted closed cancelled")]
#[case(OrderState::Closed, "")]
#[case(OrderState::Cancelled, "")]
fn an_order_goes_only_along_these_arrows(#[case] from: OrderState, #[case] to: &str) {
    let allowed: Vec<&str> =
        OrderState::ALL.into_iter().filter(|to| from.may_become(*to)).map(OrderState::as_str).collect();
    assert_eq!(allowed.join(" "), to);
    assert_eq!(from.is_final(), to.is_empty(), "a state is final exactly when nothing leads out of it");
    for to in OrderState::ALL {
        let mut order = accepted(&[1]);
        order.state = from;
        let went = order.become_state(to).is_ok();
        assert_eq!(went, from.may_become(to));
        assert_eq!(order.state, if went { to } else { from }, "a refused step changes nothing");
    }
}

#[rstest]
#[case(FulfillmentState::Open, "queued cancelled")]
#[case(FulfillmentState::Queued, "open sent cancelled")]
#[case(FulfillmentState::Sent, "queued unconfirmed accepted in_work partly_shipped shipped rejected")]
#[case(FulfillmentState::Unconfirmed, "sent accepted in_work partly_shipped shipped rejected")]
#[case(FulfillmentState::Accepted, "in_work partly_shipped shipped closed_short rejected cancelled")]
#[case(FulfillmentState::InWork, "partly_shipped shipped closed_short cancelled")]
#[case(FulfillmentState::PartlyShipped, "shipped closed_short")]
#[case(FulfillmentState::Shipped, "")]
#[case(FulfillmentState::ClosedShort, "")]
#[case(FulfillmentState::Rejected, "")]
#[case(FulfillmentState::Cancelled, "")]
fn a_fulfillment_order_goes_only_along_these_arrows(#[case] from: FulfillmentState, #[case] to: &str) {
    let allowed: Vec<&str> =
        FulfillmentState::ALL.into_iter().filter(|to| from.may_become(*to)).map(FulfillmentState::as_str).collect();
    assert_eq!(allowed.join(" "), to);
    assert_eq!(from.is_final(), to.is_empty(), "a state is final exactly when nothing leads out of it");
    for to in FulfillmentState::ALL {
        let mut ful = part(1, from, &[(0, 1)]);
        let later = NOON + std::time::Duration::from_secs(1);
        let went = ful.become_state(to, later).is_ok();
        assert_eq!(went, from.may_become(to));
        assert_eq!((ful.state, ful.state_since), if went { (to, later) } else { (from, NOON) });
    }
}

#[test]
fn stored_texts_read_back() {
    for state in OrderState::ALL {
        assert_eq!(OrderState::parse(state.as_str()), Some(state));
    }
    for state in FulfillmentState::ALL {
        assert_eq!(FulfillmentState::parse(state.as_str()), Some(state));
    }
    assert_eq!(OrderState::parse("Planned"), None, "stored texts are exact");
}

/// A state diagram and a table of the same arrows.
fn section<S: Copy>(title: &str, all: &[S], text: fn(S) -> &'static str, arrow: fn(S, S) -> bool) -> String {
    let mut page = format!("## {title}\n\n```mermaid\nstateDiagram-v2\n");
    writeln!(page, "    [*] --> {}", text(all[0])).unwrap();
    let next = |from: S| all.iter().copied().filter(move |to| arrow(from, *to)).map(text);
    for &from in all {
        for to in next(from) {
            writeln!(page, "    {} --> {to}", text(from)).unwrap();
        }
        if next(from).next().is_none() {
            writeln!(page, "    {} --> [*]", text(from)).unwrap();
        }
    }
    page.push_str("```\n\n| from | to |\n|---|---|\n");
    for &from in all {
        let to: Vec<String> = next(from).map(|to| format!("`{to}`")).collect();
        let to = if to.is_empty() { "nothing: final".to_owned() } else { to.join(", ") };
        writeln!(page, "| `{}` | {to} |", text(from)).unwrap();
    }
    page
}

#[test]
fn the_page_of_the_lifecycles_shows_these_arrows() {
    let page = format!(
        "# Lifecycles\n\nGenerated from the state tables in `crates/core`; a test fails when this page differs. \
         Make it anew with\n`SWITCHYARD_WRITE_DOCS=1 cargo nextest run -p switchyard-core --test properties`.\n\n{}\n{}",
        section("Order", &OrderState::ALL, OrderState::as_str, OrderState::may_become),
        section("Fulfillment order", &FulfillmentState::ALL, FulfillmentState::as_str, FulfillmentState::may_become),
    );
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/lifecycles.md");
    if std::env::var_os("SWITCHYARD_WRITE_DOCS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap();
    assert_eq!(committed, page, "docs/lifecycles.md is stale; its first lines say how to make it anew");
}
