//! Two columns of a page, put in the order in which a person reads them, in whatever order they were written.

use crate::pdf::Piece;

/// Rows that each column has at least: fewer may be a heading or a table.
const ROWS: usize = 8;

/// How wide the empty strip between columns is at least, in points.
const STRIP: usize = 9;

/// Wider pages are no paper.
const WIDEST: f32 = 4_000.0;

/// The pieces of a page, left column before right between what runs across both. A page without columns stays as it was
/// written.
pub(crate) fn in_reading_order(pieces: Vec<Piece>) -> Vec<Piece> {
    let Some(strip) = strip(&pieces) else {
        return pieces;
    };
    // What runs across the columns parts them into those above and those below it.
    let across = pieces
        .iter()
        .filter(|piece| piece.x < strip && piece.end > strip);
    let mut edges: Vec<f32> = across.map(|piece| piece.y).collect();
    edges.sort_by(|a, b| b.total_cmp(a));
    edges.dedup_by(|a, b| (*a - *b).abs() < 3.0);
    let mut placed: Vec<(usize, Piece)> = pieces
        .into_iter()
        .map(|piece| {
            // The edge that a piece stands on opens the part below it.
            let opened = edges.partition_point(|edge| *edge > piece.y - 3.0);
            let on = opened > 0 && (edges[opened - 1] - piece.y).abs() <= 3.0;
            let side = match (on, piece.x >= strip) {
                (true, _) => 0,
                (false, false) => 1,
                (false, true) => 2,
            };
            let place = 3 * opened + side;
            (place, piece)
        })
        .collect();
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, piece)| piece).collect()
}

/// The middle of the empty strip between two columns of prose.
fn strip(pieces: &[Piece]) -> Option<f32> {
    let left = pieces
        .iter()
        .map(|piece| piece.x)
        .fold(f32::INFINITY, f32::min);
    let right = pieces
        .iter()
        .map(|piece| piece.end)
        .fold(f32::NEG_INFINITY, f32::max);
    let wide = right - left;
    if !(100.0..WIDEST).contains(&wide) {
        return None;
    }
    let all = rows(pieces.iter());
    let points = wide as usize + 1;
    let mut covered = vec![0_usize; points];
    for piece in pieces {
        let from = ((piece.x - left).max(0.0) as usize).min(points - 1);
        let to = ((piece.end - left).max(0.0) as usize).min(points - 1);
        for point in &mut covered[from..=to.max(from)] {
            *point += 1;
        }
    }
    // Headings may run across, prose may not.
    let most = all.len() / 10;
    let (mut best, mut run) = (0..0, 0);
    for (at, count) in covered
        .iter()
        .enumerate()
        .take(points * 13 / 20)
        .skip(points * 7 / 20)
    {
        run = if *count <= most { run + 1 } else { 0 };
        if run > best.len() {
            best = at + 1 - run..at + 1;
        }
    }
    if best.len() < STRIP {
        return None;
    }
    let middle = left + (best.start + best.end) as f32 / 2.0;
    let of = |side: bool| {
        let side = pieces.iter().filter(move |piece| {
            if side {
                piece.end <= middle
            } else {
                piece.x >= middle
            }
        });
        rows(side)
    };
    let full = |rows: &[Row], column: f32| {
        let long = rows.iter().filter(|row| (row.end - row.x) > column * 0.6);
        rows.len() >= ROWS && long.count() * 2 > rows.len()
    };
    let (first, second) = (of(true), of(false));
    // The rows of columns stand beside each other; those of a page whose text moves to the side do not.
    let beside = first
        .iter()
        .filter(|row| second.iter().any(|other| (other.y - row.y).abs() < 12.0))
        .count();
    let prose = full(&first, best.start as f32) && full(&second, wide - best.end as f32);
    (prose && beside * 2 > first.len().min(second.len())).then_some(middle)
}

/// What stands on one height.
struct Row {
    y: f32,
    x: f32,
    end: f32,
}

fn rows<'a>(pieces: impl Iterator<Item = &'a Piece>) -> Vec<Row> {
    let mut all: Vec<&Piece> = pieces.collect();
    all.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut rows: Vec<Row> = Vec::new();
    for piece in all {
        match rows.last_mut().filter(|row| row.y - piece.y < 3.0) {
            Some(row) => (row.x, row.end) = (row.x.min(piece.x), row.end.max(piece.end)),
            None => rows.push(Row {
                y: piece.y,
                x: piece.x,
                end: piece.end,
            }),
        }
    }
    rows
}
