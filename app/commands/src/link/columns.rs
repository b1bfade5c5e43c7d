//! What a column holds, by its name in English, Albanian or Serbian, and by its values.

use mandate_linkage::Kind;

/// What is known of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Role {
    /// The record's own number.
    Id,
    /// A field under a name that all lists share.
    Field(String, Kind),
    /// A whole name, where its parts have columns of their own: left out.
    Repeats,
    /// Nothing that could be compared.
    Unused,
}

/// The field, its kind, and the names of its column, folded, without signs between words.
const KNOWN: [(&str, Kind, &[&str]); 17] = [
    (
        "given",
        Kind::Name,
        &[
            "firstname",
            "givenname",
            "given",
            "forename",
            "name1",
            "emri",
            "ime",
        ],
    ),
    (
        "family",
        Kind::Name,
        &[
            "surname",
            "lastname",
            "familyname",
            "family",
            "mbiemri",
            "prezime",
        ],
    ),
    (
        "father",
        Kind::Name,
        &[
            "fathername",
            "fathersname",
            "father",
            "emriibabait",
            "babai",
            "imeoca",
            "ocevoime",
            "otac",
        ],
    ),
    (
        "mother",
        Kind::Name,
        &[
            "mothername",
            "mothersname",
            "mother",
            "emriinenes",
            "nena",
            "imemajke",
            "majka",
        ],
    ),
    (
        "maiden",
        Kind::Name,
        &[
            "maidenname",
            "birthname",
            "mbiemriivajzerise",
            "devojackoprezime",
        ],
    ),
    (
        "name",
        Kind::Name,
        &[
            "name",
            "fullname",
            "nameandsurname",
            "firstandsurname",
            "emridhembiemri",
            "emrimbiemri",
            "imeiprezime",
            "personname",
        ],
    ),
    (
        "birth",
        Kind::Date,
        &[
            "dob",
            "dateofbirth",
            "birthdate",
            "birth",
            "born",
            "dataelindjes",
            "datelindja",
            "datumrodenja",
            "datumrodjenja",
            "yearofbirth",
            "birthyear",
            "vitiilindjes",
            "godinarodenja",
            "godiste",
        ],
    ),
    (
        "death",
        Kind::Date,
        &[
            "deathdate",
            "dateofdeath",
            "death",
            "dataevdekjes",
            "datumsmrti",
        ],
    ),
    (
        "missing-since",
        Kind::Date,
        &[
            "missingsince",
            "dateofdisappearance",
            "dataezhdukjes",
            "datumnestanka",
        ],
    ),
    (
        "birth-place",
        Kind::Place,
        &[
            "birthplace",
            "placeofbirth",
            "vendlindja",
            "vendiilindjes",
            "mestorodenja",
            "mestorodjenja",
        ],
    ),
    (
        "place",
        Kind::Place,
        &[
            "place",
            "village",
            "town",
            "city",
            "residence",
            "suburb",
            "settlement",
            "vendi",
            "fshati",
            "vendbanimi",
            "qyteti",
            "mesto",
            "selo",
            "naselje",
            "prebivaliste",
            "grad",
        ],
    ),
    (
        "municipality",
        Kind::Place,
        &["municipality", "komuna", "opstina"],
    ),
    ("sex", Kind::Category, &["sex", "gender", "gjinia", "pol"]),
    (
        "identity-number",
        Kind::Code,
        &[
            "identitynumber",
            "personalnumber",
            "idnumber",
            "socsecid",
            "numripersonal",
            "jmbg",
            "licnibroj",
            "maticnibroj",
        ],
    ),
    (
        "postcode",
        Kind::Code,
        &[
            "postcode",
            "postalcode",
            "zip",
            "zipcode",
            "kodipostar",
            "postanskibroj",
        ],
    ),
    (
        "telephone",
        Kind::Code,
        &["telephone", "phone", "mobile", "telefoni", "telefon"],
    ),
    (
        "occupation",
        Kind::Text,
        &["occupation", "profession", "job", "profesioni", "zanimanje"],
    ),
];

const IDS: [&str; 12] = [
    "id", "recid", "uniqueid", "recordid", "no", "number", "nr", "numri", "br", "broj", "rb",
    "redbr",
];

/// A column's name without case, marks and signs.
fn plain(name: &str) -> String {
    mandate_names::fold(name)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// Guesses the role of each column.
pub(crate) fn roles(columns: &[String], cells: &dyn Fn(usize) -> Vec<String>) -> Vec<Role> {
    let mut roles: Vec<Role> = columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let name = plain(column);
            let known = KNOWN
                .iter()
                .find(|(_, _, names)| names.iter().any(|known| plain(known) == name));
            match known {
                Some((field, kind, _)) => Role::Field((*field).to_owned(), *kind),
                None if IDS.contains(&name.as_str()) => Role::Id,
                None => by_values(column, &cells(at)),
            }
        })
        .collect();
    let has = |roles: &[Role], name: &str| {
        roles
            .iter()
            .any(|role| matches!(role, Role::Field(field, _) if field == name))
    };
    let parts = has(&roles, "given") && has(&roles, "family");
    let (mut seen, mut id) = (Vec::new(), false);
    for role in &mut roles {
        match role {
            Role::Field(field, _) if parts && field == "name" => *role = Role::Repeats,
            // Two columns of one meaning: the first is taken.
            Role::Field(field, _) if seen.contains(field) => *role = Role::Unused,
            Role::Field(field, _) => seen.push(field.clone()),
            Role::Id if id => *role = Role::Unused,
            Role::Id => id = true,
            _ => {}
        }
    }
    roles
}

fn by_values(column: &str, cells: &[String]) -> Role {
    let filled: Vec<&str> = cells
        .iter()
        .map(|cell| cell.trim())
        .filter(|cell| !cell.is_empty())
        .collect();
    if filled.is_empty() {
        return Role::Unused;
    }
    let share = |test: &dyn Fn(&str) -> bool| {
        filled.iter().filter(|cell| test(cell)).count() as f64 / filled.len() as f64
    };
    let different = filled
        .iter()
        .collect::<std::collections::BTreeSet<_>>()
        .len();
    let digits = |cell: &str| cell.chars().filter(char::is_ascii_digit).count();
    let dated = |cell: &str| {
        digits(cell) == 8
            && cell
                .chars()
                .all(|c| c.is_ascii_digit() || "-./ ".contains(c))
    };
    let name = column.trim().to_lowercase().replace([':', ' '], "-");
    if share(&dated) > 0.8 {
        return Role::Field(name, Kind::Date);
    }
    // A number of each record says nothing about the person.
    let unique = different == filled.len() && filled.len() > 20;
    if unique && share(&|cell| digits(cell) > 0) > 0.9 {
        return Role::Unused;
    }
    if different <= 20 && filled.len() >= different * 5 {
        return Role::Field(name, Kind::Category);
    }
    if share(&|cell| digits(cell) * 2 >= cell.chars().count()) > 0.5 {
        return Role::Field(name, Kind::Code);
    }
    Role::Field(name, Kind::Text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_in_three_languages_are_understood() {
        let field = |name: &str, kind| Role::Field(name.to_owned(), kind);
        for (columns, roles_of) in [
            (
                ["Emri", "Mbiemri", "Datëlindja"],
                ["given", "family", "birth"],
            ),
            (
                ["Ime", "Prezime", "Datum rođenja"],
                ["given", "family", "birth"],
            ),
            (
                ["first_name", "surname", "DOB"],
                ["given", "family", "birth"],
            ),
        ] {
            let columns: Vec<String> = columns.iter().map(ToString::to_string).collect();
            let kinds = [Kind::Name, Kind::Name, Kind::Date];
            let expected: Vec<Role> = roles_of
                .iter()
                .zip(kinds)
                .map(|(n, k)| field(n, k))
                .collect();
            assert_eq!(roles(&columns, &|_| Vec::new()), expected);
        }
        let whole = ["Full name", "given name", "surname", "Nr."].map(String::from);
        assert_eq!(roles(&whole, &|_| Vec::new())[0], Role::Repeats);
        assert_eq!(roles(&whole, &|_| Vec::new())[3], Role::Id);
    }
}
