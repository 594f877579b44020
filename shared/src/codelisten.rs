//! Code lists: facts written anew in our form, with URN and version of their source.

mod aufenthaltstitel;
mod ozg;
mod person;
pub mod staaten;

pub use aufenthaltstitel::*;
pub use ozg::*;
pub use person::*;
pub use staaten::{STAATSANGEHOERIGKEIT, Staatsangehoerigkeit};

/// A list of codes and what they mean in German.
#[derive(Debug)]
pub struct Codeliste {
    /// Key of the list in the files of other languages: `code.<id>.<code>`.
    pub id: &'static str,
    /// `listURI` of a message; empty where the list is our own and never sent as a code.
    pub urn: &'static str,
    /// `listVersionID` of a message.
    pub version: &'static str,
    pub eintraege: &'static [(&'static str, &'static str)],
}

impl Codeliste {
    /// Our own list, that no message carries as a code.
    pub const fn eigen(
        id: &'static str,
        eintraege: &'static [(&'static str, &'static str)],
    ) -> Codeliste {
        Codeliste { id, urn: "", version: "", eintraege }
    }

    pub fn eintrag(&self, code: &str) -> Option<(&'static str, &'static str)> {
        self.eintraege.iter().copied().find(|(it, _)| *it == code)
    }

    /// What the code means, in German.
    pub fn text(&self, code: &str) -> Option<&'static str> {
        self.eintrag(code).map(|(_, text)| text)
    }
}

/// Lists one after the other, as one of `N` entries.
pub(crate) const fn join<const N: usize>(
    parts: &[&[(&'static str, &'static str)]],
) -> [(&'static str, &'static str); N] {
    let mut joined = [("", ""); N];
    let (mut at, mut part) = (0, 0);
    while part < parts.len() {
        let mut index = 0;
        while index < parts[part].len() {
            joined[at] = parts[part][index];
            at += 1;
            index += 1;
        }
        part += 1;
    }
    assert!(at == N, "every entry has its place");
    joined
}

/// `liste! { Familienstand, FAMILIENSTAND = Codeliste { … } { VERHEIRATET = "VH" } }`: the list, its
/// type, and names for codes that conditions speak of.
macro_rules! liste {
    ($(#[$doc:meta])* $typ:ident, $name:ident = $liste:expr; $($konst:ident = $code:literal),* $(,)?) => {
        $(#[$doc])*
        pub struct $typ;

        impl $crate::werte::Liste for $typ {
            const LISTE: &'static $crate::codelisten::Codeliste = &$name;
        }

        $(#[$doc])*
        pub static $name: $crate::codelisten::Codeliste = $liste;

        impl $typ {
            $(pub const $konst: $crate::werte::Code<$typ> = $crate::werte::Code::new($code);)*
        }
    };
}
pub(crate) use liste;
