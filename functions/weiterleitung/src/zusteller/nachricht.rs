//! What a transport has to know of a message that is already written.

use crate::xml::{KeinXml, Knoten};

/// Read from the beginning of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Nachrichtenart {
    /// Of the root: the schema of the message.
    pub namensraum: String,
    /// The number of the message, if it says so.
    pub typ: Option<Typ>,
}

/// A code of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Typ {
    /// Such as `130201`.
    pub code: String,
    pub liste: Option<String>,
    pub version: Option<String>,
}

impl Nachrichtenart {
    /// Looks for the type in the head and goes no further than that.
    pub fn read(xml: &[u8]) -> Result<Nachrichtenart, KeinXml> {
        let mut art = None;
        Knoten::scan(xml, |offen| {
            let [wurzel, .., letzter] = offen else {
                // The root ends: there was no head in it.
                let namensraum = offen.first().map(|wurzel| wurzel.namensraum.clone());
                art = namensraum.map(|namensraum| Nachrichtenart { namensraum, typ: None });
                return true;
            };
            let eltern = offen.len().checked_sub(2).and_then(|stelle| offen.get(stelle));
            let namensraum = || wurzel.namensraum.clone();
            if letzter.name == "nachrichtenkopf.g2g" {
                art = Some(Nachrichtenart { namensraum: namensraum(), typ: None });
                return true;
            }
            match eltern {
                Some(eltern) if letzter.name == "code" && eltern.name == "nachrichtentyp" => {
                    let attribut = |name| eltern.attribut(name).map(str::to_owned);
                    let typ = Some(Typ {
                        code: letzter.text.trim().to_owned(),
                        liste: attribut("listURI"),
                        version: attribut("listVersionID"),
                    });
                    art = Some(Nachrichtenart { namensraum: namensraum(), typ });
                    true
                }
                _ => false,
            }
        })?;
        art.ok_or(KeinXml)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_says_what_it_is() {
        for (xml, typ) in [
            (
                "<m xmlns='urn:a'><nachrichtenkopf.g2g xmlns=''><identifikation.nachricht><nachrichtentyp \
                 listURI='u'><code>130201</code></nachrichtentyp></identifikation.nachricht>\
                 </nachrichtenkopf.g2g><kaputt",
                Some("130201"),
            ),
            (
                "<m xmlns='urn:a'><nachrichtenkopf.g2g></nachrichtenkopf.g2g><code>1</code></m>",
                None,
            ),
            ("<m xmlns='urn:a'><x>1</x></m>", None),
        ] {
            let art = Nachrichtenart::read(xml.as_bytes()).unwrap();
            let code = art.typ.as_ref().map(|typ| typ.code.as_str());
            assert_eq!((art.namensraum.as_str(), code), ("urn:a", typ));
        }
        assert_eq!(Nachrichtenart::read(b"%PDF"), Err(KeinXml));
    }
}
