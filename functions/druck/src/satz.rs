//! Text becomes lines of a width.

use std::ops::Range;

use unicode_bidi::{Level, ParagraphBidiInfo};
use unicode_linebreak::{BreakOpportunity, linebreaks};

use crate::schrift::{Glyphe, Lauf, Schnitt, Schriften, is_mark};

/// How a text looks. Lengths in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stil {
    pub schnitt: Schnitt,
    pub groesse: f32,
    /// From one line to the next.
    pub durchschuss: f32,
    /// sRGB
    pub farbe: [u8; 3],
}

/// A line, ready to be drawn.
#[derive(Clone, Debug)]
pub struct Zeile {
    /// From left to right.
    pub stuecke: Vec<Stueck>,
}

/// A stretch of a line in one font.
#[derive(Clone, Debug)]
pub struct Stueck {
    pub schrift: usize,
    pub text: String,
    /// Their ranges are those of `text`.
    pub glyphen: Vec<Glyphe>,
}

impl Stueck {
    /// In em.
    pub fn breite(&self) -> f32 {
        self.glyphen.iter().map(|it| it.breite).sum()
    }
}

/// Words after which no line ends: `§ 10`, `Abs. 1`, `Nr. 3`.
const NICHT_TRENNEN: [&str; 6] = ["§ ", "Abs. ", "Art. ", "Nr. ", "Satz ", "Tel. "];

/// The lines of `text` in `breite` points; a word that is longer is broken. At least one line.
pub fn break_lines(
    schriften: &Schriften,
    text: &str,
    stil: Stil,
    breite: f32,
    is_rtl: bool,
) -> Vec<Zeile> {
    let text = schriften.printable(text);
    text.split('\n')
        .flat_map(|absatz| {
            let absatz = Absatz::new(schriften, absatz.trim_end(), stil, is_rtl);
            absatz.lines(breite).into_iter().map(|range| absatz.line(range)).collect::<Vec<_>>()
        })
        .collect()
}

/// Width of `text` in points, and of its longest word: what a column would like and what it needs.
pub fn measure(schriften: &Schriften, text: &str, stil: Stil) -> (f32, f32) {
    let text = schriften.printable(text);
    text.split('\n').fold((0.0, 0.0), |(all, longest), absatz| {
        let absatz = Absatz::new(schriften, absatz.trim_end(), stil, false);
        let mut start = 0;
        let mut word = 0f32;
        for (end, _) in linebreaks(absatz.text) {
            word = word.max(absatz.width(start..end));
            start = end;
        }
        (absatz.width(0..absatz.text.len()).max(all), word.max(longest))
    })
}

/// A text without line feeds, as glyphs.
struct Absatz<'a> {
    text: &'a str,
    /// In logical order.
    laeufe: Vec<Lauf>,
    /// Where there is a letter that is written from right to left.
    bidi: Option<ParagraphBidiInfo<'a>>,
    /// For each byte the width of what stands before it, in em.
    vorher: Vec<f32>,
    /// Where a word can be broken: not before a mark.
    cluster: Vec<usize>,
    groesse: f32,
}

impl<'a> Absatz<'a> {
    fn new(schriften: &Schriften, text: &'a str, stil: Stil, is_rtl: bool) -> Absatz<'a> {
        let has_direction = text.chars().any(|it| matches!(it, '\u{590}'..='\u{8FF}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'));
        let bidi = (is_rtl || has_direction).then(|| {
            // The first letter says in which direction a text runs; numbers alone follow the document.
            let level = (!text.chars().any(char::is_alphabetic))
                .then(|| if is_rtl { Level::rtl() } else { Level::ltr() });
            ParagraphBidiInfo::new(text, level)
        });
        let mut laeufe = Vec::new();
        match &bidi {
            None => laeufe = schriften.shape(text, 0..text.len(), false, stil.schnitt),
            Some(bidi) => {
                let mut start = 0;
                for level in bidi.levels.chunk_by(|a, b| a == b) {
                    let end = start + level.len();
                    laeufe.extend(schriften.shape(
                        text,
                        start..end,
                        level[0].is_rtl(),
                        stil.schnitt,
                    ));
                    start = end;
                }
            }
        }
        let mut vorher = vec![0.0; text.len() + 1];
        let mut cluster: Vec<usize> = Vec::new();
        for glyphe in laeufe.iter().flat_map(|it| &it.glyphen) {
            vorher[glyphe.range.end] += glyphe.breite;
            cluster.push(glyphe.range.start);
        }
        let mut sum = 0.0;
        for breite in &mut vorher {
            sum += *breite;
            *breite = sum;
        }
        cluster.sort_unstable();
        cluster.dedup();
        cluster.retain(|&it| !text[it..].starts_with(is_mark));
        Absatz { text, laeufe, bidi, vorher, cluster, groesse: stil.groesse }
    }

    /// Without the blanks at its end, in points.
    fn width(&self, range: Range<usize>) -> f32 {
        let end = range.start + self.text[range.clone()].trim_end_matches(' ').len();
        (self.vorher[end] - self.vorher[range.start]) * self.groesse
    }

    fn lines(&self, breite: f32) -> Vec<Range<usize>> {
        // What a column was given by measure() must hold what was measured.
        let breite = breite + 0.01;
        let mut lines = Vec::new();
        let mut start = 0;
        let mut last_fit = 0;
        for (end, opportunity) in linebreaks(self.text) {
            let head = &self.text[start..end];
            if opportunity == BreakOpportunity::Allowed
                && NICHT_TRENNEN.iter().any(|it| head.ends_with(it))
            {
                continue;
            }
            while breite < self.width(start..end) {
                let line_end = match last_fit {
                    fit if start < fit => fit,
                    _ => self.cluster_that_fits(start, breite),
                };
                if end <= line_end {
                    break;
                }
                lines.push(start..line_end);
                start = line_end;
            }
            last_fit = end;
        }
        if start < self.text.len() || lines.is_empty() {
            lines.push(start..self.text.len());
        }
        lines
    }

    /// The end of as many clusters from `start` on as fit, but of one at least.
    fn cluster_that_fits(&self, start: usize, breite: f32) -> usize {
        let ends = self.cluster.iter().copied().filter(|&it| start < it).chain([self.text.len()]);
        let mut fitting = None;
        for end in ends {
            if fitting.is_some() && breite < self.width(start..end) {
                break;
            }
            fitting = Some(end);
        }
        fitting.unwrap_or(self.text.len())
    }

    fn line(&self, range: Range<usize>) -> Zeile {
        let ranges = match &self.bidi {
            None => vec![(range, false)],
            Some(bidi) => {
                let (levels, runs) = bidi.visual_runs(range);
                runs.into_iter().map(|run| (run.clone(), levels[run.start].is_rtl())).collect()
            }
        };
        let mut stuecke = Vec::new();
        for (range, is_rtl) in ranges {
            let of_range = stuecke.len();
            for lauf in &self.laeufe {
                let (start, end) =
                    (lauf.range.start.max(range.start), lauf.range.end.min(range.end));
                if end <= start {
                    continue;
                }
                let glyphen: Vec<Glyphe> = lauf
                    .glyphen
                    .iter()
                    .filter(|it| (start..end).contains(&it.range.start))
                    .map(|it| Glyphe {
                        range: it.range.start - start..it.range.end.min(end) - start,
                        ..it.clone()
                    })
                    .collect();
                if !glyphen.is_empty() {
                    stuecke.push(Stueck {
                        schrift: lauf.schrift,
                        text: self.text[start..end].to_owned(),
                        glyphen,
                    });
                }
            }
            if is_rtl {
                stuecke[of_range..].reverse();
            }
        }
        Zeile { stuecke }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STIL: Stil =
        Stil { schnitt: Schnitt::Normal, groesse: 10.0, durchschuss: 14.0, farbe: [0; 3] };

    #[track_caller]
    fn check(text: &str, breite: f32, expect: &[&str]) {
        let zeilen: Vec<String> = break_lines(&Schriften::new(), text, STIL, breite, false)
            .iter()
            .map(|zeile| zeile.stuecke.iter().map(|it| it.text.as_str()).collect())
            .collect();
        assert_eq!(zeilen, expect);
    }

    #[test]
    fn lines_end_where_words_do() {
        check("", 100.0, &[""]);
        check("Ich beantrage die Einbürgerung.", 100.0, &["Ich beantrage die ", "Einbürgerung."]);
        check("eins\n\nzwei", 100.0, &["eins", "", "zwei"]);
        check("Müller-Lüdenscheid", 62.0, &["Müller-", "Lüdenscheid"]);
        check("nach § 10 Abs. 1", 30.0, &["nach ", "§ 10 ", "Abs. 1"]);
    }

    #[test]
    fn a_word_that_is_too_long_is_broken_between_characters() {
        check("J\u{30C}J\u{30C}J\u{30C}J\u{30C}", 6.5, &["J\u{30C}J\u{30C}", "J\u{30C}J\u{30C}"]);
        check("a Donaudampfschiff", 40.0, &["a ", "Donaud", "ampfsc", "hiff"]);
        check("WW", 0.0, &["W", "W"]);
    }

    #[test]
    fn no_line_is_wider_than_its_column() {
        let schriften = Schriften::new();
        let text = "Die Ausländerbehörde der Landeshauptstadt benötigt Nachweise: http://example.org/ein/sehr/langer/pfad?mit=abfrage und 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08.";
        for breite in (30..300).step_by(7) {
            for zeile in break_lines(&schriften, text, STIL, breite as f32, false) {
                let drawn: f32 = zeile.stuecke.iter().map(Stueck::breite).sum();
                let blank = zeile.stuecke.last().is_some_and(|it| it.text.ends_with(' '));
                let drawn = (drawn - if blank { 0.26 } else { 0.0 }) * STIL.groesse;
                assert!(drawn <= breite as f32 + 0.02, "{drawn} in {breite}");
            }
        }
    }

    #[test]
    fn right_to_left_is_drawn_from_the_right() {
        let zeilen = break_lines(&Schriften::new(), "Name: محمد علي (12)", STIL, 300.0, false);
        let texts: Vec<&str> = zeilen[0].stuecke.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(texts.first(), Some(&"Name: "));
        let arabic = texts.iter().position(|it| it.contains("محمد")).unwrap();
        let second = texts.iter().position(|it| it.contains("علي")).unwrap();
        assert!(second <= arabic, "{texts:?}");
    }
}
