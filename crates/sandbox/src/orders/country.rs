//! Countries: ISO codes for the names in the history, and towns with postcodes for made-up addresses.

/// What is needed to make up an address in a country.
#[derive(Debug, Clone, Copy)]
pub(super) struct Country {
    /// ISO 3166-1 alpha-2.
    pub(super) code: &'static str,
    /// Town, province (empty where none is used), postcode pattern: `#` a digit 1 to 9, `@` a letter, the rest as it is.
    pub(super) towns: &'static [(&'static str, &'static str, &'static str)],
    /// Street names; the house number stands before them where `number_first`.
    pub(super) streets: &'static [&'static str],
    /// Whether people write `12 High Street`.
    pub(super) number_first: bool,
    /// Which names people have there.
    pub(super) names: Names,
    /// International dialling code.
    pub(super) dial: &'static str,
}

/// A stock of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    English,
    German,
    French,
    Iberian,
    Italian,
    Nordic,
    Dutch,
    Slavic,
    Greek,
    Levantine,
    EastAsian,
}

const ENGLISH: &[&str] = &["High Street", "Station Road", "Mill Lane", "Church Road", "Victoria Road", "The Green"];
const GERMAN: &[&str] = &["Hauptstraße", "Bahnhofstraße", "Gartenweg", "Lindenallee", "Am Markt", "Schillerstraße"];
const FRENCH: &[&str] =
    &["rue de la République", "avenue Victor Hugo", "rue des Écoles", "place du Marché", "rue Pasteur"];
const IBERIAN: &[&str] = &["Calle Mayor", "Avenida de la Libertad", "Calle del Sol", "Rua Direita", "Calle Nueva"];
const ITALIAN: &[&str] = &["Via Roma", "Via Garibaldi", "Corso Italia", "Via Dante", "Viale dei Tigli"];
const NORDIC: &[&str] = &["Storgata", "Kirkeveien", "Björkvägen", "Strandvejen", "Skolgatan"];
const DUTCH: &[&str] = &["Dorpsstraat", "Kerkstraat", "Molenweg", "Stationsstraat", "Schoolstraat"];
const SLAVIC: &[&str] = &["ul. Polna", "ul. Leśna", "Nádražní", "Zahradní", "Gedimino pr."];
const GREEK: &[&str] = &["Ermou", "Athinas", "Patision", "Makariou III", "Triq ir-Repubblika"];
const LEVANTINE: &[&str] = &["Hamra Street", "Corniche Road", "King Fahd Road", "Herzl Street", "Al Wasl Road"];
const EAST_ASIAN: &[&str] = &["Nathan Road", "Orchard Road", "Queen's Road Central", "Chuo-dori", "Serangoon Road"];

macro_rules! country {
    ($code:literal, $dial:literal, $names:ident, $streets:ident, $first:literal, $towns:expr) => {
        Country {
            code: $code,
            towns: $towns,
            streets: $streets,
            number_first: $first,
            names: Names::$names,
            dial: $dial,
        }
    };
}

/// Every country an address can be made up in: a table, one line a country.
#[rustfmt::skip]
pub(super) const COUNTRIES: &[Country] = &[
    country!("GB", "44", English, ENGLISH, true, &[("London", "", "SE# #@@"), ("Leeds", "", "LS# #@@"), ("Bristol", "", "BS# #@@"), ("Glasgow", "", "G## #@@")]),
    country!("DE", "49", German, GERMAN, false, &[("Berlin", "", "10###"), ("Hamburg", "", "20###"), ("München", "", "80###"), ("Köln", "", "50###")]),
    country!("FR", "33", French, FRENCH, true, &[("Paris", "", "7501#"), ("Lyon", "", "6900#"), ("Nantes", "", "44#00")]),
    country!("NL", "31", Dutch, DUTCH, false, &[("Rotterdam", "", "30## @@"), ("Utrecht", "", "35## @@"), ("Groningen", "", "97## @@")]),
    country!("AT", "43", German, GERMAN, false, &[("Wien", "", "1##0"), ("Graz", "", "80##")]),
    country!("BE", "32", Dutch, DUTCH, false, &[("Brussel", "", "10##"), ("Antwerpen", "", "20##"), ("Gent", "", "90##")]),
    country!("CH", "41", German, GERMAN, false, &[("Zürich", "", "80##"), ("Bern", "", "30##"), ("Basel", "", "40##")]),
    country!("IT", "39", Italian, ITALIAN, false, &[("Milano", "MI", "201##"), ("Bologna", "BO", "401##"), ("Roma", "RM", "001##")]),
    country!("ES", "34", Iberian, IBERIAN, false, &[("Madrid", "M", "280##"), ("Barcelona", "B", "080##"), ("Sevilla", "SE", "410##")]),
    country!("PL", "48", Slavic, SLAVIC, false, &[("Warszawa", "", "0#-###"), ("Kraków", "", "3#-###"), ("Poznań", "", "6#-###")]),
    country!("SE", "46", Nordic, NORDIC, false, &[("Stockholm", "", "11# ##"), ("Göteborg", "", "41# ##")]),
    country!("DK", "45", Nordic, NORDIC, false, &[("København", "", "2###"), ("Aarhus", "", "8###")]),
    country!("US", "1", English, ENGLISH, true, &[("Columbus", "OH", "432##"), ("Portland", "OR", "972##"), ("Austin", "TX", "787##"), ("Brooklyn", "NY", "112##")]),
    country!("CA", "1", English, ENGLISH, true, &[("Toronto", "ON", "M#@ #@#"), ("Vancouver", "BC", "V#@ #@#"), ("Montréal", "QC", "H#@ #@#")]),
    country!("IE", "353", English, ENGLISH, true, &[("Dublin", "D", "D0# @#@#"), ("Cork", "CO", "T12 @#@#"), ("Galway", "G", "H91 @#@#")]),
    country!("PT", "351", Iberian, IBERIAN, false, &[("Lisboa", "", "1###-###"), ("Porto", "", "4###-###")]),
    country!("AU", "61", English, ENGLISH, true, &[("Melbourne", "VIC", "30##"), ("Sydney", "NSW", "20##"), ("Perth", "WA", "60##")]),
    country!("NO", "47", Nordic, NORDIC, false, &[("Oslo", "", "0###"), ("Bergen", "", "5###")]),
    country!("JE", "44", English, ENGLISH, true, &[("St Helier", "", "JE# #@@")]),
    country!("FI", "358", Nordic, NORDIC, false, &[("Helsinki", "", "00##0"), ("Turku", "", "20##0")]),
    country!("CY", "357", Greek, GREEK, false, &[("Nicosia", "", "1###"), ("Limassol", "", "3###")]),
    country!("JP", "81", EastAsian, EAST_ASIAN, true, &[("Chuo-ku", "JP-13", "10#-00##"), ("Kita-ku", "JP-27", "53#-00##")]),
    country!("IL", "972", Levantine, LEVANTINE, true, &[("Tel Aviv", "", "6#####"), ("Haifa", "", "3#####")]),
    country!("HK", "852", EastAsian, EAST_ASIAN, true, &[("Kowloon", "KL", ""), ("Central", "HK", "")]),
    country!("SG", "65", EastAsian, EAST_ASIAN, true, &[("Singapore", "", "2#####")]),
    country!("IS", "354", Nordic, NORDIC, false, &[("Reykjavík", "", "10#"), ("Akureyri", "", "60#")]),
    country!("GR", "30", Greek, GREEK, false, &[("Athina", "", "10# ##"), ("Thessaloniki", "", "54# ##")]),
    country!("MT", "356", Greek, GREEK, true, &[("Valletta", "", "VLT 1###"), ("Sliema", "", "SLM 1###")]),
    country!("AE", "971", Levantine, LEVANTINE, true, &[("Dubai", "DU", ""), ("Abu Dhabi", "AZ", "")]),
    country!("ZA", "27", English, ENGLISH, true, &[("Cape Town", "WC", "80##"), ("Johannesburg", "GP", "20##")]),
    country!("LB", "961", Levantine, LEVANTINE, true, &[("Beirut", "", "11## ####")]),
    country!("LT", "370", Slavic, SLAVIC, false, &[("Vilnius", "", "0####"), ("Kaunas", "", "4####")]),
    country!("BR", "55", Iberian, IBERIAN, false, &[("São Paulo", "SP", "01###-###"), ("Curitiba", "PR", "80###-###")]),
    country!("CZ", "420", Slavic, SLAVIC, false, &[("Praha", "", "11# ##"), ("Brno", "", "60# ##")]),
    country!("BH", "973", Levantine, LEVANTINE, true, &[("Manama", "", "")]),
    country!("SA", "966", Levantine, LEVANTINE, true, &[("Riyadh", "", "12###"), ("Jeddah", "", "23###")]),
];

/// How often the generator sells into a country, in the order of [`COUNTRIES`]; those beyond get none.
pub(super) const WEIGHTS: &[u32] = &[22, 24, 12, 10, 6, 4, 4, 4, 4, 3, 3, 2, 10, 4];

/// The country with ISO code `code`.
pub(super) fn country(code: &str) -> Option<&'static Country> {
    COUNTRIES.iter().find(|country| country.code == code)
}

/// The ISO code for a country name of the Online Retail set.
///
/// `European Community` and `Unspecified` are no countries; they are taken for Belgium and the seller's own country.
pub(super) fn code_of(name: &str) -> Option<&'static str> {
    Some(match name {
        "United Kingdom" | "Unspecified" => "GB",
        "Germany" => "DE",
        "France" => "FR",
        "EIRE" => "IE",
        "Spain" => "ES",
        "Netherlands" => "NL",
        "Belgium" | "European Community" => "BE",
        "Switzerland" => "CH",
        "Portugal" => "PT",
        "Australia" => "AU",
        "Norway" => "NO",
        "Italy" => "IT",
        "Channel Islands" => "JE",
        "Finland" => "FI",
        "Cyprus" => "CY",
        "Sweden" => "SE",
        "Austria" => "AT",
        "Denmark" => "DK",
        "Japan" => "JP",
        "Poland" => "PL",
        "Israel" => "IL",
        "USA" => "US",
        "Hong Kong" => "HK",
        "Singapore" => "SG",
        "Iceland" => "IS",
        "Canada" => "CA",
        "Greece" => "GR",
        "Malta" => "MT",
        "United Arab Emirates" => "AE",
        "RSA" => "ZA",
        "Lebanon" => "LB",
        "Lithuania" => "LT",
        "Brazil" => "BR",
        "Czech Republic" => "CZ",
        "Bahrain" => "BH",
        "Saudi Arabia" => "SA",
        _ => return None,
    })
}
