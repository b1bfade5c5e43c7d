//! The text of a PDF with its place on the page (ISO 32000-1, chapter 9). Fonts, encodings and compressed streams are the
//! library's; the text state, the gaps between words and the lines are worked out here, because order and place tell a
//! footnote from a paragraph.

use std::{
    collections::{BTreeMap, HashMap},
    time::Instant,
};

use lopdf::{
    Dictionary, Document, Encoding, Error, LoadOptions, Object, ObjectId, content::Content,
};

use crate::{
    Kind, Limits, ReadError, Source, columns,
    page::{Line, Sheet, pages, symbol},
};

/// Forms within forms that are followed; real documents need two.
const DEPTH: usize = 6;

/// Bytes of one string that are shown; the standard allows 32,767.
const LONGEST: usize = 65_534;

pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Source, ReadError> {
    let options = LoadOptions::with_max_decompressed_size(limits.text);
    let document =
        Document::load_mem_with_options(bytes, options).map_err(|error| broken(&error))?;
    if document.is_encrypted() {
        return Err(ReadError::Encrypted);
    }
    let all = document.get_pages();
    if all.is_empty() {
        return Err(ReadError::Broken("there are no pages".to_owned()));
    }
    if all.len() > limits.pages {
        let most = limits.pages;
        return Err(ReadError::TooLarge {
            what: "pages",
            most,
        });
    }
    let until = Instant::now() + limits.time;
    let mut fonts = HashMap::new();
    let (mut sheets, mut size) = (Vec::with_capacity(all.len()), 0_usize);
    for id in all.values() {
        let mut reader = Reader {
            document: &document,
            limits,
            until,
            fonts: &mut fonts,
            shown: 0,
            pieces: Vec::new(),
        };
        reader.page(*id)?;
        let lines = lines(columns::in_reading_order(reader.pieces));
        size += lines.iter().map(|line| line.text.len()).sum::<usize>();
        if size > limits.text {
            let most = limits.text;
            return Err(ReadError::TooLarge {
                what: "bytes of text",
                most,
            });
        }
        let height = height(&document, *id);
        sheets.push(Sheet { height, lines });
    }
    // A few words on a stamp do not make a scanned report readable.
    if size < 20 * sheets.len().min(5) {
        return Err(ReadError::Scanned);
    }
    let first = sheets.first().into_iter().flat_map(|sheet| &sheet.lines);
    let symbol = symbol(first.map(|line| line.text.as_str()));
    Ok(Source {
        kind: Kind::Pdf,
        symbol,
        pages: pages(sheets),
    })
}

fn broken(error: &Error) -> ReadError {
    match error {
        Error::Decryption(_) | Error::InvalidPassword => ReadError::Encrypted,
        other => ReadError::Broken(other.to_string()),
    }
}

/// The height of a page in points, of its own or of those above it in the tree.
fn height(document: &Document, page: ObjectId) -> f32 {
    let mut at = document.get_dictionary(page).ok();
    for _ in 0..DEPTH {
        let Some(dictionary) = at else { break };
        if let Ok(sides) = dictionary
            .get_deref(b"MediaBox", document)
            .and_then(Object::as_array)
            && let (Some(low), Some(high)) =
                (sides.get(1).and_then(figure), sides.get(3).and_then(figure))
        {
            return (high - low).abs().max(1.0);
        }
        at = dictionary
            .get_deref(b"Parent", document)
            .and_then(Object::as_dict)
            .ok();
    }
    842.0
}

fn figure(object: &Object) -> Option<f32> {
    object.as_float().ok().filter(|n| n.is_finite())
}

/// A font: how its codes are read and how wide they are, in thousandths of its size.
struct Font<'a> {
    encoding: Option<Encoding<'a>>,
    first: i64,
    widths: Vec<f32>,
    wide: bool,
}

impl Font<'_> {
    fn advance(&self, code: &[u8]) -> f32 {
        let known = match code {
            [byte] => usize::try_from(i64::from(*byte) - self.first)
                .ok()
                .and_then(|at| self.widths.get(at))
                .copied(),
            _ => None,
        };
        known.filter(|width| *width > 0.0).unwrap_or(500.0)
    }
}

/// Words at a place.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) end: f32,
    pub(crate) size: f32,
    pub(crate) text: String,
}

/// A matrix of six, as the standard writes it.
type Matrix = [f32; 6];
const STILL: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// `a`, then `b`.
fn then(a: &Matrix, b: &Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

#[derive(Clone)]
struct State {
    place: Matrix,
    font: Option<Vec<u8>>,
    size: f32,
    between_letters: f32,
    between_words: f32,
    scale: f32,
    leading: f32,
    rise: f32,
}

struct Reader<'a, 'f> {
    document: &'a Document,
    limits: &'a Limits,
    until: Instant,
    fonts: &'f mut HashMap<*const Dictionary, Font<'a>>,
    /// Bytes of text shown so far: what a form draws over and over is bounded while it is drawn.
    shown: usize,
    pieces: Vec<Piece>,
}

impl<'a> Reader<'a, '_> {
    fn page(&mut self, id: ObjectId) -> Result<(), ReadError> {
        let bytes = self
            .document
            .get_page_content_with_limit(id, self.limits.text)
            .map_err(|error| broken(&error))?;
        let fonts = self.document.get_page_fonts(id).unwrap_or_default();
        let resources = self
            .document
            .get_page_resources(id)
            .ok()
            .and_then(|(own, others)| {
                own.or_else(|| {
                    let first = others.first()?;
                    self.document.get_dictionary(*first).ok()
                })
            });
        self.stream(&bytes, &fonts, resources, STILL, 0)
    }

    fn stream(
        &mut self,
        bytes: &[u8],
        fonts: &BTreeMap<Vec<u8>, &'a Dictionary>,
        resources: Option<&'a Dictionary>,
        place: Matrix,
        depth: usize,
    ) -> Result<(), ReadError> {
        let Ok(content) = Content::decode(bytes) else {
            return Ok(());
        };
        let mut now = State {
            place,
            font: None,
            size: 0.0,
            between_letters: 0.0,
            between_words: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        let (mut kept, mut line, mut text) = (Vec::new(), STILL, STILL);
        for (n, operation) in content.operations.iter().enumerate() {
            if n % 1024 == 0 && Instant::now() > self.until {
                return Err(ReadError::TooSlow);
            }
            if self.shown > self.limits.text {
                let most = self.limits.text;
                return Err(ReadError::TooLarge {
                    what: "bytes of text",
                    most,
                });
            }
            let given = &operation.operands;
            let at = |place: usize| given.get(place).and_then(figure).unwrap_or(0.0);
            match operation.operator.as_str() {
                "q" if kept.len() < 256 => kept.push(now.clone()),
                "Q" => now = kept.pop().unwrap_or(now),
                "cm" => now.place = then(&[at(0), at(1), at(2), at(3), at(4), at(5)], &now.place),
                "BT" => (line, text) = (STILL, STILL),
                "Tf" => {
                    now.font = given
                        .first()
                        .and_then(|name| name.as_name().ok())
                        .map(<[u8]>::to_vec);
                    now.size = at(1);
                }
                "Tc" => now.between_letters = at(0),
                "Tw" => now.between_words = at(0),
                "Tz" => now.scale = at(0) / 100.0,
                "TL" => now.leading = at(0),
                "Ts" => now.rise = at(0),
                "Td" | "TD" => {
                    if operation.operator == "TD" {
                        now.leading = -at(1);
                    }
                    line = then(&[1.0, 0.0, 0.0, 1.0, at(0), at(1)], &line);
                    text = line;
                }
                "Tm" => {
                    line = [at(0), at(1), at(2), at(3), at(4), at(5)];
                    text = line;
                }
                "T*" | "'" | "\"" => {
                    line = then(&[1.0, 0.0, 0.0, 1.0, 0.0, -now.leading], &line);
                    text = line;
                    if operation.operator == "\"" {
                        now.between_words = at(0);
                        now.between_letters = at(1);
                    }
                    if let Some(shown) = given.last().and_then(|o| o.as_str().ok()) {
                        self.show(&now, &mut text, fonts, shown);
                    }
                }
                "Tj" => {
                    if let Some(shown) = given.first().and_then(|o| o.as_str().ok()) {
                        self.show(&now, &mut text, fonts, shown);
                    }
                }
                "TJ" => {
                    let parts = given.first().and_then(|o| o.as_array().ok());
                    for part in parts.into_iter().flatten() {
                        if let Ok(shown) = part.as_str() {
                            self.show(&now, &mut text, fonts, shown);
                        } else if let Some(back) = figure(part) {
                            let by = -back / 1000.0 * now.size * now.scale;
                            text = then(&[1.0, 0.0, 0.0, 1.0, by, 0.0], &text);
                        }
                    }
                }
                "Do" if depth < DEPTH => {
                    let name = given.first().and_then(|o| o.as_name().ok());
                    if let (Some(name), Some(resources)) = (name, resources) {
                        self.form(name, resources, fonts, now.place, depth)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A piece of the page that is kept apart from it.
    fn form(
        &mut self,
        name: &[u8],
        resources: &'a Dictionary,
        fonts: &BTreeMap<Vec<u8>, &'a Dictionary>,
        place: Matrix,
        depth: usize,
    ) -> Result<(), ReadError> {
        let found = resources
            .get_deref(b"XObject", self.document)
            .and_then(Object::as_dict)
            .and_then(|forms| forms.get_deref(name, self.document))
            .and_then(Object::as_stream);
        let Ok(stream) = found else { return Ok(()) };
        let kind = stream.dict.get(b"Subtype").and_then(Object::as_name);
        if kind.is_ok_and(|kind| kind != b"Form") {
            return Ok(());
        }
        let bytes = match stream.decompressed_content_with_limit(self.limits.text) {
            Ok(bytes) => bytes,
            Err(Error::Decompress(_)) => {
                let most = self.limits.text;
                return Err(ReadError::TooLarge {
                    what: "bytes of text",
                    most,
                });
            }
            Err(_) => stream.content.clone(),
        };
        let own = stream
            .dict
            .get_deref(b"Resources", self.document)
            .and_then(Object::as_dict)
            .ok();
        let mut named = fonts.clone();
        let dictionary = own.and_then(|own| {
            let fonts = own.get_deref(b"Font", self.document);
            fonts.and_then(Object::as_dict).ok()
        });
        for (name, font) in dictionary.into_iter().flat_map(Dictionary::iter) {
            let font = self.document.dereference(font).map(|(_, font)| font);
            if let Ok(font) = font.and_then(Object::as_dict) {
                named.insert(name.clone(), font);
            }
        }
        let matrix = stream
            .dict
            .get_deref(b"Matrix", self.document)
            .and_then(Object::as_array);
        let mut own_place = STILL;
        if let Ok(given) = matrix {
            for (to, from) in own_place.iter_mut().zip(given) {
                *to = figure(from).unwrap_or(*to);
            }
        }
        let place = then(&own_place, &place);
        self.stream(&bytes, &named, own.or(Some(resources)), place, depth + 1)
    }

    fn font(&mut self, dictionary: &'a Dictionary) -> &Font<'a> {
        let (document, most) = (self.document, self.limits.text);
        self.fonts
            .entry(std::ptr::from_ref(dictionary))
            .or_insert_with(|| {
                let wide = dictionary
                    .get(b"Subtype")
                    .and_then(Object::as_name)
                    .is_ok_and(|kind| kind == b"Type0");
                let widths = dictionary
                    .get_deref(b"Widths", document)
                    .and_then(Object::as_array)
                    .map(|all| {
                        all.iter()
                            .map(|width| {
                                let (_, width) =
                                    document.dereference(width).unwrap_or((None, width));
                                figure(width).unwrap_or(0.0)
                            })
                            .collect()
                    });
                Font {
                    encoding: dictionary.get_font_encoding_with_limit(document, most).ok(),
                    first: dictionary
                        .get_deref(b"FirstChar", document)
                        .and_then(Object::as_i64)
                        .unwrap_or(0),
                    widths: widths.unwrap_or_default(),
                    wide,
                }
            })
    }

    fn show(
        &mut self,
        now: &State,
        text: &mut Matrix,
        fonts: &BTreeMap<Vec<u8>, &'a Dictionary>,
        shown: &[u8],
    ) {
        let Some(dictionary) = now.font.as_ref().and_then(|name| fonts.get(name)).copied() else {
            return;
        };
        let shown = &shown[..shown.len().min(LONGEST)];
        let font = self.font(dictionary);
        let words = match &font.encoding {
            Some(encoding) => encoding.bytes_to_string(shown).unwrap_or_default(),
            None => String::new(),
        };
        let mut wide = 0.0;
        let step = if font.wide { 2 } else { 1 };
        for code in shown.chunks(step) {
            let word = if code == [b' '] {
                now.between_words
            } else {
                0.0
            };
            wide += font.advance(code) / 1000.0 * now.size + now.between_letters + word;
        }
        wide *= now.scale;
        self.shown = self.shown.saturating_add(words.len());
        let from = then(text, &now.place);
        *text = then(&[1.0, 0.0, 0.0, 1.0, wide, 0.0], text);
        let to = then(text, &now.place);
        // Text that runs upwards or downwards is an ornament of the margin.
        if (to[5] - from[5]).abs() > (to[4] - from[4]).abs() || words.is_empty() {
            return;
        }
        let size = now.size * (from[2].powi(2) + from[3].powi(2)).sqrt();
        if !(from[4].is_finite() && from[5].is_finite() && to[4].is_finite() && size.is_finite()) {
            return;
        }
        self.pieces.push(Piece {
            x: from[4],
            y: from[5] + now.rise,
            end: to[4],
            size: size.abs(),
            text: words,
        });
    }
}

/// Pieces into lines, in the order in which the page was written, but for its columns.
fn lines(pieces: Vec<Piece>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut end = 0.0_f32;
    for piece in pieces {
        let size = piece.size.max(1.0);
        let same = lines.last().is_some_and(|line| {
            (line.y - piece.y).abs() < size.max(line.size) * 0.45 && piece.x > end - size * 2.0
        });
        match lines.last_mut().filter(|_| same) {
            Some(line) => {
                let gap = piece.x - end;
                let open = line.text.ends_with(char::is_whitespace)
                    || piece.text.starts_with(char::is_whitespace);
                if gap > size * 0.17 && !open {
                    line.text.push(' ');
                }
                line.text.push_str(&piece.text);
                if piece.size > line.size {
                    (line.size, line.y) = (piece.size, piece.y);
                }
            }
            None => lines.push(Line {
                n: 0,
                y: piece.y,
                size: piece.size,
                text: piece.text,
            }),
        }
        end = piece.end;
    }
    for line in &mut lines {
        line.text = tidy(&line.text);
    }
    lines.retain(|line| !line.text.is_empty());
    lines
}

/// Single spaces, and the letters that ligatures stand for.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'ﬁ' => out.push_str("fi"),
            'ﬂ' => out.push_str("fl"),
            'ﬀ' => out.push_str("ff"),
            'ﬃ' => out.push_str("ffi"),
            'ﬄ' => out.push_str("ffl"),
            c if c.is_control() || c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
