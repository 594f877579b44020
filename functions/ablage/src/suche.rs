//! Search in sealed texts: each word is kept as a keyed hash, which only the key's owner can make.

use std::collections::BTreeSet;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// At most so many words of a text are indexed or searched for.
const WOERTER: usize = 16;

/// The words of a text as they are compared: small letters without diacritics, `ß` as `ss`, and
/// umlauts as they are written without umlauts.
pub(crate) fn woerter(text: &str) -> BTreeSet<String> {
    let mut einfach = String::with_capacity(text.len());
    for zeichen in text.nfc().flat_map(char::to_lowercase) {
        match zeichen {
            'ä' => einfach.push_str("ae"),
            'ö' => einfach.push_str("oe"),
            'ü' => einfach.push_str("ue"),
            'ß' => einfach.push_str("ss"),
            'ø' => einfach.push('o'),
            'ł' => einfach.push('l'),
            'đ' => einfach.push('d'),
            'ı' => einfach.push('i'),
            zeichen => einfach.extend(zeichen.nfd().filter(|&teil| !is_combining_mark(teil))),
        }
    }
    einfach
        .split(|zeichen: char| !zeichen.is_alphanumeric())
        .filter(|wort| !wort.is_empty())
        .map(str::to_owned)
        .take(WOERTER)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        assert_eq!(woerter(text).into_iter().collect::<Vec<_>>(), expect);
    }

    #[test]
    fn words_are_compared_as_people_search() {
        check("Müller-Lüdenscheidt, Käthe", &["kaethe", "luedenscheidt", "mueller"]);
        check("MU\u{308}LLER", &["mueller"]);
        check("Çelik Ağaoğlu", &["agaoglu", "celik"]);
        check("İpek Işık", &["ipek", "isik"]);
        check("Łukasz Groß", &["gross", "lukasz"]);
        check("O’Brien", &["brien", "o"]);
        check(" – ", &[]);
    }
}
