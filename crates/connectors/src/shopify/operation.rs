//! The GraphQL operations, each in its own file and each validated against Shopify's schema by a test.

/// One operation and how it may be repeated.
#[derive(Debug, Clone, Copy)]
pub(super) struct Operation {
    /// Name in the file and in messages.
    pub(super) name: &'static str,
    /// The document.
    pub(super) text: &'static str,
    /// True for mutations: an unclear answer leaves us in doubt.
    pub(super) effect: bool,
}

macro_rules! operations {
    ($($(#[$doc:meta])* $constant:ident = $name:literal in $file:literal, effect: $effect:literal;)*) => {
        $(
            $(#[$doc])*
            pub(super) const $constant: Operation = Operation {
                name: $name,
                text: include_str!(concat!("operations/", $file, ".graphql")),
                effect: $effect,
            };
        )*

        /// Every operation.
        #[cfg(test)]
        pub(super) const ALL: &[Operation] = &[$($constant,)*];
    };
}

operations! {
    /// Who we are and what we may do.
    CHECK = "Check" in "check", effect: false;
    /// Orders changed since an instant.
    ORDERS = "Orders" in "orders", effect: false;
    /// Further lines of one order.
    ORDER_LINES = "OrderLines" in "order_lines", effect: false;
    /// What can still be fulfilled of an order.
    FULFILLMENT_ORDERS = "FulfillmentOrders" in "fulfillment_orders", effect: false;
    /// Further lines of one fulfillment order.
    FULFILLMENT_ORDER_LINES = "FulfillmentOrderLines" in "fulfillment_order_lines", effect: false;
    /// What has been fulfilled of an order.
    FULFILLMENTS = "Fulfillments" in "fulfillments", effect: false;
    /// The units of one fulfillment.
    FULFILLMENT_LINES = "FulfillmentLines" in "fulfillment_lines", effect: false;
    /// Report what left.
    FULFILLMENT_CREATE = "FulfillmentCreate" in "fulfillment_create", effect: true;
}
