//! Numbers that stand on documents (`einbuergerung.md` 0.7).

use crate::{din91379::upper, pruefung::Pruefer};

/// Checks the number of an elektronischer Aufenthaltstitel: 9 characters, or 10 with the check
/// digit of ICAO 9303. `is_paper` allows the 6 to 12 characters of older documents.
pub fn check_karte(pruefer: &mut Pruefer<'_>, id: &str, is_paper: bool) {
    let Some(text) = pruefer.view.text(id) else { return };
    let nummer = without_blanks(text);
    let is_plain = nummer.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit());
    match nummer.len() {
        6..=12 if is_plain && is_paper => {}
        9 if is_plain => {}
        10 if is_plain => {
            if !has_check_digit(&nummer) {
                pruefer.melde(id, "EAT_PRUEFZIFFER", &[]);
            }
        }
        _ => pruefer.melde(id, "EAT_FORMAT", &[]),
    }
}

/// Checks the number of a passport: 5 to 20 letters and digits.
pub fn check_pass(pruefer: &mut Pruefer<'_>, id: &str) {
    let Some(text) = pruefer.view.text(id) else { return };
    let nummer = without_blanks(text).replace('-', "");
    let is_plain = nummer.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit());
    if !is_plain || !(5..=20).contains(&nummer.len()) {
        pruefer.melde(id, "PASS_FORMAT", &[]);
    }
}

/// Checks the number of a German Personalausweis: 9 characters, or 10 with their check digit.
pub fn check_personalausweis(pruefer: &mut Pruefer<'_>, id: &str) {
    let Some(text) = pruefer.view.text(id) else { return };
    let nummer = without_blanks(text);
    let is_plain = nummer.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit());
    let is_nummer = match nummer.len() {
        9 => is_plain,
        10 => is_plain && has_check_digit(&nummer),
        _ => false,
    };
    if !is_nummer {
        pruefer.melde(id, "PASS_FORMAT", &[]);
    }
}

/// Checks an AZR-Nummer: JJMMTT of the first record and 6 digits (XInneres azrnummer/3).
pub fn check_azr(pruefer: &mut Pruefer<'_>, id: &str) {
    if pruefer.view.text(id).is_some_and(|it| !is_azr(it)) {
        pruefer.melde(id, "AZR_FORMAT", &[]);
    }
}

fn is_azr(text: &str) -> bool {
    let is_digits = text.len() == 12 && text.bytes().all(|it| it.is_ascii_digit());
    // XInneres allows month 00 and day 00.
    is_digits && &text[2..4] <= "12" && &text[4..6] <= "31"
}

/// Upper case, without blanks: as the number is sent.
pub fn without_blanks(text: &str) -> String {
    let text: String = text.chars().filter(|it| !it.is_whitespace()).collect();
    upper(&text)
}

/// Whether the last of these characters is the check digit of those before it (ICAO 9303: weights
/// 7-3-1, A = 10).
pub fn has_check_digit(nummer: &str) -> bool {
    let Some((last, rest)) = nummer.as_bytes().split_last() else { return false };
    let sum: u32 = rest
        .iter()
        .zip([7, 3, 1].into_iter().cycle())
        .map(|(zeichen, gewicht)| (*zeichen as char).to_digit(36).unwrap_or(0) * gewicht)
        .sum();
    (*last as char).to_digit(10) == Some(sum % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_those_of_icao() {
        assert!(has_check_digit("Y701001V39"));
        assert!(has_check_digit("L01X00T471"));
        assert!(!has_check_digit("Y701001V38"));
        assert!(!has_check_digit("Y701001V3X"));
    }

    #[test]
    fn azr_numbers_begin_with_a_day() {
        assert!(is_azr("160902012345"));
        assert!(!is_azr("161302012345"));
        assert!(!is_azr("160932012345"));
        assert!(!is_azr("16090201234"));
    }
}
