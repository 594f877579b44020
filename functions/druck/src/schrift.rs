//! The fonts, and text as glyphs of them.

use std::{cell::RefCell, mem, ops::Range};

use harfrust::{
    BufferClusterLevel, BufferFlags, Direction, FontRef, ShapeOptions, ShapePlan, ShapePlanKey,
    ShaperData, UnicodeBuffer,
};
use skrifa::{MetadataProvider, charmap::Charmap};

// FOLGEN, the sequences of DIN 91379 and its composed characters in ascending order, and ENDEN, for each font the
// number of a glyph that is empty and without width. In the two fonts for Latin those of FOLGEN come behind it.
include!(concat!(env!("OUT_DIR"), "/folgen.rs"));

/// Regular, semibold, mathematical signs, Arabic.
const DATEIEN: [&[u8]; 4] = [
    include_bytes!(concat!(env!("OUT_DIR"), "/NotoSans-Regular.ttf")),
    include_bytes!(concat!(env!("OUT_DIR"), "/NotoSans-SemiBold.ttf")),
    include_bytes!(concat!(env!("OUT_DIR"), "/NotoSansMath-Regular.ttf")),
    include_bytes!(concat!(env!("OUT_DIR"), "/NotoSansArabic-Regular.ttf")),
];

/// The weight of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schnitt {
    Normal,
    Halbfett,
}

impl Schnitt {
    /// Indices of the fonts to look for a character in, in this order.
    fn schriften(self) -> [usize; 3] {
        match self {
            Schnitt::Normal => [0, 2, 3],
            Schnitt::Halbfett => [1, 2, 3],
        }
    }
}

pub struct Schriften {
    schriften: [Schrift; 4],
}

struct Schrift {
    font: FontRef<'static>,
    zeichen: Charmap<'static>,
    shaper: ShaperData,
    /// Making a plan costs more than shaping a line with it.
    plans: RefCell<Vec<ShapePlan>>,
    units_per_em: f32,
}

/// A stretch of text in one font and one direction.
#[derive(Debug)]
pub struct Lauf {
    pub range: Range<usize>,
    pub schrift: usize,
    pub is_rtl: bool,
    /// From left to right.
    pub glyphen: Vec<Glyphe>,
}

/// A glyph and the bytes of the text that it stands for; lengths in em.
#[derive(Clone, Debug)]
pub struct Glyphe {
    pub id: u32,
    pub range: Range<usize>,
    pub breite: f32,
    pub versatz: (f32, f32),
}

impl Schriften {
    pub fn new() -> Schriften {
        let schriften = DATEIEN.map(|datei| {
            let font = FontRef::new(datei).expect("the fonts are part of the program");
            let units_per_em = font
                .metrics(
                    skrifa::instance::Size::unscaled(),
                    skrifa::instance::LocationRef::default(),
                )
                .units_per_em;
            Schrift {
                zeichen: font.charmap(),
                shaper: ShaperData::new(&font),
                plans: RefCell::default(),
                units_per_em: units_per_em.into(),
                font,
            }
        });
        Schriften { schriften }
    }

    /// The files as krilla wants them, in the order of [`Lauf::schrift`].
    pub fn dateien() -> [&'static [u8]; 4] {
        DATEIEN
    }

    /// `text` without what cannot be printed: control characters are left out, and a character that no font
    /// has becomes its code point, because a box would say nothing.
    pub fn printable(&self, text: &str) -> String {
        let mut printable = String::with_capacity(text.len());
        for c in text.replace("\r\n", "\n").chars() {
            match c {
                '\n' => printable.push('\n'),
                '\r' | '\u{2028}' | '\u{2029}' => printable.push('\n'),
                '\t' | '\u{B}' | '\u{C}' | '\u{85}' => printable.push(' '),
                // The standards forbid the byte order mark.
                '\u{FEFF}' => {}
                c if c.is_control() => {}
                c if is_invisible(c) || self.font_for(c, Schnitt::Normal, None).is_some() => {
                    printable.push(c)
                }
                c => printable += &format!("[U+{:04X}]", u32::from(c)),
            }
        }
        printable
    }

    /// The first font that has `c`; `last` if it has a sign that fits to any script.
    fn font_for(&self, c: char, schnitt: Schnitt, last: Option<usize>) -> Option<usize> {
        let has = |&schrift: &usize| {
            self.schriften[schrift].zeichen.map(c).is_some_and(|id| id.to_u32() != 0)
        };
        match last {
            Some(last) if is_invisible(c) || is_mark(c) && has(&last) => Some(last),
            _ if is_invisible(c) => Some(schnitt.schriften()[0]),
            _ => schnitt.schriften().iter().copied().find(has),
        }
    }

    /// `text[range]`, which is of one direction, as stretches of one font each, in logical order.
    pub fn shape(
        &self,
        text: &str,
        range: Range<usize>,
        is_rtl: bool,
        schnitt: Schnitt,
    ) -> Vec<Lauf> {
        let mut laeufe: Vec<Lauf> = Vec::new();
        for (at, c) in text[range.clone()].char_indices() {
            let start = range.start + at;
            let last = laeufe.last_mut();
            let schrift = self
                .font_for(c, schnitt, last.as_ref().map(|it| it.schrift))
                .unwrap_or(schnitt.schriften()[0]);
            match last {
                Some(lauf) if lauf.schrift == schrift => lauf.range.end = start + c.len_utf8(),
                _ => laeufe.push(Lauf {
                    range: start..start + c.len_utf8(),
                    schrift,
                    is_rtl,
                    glyphen: Vec::new(),
                }),
            }
        }
        for lauf in &mut laeufe {
            lauf.glyphen = self.schriften[lauf.schrift].shape(text, lauf);
            let ende = ENDEN[lauf.schrift];
            if lauf.schrift <= 1 {
                join_folgen(text, ende + 1, &mut lauf.glyphen);
            }
            lauf.glyphen = frame_clusters(ende, mem::take(&mut lauf.glyphen));
        }
        laeufe
    }
}

impl Schrift {
    fn shape(&self, text: &str, lauf: &Lauf) -> Vec<Glyphe> {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text[lauf.range.clone()]);
        buffer.guess_segment_properties();
        buffer.set_direction(match lauf.is_rtl {
            true => Direction::RightToLeft,
            false => Direction::LeftToRight,
        });
        buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        // A base and its mark keep a code point each: that is what most programs extract text by.
        buffer.set_cluster_level(BufferClusterLevel::MonotoneCharacters);
        let shaper = self.shaper.shaper(&self.font).build();
        let mut plans = self.plans.borrow_mut();
        let key = ShapePlanKey::new(Some(buffer.script()), buffer.direction());
        let at = plans.iter().position(|plan| key.matches(plan)).unwrap_or_else(|| {
            plans.push(ShapePlan::new(
                &shaper,
                buffer.direction(),
                Some(buffer.script()),
                None,
                &[],
            ));
            plans.len() - 1
        });
        let glyphen = shaper.shape(buffer, ShapeOptions::new().plan(Some(&plans[at])));
        // A cluster ends where the next one in the text begins.
        let mut starts: Vec<usize> =
            glyphen.glyph_infos().iter().map(|it| it.cluster as usize).collect();
        starts.sort_unstable();
        starts.dedup();
        let end = |start: usize| match starts.binary_search(&(start + 1)) {
            Ok(next) | Err(next) => starts.get(next).copied().unwrap_or(lauf.range.len()),
        };
        let em = |units: i32| units as f32 / self.units_per_em;
        glyphen
            .glyph_infos()
            .iter()
            .zip(glyphen.glyph_positions())
            .map(|(info, position)| {
                let start = info.cluster as usize;
                Glyphe {
                    id: info.glyph_id,
                    range: lauf.range.start + start..lauf.range.start + end(start),
                    breite: em(position.x_advance),
                    versatz: (em(position.x_offset), em(position.y_offset)),
                }
            })
            .collect()
    }
}

/// Puts one glyph in the place of those of a sequence.
fn join_folgen(text: &str, erste: u32, glyphen: &mut Vec<Glyphe>) {
    let mut at = 0;
    while at < glyphen.len() {
        let start = glyphen[at].range.start;
        if let Some((id, len)) = folge_at(&text[start..]) {
            let parts = glyphen[at..].iter().take_while(|it| it.range.end <= start + len).count();
            let is_whole =
                parts.checked_sub(1).is_some_and(|it| glyphen[at + it].range.end == start + len);
            if is_whole {
                let breite = glyphen[at..at + parts].iter().map(|it| it.breite).sum();
                let folge = Glyphe {
                    id: erste + id,
                    range: start..start + len,
                    breite,
                    versatz: (0.0, 0.0),
                };
                glyphen.splice(at..at + parts, [folge]);
            }
        }
        at += 1;
    }
}

/// The longest sequence that `text` begins with: which one, and its length in bytes.
fn folge_at(text: &str) -> Option<(u32, usize)> {
    // Most text: neither composed nor followed by a mark.
    if text.as_bytes().iter().take(2).all(u8::is_ascii) {
        return None;
    }
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(3).collect::<Vec<_>>();
    ends.into_iter().rev().find_map(|end| {
        let id = FOLGEN.binary_search(&&text[..end]).ok()?;
        Some((id as u32, end))
    })
}

/// Draws the glyphs of a cluster from its beginning to its end. Programs that extract text take the first and
/// the last for its borders, and would see a gap beside a letter whose mark comes first or last.
fn frame_clusters(ende: u32, glyphen: Vec<Glyphe>) -> Vec<Glyphe> {
    let mut framed = Vec::with_capacity(glyphen.len());
    for cluster in glyphen.chunk_by(|a, b| a.range == b.range) {
        let [_, _, ..] = cluster else {
            framed.extend_from_slice(cluster);
            continue;
        };
        let mut pen = 0.0;
        let mut placed: Vec<Glyphe> = cluster
            .iter()
            .map(|it| {
                let x = pen + it.versatz.0;
                pen += it.breite;
                Glyphe { breite: 0.0, versatz: (x, it.versatz.1), ..it.clone() }
            })
            .collect();
        placed.sort_by(|a, b| a.versatz.0.abs().total_cmp(&b.versatz.0.abs()));
        let end =
            Glyphe { id: ende, range: cluster[0].range.clone(), breite: 0.0, versatz: (0.0, 0.0) };
        if let Some(last) = placed.last_mut() {
            last.breite = pen;
        }
        framed.append(&mut placed);
        framed.push(end);
    }
    framed
}

/// Marks that stand on or below the character before.
pub fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6ED}')
}

/// Characters that shape or direct others and have no glyph themselves.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_font_has_is_printed_as_its_code_point() {
        let schriften = Schriften::new();
        assert_eq!(schriften.printable("Łódź J̌ ∞ Пловдив Ωμέγα"), "Łódź J̌ ∞ Пловдив Ωμέγα");
        assert_eq!(schriften.printable("😀\u{0}a\tb\r\nc\rd"), "[U+1F600]a b\nc\nd");
        assert_eq!(schriften.printable("محمد 漢"), "محمد [U+6F22]");
    }

    #[test]
    fn a_mark_stays_in_the_font_of_its_base() {
        let schriften = Schriften::new();
        let text = "K\u{35F}H ∞ J\u{30C}";
        let laeufe = schriften.shape(text, 0..text.len(), false, Schnitt::Halbfett);
        let stretches: Vec<_> =
            laeufe.iter().map(|it| (&text[it.range.clone()], it.schrift)).collect();
        assert_eq!(stretches, [("K\u{35F}H ", 1), ("∞", 2), (" J\u{30C}", 1)]);
        assert!(laeufe.iter().flat_map(|it| &it.glyphen).all(|it| it.id != 0));
    }
}
