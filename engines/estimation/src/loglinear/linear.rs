//! The little linear algebra that log-linear models need, on small dense matrices.

/// Numbers smaller than this are 0 in an elimination of zeros and ones.
const TINY: f64 = 1e-9;

/// Solves `m x = right` for a symmetric positive definite matrix given row by row (Cholesky). `None` where it is not
/// positive definite. The factor stands in `m` afterwards.
pub(super) fn solve(m: &mut [f64], right: &mut [f64]) -> Option<()> {
    let n = right.len();
    factor(m, n)?;
    for row in 0..n {
        let sum: f64 = (0..row).map(|k| m[row * n + k] * right[k]).sum();
        right[row] = (right[row] - sum) / m[row * n + row];
    }
    for row in (0..n).rev() {
        let sum: f64 = (row + 1..n).map(|k| m[k * n + row] * right[k]).sum();
        right[row] = (right[row] - sum) / m[row * n + row];
    }
    Some(())
}

/// Replaces the lower half by its Cholesky factor.
fn factor(m: &mut [f64], n: usize) -> Option<()> {
    for row in 0..n {
        for column in 0..=row {
            let sum: f64 = (0..column)
                .map(|k| m[row * n + k] * m[column * n + k])
                .sum();
            let left = m[row * n + column] - sum;
            m[row * n + column] = if row == column {
                if left.is_nan() || left <= 1e-12 * m[row * n + row].abs() {
                    return None;
                }
                left.sqrt()
            } else {
                left / m[column * n + column]
            };
        }
    }
    Some(())
}

/// A basis of the vectors `v` with `A v = 0`, by elimination with full pivoting; `rows` holds the rows of A, each of
/// `columns` numbers. Empty where A has full column rank.
pub(super) fn null_space(mut rows: Vec<Vec<f64>>, columns: usize) -> Vec<Vec<f64>> {
    let mut order: Vec<usize> = (0..columns).collect();
    let mut rank = 0;
    while rank < columns {
        let mut best = (TINY, rank, rank);
        for (row, values) in rows.iter().enumerate().skip(rank) {
            for (place, &column) in order.iter().enumerate().skip(rank) {
                if values[column].abs() > best.0 {
                    best = (values[column].abs(), row, place);
                }
            }
        }
        if best.0 <= TINY {
            break;
        }
        rows.swap(rank, best.1);
        order.swap(rank, best.2);
        let pivot = order[rank];
        let scale = rows[rank][pivot];
        rows[rank].iter_mut().for_each(|x| *x /= scale);
        let clean = rows[rank].clone();
        for (row, values) in rows.iter_mut().enumerate() {
            let times = values[pivot];
            if row != rank && times != 0.0 {
                values
                    .iter_mut()
                    .zip(&clean)
                    .for_each(|(x, y)| *x -= times * y);
            }
        }
        rank += 1;
    }
    // In reduced form every free column gives one vector.
    order[rank..]
        .iter()
        .map(|&free| {
            let mut vector = vec![0.0; columns];
            vector[free] = 1.0;
            for (row, &pivot) in order[..rank].iter().enumerate() {
                vector[pivot] = -rows[row][free];
            }
            vector
        })
        .collect()
}

/// Whether some `v` has `D v ≥ 0` in every row and above 0 in one: the linear programme max Σ(Dv) with Σ(Dv) ≤ 1 and
/// Dv ≥ 0, by the simplex method with Bland's rule, which does not cycle. The origin is a corner to begin from.
pub(super) fn rises_somewhere(rows: &[Vec<f64>]) -> bool {
    let Some(free) = rows.first().map(Vec::len) else {
        return false;
    };
    let (constraints, real) = (rows.len() + 1, 2 * free);
    let wide = real + constraints + 1;
    let sums: Vec<f64> = (0..free)
        .map(|column| rows.iter().map(|row| row[column]).sum())
        .collect();
    // Each free number is the difference of two that are not below 0.
    let both = |values: &[f64], sign: f64| -> Vec<f64> {
        values
            .iter()
            .map(|x| sign * x)
            .chain(values.iter().map(|x| -sign * x))
            .collect()
    };
    let mut table: Vec<Vec<f64>> = rows
        .iter()
        .map(|row| both(row, -1.0))
        .chain([both(&sums, 1.0)])
        .enumerate()
        .map(|(place, mut row)| {
            row.resize(wide, 0.0);
            row[real + place] = 1.0;
            row[wide - 1] = f64::from(u8::from(place + 1 == constraints));
            row
        })
        .collect();
    let mut goal = both(&sums, 1.0);
    goal.resize(wide, 0.0);
    let mut basis: Vec<usize> = (real..real + constraints).collect();
    for _ in 0..20_000 {
        let Some(enters) = (0..wide - 1).find(|&column| goal[column] > TINY) else {
            break;
        };
        let mut leaves: Option<(f64, usize)> = None;
        for (place, row) in table.iter().enumerate() {
            if row[enters] > TINY {
                let ratio = row[wide - 1] / row[enters];
                let better = leaves.is_none_or(|(least, at)| {
                    ratio < least - 1e-12 || (ratio <= least + 1e-12 && basis[place] < basis[at])
                });
                if better {
                    leaves = Some((ratio, place));
                }
            }
        }
        let Some((_, place)) = leaves else {
            return true;
        };
        let scale = table[place][enters];
        table[place].iter_mut().for_each(|x| *x /= scale);
        let clean = table[place].clone();
        for row in table
            .iter_mut()
            .enumerate()
            .filter(|(at, _)| *at != place)
            .map(|(_, row)| row)
            .chain([&mut goal])
        {
            let times = row[enters];
            row.iter_mut()
                .zip(&clean)
                .for_each(|(x, y)| *x -= times * y);
        }
        basis[place] = enters;
    }
    // What was reached stands, with its sign turned, where the goal's constant was.
    -goal[wide - 1] > 0.5
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_system_is_solved_and_one_without_rank_is_refused() {
        let mut m = vec![4.0, 2.0, 2.0, 3.0];
        let mut right = vec![10.0, 8.0];
        solve(&mut m, &mut right).unwrap();
        assert!((right[0] - 1.75).abs() < 1e-12 && (right[1] - 1.5).abs() < 1e-12);
        assert!(solve(&mut [1.0, 1.0, 1.0, 1.0], &mut [1.0, 1.0]).is_none());
    }

    #[test]
    fn the_null_space_is_what_the_rows_send_to_zero() {
        let rows = vec![
            vec![1.0, 1.0, 0.0, 1.0],
            vec![1.0, 0.0, 1.0, 1.0],
            vec![2.0, 1.0, 1.0, 2.0],
        ];
        let basis = null_space(rows.clone(), 4);
        assert_eq!(basis.len(), 2);
        for vector in &basis {
            for row in &rows {
                let sum: f64 = row.iter().zip(vector).map(|(a, b)| a * b).sum();
                assert!(sum.abs() < 1e-12);
            }
        }
        assert!(null_space(vec![vec![1.0, 0.0], vec![1.0, 1.0]], 2).is_empty());
    }

    #[test]
    fn a_direction_that_falls_nowhere_is_found_if_there_is_one() {
        assert!(rises_somewhere(&[vec![1.0], vec![0.0]]));
        assert!(rises_somewhere(&[vec![-2.0]]));
        assert!(!rises_somewhere(&[vec![1.0], vec![-1.0]]));
        assert!(rises_somewhere(&[vec![1.0, -1.0], vec![0.0, 1.0]]));
        assert!(!rises_somewhere(&[
            vec![1.0, 1.0],
            vec![-1.0, 0.0],
            vec![0.0, -1.0]
        ]));
        assert!(!rises_somewhere(&[]));
    }
}
