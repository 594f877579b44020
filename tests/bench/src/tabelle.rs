//! The one table.

use std::fmt;

/// What a measure should reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ziel {
    /// This ratio or more.
    AtLeast(f64),
    /// This ratio, or this value, or less.
    AtMost(f64),
}

impl Ziel {
    /// `≥ 0.6 ok`, or by how much it was missed.
    fn judge(self, wert: f64) -> String {
        let (zeichen, ziel, is_met) = match self {
            Ziel::AtLeast(ziel) => ("≥", ziel, ziel <= wert),
            Ziel::AtMost(ziel) => ("≤", ziel, wert <= ziel),
        };
        match is_met {
            true => format!("{zeichen} {ziel} ok"),
            false => {
                let by = (wert - ziel).abs();
                format!("{zeichen} {ziel} MISSED by {} ({:.0} %)", number(by), by / ziel * 100.0)
            }
        }
    }
}

/// Rows in the order in which they were measured.
#[derive(Debug, Default)]
pub struct Tabelle {
    rows: Vec<[String; 5]>,
}

impl Tabelle {
    /// A measure, its baseline's name, and the baseline. The goal is one for the ratio.
    pub fn ratio(
        &mut self,
        what: &str,
        (wert, grundlinie): (f64, &str),
        vergleich: f64,
        ziel: Option<Ziel>,
    ) {
        let ratio = wert / vergleich;
        self.rows.push([
            what.to_owned(),
            number(wert),
            format!("{} {grundlinie}", number(vergleich)),
            format!("{ratio:.2} ×"),
            ziel.map(|ziel| ziel.judge(ratio)).unwrap_or_default(),
        ]);
    }

    /// A measure without a baseline, which should be `ziel` or less.
    pub fn absolute(&mut self, what: &str, wert: f64, ziel: Option<f64>) {
        let judged = ziel.map(|ziel| Ziel::AtMost(ziel).judge(wert)).unwrap_or_default();
        let empty = String::new;
        self.rows.push([what.to_owned(), number(wert), empty(), empty(), judged]);
    }
}

impl fmt::Display for Tabelle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = ["measure", "here", "baseline", "ratio", "goal"].map(str::to_owned);
        let rows = || std::iter::once(&head).chain(&self.rows);
        let width = |n: usize| rows().map(|row| row[n].chars().count()).max().unwrap_or_default();
        let widths = [0, 1, 2, 3].map(width);
        for row in rows() {
            let [what, wert, grundlinie, ratio, ziel] = row;
            let [a, b, c, d] = widths;
            let line = format!("{what:<a$}  {wert:>b$}  {grundlinie:<c$}  {ratio:>d$}  {ziel}");
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// Three digits that say something.
fn number(wert: f64) -> String {
    match wert {
        wert if wert < 10.0 => format!("{wert:.2}"),
        wert if wert < 100.0 => format!("{wert:.1}"),
        wert => format!("{wert:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goals_say_by_how_much_they_are_missed() {
        for (ziel, wert, erwartet) in [
            (Ziel::AtLeast(0.6), 0.6, "≥ 0.6 ok"),
            (Ziel::AtLeast(0.6), 0.45, "≥ 0.6 MISSED by 0.15 (25 %)"),
            (Ziel::AtMost(2.0), 1.0, "≤ 2 ok"),
            (Ziel::AtMost(150.0), 300.0, "≤ 150 MISSED by 150 (100 %)"),
        ] {
            assert_eq!(ziel.judge(wert), erwartet);
        }
        assert!(Ziel::AtMost(2.0).judge(f64::NAN).contains("MISSED"));
    }
}
