//! `mandate link plan`: settings that a person reads, mends and keeps.

use std::{collections::BTreeMap, fmt::Write as _, io::Write, path::Path};

use anyhow::bail;
use mandate_linkage::{Budget, Kind, suggest};

use super::{
    Plan, Progress,
    columns::{Role, roles},
    read::{records, table},
    settings::{
        ClusterSettings, FieldSettings, KOSOVO, ListSettings, RuleSettings, Settings, word,
    },
    whole,
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
    for path in &told.files {
        let table = table(path)?;
        let cells = |at: usize| -> Vec<String> {
            let rows = table.rows.iter().take(LOOKED_AT);
            rows.filter_map(|row| row.cells.get(at).cloned()).collect()
        };
        let mut columns = BTreeMap::new();
        let mut id = None;
        for (column, role) in table.columns.iter().zip(roles(&table.columns, &cells)) {
            match role {
                Role::Id => id = Some(column.clone()),
                Role::Field(name, kind) => {
                    match fields.iter_mut().find(|(known, _, _)| *known == name) {
                        Some(known) => known.2 += 1,
                        None => fields.push((name.clone(), kind, 1)),
                    }
                    columns.insert(name, column.clone());
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
        lists.push(ListSettings {
            name: name_of(path, &lists),
            file: beside(&told.settings, path),
            unique: told.unique.contains(path),
            id,
            columns,
        });
    }
    // What only one of several lists has cannot be compared between lists.
    let needed = if lists.len() > 1 { 2 } else { 1 };
    for (name, _, n) in fields.iter().filter(|(_, _, n)| *n < needed) {
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

/// The settings as TOML with comments.
fn written(settings: &Settings, notes: &[String], remarks: &[String]) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let mut out = String::from(
        "# Which records of these lists are of one person. Read and mend this file, then run: mandate link run THIS-FILE\n\
         # Nothing is merged by it: links, clusters and their reasons are proposed.\n\n",
    );
    for remark in remarks {
        let _ = writeln!(out, "# {remark}");
    }
    let places = settings.places.as_ref().map_or_else(String::new, |places| {
        format!(
            "# A list of places joins names without a common spelling: kosovo, which the program carries, or a file.\nplaces = {}\n",
            quoted(places)
        )
    });
    let _ = write!(
        out,
        "\n# The folder of the results, beside this file.\noutput = {}\n\
         # Links less probable than this are not kept.\nleast = {}\n\
         # How much the rarity of a value counts where two are near but not the same, from 0 to 1.\nfrequency-of-near = {}\n{places}\n\
         [clusters]\n# Records come together as long as their average evidence is above this, in bits (0: as likely as not).\nleast = {:?}\n\
         # What a pair without a link says, in bits. Lower: clusters hold together more closely.\nunseen = {:?}\n",
        quoted(&settings.output.display().to_string()),
        settings.least,
        settings.frequency_of_near,
        settings.clusters.least,
        settings.clusters.unseen
    );
    for list in &settings.list {
        let _ = write!(
            out,
            "\n[[list]]\nname = {}\nfile = {}\n# Whether it holds each person at most once: then its records are not compared with one another.\nunique = {}\n",
            quoted(&list.name),
            quoted(&list.file.display().to_string()),
            list.unique
        );
        if let Some(id) = &list.id {
            let _ = writeln!(out, "# The record's own number.\nid = {}", quoted(id));
        }
        out.push_str("# Field = column.\n[list.columns]\n");
        for (field, column) in &list.columns {
            let _ = writeln!(out, "{} = {}", quoted(field), quoted(column));
        }
    }
    out.push_str("\n# What is compared. Kinds: name, place, date, category, code (each digit counts), text (words).\n");
    for field in &settings.field {
        let kind = match field.kind {
            Kind::Name => "name",
            Kind::Place => "place",
            Kind::Date => "date",
            Kind::Category => "category",
            Kind::Code => "code",
            Kind::Text => "text",
        };
        let _ = write!(
            out,
            "\n[[field]]\nname = {}\nkind = \"{kind}\"\n",
            quoted(&field.name)
        );
        if let Some(other) = &field.swaps_with {
            let _ = writeln!(
                out,
                "# The two may have been written into each other's column.\nswaps-with = {}",
                quoted(other)
            );
        }
    }
    out.push_str(
        "\n# Which pairs are compared at all: those that agree on everything that one of the rules names.\n\
         # same: the value in any spelling; loose: endings, marks and vowels may differ; start, end: three letters or digits;\n\
         # year, day-month: of a date.\n",
    );
    for (rule, note) in settings.rule.iter().zip(notes) {
        let on: Vec<String> = rule.on.iter().map(|part| quoted(part)).collect();
        let _ = write!(out, "\n# {note}\n[[rule]]\non = [{}]\n", on.join(", "));
    }
    out
}
