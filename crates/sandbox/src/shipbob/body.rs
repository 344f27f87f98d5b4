//! What ShipBob's write calls take, and what it says to a body it cannot use.

use std::collections::BTreeMap;

use serde::Deserialize;
use switchyard_core::address::Address;
use switchyard_core::time::Timestamp;

use crate::record::{AcceptedOrder, WarehouseLine};

/// Field name to complaints, ShipBob's shape of a 400 and a 422.
pub(super) type Complaints = BTreeMap<String, Vec<String>>;

/// `Orders.CreateOrderModel`, as far as the warehouse uses it.
#[derive(Debug, Deserialize)]
pub(super) struct CreateOrder {
    reference_id: Option<String>,
    order_number: Option<String>,
    shipping_method: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    purchase_date: Option<Timestamp>,
    location_id: Option<i64>,
    recipient: Option<Recipient>,
    #[serde(default)]
    products: Vec<Product>,
}

#[derive(Debug, Deserialize)]
struct Recipient {
    name: Option<String>,
    email: Option<String>,
    phone_number: Option<String>,
    address: Option<AddressBody>,
}

#[derive(Debug, Deserialize)]
struct AddressBody {
    address1: Option<String>,
    address2: Option<String>,
    company_name: Option<String>,
    city: Option<String>,
    state: Option<String>,
    country: Option<String>,
    zip_code: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Product {
    id: Option<i64>,
    reference_id: Option<String>,
    name: Option<String>,
    quantity: Option<i64>,
    external_line_id: Option<i64>,
    unit_price: Option<f64>,
}

fn complain(complaints: &mut Complaints, field: &str, words: &str) {
    complaints.entry(field.to_owned()).or_default().push(words.to_owned());
}

fn required(complaints: &mut Complaints, field: &str, value: Option<String>) -> String {
    match value {
        Some(text) if !text.trim().is_empty() => text,
        _ => {
            complain(complaints, field, &format!("The {field} field is required."));
            String::new()
        }
    }
}

impl CreateOrder {
    /// The order to take; `article` finds the code behind a product id, `center_id` is the only location.
    pub(super) fn check(
        self,
        center_id: i64,
        article: impl Fn(i64) -> Option<(String, String)>,
    ) -> Result<AcceptedOrder, Complaints> {
        let mut wrong = Complaints::new();
        let reference = required(&mut wrong, "reference_id", self.reference_id);
        let shipping_method = required(&mut wrong, "shipping_method", self.shipping_method);
        let kind = required(&mut wrong, "type", self.kind);
        if !["DTC", "DropShip", "B2B", ""].contains(&kind.as_str()) {
            complain(&mut wrong, "type", &format!("Error converting value \"{kind}\" to type 'OrderType'."));
        }
        if self.location_id.is_some_and(|location| location != center_id) {
            complain(&mut wrong, "location_id", "The location is not available to this account.");
        }
        let recipient =
            self.recipient.unwrap_or(Recipient { name: None, email: None, phone_number: None, address: None });
        let name = required(&mut wrong, "recipient.name", recipient.name);
        if recipient.address.is_none() {
            complain(&mut wrong, "recipient.address", "The address field is required.");
        }
        let destination = recipient.address.map(|to| Address {
            name,
            company: to.company_name.unwrap_or_default(),
            line1: required(&mut wrong, "recipient.address.address1", to.address1),
            line2: to.address2.unwrap_or_default(),
            city: required(&mut wrong, "recipient.address.city", to.city),
            province: to.state.unwrap_or_default(),
            postcode: to.zip_code.unwrap_or_default(),
            country: required(&mut wrong, "recipient.address.country", to.country),
            phone: recipient.phone_number.unwrap_or_default(),
        });
        if self.products.is_empty() {
            complain(&mut wrong, "products", "The products field is required.");
        }
        let mut lines = Vec::with_capacity(self.products.len());
        for (place, product) in self.products.into_iter().enumerate() {
            let field = |name: &str| format!("products[{place}].{name}");
            let known = product.id.and_then(&article);
            let (sku, name) = match (product.reference_id, product.name, known) {
                (Some(sku), Some(name), _) => (sku, name),
                (_, _, Some(known)) => known,
                (Some(_), None, None) => {
                    complain(&mut wrong, &field("name"), "The name field is required.");
                    continue;
                }
                (None, _, None) => {
                    complain(&mut wrong, &field("reference_id"), "The reference_id field is required.");
                    continue;
                }
            };
            let units = product.quantity.unwrap_or(0);
            match u32::try_from(units) {
                Ok(quantity) if quantity > 0 => lines.push(WarehouseLine {
                    sku: sku.into(),
                    name: name.into(),
                    quantity,
                    external_line_id: product.external_line_id,
                    unit_price: product.unit_price,
                }),
                _ => complain(&mut wrong, &field("quantity"), "The quantity must be greater than 0."),
            }
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        Ok(AcceptedOrder {
            order_id: 0,
            shipment_id: 0,
            order_number: self
                .order_number
                .filter(|number| !number.is_empty())
                .unwrap_or_else(|| reference.clone())
                .into(),
            reference: reference.into(),
            shipping_method: shipping_method.into(),
            kind: kind.into(),
            purchased_at: self.purchase_date,
            destination: destination.unwrap_or_default(),
            email: recipient.email.unwrap_or_default().into(),
            lines,
        })
    }
}

/// `Orders.UpdateAddressRequest`.
#[derive(Debug, Deserialize)]
pub(super) struct UpdateAddress {
    recipient_name: Option<String>,
    company_name: Option<String>,
    pub(super) street_address1: Option<String>,
    street_address2: Option<String>,
    pub(super) city: Option<String>,
    state: Option<String>,
    zip_code: Option<String>,
    country_code: Option<String>,
    pub(super) email: Option<String>,
    phone_number: Option<String>,
}

impl UpdateAddress {
    /// The new address; name, country and telephone stay when they are not given, everything else is replaced.
    pub(super) fn over(self, old: &Address) -> Address {
        Address {
            name: self.recipient_name.unwrap_or_else(|| old.name.clone()),
            company: self.company_name.unwrap_or_default(),
            line1: self.street_address1.unwrap_or_default(),
            line2: self.street_address2.unwrap_or_default(),
            city: self.city.unwrap_or_default(),
            province: self.state.unwrap_or_default(),
            postcode: self.zip_code.unwrap_or_default(),
            country: self.country_code.unwrap_or_else(|| old.country.clone()),
            phone: self.phone_number.unwrap_or_else(|| old.phone.clone()),
        }
    }
}

/// `Orders.BulkUpdateTrackingUploadModel`.
#[derive(Debug, Deserialize)]
pub(super) struct TrackingUpload {
    #[serde(default)]
    pub(super) shipment_ids: Vec<i64>,
    #[serde(default)]
    pub(super) is_tracking_uploaded: bool,
}
