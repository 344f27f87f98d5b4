//! Made-up people: a name, an e-mail and an address that fit the country.

use rand::Rng;
use rand_chacha::ChaCha8Rng;
use switchyard_core::address::Address;

use super::country::{Country, Names};
use crate::dice::pick;

fn given(names: Names) -> &'static [&'static str] {
    match names {
        Names::English => &["Amelia", "Jack", "Olivia", "Harry", "Grace", "Noah", "Erin", "Callum", "Priya", "Samuel"],
        Names::German => &["Anna", "Jonas", "Katharina", "Lukas", "Mia", "Felix", "Sabine", "Jürgen", "Aylin", "Till"],
        Names::French => &["Camille", "Louis", "Chloé", "Hugo", "Manon", "Théo", "Inès", "Benoît"],
        Names::Iberian => &["Lucía", "Mateo", "Carmen", "Álvaro", "Inês", "João", "Beatriz", "Diego"],
        Names::Italian => &["Giulia", "Lorenzo", "Chiara", "Matteo", "Francesca", "Davide"],
        Names::Nordic => &["Ingrid", "Lars", "Freja", "Mikael", "Sólveig", "Anders", "Aino", "Henrik"],
        Names::Dutch => &["Sanne", "Daan", "Lotte", "Bram", "Femke", "Ruben"],
        Names::Slavic => &["Zofia", "Jakub", "Eliška", "Tomáš", "Agnieszka", "Rūta"],
        Names::Greek => &["Eleni", "Nikos", "Maria", "Andreas", "Katerina", "Joseph"],
        Names::Levantine => &["Layla", "Omar", "Noa", "Karim", "Yael", "Hassan"],
        Names::EastAsian => &["Wei Ling", "Haruto", "Mei", "Kenji", "Siu Ming", "Yuki"],
    }
}

fn family(names: Names) -> &'static [&'static str] {
    match names {
        Names::English => &["Smith", "O'Brien", "Taylor", "Walker", "Hughes", "Patel", "Campbell", "Wright", "Foster"],
        Names::German => &["Müller", "Schmidt", "Weber", "Schäfer", "Hoffmann", "Yılmaz", "Groß", "Braun"],
        Names::French => &["Martin", "Lefèvre", "Moreau", "Garnier", "Dubois", "Chevalier"],
        Names::Iberian => &["García López", "Fernández", "da Silva", "Ortega", "Sousa", "Núñez"],
        Names::Italian => &["Rossi", "Ferrari", "Esposito", "De Luca", "Conti"],
        Names::Nordic => &["Hansen", "Lindström", "Sørensen", "Virtanen", "Bjørnson", "Åkesson"],
        Names::Dutch => &["de Vries", "van den Berg", "Jansen", "Bakker", "Visser"],
        Names::Slavic => &["Kowalska", "Nowak", "Dvořák", "Wiśniewski", "Kazlauskas"],
        Names::Greek => &["Papadopoulou", "Georgiou", "Nikolaidis", "Borg"],
        Names::Levantine => &["Haddad", "Cohen", "Al Mansoori", "Khoury", "Levi"],
        Names::EastAsian => &["Chan", "Tanaka", "Tan", "Sato", "Wong"],
    }
}

const COMPANIES: [&str; 8] = [
    "Larkspur Studio",
    "Kontor 14",
    "Atelier Nord",
    "Fenwick & Sons",
    "Blue Door Café",
    "Hof & Garten",
    "Ostrava Design",
    "Pier 9",
];

fn postcode(rng: &mut ChaCha8Rng, pattern: &str) -> String {
    pattern
        .chars()
        .map(|sign| match sign {
            '#' => char::from(b'1' + rng.random_range(0..9)),
            // Letters that no postcode system on the list forbids.
            '@' => char::from(pick(rng, b"ABEHJLNPRSTX")),
            other => other,
        })
        .collect()
}

/// A person in `country` with an address and an e-mail; one in eight orders to a company, one in six has a second line.
pub(super) fn person(rng: &mut ChaCha8Rng, country: &Country) -> (Address, String) {
    let (first, last) = (pick(rng, given(country.names)), pick(rng, family(country.names)));
    let (city, province, pattern) = pick(rng, country.towns);
    let (street, number) = (pick(rng, country.streets), rng.random_range(1..180));
    let line1 = if country.number_first { format!("{number} {street}") } else { format!("{street} {number}") };
    let line2 = if rng.random_ratio(1, 6) { format!("Floor {}", rng.random_range(1..9)) } else { String::new() };
    let company = if rng.random_ratio(1, 8) { pick(rng, &COMPANIES).to_owned() } else { String::new() };
    let postcode = postcode(rng, pattern);
    let phone = format!("+{} {} {}", country.dial, rng.random_range(20..99), rng.random_range(100_000..999_999));
    let mail: String = format!("{first}.{last}")
        .to_lowercase()
        .chars()
        .map(|sign| match sign {
            'a'..='z' | '.' => sign,
            'ä' | 'á' | 'ã' | 'å' => 'a',
            'é' | 'è' | 'ė' => 'e',
            'ö' | 'ø' | 'ó' => 'o',
            'ü' | 'ú' | 'ū' => 'u',
            'í' | 'î' | 'ı' => 'i',
            _ => '-',
        })
        .collect();
    let address = Address {
        name: format!("{first} {last}"),
        company,
        line1,
        line2,
        city: city.to_owned(),
        province: province.to_owned(),
        postcode,
        country: country.code.to_owned(),
        phone,
    };
    // RFC 2606: a name that cannot belong to anybody.
    (address, format!("{mail}{}@example.com", rng.random_range(1..999)))
}

#[cfg(test)]
mod tests {
    use super::super::country::COUNTRIES;
    use super::*;
    use crate::dice::dice;

    #[test]
    fn every_made_up_address_is_complete_for_a_carrier() {
        for country in COUNTRIES {
            for number in 0..50 {
                let (address, email) = person(&mut dice(number, "test", 0), country);
                assert_eq!(address.missing(), [""; 0], "{address:?}");
                assert!(email.is_ascii() && email.ends_with("@example.com"), "{email}");
            }
        }
    }
}
