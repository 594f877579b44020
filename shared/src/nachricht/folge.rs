//! What applicants send after the application: XAusländer `OZG.RueckkanalAntwort.130103`, an answer or
//! further documents, and `OZG.Ruecknahme.130111`, the withdrawal.
//!
//! Both are the same for all applications: what they are about stands in the application's own
//! message.

use crate::{
    angaben::{Angaben, View},
    din91379::{self, Datentyp},
    nachricht::{
        Anlagen, Kopf, Nachricht, NachrichtError, aus, element, je_nachweis,
        schreiber::write_from,
        unter,
        xauslaender2611::{DOKUMENT_ODER_REFERENZ, XAUSLAENDER, text},
    },
    werte::Xoev,
};

/// What an answer says besides its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folge<'a> {
    /// UUID of the message that it answers: the question, or the application itself, where documents
    /// come that nobody has asked for.
    pub ausloeser_uuid: &'a str,
    /// What the applicant writes; empty: nothing.
    pub antworttext: &'a str,
}

/// An answer, or further documents.
pub static ANTWORT: Nachricht = Nachricht {
    name: "OZG.RueckkanalAntwort.130103",
    typ: "130103",
    standard: &XAUSLAENDER,
    inhalt: &[
        aus("ausloeserUUID", &[], |it| text(it.folge?.ausloeser_uuid)),
        je_nachweis(&[element("unterlage").with(&[
            unter("", DOKUMENT_ODER_REFERENZ),
            aus("dateiname", &[], |it| dateiname(it.anlage?.bezeichnung)),
        ])]),
        aus("antworttext", &[], |it| text(it.folge?.antworttext)),
    ],
    ohne_element: &[],
};

/// The withdrawal of an application.
pub static RUECKNAHME: Nachricht = Nachricht {
    name: "OZG.Ruecknahme.130111",
    typ: "130111",
    standard: &XAUSLAENDER,
    inhalt: &[],
    ohne_element: &[],
};

/// Writes [`ANTWORT`] or [`RUECKNAHME`]. The `bezeichnung` of each file is its name.
///
/// # Errors
/// [`NachrichtError::Character`] if the text has a character that no message can carry.
pub fn write_folge(
    nachricht: &Nachricht,
    folge: &Folge<'_>,
    kopf: &Kopf<'_>,
    anlagen: &Anlagen<'_>,
) -> Result<Vec<u8>, NachrichtError> {
    write_from(nachricht, View::new(&Angaben::default()), kopf, anlagen, Some(folge))
}

/// The name of a file. What no message can carry must not keep the file from being sent.
fn dateiname(name: &str) -> Option<Xoev> {
    let name = din91379::replace_lossless(&din91379::normalize(name)).0;
    let is_fit = |text: &str| din91379::first_invalid(text, Datentyp::C).is_none();
    if is_fit(&name) {
        return text(&name);
    }
    let fit: String =
        name.chars().map(|c| if is_fit(c.encode_utf8(&mut [0; 4])) { c } else { '_' }).collect();
    text(&fit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_a_file_is_always_one() {
        for (name, expect) in [
            ("Pass.pdf", "Pass.pdf"),
            ("Löhne – März.pdf", "Löhne - März.pdf"),
            ("جواز.pdf", "____.pdf"),
            ("📎 Pass.pdf", "_ Pass.pdf"),
        ] {
            assert_eq!(dateiname(name), Some(Xoev::Text(expect.to_owned())));
        }
    }
}
