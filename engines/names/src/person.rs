//! A person's name as parts, and the ways in which a string can be read as one.
//!
//! Lists write `Agim Berisha`, `BERISHA Agim`, `Berisha, Agim`, `Agim (Rexhep) Berisha`, `Agim R. Berisha`, `Ana Petrović
//! rođ. Nikolić`. What a list says plainly (a comma, capitals, brackets, a word) is taken. Where the order is open, every
//! order is a [`Reading`], the likelier first: by the endings of family names and the list of given names.

use crate::forms::Forms;
use crate::{Script, key};

/// A language of names in the region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// Albanian.
    Albanian,
    /// Serbian, and in names as good as the same Bosnian, Croatian and Montenegrin.
    Serbian,
    /// Turkish.
    Turkish,
}

/// One word of a name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Part {
    /// As it was written.
    pub text: String,
    /// Its script.
    pub script: Script,
    /// The language of its spelling, where its letters tell; not the language of the person.
    pub language: Option<Language>,
}

impl Part {
    /// A part, with script and language as its letters tell.
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            script: Script::of(text),
            language: language(text),
        }
    }

    /// Whether it is one letter only, as fathers' names often are.
    pub fn is_initial(&self) -> bool {
        self.text.chars().filter(|c| c.is_alphabetic()).count() == 1
    }
}

/// The language whose letters a word has and no other of the region's languages.
fn language(text: &str) -> Option<Language> {
    let small = text.to_lowercase();
    let has = |letters: &[&str]| letters.iter().any(|letter| small.contains(letter));
    let serbian = has(&["č", "ć", "đ", "š", "ž"]) || Script::of(text) == Script::Cyrillic;
    let albanian = has(&["ë", "q", "xh", "gj", "sh", "zh", "th", "dh", "ll", "rr"]);
    let turkish = has(&["ğ", "ş", "ı", "ü"]);
    match (serbian, albanian, turkish) {
        (true, false, false) => Some(Language::Serbian),
        (false, true, false) => Some(Language::Albanian),
        (false, _, true) => Some(Language::Turkish),
        _ => None,
    }
}

/// A name in its parts, several of each.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct PersonName {
    /// Given names.
    pub given: Vec<Part>,
    /// The father's given name, or its initial.
    pub father: Vec<Part>,
    /// Family names.
    pub family: Vec<Part>,
    /// Family names before marriage.
    pub maiden: Vec<Part>,
    /// What the person is called.
    pub nickname: Vec<Part>,
}

/// Why a reading was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    /// The string says it: a comma, or capitals for the family.
    Said,
    /// Given name first.
    GivenFirst,
    /// Family name first, as offices write.
    FamilyFirst,
}

/// One way to read a string as a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The name.
    pub name: PersonName,
    /// The order in which it was read.
    pub order: Order,
    /// How much speaks for it, beside the other readings of the same string; no probability.
    pub evidence: f64,
    /// Words that belong to no part: titles, numbers.
    pub left: Vec<String>,
}

/// Words that say what follows them, in small letters.
const SIGNS: &[(&[&str], Field)] = &[
    (&["rođ"], Field::Maiden),
    (&["rođena"], Field::Maiden),
    (&["rođen"], Field::Maiden),
    (&["rodj"], Field::Maiden),
    (&["rodjena"], Field::Maiden),
    (&["djevojačko"], Field::Maiden),
    (&["devojačko"], Field::Maiden),
    (&["рођ"], Field::Maiden),
    (&["рођена"], Field::Maiden),
    (&["née"], Field::Maiden),
    (&["nee"], Field::Maiden),
    (&["born"], Field::Maiden),
    (&["geb"], Field::Maiden),
    (&["geborene"], Field::Maiden),
    (&["mbiemri", "i", "vajzërisë"], Field::Maiden),
    (&["e", "lindur"], Field::Maiden),
    (&["i", "lindur"], Field::Maiden),
    (&["lindur"], Field::Maiden),
    (&["zvani"], Field::Nickname),
    (&["zvana"], Field::Nickname),
    (&["zv"], Field::Nickname),
    (&["звани"], Field::Nickname),
    (&["звана"], Field::Nickname),
    (&["nadimak"], Field::Nickname),
    (&["alias"], Field::Nickname),
    (&["nofka"], Field::Nickname),
    (&["known", "as"], Field::Nickname),
    (&["i", "njohur", "si"], Field::Nickname),
    (&["e", "njohur", "si"], Field::Nickname),
    (&["i", "biri", "i"], Field::Father),
    (&["e", "bija", "e"], Field::Father),
    (&["biri", "i"], Field::Father),
    (&["bija", "e"], Field::Father),
    (&["od", "oca"], Field::Father),
    (&["otac"], Field::Father),
    (&["отац"], Field::Father),
    (&["sin"], Field::Father),
    (&["kći"], Field::Father),
    (&["son", "of"], Field::Father),
    (&["daughter", "of"], Field::Father),
];

/// Titles, which are no part of a name.
const TITLES: [&str; 12] = [
    "dr", "prof", "mr", "mrs", "ms", "z", "znj", "gdin", "gđa", "др", "ing", "inž",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Father,
    Maiden,
    Nickname,
}

/// Reads a string as a person's name: every reading, the likelier first; one at least. An empty string is an empty name.
///
/// ```
/// use mandate_names::read_person;
/// let readings = read_person("Agim (Rexhep) BERISHA, rođ. 1956");
/// let name = &readings[0].name;
/// assert_eq!((&*name.given[0].text, &*name.father[0].text, &*name.family[0].text), ("Agim", "Rexhep", "BERISHA"));
/// assert_eq!(read_person("Hoti Agim")[1].name.given[0].text, "Hoti");
/// ```
pub fn read_person(text: &str) -> Vec<Reading> {
    let mut said = Said::default();
    let text = said.take_brackets(text);
    let segments: Vec<Vec<String>> = text
        .split([',', ';'])
        .map(|segment| said.take_words(segment))
        .collect();
    let mut segments: Vec<Vec<String>> = segments
        .into_iter()
        .filter(|segment| !segment.is_empty())
        .collect();
    let mut orders = Vec::new();
    if segments.len() > 1 {
        let family = segments.remove(0);
        let given = segments.remove(0);
        orders.push((Order::Said, 10.0, by_comma(family, given, segments, &said)));
    } else if let Some(words) = segments.pop() {
        orders = by_order(&words, &said);
    } else {
        orders.push((Order::Said, 0.0, PersonName::default()));
    }
    let mut readings: Vec<Reading> = orders
        .into_iter()
        .map(|order| said.complete(order))
        .collect();
    readings.sort_by(|a, b| b.evidence.total_cmp(&a.evidence));
    let mut seen: Vec<PersonName> = Vec::new();
    readings.retain(|reading| {
        let new = !seen.contains(&reading.name);
        if new {
            seen.push(reading.name.clone());
        }
        new
    });
    readings
}

/// What a string says in so many words.
#[derive(Default)]
struct Said {
    father: Vec<Part>,
    maiden: Vec<Part>,
    nickname: Vec<Part>,
    left: Vec<String>,
}

impl Said {
    fn field(&mut self, field: Field) -> &mut Vec<Part> {
        match field {
            Field::Father => &mut self.father,
            Field::Maiden => &mut self.maiden,
            Field::Nickname => &mut self.nickname,
        }
    }

    /// Takes what stands in brackets (the father, or what a word in them says) and between quotation marks.
    fn take_brackets(&mut self, text: &str) -> String {
        let mut outside = String::with_capacity(text.len());
        let mut inside: Option<(char, String)> = None;
        for c in text.chars() {
            match (&mut inside, c) {
                (None, '(' | '[' | '"' | '„' | '“' | '”' | '«') => {
                    inside = Some((c, String::new()))
                }
                (Some((open, _)), ')' | ']' | '"' | '“' | '”' | '»') if closes(*open, c) => {
                    if let Some((open, content)) = inside.take() {
                        self.take_content(open, &content);
                    }
                    outside.push(' ');
                }
                (Some((_, content)), c) => content.push(c),
                (None, c) => outside.push(c),
            }
        }
        // What never closes was no bracket.
        if let Some((_, content)) = inside {
            outside.push(' ');
            outside.push_str(&content);
        }
        outside
    }

    fn take_content(&mut self, open: char, content: &str) {
        let field = if matches!(open, '(' | '[') {
            Field::Father
        } else {
            Field::Nickname
        };
        let words = self.take_words(content);
        self.field(field)
            .extend(words.iter().map(|word| Part::new(word)));
    }

    /// The words of a segment, without those that belong to a sign, titles and numbers.
    fn take_words(&mut self, segment: &str) -> Vec<String> {
        let words: Vec<&str> = segment.split_whitespace().collect();
        let small: Vec<String> = words.iter().map(|word| bare(word).to_lowercase()).collect();
        let mut rest = Vec::new();
        let mut field: Option<Field> = None;
        let mut at = 0;
        while at < words.len() {
            // A sign with nothing after it is a word like others.
            let sign = SIGNS.iter().find(|(sign, _)| {
                let here = small.get(at..at + sign.len());
                at + sign.len() < words.len() && here.is_some_and(|here| here == *sign)
            });
            if let Some((sign, says)) = sign {
                field = Some(*says);
                at += sign.len();
                continue;
            }
            let word = words[at];
            at += 1;
            let title = words.len() > 1 && TITLES.contains(&&*small[at - 1]);
            if title
                || !word.chars().any(char::is_alphabetic)
                || word.chars().any(|c| c.is_ascii_digit())
            {
                self.left.push(word.to_owned());
            } else if let Some(father) = genitive(&small, &words, at - 1) {
                self.father.push(Part::new(&father));
                at += 1;
            } else if let Some(says) = field {
                self.field(says).push(Part::new(bare(word)));
                if says == Field::Father {
                    field = None;
                }
            } else {
                rest.push(word.to_owned());
            }
        }
        rest
    }

    fn complete(&self, (order, evidence, mut name): (Order, f64, PersonName)) -> Reading {
        name.father.extend(self.father.iter().cloned());
        name.maiden.extend(self.maiden.iter().cloned());
        name.nickname.extend(self.nickname.iter().cloned());
        Reading {
            name,
            order,
            evidence,
            left: self.left.clone(),
        }
    }
}

fn closes(open: char, c: char) -> bool {
    match open {
        '(' => c == ')',
        '[' => c == ']',
        '«' => c == '»',
        _ => matches!(c, '"' | '“' | '”'),
    }
}

/// A word without the stops around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// `Agim i Rexhepit`: the father in the genitive.
fn genitive(small: &[String], words: &[&str], at: usize) -> Option<String> {
    let article = at > 0 && matches!(&*small[at], "i" | "e") && words[at].len() == 1;
    let father = bare(words.get(at + 1).filter(|_| article)?);
    let ending = ["it", "ut"]
        .iter()
        .find_map(|ending| father.strip_suffix(ending))?;
    (ending.chars().count() >= 3).then(|| ending.to_owned())
}

/// Family names of a word: both of Petrović-Nikolić.
fn families(words: &[String]) -> Vec<Part> {
    let halves = words.iter().flat_map(|word| word.split('-')).map(bare);
    halves
        .filter(|half| !half.is_empty())
        .map(Part::new)
        .collect()
}

fn parts(words: &[String]) -> Vec<Part> {
    words.iter().map(|word| Part::new(bare(word))).collect()
}

/// `Berisha, Agim`, `Berisha, Agim Rexhep`, `Berisha, Agim, Rexhep`.
fn by_comma(
    family: Vec<String>,
    given: Vec<String>,
    more: Vec<Vec<String>>,
    said: &Said,
) -> PersonName {
    let mut name = PersonName {
        family: families(&family),
        ..PersonName::default()
    };
    let father: Vec<String> = more.into_iter().flatten().collect();
    let last = given.split_last().filter(|(_, first)| !first.is_empty());
    match last {
        Some((last, first)) if father.is_empty() && said.father.is_empty() => {
            name.given = parts(first);
            name.father = parts(std::slice::from_ref(last));
        }
        _ => {
            name.given = parts(&given);
            name.father = parts(&father);
        }
    }
    name
}

/// Where one order must be guessed, all orders.
fn by_order(words: &[String], said: &Said) -> Vec<(Order, f64, PersonName)> {
    let capital = |word: &String| {
        bare(word).chars().filter(|c| c.is_alphabetic()).count() > 1
            && !word.chars().any(char::is_lowercase)
    };
    let capitals: Vec<bool> = words.iter().map(capital).collect();
    let small = words
        .iter()
        .any(|word| word.chars().any(char::is_lowercase));
    if small && capitals.contains(&true) {
        // Capitals are the family; the rest in its order.
        let (family, rest): (Vec<_>, Vec<_>) = words
            .iter()
            .cloned()
            .zip(&capitals)
            .partition(|(_, capital)| **capital);
        let [family, rest] =
            [family, rest].map(|words| words.into_iter().map(|(word, _)| word).collect::<Vec<_>>());
        let has_father = !said.father.is_empty() || rest.len() < 2;
        let (given, father) = rest.split_at(if has_father { rest.len() } else { 1 });
        return vec![(Order::Said, 10.0, name(given, father, &family))];
    }
    let mut orders = Vec::new();
    let mut push = |order, given: &[String], father: &[String], family: &[String], own: f64| {
        let evidence = own + likely(given, father, family);
        orders.push((order, evidence, name(given, father, family)));
    };
    let n = words.len();
    if n == 1 {
        push(Order::GivenFirst, words, &[], &[], 0.5);
        push(Order::FamilyFirst, &[], &[], words, 0.0);
        return orders;
    }
    let (first, last) = (&words[..1], &words[n - 1..]);
    let middle = &words[1..n - 1];
    if middle.is_empty() {
        push(Order::GivenFirst, first, &[], last, 1.0);
        push(Order::FamilyFirst, last, &[], first, 0.0);
        return orders;
    }
    if said.father.is_empty() {
        let father = &middle[..1];
        push(Order::GivenFirst, first, father, &words[2..], 1.0);
        push(
            Order::FamilyFirst,
            last,
            &words[n - 2..n - 1],
            &words[..n - 2],
            0.0,
        );
        push(
            Order::FamilyFirst,
            &words[n - 2..n - 1],
            last,
            &words[..n - 2],
            -0.2,
        );
    }
    push(Order::GivenFirst, first, &[], &words[1..], 0.4);
    push(Order::GivenFirst, &words[..n - 1], &[], last, 0.2);
    push(Order::FamilyFirst, last, &[], &words[..n - 1], -0.5);
    push(Order::FamilyFirst, &words[1..], &[], first, -0.6);
    orders
}

fn name(given: &[String], father: &[String], family: &[String]) -> PersonName {
    PersonName {
        given: parts(given),
        father: parts(father),
        family: families(family),
        ..PersonName::default()
    }
}

/// What endings, known given names and initials say for an order.
fn likely(given: &[String], father: &[String], family: &[String]) -> f64 {
    let mut evidence = 0.0;
    for word in given {
        evidence += givenness(word) - if is_initial(word) { 2.0 } else { 0.0 };
    }
    for word in father {
        evidence += givenness(word) + if is_initial(word) { 3.0 } else { 0.0 };
    }
    for word in family {
        evidence -= givenness(word) + if is_initial(word) { 3.0 } else { 0.0 };
    }
    evidence
}

fn is_initial(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() == 1
}

/// Endings that families have and given names have not, as orthographic units.
const FAMILY_ENDINGS: [&[u8]; 8] = [
    b"iC", b"iCi", b"aj", b"ovski", b"evski", b"olli", b"oli", b"ic",
];

fn givenness(word: &str) -> f64 {
    let key = key(bare(word));
    let given = if Forms::builtin().is_given(&key) {
        1.0
    } else {
        0.0
    };
    let ends = FAMILY_ENDINGS
        .iter()
        .any(|ending| key.as_bytes().ends_with(ending) && key.as_bytes().len() > ending.len() + 2);
    given - if ends { 1.0 } else { 0.0 }
}
