//! A pedigree as SVG: generations in rows, couples side by side, children below their parents.
//!
//! Squares are men, circles women, diamonds persons whose sex is not known; filled where a reference sample was given, a
//! thick dashed outline with a question mark where missing. Colours are told by shape as well. The drawing has a title
//! and a description that a screen reader speaks.

use std::{collections::BTreeMap, fmt::Write as _};

use mandate_kinship::{Sex, case::Family};
use mandate_language::{Arg, Language};

use super::report::Drawing;

/// Between neighbours, and between generations.
const STEP: (f64, f64) = (104.0, 128.0);
const HALF: f64 = 20.0;
const MARGIN: (f64, f64) = (60.0, 34.0);
/// The longest name below a symbol, in characters.
const LONGEST: usize = 13;

/// Draws a family.
pub(crate) fn family(l: &Language, family: &Family) -> Drawing {
    let layout = Layout::of(family);
    let (width, height) = layout.size();
    let members = family.pedigree.members();
    let names = |places: &[usize]| {
        if places.is_empty() {
            return l.text("kinship-pedigree-nobody");
        }
        let ids: Vec<String> = places.iter().map(|p| family.id(*p).to_owned()).collect();
        l.list(&ids)
    };
    let mut typed: Vec<usize> = family.typed.iter().map(|(at, _)| *at).collect();
    typed.dedup();
    let named = (0..members.len()).filter(|at| !family.pedigree.is_unnamed(*at));
    let title = l.with(
        "kinship-pedigree-title",
        &[("family", family.name.as_str().into())],
    );
    let described = l.with(
        "kinship-pedigree-described",
        &[
            (
                "count",
                Arg::Integer(i64::try_from(named.count()).unwrap_or(i64::MAX)),
            ),
            ("missing", names(&family.missing).into()),
            ("typed", names(&typed).into()),
        ],
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" \
         role=\"img\" aria-labelledby=\"pedigree-title pedigree-described\"><title id=\"pedigree-title\">{}</title>\
         <desc id=\"pedigree-described\">{}</desc><g fill=\"none\" stroke=\"#1a1a1a\" stroke-width=\"1.6\">",
        escape(&title),
        escape(&described)
    );
    layout.lines(&mut svg);
    svg.push_str("</g>");
    for at in 0..members.len() {
        symbol(&mut svg, family, at, layout.place(at), typed.contains(&at));
    }
    svg.push_str("</svg>");
    Drawing {
        title: l.text("kinship-pedigree"),
        svg,
        legend: l.text("kinship-pedigree-legend"),
    }
}

fn symbol(svg: &mut String, family: &Family, at: usize, (x, y): (f64, f64), typed: bool) {
    let missing = family.missing.contains(&at);
    let unnamed = family.pedigree.is_unnamed(at);
    let fill = if typed { "#1f4e79" } else { "#ffffff" };
    let (stroke, width, dash) = if missing {
        ("#8c1515", 3.5, " stroke-dasharray=\"7 4\"")
    } else if unnamed {
        ("#6b7280", 1.2, " stroke-dasharray=\"2 3\"")
    } else {
        ("#1a1a1a", 1.8, "")
    };
    let look = format!("fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"{width}\"{dash}");
    let _ = match family.sex(at) {
        Sex::Male => write!(
            svg,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.0}\" height=\"{:.0}\" {look}/>",
            x - HALF,
            y - HALF,
            2.0 * HALF,
            2.0 * HALF
        ),
        Sex::Female => write!(
            svg,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{HALF:.0}\" {look}/>"
        ),
        Sex::Unknown => write!(
            svg,
            "<path d=\"M{x:.1} {:.1}l{h} {h}l-{h} {h}l-{h} -{h}z\" {look}/>",
            y - 1.15 * HALF,
            h = 1.15 * HALF
        ),
    };
    if missing {
        let ink = if typed { "#ffffff" } else { "#8c1515" };
        let _ = write!(
            svg,
            "<text x=\"{x:.1}\" y=\"{:.1}\" style=\"font-size:20px;font-weight:700;fill:{ink};stroke:none\">?</text>",
            y + 7.0
        );
    }
    if !unnamed {
        let id = family.id(at);
        let short: String = if id.chars().count() > LONGEST {
            id.chars().take(LONGEST - 1).chain(['…']).collect()
        } else {
            id.to_owned()
        };
        let weight = if missing {
            " style=\"font-weight:700\""
        } else {
            ""
        };
        let _ = write!(
            svg,
            "<text x=\"{x:.1}\" y=\"{:.1}\"{weight}>{}</text>",
            y + HALF + 17.0,
            escape(&short)
        );
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// Where everybody stands: the row, and the place in it in steps.
struct Layout {
    generation: Vec<usize>,
    x: Vec<f64>,
    /// Couples with their children, in order.
    couples: Vec<((usize, usize), Vec<usize>)>,
}

impl Layout {
    fn of(family: &Family) -> Self {
        let members = family.pedigree.members();
        let mut couples: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for (child, member) in members.iter().enumerate() {
            if let Some(parents) = member.parents {
                couples.entry(parents).or_default().push(child);
            }
        }
        let couples: Vec<_> = couples.into_iter().collect();
        let mut layout = Self {
            generation: generations(members.len(), &couples),
            x: vec![0.0; members.len()],
            couples,
        };
        layout.order();
        layout
    }

    /// Puts rows in order: first as families unfold from the top, then towards parents, children and partners.
    fn order(&mut self) {
        let last = self.generation.iter().max().copied().unwrap_or(0);
        let mut rows: Vec<Vec<usize>> = vec![Vec::new(); last + 1];
        let mut seen = vec![false; self.x.len()];
        for at in 0..self.x.len() {
            if self.generation[at] == 0 {
                self.unfold(at, &mut rows, &mut seen);
            }
        }
        for at in 0..self.x.len() {
            self.unfold(at, &mut rows, &mut seen);
        }
        for row in &rows {
            for (place, at) in row.iter().enumerate() {
                self.x[*at] = as_steps(place);
            }
        }
        for sweep in 0..24 {
            for number in 0..rows.len() {
                let number = if sweep % 2 == 0 {
                    number
                } else {
                    rows.len() - 1 - number
                };
                let wish: Vec<f64> = rows[number].iter().map(|at| self.wish(*at)).collect();
                spread(&rows[number], &wish, &mut self.x);
            }
        }
        let first = self.x.iter().copied().fold(f64::INFINITY, f64::min);
        if first.is_finite() {
            for x in &mut self.x {
                *x -= first;
            }
        }
    }

    fn unfold(&self, at: usize, rows: &mut [Vec<usize>], seen: &mut [bool]) {
        // Without recursion: pedigrees can be deep.
        let mut open = vec![at];
        while let Some(at) = open.pop() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            rows[self.generation[at]].push(at);
            let of = |((f, m), _): &&((usize, usize), Vec<usize>)| *f == at || *m == at;
            for ((father, mother), children) in self.couples.iter().filter(of).rev() {
                open.extend(children.iter().rev());
                open.push(if *father == at { *mother } else { *father });
            }
        }
    }

    /// Where a person would stand best.
    fn wish(&self, at: usize) -> f64 {
        let mut sum = 0.0;
        let mut weight = 0.0;
        for ((father, mother), children) in &self.couples {
            let parents = (self.x[*father] + self.x[*mother]) / 2.0;
            let middle =
                children.iter().map(|c| self.x[*c]).sum::<f64>() / as_steps(children.len().max(1));
            if children.contains(&at) {
                // The sibship as a whole stands below the parents.
                sum += self.x[at] + parents - middle;
                weight += 1.0;
            }
            for (one, other, side) in [(*father, *mother, -0.5), (*mother, *father, 0.5)] {
                if one == at {
                    sum += middle + side + 2.0 * (self.x[other] + 2.0 * side);
                    weight += 3.0;
                }
            }
        }
        if weight > 0.0 {
            sum / weight
        } else {
            self.x[at]
        }
    }

    fn size(&self) -> (f64, f64) {
        let last = self.x.iter().copied().fold(0.0, f64::max);
        let rows = as_steps(self.generation.iter().max().copied().unwrap_or(0));
        (
            last * STEP.0 + 2.0 * MARGIN.0,
            rows * STEP.1 + 2.0 * (MARGIN.1 + HALF),
        )
    }

    fn place(&self, at: usize) -> (f64, f64) {
        (
            MARGIN.0 + self.x[at] * STEP.0,
            MARGIN.1 + as_steps(self.generation[at]) * STEP.1,
        )
    }

    /// Lines between partners, from them to their children, and over the children.
    fn lines(&self, svg: &mut String) {
        for (number, ((father, mother), children)) in self.couples.iter().enumerate() {
            let (a, b) = (self.place(*father), self.place(*mother));
            let beside = (a.1 - b.1).abs() < 1.0 && (a.0 - b.0).abs() < 1.6 * STEP.0;
            // Partners who do not stand together are joined below the names, each couple at its own height.
            let join = if beside {
                a.1
            } else {
                a.1.max(b.1) + HALF + 24.0 + as_steps(number % 4) * 5.0
            };
            let middle = (a.0 + b.0) / 2.0;
            if beside {
                let _ = write!(svg, "<path d=\"M{:.1} {join:.1}H{:.1}\"/>", a.0, b.0);
            } else {
                let _ = write!(
                    svg,
                    "<path d=\"M{:.1} {:.1}V{join:.1}H{:.1}V{:.1}\"/>",
                    a.0, a.1, b.0, b.1
                );
            }
            let row = children
                .iter()
                .map(|c| self.place(*c).1)
                .fold(f64::INFINITY, f64::min);
            let bar = row - HALF - 18.0 - as_steps(number % 3) * 6.0;
            let _ = write!(svg, "<path d=\"M{middle:.1} {join:.1}V{bar:.1}\"/>");
            let xs = children.iter().map(|c| self.place(*c).0).chain([middle]);
            let from = xs.clone().fold(f64::INFINITY, f64::min);
            let to = xs.fold(f64::NEG_INFINITY, f64::max);
            let _ = write!(svg, "<path d=\"M{from:.1} {bar:.1}H{to:.1}\"/>");
            for child in children {
                let (x, y) = self.place(*child);
                let _ = write!(svg, "<path d=\"M{x:.1} {bar:.1}V{y:.1}\"/>");
            }
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "members of a family are few")]
fn as_steps(count: usize) -> f64 {
    count as f64
}

/// Children stand below both parents, partners in one row.
fn generations(members: usize, couples: &[((usize, usize), Vec<usize>)]) -> Vec<usize> {
    let mut generation = vec![0; members];
    // Partners of different generations can push each other down; so many rounds are enough for any sound pedigree.
    for _ in 0..=members {
        let mut changed = false;
        for ((father, mother), children) in couples {
            let row = generation[*father].max(generation[*mother]);
            let mut at_least = |who: usize, row: usize| {
                if generation[who] < row && row <= members {
                    generation[who] = row;
                    changed = true;
                }
            };
            at_least(*father, row);
            at_least(*mother, row);
            for child in children {
                at_least(*child, row + 1);
            }
        }
        if !changed {
            break;
        }
    }
    generation
}

/// Gives a row places as near to their wishes as a step between neighbours allows, in the order of the wishes.
fn spread(row: &[usize], wish: &[f64], x: &mut [f64]) {
    let mut order: Vec<usize> = (0..row.len()).collect();
    order.sort_by(|a, b| wish[*a].total_cmp(&wish[*b]).then(a.cmp(b)));
    // Neighbours that are too close form a block around the mean of what they wish.
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for place in order.iter().map(|n| wish[*n]) {
        blocks.push((place, 1));
        while let [.., (before, many), (last, few)] = blocks.as_slice() {
            let (many, few) = (*many, *few);
            let needed = (as_steps(many) + as_steps(few)) / 2.0;
            if last - before >= needed {
                break;
            }
            let all = as_steps(many + few);
            // Each member's wish, moved to where the block's middle would be for it.
            let left = before + (as_steps(few)) / 2.0;
            let right = last - (as_steps(many)) / 2.0;
            let middle = (left * as_steps(many) + right * as_steps(few)) / all;
            blocks.pop();
            blocks.pop();
            blocks.push((middle, many + few));
        }
    }
    let mut members = order.into_iter();
    for (middle, count) in blocks {
        for n in 0..count {
            if let Some(number) = members.next() {
                x[row[number]] = middle - (as_steps(count) - 1.0) / 2.0 + as_steps(n);
            }
        }
    }
}
