//! What the lists of a profile hold.

use serde::Deserialize;

use crate::Name;

/// What every entry of a vocabulary has.
pub trait Entry {
    /// What the database stores.
    fn key(&self) -> &str;
    /// What people read.
    fn name(&self) -> &Name;
    /// Other words for it, in files from elsewhere.
    fn aliases(&self) -> &[String] {
        &[]
    }
}

macro_rules! entry {
    ($(#[$doc:meta])* $type:ident { $($(#[$field_doc:meta])* $field:ident : $kind:ty),* $(,)? } $($aliases:ident)?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Deserialize)]
        pub struct $type {
            /// What the database stores: lower case, digits, hyphens; never changed once it was used.
            pub key: String,
            /// What people read.
            #[serde(flatten)]
            pub name: Name,
            $($(#[$field_doc])* pub $field: $kind,)*
        }

        impl Entry for $type {
            fn key(&self) -> &str { &self.key }
            fn name(&self) -> &Name { &self.name }
            $(fn aliases(&self) -> &[String] { &self.$aliases })?
        }
    };
}

entry!(
    /// A region: several places.
    Region {}
);
entry!(
    /// A place: a municipality.
    Place {
        /// Its region, a key of the profile's regions.
        #[serde(default)]
        region: Option<String>,
        /// The Albanian name in its definite form, as running text has it: `Gjakova` beside `Gjakovë`.
        #[serde(default)]
        sq_definite: Option<String>,
        /// What the municipality itself is called: `Komuna e Gjakovës`. Without it the institution is called as the place.
        #[serde(default)]
        municipality: Option<Name>,
        /// Languages that are official there beside the office's own (BCP 47).
        #[serde(default)]
        official: Vec<String>,
        /// Languages that are in official use there without being official (BCP 47).
        #[serde(default)]
        in_use: Vec<String>,
        /// Degrees north of the seat, WGS 84.
        #[serde(default)]
        latitude: Option<f64>,
        /// Degrees east of the seat, WGS 84.
        #[serde(default)]
        longitude: Option<f64>,
        /// The seat's number in the GeoNames gazetteer.
        #[serde(default)]
        geonames: Option<u32>,
        /// Older, other and misspelled names.
        #[serde(default)]
        aliases: Vec<String>,
    } aliases
);
entry!(
    /// An institution that answers recommendations.
    Institution {
        /// One of [`INSTITUTION_KINDS`].
        kind: String,
        /// The place of a municipality.
        #[serde(default)]
        place: Option<String>,
        /// Abbreviations and other names.
        #[serde(default)]
        aliases: Vec<String>,
    } aliases
);
entry!(
    /// Who recommends.
    Mechanism {
        /// One of [`MECHANISM_FAMILIES`].
        family: String,
        /// The scale on which it grades, a key of the profile's scales.
        scale: String,
        /// Its names in exports from elsewhere.
        #[serde(default)]
        aliases: Vec<String>,
    } aliases
);
entry!(
    /// What recommendations are about, or whose rights they speak of.
    Theme {
        /// The words of other databases for it.
        #[serde(default)]
        aliases: Vec<String>,
    } aliases
);
entry!(
    /// A grade of a scale.
    Grade {
        /// What it means on the office's scale, where that is declared.
        #[serde(default)]
        office: Option<String>,
    }
);
entry!(
    /// A scale on which somebody grades; without grades it is a narrative.
    Scale {
        /// From the first to the last.
        grades: Vec<Grade>,
    }
);
entry!(
    /// A target of a goal: `16.3`.
    Target {}
);
entry!(
    /// A goal of the 2030 agenda: `16`.
    Goal {
        /// Its targets in order.
        targets: Vec<Target>,
    }
);
entry!(
    /// An instrument of human rights.
    Instrument {
        /// Its articles that hold rights, in order.
        provisions: Vec<Provision>,
        /// Abbreviations and short names.
        #[serde(default)]
        aliases: Vec<String>,
    } aliases
);

/// What an institution may be.
pub const INSTITUTION_KINDS: [&str; 8] =
    ["central", "ministry", "assembly", "justice", "security", "independent", "local", "municipality"];

/// Where a mechanism may come from. `un-mission` is the office's own host; `local` are bodies of the place itself.
pub const MECHANISM_FAMILIES: [&str; 7] =
    ["un-charter", "un-treaty", "un-mission", "council-of-europe", "eu", "osce", "local"];

/// An article that holds a right.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "(String, String)")]
pub struct Provision {
    /// Its number in the instrument: `14`; in a protocol `p1-1` (Protocol No. 1, Article 1).
    pub article: String,
    /// What it is about, in a few English words of our own.
    pub title: String,
}

impl From<(String, String)> for Provision {
    fn from((article, title): (String, String)) -> Self {
        Provision { article, title }
    }
}

impl Place {
    /// Both official names, `Gjakovë / Đakovica`; one where they are the same, or where there is but one.
    pub fn both_names(&self) -> String {
        let (first, second) = (self.name.in_language("sq"), self.name.in_language("sr-Latn"));
        if first == second || !self.name.has("sr-Latn") {
            first.to_owned()
        } else if self.name.has("sq") {
            format!("{first} / {second}")
        } else {
            second.to_owned()
        }
    }
}

impl Scale {
    /// A grade by its key.
    pub fn grade(&self, key: &str) -> Option<&Grade> {
        self.grades.iter().find(|grade| grade.key == key)
    }
}

impl Instrument {
    /// The keys of its provisions: `iccpr/14`.
    pub fn provisions(&self) -> impl Iterator<Item = String> + '_ {
        self.provisions.iter().map(|provision| format!("{}/{}", self.key, provision.article))
    }
}
