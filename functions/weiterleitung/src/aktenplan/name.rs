//! Names that every DMS takes.

use unicode_normalization::UnicodeNormalization as _;

/// Longest name of an object, in characters: what common file systems behind a DMS take.
const NAME_MAX: usize = 120;

/// The folders of a path, from the top.
pub(crate) fn segments(pfad: &str) -> Vec<String> {
    pfad.split('/').filter(|name| !name.trim().is_empty()).map(objektname).collect()
}

/// A text as a name that every DMS and the file systems behind it take.
pub(crate) fn objektname(text: &str) -> String {
    let sauber: String = text
        .nfc()
        .map(|zeichen| match zeichen {
            '/' | '\\' | ':' | '"' | '*' | '?' | '<' | '>' | '|' => '_',
            // Marks of direction change what is read without being seen.
            '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '_',
            zeichen if zeichen.is_control() => '_',
            zeichen if zeichen.is_whitespace() => ' ',
            zeichen => zeichen,
        })
        .collect();
    let worte: Vec<&str> = sauber.split(' ').filter(|wort| !wort.is_empty()).collect();
    let kurz: String = worte.join(" ").chars().take(NAME_MAX).collect();
    // Windows drops dots and blanks at the end; a name of dots alone is a way up.
    match kurz.trim_end_matches(['.', ' ']) {
        "" => "_".to_owned(),
        name => name.to_owned(),
    }
}

pub(crate) fn endung(medientyp: &str) -> &'static str {
    match medientyp {
        "application/pdf" => "pdf",
        "application/xml" | "text/xml" => "xml",
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/tiff" => "tif",
        "image/webp" => "webp",
        "image/heic" => "heic",
        "text/plain" => "txt",
        _ => "bin",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_what_every_dms_takes() {
        for (text, name) in [
            ("Müller, Erika", "Müller, Erika"),
            ("Mu\u{308}ller", "Müller"),
            (r#"a/b\c:d"e*f?g<h>i|j"#, "a_b_c_d_e_f_g_h_i_j"),
            ("a\u{0}b\nc\u{202E}d\t e", "a_b_c_d_ e"),
            ("  a   b  ", "a b"),
            ("..", "_"),
            ("GmbH & Co. KG.", "GmbH & Co. KG"),
            ("", "_"),
        ] {
            assert_eq!(objektname(text), name, "{text:?}");
        }
        assert_eq!(segments("/Ausländer//33.30/"), ["Ausländer", "33.30"]);
    }

    proptest! {
        #[test]
        fn a_name_is_never_a_path(text: String) {
            let name = objektname(&text);
            prop_assert!(!name.is_empty() && name.chars().count() <= NAME_MAX);
            prop_assert!(!name.contains(['/', '\\', ':', '"', '*', '?', '<', '>', '|']));
            prop_assert!(!name.contains(char::is_control));
            prop_assert_eq!(objektname(&name), name);
        }
    }
}
