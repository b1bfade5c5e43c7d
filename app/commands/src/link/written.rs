//! The settings as a person reads them: TOML with comments.

use std::fmt::Write as _;

use mandate_linkage::Kind;

use super::settings::{Columns, Settings};

/// The settings as TOML with comments.
pub(crate) fn written(settings: &Settings, notes: &[String], remarks: &[String]) -> String {
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
         # How much the rarity of a value counts where two are near but not the same, from 0 to 1.\nfrequency-of-near = {}\n{places}\
         # Pairs of which it is known whether they are of one person, to learn from (left, right, decision, as in review files;\n\
         # easy pairs too, not only hard ones), and the share of all pairs that are of one person, where it is not to be learned.\n\
         # known-pairs = \"known.csv\"\n# prior = 0.0001\n\n\
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
        if let Some(column) = &list.whole_name {
            let _ = writeln!(
                out,
                "# Whole names, from which given, father's and family names are read.\nwhole-name = {}",
                quoted(column)
            );
        }
        out.push_str(
            "# Who somebody was identified as, where a column says it: two who are not the same are never proposed as one.\n\
             # identified = \"column\"\n\
             # Field = column, or = [\"column\", \"column\"] where each may hold the right value.\n[list.columns]\n",
        );
        for (field, columns) in &list.columns {
            let columns = match columns {
                Columns::One(one) => quoted(one),
                Columns::Several(all) => {
                    let all: Vec<String> = all.iter().map(|one| quoted(one)).collect();
                    format!("[{}]", all.join(", "))
                }
            };
            let _ = writeln!(out, "{} = {columns}", quoted(field));
        }
    }
    out.push_str(
        "\n# What is compared. Kinds: name, place, date, category, code (each digit counts), text (words).\n\
         # A field may also have:\n\
         # separators = \";/\"            signs between several values of one cell\n\
         # frequencies = \"names.csv\"   how many people of a population bear a value: value, people, and if one likes the\n\
         #                              spelling of the register (sq, sr-Latn, sr-Cyrl); otherwise the lists are counted\n\
         # m = [..], u = [..]           shares of its levels, the lowest first, among pairs of one person and of two, by hand\n",
    );
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
        if let Some(signs) = &field.separators {
            let _ = writeln!(
                out,
                "# Signs between several values of one cell.\nseparators = {}",
                quoted(signs)
            );
        }
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
