//! The canonical normal forms of Unicode, and its capitals. In the browser they are the browser's own: the tables
//! would be a third of what a first page may weigh.

/// `text` in NFC.
pub(super) fn nfc(text: String) -> String {
    match text.chars().all(is_settled) {
        true => text,
        false => platform::nfc(&text),
    }
}

/// `text` in NFD.
pub(super) fn nfd(text: String) -> String {
    match text.is_ascii() {
        true => text,
        false => platform::nfd(&text),
    }
}

/// `text` in capitals.
pub(super) fn upper(text: &str) -> String {
    match text.is_ascii() {
        true => text.to_ascii_uppercase(),
        false => platform::upper(text),
    }
}

/// Composed already and composing with nothing: all that most people ever type.
fn is_settled(c: char) -> bool {
    matches!(c, '\0'..='\u{2FF}' | '\u{1E00}'..='\u{1EFF}')
}

#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
mod platform {
    use unicode_normalization::UnicodeNormalization;

    pub fn nfc(text: &str) -> String {
        text.nfc().collect()
    }

    pub fn nfd(text: &str) -> String {
        text.nfd().collect()
    }

    pub fn upper(text: &str) -> String {
        text.to_uppercase()
    }
}

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod platform {
    use js_sys::JsString;

    pub fn nfc(text: &str) -> String {
        JsString::from(text).normalize("NFC").into()
    }

    pub fn nfd(text: &str) -> String {
        JsString::from(text).normalize("NFD").into()
    }

    pub fn upper(text: &str) -> String {
        JsString::from(text).to_upper_case().into()
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    #[test]
    fn what_is_settled_needs_no_tables() {
        let settled: Vec<char> = ('\0'..='\u{1EFF}').filter(|&it| is_settled(it)).collect();
        for &c in &settled {
            assert_eq!(c.nfc().collect::<String>(), c.to_string());
        }
        // No two of them compose either: what composes second is a mark beyond U+02FF.
        let all: String = settled.iter().collect();
        assert_eq!(all.nfc().collect::<String>(), all);
        for second in (0..=0x10FFFF).filter_map(char::from_u32) {
            let composes = ['a', 'u', 'o', 'K', '\u{1E62}']
                .iter()
                .any(|&it| unicode_normalization::char::compose(it, second).is_some());
            assert!(!(composes && is_settled(second)), "{second:?}");
        }
    }
}
