//! `mandate link plan`: settings that a person reads, mends and keeps.

use std::{collections::BTreeMap, io::Write, path::Path};

use anyhow::bail;
use mandate_linkage::{Budget, Kind, suggest};

use super::{
    Plan, Progress,
    columns::{Role, roles},
    guess::{separators, splits},
    read::{records, table},
    settings::{
        ClusterSettings, Columns, FieldSettings, KOSOVO, ListSettings, RuleSettings, Settings, word,
    },
    whole,
    written::written,
};

/// Rows by which the kind of a column is guessed.
const LOOKED_AT: usize = 2_000;

pub(crate) fn plan(told: &Plan, to: &mut dyn Write) -> anyhow::Result<()> {
    if told.settings.exists() && !told.force {
        bail!(
            "{} is there already; give another name with --settings, or --force to write over it",
            told.settings.display()
        );
    }
    let mut lists = Vec::new();
    let mut fields: Vec<(String, Kind, usize)> = Vec::new();
    let mut remarks = Vec::new();
    let mut signs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in &told.files {
        let table = table(path)?;
        let cells = |at: usize| -> Vec<String> {
            let rows = table.rows.iter().take(LOOKED_AT);
            rows.filter_map(|row| row.cells.get(at).cloned()).collect()
        };
        let mut columns: BTreeMap<String, Columns> = BTreeMap::new();
        let (mut id, mut whole_name) = (None, None);
        let mut has = |name: &str, kind: Kind| match fields.iter_mut().find(|of| of.0 == name) {
            Some(known) => known.2 += 1,
            None => fields.push((name.to_owned(), kind, 1)),
        };
        for (at, (column, role)) in
            (0..).zip(table.columns.iter().zip(roles(&table.columns, &cells)))
        {
            match role {
                Role::Id => id = Some(column.clone()),
                Role::Field(name, Kind::Name) if name == "name" => {
                    let parts = splits(&cells(at));
                    if parts.is_empty() {
                        has(&name, Kind::Name);
                        columns.insert(name, Columns::One(column.clone()));
                    } else {
                        parts.iter().for_each(|part| has(part, Kind::Name));
                        whole_name = Some(column.clone());
                    }
                }
                Role::Field(name, kind) => {
                    if kind != Kind::Date && kind != Kind::Category {
                        signs.entry(name.clone()).or_default().extend(cells(at));
                    }
                    has(&name, kind);
                    columns.insert(name, Columns::One(column.clone()));
                }
                Role::Repeats => remarks.push(format!(
                    "{}: \"{column}\" repeats names that have columns of their own and is left out",
                    path.display()
                )),
                Role::Unused => {
                    remarks.push(format!("{}: \"{column}\" is not compared", path.display()))
                }
            }
        }
        // She may stand on another list under either name.
        if let Some(maiden) = columns.get("maiden").map(|c| c.all().to_vec())
            && let Some(family) = columns.get("family").map(|c| c.all().to_vec())
        {
            columns.remove("maiden");
            columns.insert(
                "family".to_owned(),
                Columns::Several([family, maiden].concat()),
            );
            if let Some(known) = fields.iter_mut().find(|of| of.0 == "maiden") {
                known.2 -= 1;
            }
        }
        lists.push(ListSettings {
            whole_name,
            identified: None,
            name: name_of(path, &lists),
            file: beside(&told.settings, path),
            unique: told.unique.contains(path),
            id,
            columns,
        });
    }
    // What only one of several lists has cannot be compared between lists.
    let needed = if lists.len() > 1 { 2 } else { 1 };
    for (name, _, n) in fields.iter().filter(|(_, _, n)| (1..needed).contains(n)) {
        remarks.push(format!(
            "\"{name}\" is in {n} list only and is not compared"
        ));
    }
    fields.retain(|(_, _, n)| *n >= needed);
    if fields.len() > 16 {
        for (name, _, _) in &fields[16..] {
            remarks.push(format!(
                "\"{name}\" is left out: 16 fields are compared at most"
            ));
        }
        fields.truncate(16);
    }
    if fields.is_empty() {
        bail!(
            "no column could be compared: the lists share none whose name or values are understood. Name columns alike in \
             the lists (for example: given name, surname, date of birth, village)"
        );
    }
    let has = |name: &str| fields.iter().any(|(known, _, _)| known == name);
    let swaps = has("given") && has("family");
    for list in &mut lists {
        list.columns
            .retain(|name, _| fields.iter().any(|(known, _, _)| known == name));
    }
    let mut settings = Settings {
        output: "linked".into(),
        least: 0.01,
        frequency_of_near: 0.5,
        known_pairs: None,
        prior: None,
        text: String::new(),
        places: fields
            .iter()
            .any(|(_, kind, _)| *kind == Kind::Place)
            .then(|| KOSOVO.to_owned()),
        clusters: ClusterSettings::default(),
        list: lists,
        field: fields
            .iter()
            .map(|(name, kind, _)| FieldSettings {
                name: name.clone(),
                kind: *kind,
                swaps_with: (swaps && name == "given").then(|| "family".to_owned()),
                separators: signs
                    .get(name)
                    .and_then(|cells| separators(*kind, name == "family", cells)),
                frequencies: None,
                m: None,
                u: None,
            })
            .collect(),
        rule: Vec::new(),
    };
    let folder = told.settings.parent().unwrap_or(Path::new("")).to_owned();
    let mut read = settings.clone();
    for list in &mut read.list {
        list.file = folder.join(&list.file);
    }
    let all = records(&read)?;
    let progress = Progress::new();
    let found = suggest(&all.table, Budget::of(&all.table), &|share| {
        progress.at("looking for rules", share)
    })?;
    if found.is_empty() {
        bail!("no two records agree on anything: nothing can be linked");
    }
    let mut notes = Vec::new();
    for one in &found {
        let on = one
            .rule
            .on
            .iter()
            .map(|(field, of)| format!("{}:{}", settings.field[*field].name, word(*of)));
        settings.rule.push(RuleSettings { on: on.collect() });
        notes.push(if one.reach > 0.0 {
            format!(
                "about {} pairs; with those before it about {:.1} % of pairs of one person",
                one.pairs,
                one.reach * 100.0
            )
        } else {
            format!("about {} pairs", one.pairs)
        });
    }
    whole(
        &told.settings,
        written(&settings, &notes, &remarks).as_bytes(),
    )?;
    writeln!(
        to,
        "{} lists, {} records, {} fields, {} rules",
        settings.list.len(),
        all.table.len(),
        settings.field.len(),
        settings.rule.len()
    )?;
    for (rule, note) in settings.rule.iter().zip(&notes) {
        writeln!(to, "  {}: {note}", rule.on.join(" and "))?;
    }
    for remark in &remarks {
        writeln!(to, "  {remark}")?;
    }
    writeln!(
        to,
        "{} is written. Read it, mend it, then: mandate link run {}",
        told.settings.display(),
        told.settings.display()
    )?;
    Ok(())
}

/// A list's name out of its file's, another for each.
fn name_of(path: &Path, lists: &[ListSettings]) -> String {
    let stem = path
        .file_stem()
        .map_or_else(|| "list".into(), |s| s.to_string_lossy().replace(':', "-"));
    let taken = |name: &str| lists.iter().any(|list| list.name == name);
    let mut name = stem.clone();
    let mut n = 2;
    while taken(&name) {
        name = format!("{stem}-{n}");
        n += 1;
    }
    name
}

/// A file as the settings name it: beside them where it is, otherwise whole.
fn beside(settings: &Path, path: &Path) -> std::path::PathBuf {
    let folder = settings.parent().unwrap_or(Path::new(""));
    if folder.as_os_str().is_empty() {
        return path.to_owned();
    }
    match path.strip_prefix(folder) {
        Ok(inside) => inside.to_owned(),
        Err(_) => std::path::absolute(path).unwrap_or_else(|_| path.to_owned()),
    }
}
