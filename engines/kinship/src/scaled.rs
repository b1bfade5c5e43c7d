//! Numbers that cannot underflow: a likelihood of a hundred people at a marker is far below what a float can hold.

/// A number of at least 0 as `mantissa · 2^exponent`. Scaling by powers of two keeps every digit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scaled {
    mantissa: f64,
    exponent: i64,
}

impl Scaled {
    /// Nothing: the data are impossible.
    pub const ZERO: Self = Self {
        mantissa: 0.0,
        exponent: 0,
    };
    /// One.
    pub const ONE: Self = Self {
        mantissa: 1.0,
        exponent: 0,
    };

    /// `value · 2^exponent`, brought to a mantissa from 1 to 2. What is below 0 or no number becomes 0.
    pub fn new(value: f64, exponent: i64) -> Self {
        if !(value > 0.0 && value.is_finite()) {
            return Self::ZERO;
        }
        let shift = power_of_two_below(value);
        // In two steps, since 2^-shift need not be a float.
        let half = shift / 2;
        let mantissa = value * two_to(-half) * two_to(half - shift);
        Self {
            mantissa,
            exponent: exponent.saturating_add(i64::from(shift)),
        }
    }

    /// Whether the data are impossible.
    pub fn is_zero(self) -> bool {
        self.mantissa == 0.0
    }

    /// As a float, if it can be one: otherwise 0 or infinity.
    pub fn value(self) -> f64 {
        let exponent = i32::try_from(self.exponent.clamp(-4000, 4000)).unwrap_or(0);
        let half = (exponent / 2).clamp(-1000, 1000);
        self.mantissa * two_to(half) * two_to((exponent - half).clamp(-1000, 1000))
    }

    /// The natural logarithm; negative infinity for 0.
    pub fn ln(self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "exponents are far below 2^52")]
        let exponent = self.exponent as f64;
        self.mantissa.ln() + exponent * std::f64::consts::LN_2
    }

    /// The logarithm to base 10; negative infinity for 0.
    pub fn log10(self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "exponents are far below 2^52")]
        let exponent = self.exponent as f64;
        self.mantissa.log10() + exponent * std::f64::consts::LOG10_2
    }

    /// The product.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        Self::new(
            self.mantissa * other.mantissa,
            self.exponent.saturating_add(other.exponent),
        )
    }

    /// The ratio; `None` if the other is 0.
    pub fn over(self, other: Self) -> Option<Self> {
        (!other.is_zero()).then(|| {
            Self::new(
                self.mantissa / other.mantissa,
                self.exponent.saturating_sub(other.exponent),
            )
        })
    }
}

/// The exponent of the largest power of two that is not above a positive value.
pub(crate) fn power_of_two_below(value: f64) -> i32 {
    let bits = i32::try_from((value.to_bits() >> 52) & 0x7ff).unwrap_or(0);
    if bits > 0 {
        bits - 1023
    } else {
        power_of_two_below_subnormal(value)
    }
}

fn power_of_two_below_subnormal(value: f64) -> i32 {
    let lifted = value * two_to(100);
    let bits = i32::try_from((lifted.to_bits() >> 52) & 0x7ff).unwrap_or(0);
    bits - 1023 - 100
}

/// A power of two from −1022 to 1023.
pub(crate) fn two_to(exponent: i32) -> f64 {
    f64::from_bits(u64::try_from(exponent.clamp(-1022, 1023) + 1023).unwrap_or(1023) << 52)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn small_numbers_multiply_without_loss() {
        let tiny = Scaled::new(3e-300, 0);
        let mut product = Scaled::ONE;
        for _ in 0..10 {
            product = product.times(tiny);
        }
        assert!((product.log10() - 10.0 * 3e-300_f64.log10()).abs() < 1e-9);
        let back = (0..9).fold(product, |product, _| product.over(tiny).unwrap());
        assert!((back.value() / 3e-300 - 1.0).abs() < 1e-14);
        assert_eq!(Scaled::new(5e-324, 0).value(), 5e-324);
        assert_eq!(Scaled::new(0.3, 0).value(), 0.3);
        assert!(tiny.over(Scaled::ZERO).is_none());
    }
}
