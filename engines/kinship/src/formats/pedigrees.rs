//! Pedigrees as CSV: one person a line, `family,id,father,mother,sex,role`.
//!
//! `family` may be missing where a file holds one family; `role` may be missing where nobody is. A parent that is not
//! known is left empty (`0`, `-`, `*` and `NA` are read as empty). Sex is `male`, `female`, `unknown` or the codes
//! `M`/`F`/`U` and 1/2/0; role is `missing` or `relative`.

use super::{
    Errors, FormatError, FormatErrors, PersonRow, Role, sex, sex_word, short,
    table::{Table, id, written},
};

/// Reads persons.
///
/// ```
/// let text = "family,id,father,mother,sex,role\nF1,Agim,,,M,missing\nF1,Besa,Agim,,F,\n";
/// let persons = mandate_kinship::formats::pedigrees::read(text, "families.csv").unwrap();
/// assert_eq!(persons[1].father.as_deref(), Some("Agim"));
/// assert_eq!(persons[1].place.line, 3);
/// ```
///
/// # Errors
/// All lines that cannot be read, with line and field.
pub fn read(text: &str, file: &str) -> Result<Vec<PersonRow>, FormatErrors> {
    let table = Table::read(text, file)?;
    let mut errors = Errors::default();
    let columns = [
        &["id", "person", "individual", "iid"][..],
        &["father", "father_id", "fid", "pat", "dad"],
        &["mother", "mother_id", "mid", "mat", "mom"],
        &["sex", "gender"],
    ]
    .map(|names| errors.take(table.needed(names)));
    let [Some(person), Some(father), Some(mother), Some(at_sex)] = columns else {
        return errors.or(Vec::new());
    };
    let family = table.column(&["family", "family_id", "famid"]);
    let role = table.column(&["role", "status"]);
    let mut persons = Vec::with_capacity(table.lines.len());
    for line in &table.lines {
        let value = |column: usize, expected: &'static str| FormatError::Value {
            place: table.place(line, column),
            value: short(line.cell(column)),
            expected,
        };
        let named = errors.take(table.text(line, person, "the person's id"));
        let family = match family {
            Some(column) => errors.take(table.text(line, column, "the family")),
            None => Some("1".to_owned()),
        };
        let sex = errors
            .take(sex(line.cell(at_sex)).ok_or_else(|| value(at_sex, "male, female or unknown")));
        let role = match role {
            Some(column) => errors.take(
                Role::read(line.cell(column)).ok_or_else(|| value(column, "missing or relative")),
            ),
            None => Some(Role::default()),
        };
        if let (Some(id_), Some(family), Some(sex), Some(role)) = (named, family, sex, role) {
            persons.push(PersonRow {
                family,
                id: id_,
                father: id(line.cell(father)),
                mother: id(line.cell(mother)),
                sex,
                role,
                place: line.place.clone(),
            });
        }
    }
    errors.or(persons)
}

/// Writes persons as [`read`] reads them.
pub fn write(persons: &[PersonRow]) -> String {
    let head = vec!["family", "id", "father", "mother", "sex", "role"];
    written(std::iter::once(head).chain(persons.iter().map(|p| {
        vec![
            p.family.as_str(),
            p.id.as_str(),
            p.father.as_deref().unwrap_or_default(),
            p.mother.as_deref().unwrap_or_default(),
            sex_word(p.sex),
            p.role.as_str(),
        ]
    })))
}
