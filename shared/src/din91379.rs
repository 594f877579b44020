//! DIN 91379: the characters that German registers can hold, and what we do to text before it gets there.
//!
//! A name is normalised and then accepted or refused as it stands, never transliterated. Free text may have
//! its typographic signs replaced where nothing is lost ([`replace_lossless`]).

mod normalform;
mod tables;

use normalform::{nfc, nfd};
use tables::{FOLGEN, ZEICHEN};

/// The data types of DIN 91379. A ⊂ B ⊂ C ⊂ E and D ⊂ E; all share the same sequences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Datentyp {
    /// Names of natural persons: letters, apostrophes, hyphen, comma, full stop.
    A,
    /// Other names, for example of places and streets: A with digits and signs.
    B,
    /// Every normative character, with line breaks. What messages carry.
    C,
    /// Names of legal persons and products: with Greek letters and technical signs, without line breaks.
    D,
    /// Everything in the norm, with Bulgarian Cyrillic.
    E,
}

impl Datentyp {
    fn bit(self) -> u8 {
        match self {
            Datentyp::A => tables::A,
            Datentyp::B => tables::B,
            Datentyp::C => tables::C,
            Datentyp::D => tables::D,
            Datentyp::E => tables::E,
        }
    }
}

/// The first character of `text`, with its combining marks, that `datentyp` does not allow.
///
/// `text` is in NFC (see [`normalize`]): a letter and its mark typed apart are refused where one
/// character exists for both.
pub fn first_invalid(text: &str, datentyp: Datentyp) -> Option<&str> {
    let mut rest = text;
    while !rest.is_empty() {
        match valid_prefix(rest, datentyp) {
            // A mark behind a good base makes both a character that is not allowed.
            Some(len) if !rest[len..].starts_with(is_mark) => rest = &rest[len..],
            _ => {
                let len = rest.chars().next().map_or(0, char::len_utf8);
                let marks = rest[len..].find(|c| !is_mark(c)).unwrap_or(rest.len() - len);
                return Some(&rest[..len + marks]);
            }
        }
    }
    None
}

/// Length in bytes of the longest sequence or else the character that `text` begins with.
fn valid_prefix(text: &str, datentyp: Datentyp) -> Option<usize> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let key = |c: Option<char>| c.and_then(|c| u16::try_from(u32::from(c)).ok()).unwrap_or(0);
    let [a, b, c] = [key(Some(first)), key(chars.next()), key(chars.next())];
    if is_mark(char::from_u32(b.into()).unwrap_or('\0')) {
        for folge in [[a, b, c], [a, b, 0]] {
            if FOLGEN.binary_search(&folge).is_ok() {
                return Some(
                    text.chars()
                        .take(folge.iter().filter(|&&it| it != 0).count())
                        .map(char::len_utf8)
                        .sum(),
                );
            }
        }
    }
    let code = u32::from(first);
    let at = ZEICHEN.partition_point(|&(_, last, _)| u32::from(last) < code);
    let &(start, _, datentypen) = ZEICHEN.get(at)?;
    (u32::from(start) <= code && datentypen & datentyp.bit() != 0).then_some(first.len_utf8())
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}')
}

/// `text` in capitals.
pub fn upper(text: &str) -> String {
    normalform::upper(text)
}

/// Whether a character belongs to a word: a letter or a digit, without the tables of all scripts.
pub(crate) fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || (matches!(c, '\u{C0}'..='\u{1FFF}') && !matches!(c, '×' | '÷'))
}

/// `text` as it is stored and compared: NFC, no white space around it and single blanks within, no control
/// characters, and `-` for the hyphens and dashes U+2010 to U+2015. Line breaks become blanks, too.
pub fn normalize(text: &str) -> String {
    let mut normalized = String::with_capacity(text.len());
    let mut has_blank = false;
    for c in text.chars() {
        match c {
            '\u{1C}'..='\u{1F}' => has_blank = true,
            c if c.is_whitespace() => has_blank = true,
            c if c.is_control() => {}
            c => {
                if has_blank && !normalized.is_empty() {
                    normalized.push(' ');
                }
                has_blank = false;
                normalized.push(if is_dash(c) { '-' } else { c });
            }
        }
    }
    nfc(normalized)
}

fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}')
}

/// What became of a character that data type C does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ersetzung {
    pub zeichen: char,
    /// Empty where the character is invisible and left out.
    pub durch: &'static str,
    pub anzahl: usize,
}

/// Free text in NFC with those typographic signs replaced that data type C lacks and whose replacement loses
/// nothing: dashes, quotes, ellipsis, bullets, special spaces, invisible characters. Line breaks stay.
/// Beside it one entry for each replaced character, in the order in which they first occurred.
///
/// Not for names. What else C lacks stays and is for [`first_invalid`] to find.
pub fn replace_lossless(text: &str) -> (String, Vec<Ersetzung>) {
    let mut ersetzt = String::with_capacity(text.len());
    let mut ersetzungen: Vec<Ersetzung> = Vec::new();
    for c in text.chars() {
        let Some(durch) = replacement(c) else {
            ersetzt.push(c);
            continue;
        };
        ersetzt.push_str(durch);
        match ersetzungen.iter_mut().find(|it| it.zeichen == c) {
            Some(ersetzung) => ersetzung.anzahl += 1,
            None => ersetzungen.push(Ersetzung { zeichen: c, durch, anzahl: 1 }),
        }
    }
    // Last, because an invisible character may have stood between a letter and its mark.
    (nfc(ersetzt), ersetzungen)
}

fn replacement(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2022}' => "-",
        '\u{201C}'..='\u{201F}' => "\"",
        '\u{2018}' | '\u{201A}' | '\u{201B}' | '\u{2039}' | '\u{203A}' => "'",
        '\u{2026}' => "...",
        '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => " ",
        '\u{85}' | '\u{2028}' | '\u{2029}' => "\n",
        // Soft hyphen, zero width, direction marks, byte order mark.
        '\u{AD}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}'
        | '\u{FEFF}' => "",
        '\t' | '\n' | '\r' => return None,
        c if c.is_control() => "",
        _ => return None,
    })
}

/// Two keys of A–Z under which differently transliterated spellings of a name meet: in the first an umlaut is
/// its base (`Müller` → `MULLER`), in the second it is written out (`MUELLER`).
///
/// Only for searching, never stored as a name.
pub fn search_keys(text: &str) -> [String; 2] {
    let decomposed = nfd(text.to_lowercase());
    [false, true].map(|writes_umlaute_out| {
        let mut key = String::with_capacity(decomposed.len());
        for c in decomposed.chars() {
            match c {
                'a'..='z' => key.push(c.to_ascii_uppercase()),
                '\u{308}' if writes_umlaute_out && key.ends_with(['A', 'O', 'U']) => key.push('E'),
                c => key.push_str(transliteration(c)),
            }
        }
        key
    })
}

/// Letters without a decomposition; nothing for all that is not a Latin letter.
fn transliteration(c: char) -> &'static str {
    match c {
        'ß' => "SS",
        'æ' => "AE",
        'œ' => "OE",
        'þ' => "TH",
        'ĳ' => "IJ",
        'ə' => "A",
        'ƈ' => "C",
        'đ' | 'ð' => "D",
        'ǥ' => "G",
        'ħ' => "H",
        'ı' | 'ɨ' => "I",
        'ĸ' => "K",
        'ł' | 'ŀ' => "L",
        'ŋ' | 'ŉ' => "N",
        'ø' => "O",
        'ŧ' => "T",
        'ʒ' => "Z",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_accepted_as_they_stand_in_the_passport() {
        for name in [
            "Đặng-Yılmaz",
            "Al-Ḥusaynī",
            "Ṣafāʾ",
            "Łódź",
            "J̌",
            "O’Neill",
            "Ñusta d'Ávila, jun.",
            "K͟Hān",
            "Ẍ",
            "Ľubomír Ďurčo",
            "ʿAbd ar-Raḥmān",
            "Žižić",
            "Þór",
            "Ərəb",
            "C̨̆",
        ] {
            assert_eq!(first_invalid(&normalize(name), Datentyp::A), None, "{name}");
        }
    }

    #[test]
    fn what_is_refused_is_named_with_its_marks() {
        #[track_caller]
        fn check(text: &str, datentyp: Datentyp, expect: Option<&str>) {
            assert_eq!(first_invalid(text, datentyp), expect);
        }
        check("", Datentyp::A, None);
        check("Anna 2", Datentyp::A, Some("2"));
        check("Anna 2", Datentyp::B, None);
        check("Zeile\nZeile", Datentyp::B, Some("\n"));
        check("Zeile\nZeile", Datentyp::C, None);
        check("Σωκράτης", Datentyp::C, Some("Σ"));
        check("Σωκράτης", Datentyp::D, None);
        check("Пловдив", Datentyp::D, Some("П"));
        check("Пловдив", Datentyp::E, None);
        check("Anna 😀", Datentyp::E, Some("😀"));
        check("x\u{302}y", Datentyp::C, Some("x\u{302}"));
        check("C\u{328}\u{306}\u{302}", Datentyp::C, Some("C\u{328}\u{306}\u{302}"));
        check("e\u{301}", Datentyp::C, Some("e\u{301}")); // not NFC
        check("\u{301}a", Datentyp::C, Some("\u{301}"));
        check("K\u{35F}A", Datentyp::C, Some("K\u{35F}"));
        check("L\u{325}", Datentyp::A, None);
        check("خالد", Datentyp::E, Some("خ"));
    }

    #[test]
    fn sequences_are_found_in_full_and_are_nfc() {
        for folge in FOLGEN {
            let folge: String = folge
                .iter()
                .filter_map(|&it| char::from_u32(it.into()))
                .filter(|&it| it != '\0')
                .collect();
            assert_eq!(nfc(folge.clone()), folge);
            for text in [folge.clone(), format!("a{folge}"), format!("{folge}{folge}a")] {
                assert_eq!(first_invalid(&text, Datentyp::A), None, "{text}");
            }
        }
    }

    #[test]
    fn every_character_of_the_norm_is_nfc() {
        for (first, last, _) in ZEICHEN {
            for c in (first..=last).filter_map(|it| char::from_u32(it.into())) {
                assert_eq!(nfc(c.to_string()), c.to_string());
            }
        }
    }

    #[test]
    fn normalize_leaves_single_blanks_and_plain_hyphens() {
        #[track_caller]
        fn check(text: &str, expect: &str) {
            assert_eq!(normalize(text), expect);
        }
        check("  Anna \t\u{A0}\r\n Maria\u{2003}", "Anna Maria");
        check("Mu\u{308}ller\u{2013}Lu\u{308}denscheid", "Müller-Lüdenscheid");
        check("A\u{7}n\u{9F}na", "Anna");
        check("u\u{7}\u{308}", "ü");
        check("\u{2011}", "-");
        check("J\u{30C}", "J\u{30C}");
        check(" \n ", "");
    }

    #[test]
    fn replace_lossless_says_what_it_did() {
        let (ersetzt, ersetzungen) =
            replace_lossless("„Ja“ – sagte\u{202F}er …\n• und\u{AD} ging – 😀 ’s");
        assert_eq!(ersetzt, "\"Ja\" - sagte er ...\n- und ging - 😀 ’s");
        let ersetzungen: Vec<_> =
            ersetzungen.iter().map(|it| (it.zeichen, it.durch, it.anzahl)).collect();
        assert_eq!(
            ersetzungen,
            [
                ('„', "\"", 1),
                ('“', "\"", 1),
                ('–', "-", 2),
                ('\u{202F}', " ", 1),
                ('…', "...", 1),
                ('•', "-", 1),
                ('\u{AD}', "", 1)
            ]
        );
        assert_eq!(replace_lossless("Straße 5 «x»\n").1, []);
    }

    #[test]
    fn spellings_meet_in_their_search_keys() {
        #[track_caller]
        fn check(text: &str, expect: [&str; 2]) {
            assert_eq!(search_keys(text), expect);
        }
        check("Müller-Groß", ["MULLERGROSS", "MUELLERGROSS"]);
        check("Mu\u{308}ller", ["MULLER", "MUELLER"]);
        check("Đặng Yılmaz", ["DANGYILMAZ"; 2]);
        check("İbrahim Æsir Łódź", ["IBRAHIMAESIRLODZ"; 2]);
        check("ʿAbd ar-Raḥmān 3", ["ABDARRAHMAN"; 2]);
        check("Ərəb Þór ẞ", ["ARABTHORSS"; 2]);
        check("Ụ̈ ǖ ï", ["UUI", "UEUEI"]);
        check("Ħal ŧ ǿ ŉ", ["HALTON"; 2]);
        check("محمد", [""; 2]);
    }

    proptest! {
        #[test]
        fn normalize_twice_is_normalize_once(text in r"[\PC\s\u{300}-\u{36F}\u{AC00}-\u{AC10}\u{1100}-\u{11FF}\x00-\x1F]{0,24}") {
            let once = normalize(&text);
            prop_assert_eq!(normalize(&once), once);
        }

        #[test]
        fn what_is_refused_is_part_of_the_text(text in any::<String>()) {
            if let Some(zeichen) = first_invalid(&text, Datentyp::E) {
                prop_assert!(!zeichen.is_empty() && text.contains(zeichen));
            }
        }

        #[test]
        fn replacements_are_all_allowed(text in any::<String>()) {
            for ersetzung in replace_lossless(&text).1 {
                prop_assert_eq!(first_invalid(ersetzung.durch, Datentyp::C), None);
            }
        }
    }
}
