//! What a domain or an engine says to a reader, before it is put in the reader's language.

use jiff::civil::Date;

/// One value for a placeholder of a label.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// A name or any other text, shown as it is.
    Text(String),
    /// A count or another whole number, grouped as the language does; plural selectors work on it.
    /// A year is not a count: give it as text.
    Integer(i64),
    /// A number with decimals, at most three shown unless the label asks for more.
    Decimal(f64),
    /// A day, shown in the language's long form.
    Date(Date),
    /// Another label by its id, for instance the name of a field in an error.
    Label(&'static str),
    /// Several texts, joined as the language does ("a, b and c").
    List(Vec<String>),
}

impl From<&str> for Arg {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}
impl From<&String> for Arg {
    fn from(value: &String) -> Self {
        Self::Text(value.clone())
    }
}
impl From<String> for Arg {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}
impl From<char> for Arg {
    fn from(value: char) -> Self {
        Self::Text(value.to_string())
    }
}
impl From<f64> for Arg {
    fn from(value: f64) -> Self {
        Self::Decimal(value)
    }
}
impl From<Date> for Arg {
    fn from(value: Date) -> Self {
        Self::Date(value)
    }
}
impl From<Vec<String>> for Arg {
    fn from(value: Vec<String>) -> Self {
        Self::List(value)
    }
}
impl From<&[String]> for Arg {
    fn from(value: &[String]) -> Self {
        Self::List(value.to_vec())
    }
}
macro_rules! whole_numbers {
    ($($number:ty)+) => {$(
        impl From<$number> for Arg {
            /// A number beyond 64 bits is held at the largest one.
            fn from(value: $number) -> Self {
                Self::Integer(i64::try_from(value).unwrap_or(i64::MAX))
            }
        }
    )+};
}
whole_numbers!(i8 i16 i32 i64 u8 u16 u32 u64 usize);
impl From<isize> for Arg {
    fn from(value: isize) -> Self {
        Self::Integer(value as i64)
    }
}

/// A label's id and the values it needs: the form in which errors and notices travel to the page.
///
/// ```
/// use mandate_language::Message;
/// let late = Message::new("mechanisms-late").with("days", 3).with("addressee", "Ministry of Justice");
/// assert_eq!(late.id, "mechanisms-late");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// The label's id in the `.ftl` files.
    pub id: &'static str,
    /// The values of its placeholders, by name.
    pub args: Vec<(&'static str, Arg)>,
}

impl Message {
    /// A message without values.
    pub const fn new(id: &'static str) -> Self {
        Self {
            id,
            args: Vec::new(),
        }
    }

    /// The same message with one more value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}
