//! Who a warehouse is.

/// The unchanging facts of a simulated warehouse: one account, one channel, one fulfillment center.
#[derive(Debug, Clone)]
pub(crate) struct Profile {
    /// Position in the sandbox, from 0.
    pub(crate) index: usize,
    /// Name of the instance in control calls and file names, such as `warehouse-1`.
    pub(crate) instance: String,
    /// What people call it.
    pub(crate) name: String,
    /// Town.
    pub(crate) city: &'static str,
    /// ISO 3166-1 alpha-2.
    pub(crate) country: &'static str,
    /// Postcode.
    pub(crate) postcode: &'static str,
    /// State or province; empty where none is used.
    pub(crate) state: &'static str,
    /// IANA zone.
    pub(crate) timezone: &'static str,
    /// Carriers it works with: name, service, tracking page (the code is put behind it).
    pub(crate) carriers: &'static [(&'static str, &'static str, &'static str)],
    /// The channel that orders are taken for.
    pub(crate) channel_id: i64,
    /// The fulfillment center.
    pub(crate) center_id: i64,
}

const DHL: (&str, &str, &str) = ("DHL", "DHL Parcel Connect", "https://www.dhl.com/en/express/tracking.html?AWB=");
const DPD: (&str, &str, &str) = ("DPD", "DPD Classic", "https://tracking.dpd.de/status/en_US/parcel/");
const UPS: (&str, &str, &str) = ("UPS", "UPS Standard", "https://www.ups.com/track?tracknum=");
const ROYAL_MAIL: (&str, &str, &str) =
    ("Royal Mail", "Tracked 48", "https://www.royalmail.com/track-your-item#/tracking-results/");
const USPS: (&str, &str, &str) = ("USPS", "Ground Advantage", "https://tools.usps.com/go/TrackConfirmAction?tLabels=");
const FEDEX: (&str, &str, &str) = ("FedEx", "FedEx Ground", "https://www.fedex.com/fedextrack/?trknbr=");

struct Site {
    name: &'static str,
    city: &'static str,
    country: &'static str,
    postcode: &'static str,
    state: &'static str,
    timezone: &'static str,
    carriers: &'static [(&'static str, &'static str, &'static str)],
}

const SITES: [Site; 6] = [
    Site {
        name: "Rotterdam Waalhaven",
        city: "Rotterdam",
        country: "NL",
        postcode: "3089 KN",
        state: "",
        timezone: "Europe/Amsterdam",
        carriers: &[DHL, DPD],
    },
    Site {
        name: "Leipzig Nord",
        city: "Leipzig",
        country: "DE",
        postcode: "04158",
        state: "",
        timezone: "Europe/Berlin",
        carriers: &[DHL, DPD, UPS],
    },
    Site {
        name: "Daventry Park",
        city: "Daventry",
        country: "GB",
        postcode: "NN11 8RA",
        state: "",
        timezone: "Europe/London",
        carriers: &[ROYAL_MAIL, DPD],
    },
    Site {
        name: "Columbus Rickenbacker",
        city: "Columbus",
        country: "US",
        postcode: "43217",
        state: "OH",
        timezone: "America/New_York",
        carriers: &[UPS, USPS, FEDEX],
    },
    Site {
        name: "Poznań West",
        city: "Poznań",
        country: "PL",
        postcode: "62-080",
        state: "",
        timezone: "Europe/Warsaw",
        carriers: &[DPD, DHL],
    },
    Site {
        name: "Lyon Est",
        city: "Saint-Priest",
        country: "FR",
        postcode: "69800",
        state: "",
        timezone: "Europe/Paris",
        carriers: &[DPD, UPS],
    },
];

impl Profile {
    /// Warehouse number `index` from 0; names repeat with a number after the sixth.
    pub(crate) fn new(index: usize) -> Self {
        let round = index / SITES.len();
        // A remainder is always inside the table.
        let site = SITES.get(index % SITES.len()).unwrap_or(&SITES[0]);
        let number = i64::try_from(index).unwrap_or(0);
        Self {
            index,
            instance: format!("warehouse-{}", index + 1),
            name: if round == 0 { site.name.to_owned() } else { format!("{} {}", site.name, round + 1) },
            city: site.city,
            country: site.country,
            postcode: site.postcode,
            state: site.state,
            timezone: site.timezone,
            carriers: site.carriers,
            channel_id: 410_000 + number,
            center_id: 210 + number,
        }
    }
}
