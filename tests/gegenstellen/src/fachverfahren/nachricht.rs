//! Reading a message as far as a Fachverfahren must before it knows the schema.

use quick_xml::{
    NsReader, XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
    name::ResolveResult,
};

/// What the Nachrichtenkopf says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Nachricht {
    /// Namespace of the root element; empty if it has none.
    pub namespace: String,
    /// The `nachrichtenUUID` as written.
    pub uuid: String,
    /// The `antragsidentifikation` as written; empty if it has none.
    pub antrag: String,
}

/// Why the message cannot be read: a place and a reason, never contents.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("Zeile {zeile}: {grund}")]
pub(crate) struct LeseFehler {
    zeile: usize,
    grund: String,
}

/// Where the UUID stands, by local names: XÖV leaves the Nachrichtenkopf without a namespace.
const UUID_PATH: [&str; 3] = ["nachrichtenkopf.g2g", "identifikation.nachricht", "nachrichtenUUID"];

impl Nachricht {
    /// Reads namespace and UUID of a well-formed message in UTF-8 without a DTD.
    pub fn read(bytes: &[u8]) -> Result<Nachricht, LeseFehler> {
        let text = std::str::from_utf8(bytes).map_err(|error| LeseFehler {
            zeile: line(bytes, error.valid_up_to()),
            grund: "Die Nachricht ist nicht in UTF-8 kodiert.".to_owned(),
        })?;
        if let Some(place) = text.find(|c| !is_xml_char(c)) {
            let zeile = line(bytes, place);
            return Err(LeseFehler { zeile, grund: FORBIDDEN.to_owned() });
        }
        let mut reader = NsReader::from_str(text);
        let read = Walk::default().run(&mut reader);
        read.map_err(|grund| {
            let place = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            LeseFehler { zeile: line(bytes, place.min(bytes.len())), grund }
        })
    }
}

#[derive(Default)]
struct Walk {
    /// Local names of the open elements.
    path: Vec<String>,
    namespace: Option<String>,
    uuid: Option<String>,
    antrag: String,
}

impl Walk {
    fn run(mut self, reader: &mut NsReader<&[u8]>) -> Result<Nachricht, String> {
        loop {
            let (namespace, event) =
                reader.read_resolved_event().map_err(|error| explain(&error))?;
            match event {
                Event::Start(element) => self.open(&namespace, &element)?,
                Event::Empty(element) => {
                    self.open(&namespace, &element)?;
                    self.path.pop();
                }
                Event::End(_) => {
                    self.path.pop();
                }
                Event::Text(text) => self.text(&text)?,
                Event::CData(text) => {
                    if self.path.is_empty() {
                        return Err(OUTSIDE.to_owned());
                    }
                    self.text(&text)?;
                }
                Event::GeneralRef(reference) => {
                    let character = reference
                        .resolve_char_ref()
                        .map_err(|_| "Ein Zeichenverweis ist nicht lesbar.".to_owned())?;
                    match (character, resolve_predefined_entity(&reference)) {
                        (Some(c), _) if is_xml_char(c) => self.text(&c.to_string())?,
                        (Some(_), _) => return Err(FORBIDDEN.to_owned()),
                        (None, Some(text)) => self.text(text)?,
                        (None, None) => {
                            let name = &*reference;
                            return Err(format!("Die Entität '{name}' ist nicht definiert."));
                        }
                    }
                }
                Event::DocType(_) => {
                    return Err("Eine Dokumenttypdeklaration (DTD) ist nicht erlaubt.".to_owned());
                }
                Event::Decl(declaration) => {
                    let encoding = declaration.encoding();
                    let is_utf8 = encoding.is_none_or(|encoding| {
                        encoding.is_ok_and(|encoding| encoding.eq_ignore_ascii_case("utf-8"))
                    });
                    if !is_utf8 {
                        return Err("Die Nachricht muss in UTF-8 kodiert sein.".to_owned());
                    }
                }
                Event::Comment(_) | Event::PI(_) => {}
                Event::Eof => return self.finish(),
            }
        }
    }

    fn open(&mut self, namespace: &ResolveResult, element: &BytesStart) -> Result<(), String> {
        let name = element.local_name().as_ref().to_owned();
        let namespace = match namespace {
            ResolveResult::Bound(namespace) => namespace.as_ref().to_owned(),
            ResolveResult::Unbound => String::new(),
            ResolveResult::Unknown(_) => {
                return Err(format!(
                    "Das Präfix des Elements '{name}' ist keinem Namensraum zugeordnet."
                ));
            }
        };
        for attribute in element.attributes() {
            let attribute = attribute
                .map_err(|_| format!("Die Attribute des Elements '{name}' sind nicht lesbar."))?;
            if attribute.normalized_value(XmlVersion::Implicit1_0).is_err()
                || attribute.value.contains('<')
            {
                return Err(format!("Ein Attributwert des Elements '{name}' ist nicht lesbar."));
            }
        }
        if self.path.is_empty() && self.namespace.replace(namespace).is_some() {
            return Err("Nach dem Wurzelelement folgt ein weiteres Element.".to_owned());
        }
        self.path.push(name);
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), String> {
        match self.path.as_slice() {
            [] if text.trim_matches([' ', '\t', '\r', '\n', '\u{feff}']).is_empty() => {}
            [] => return Err(OUTSIDE.to_owned()),
            [_root, rest @ ..] if rest == UUID_PATH => {
                self.uuid.get_or_insert_default().push_str(text);
            }
            [_root, name] if name == "antragsidentifikation" => self.antrag.push_str(text),
            _ => {}
        }
        Ok(())
    }

    fn finish(self) -> Result<Nachricht, String> {
        if let Some(open) = self.path.last() {
            return Err(format!("Das Element '{open}' ist nicht geschlossen."));
        }
        let namespace = self.namespace.ok_or("Die Nachricht ist leer.")?;
        let uuid = self.uuid.ok_or("Das Element 'nachrichtenUUID' im Nachrichtenkopf fehlt.")?;
        let antrag = self.antrag.trim().to_owned();
        Ok(Nachricht { namespace, uuid: uuid.trim().to_owned(), antrag })
    }
}

const FORBIDDEN: &str = "Ein Zeichen ist in XML nicht erlaubt.";
const OUTSIDE: &str = "Außerhalb des Wurzelelements steht Text.";

/// In German, and without the names and values that the library's own texts quote.
fn explain(error: &quick_xml::Error) -> String {
    use quick_xml::{Error, errors::IllFormedError};
    match error {
        Error::IllFormed(IllFormedError::MismatchedEndTag { expected, .. }) => {
            format!("Das Element '{expected}' ist nicht richtig geschlossen.")
        }
        Error::IllFormed(IllFormedError::UnmatchedEndTag(_)) => {
            "Ein Element wird geschlossen, das nicht offen ist.".to_owned()
        }
        Error::Syntax(_) => "Die Nachricht bricht mitten in einer Auszeichnung ab.".to_owned(),
        _ => "Die Auszeichnung ist nicht lesbar.".to_owned(),
    }
}

/// Char of XML 1.0 § 2.2
fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

fn line(bytes: &[u8], place: usize) -> usize {
    1 + bytes[..place].iter().filter(|byte| **byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const UUID: &str = "2c1b1f6e-5f0a-4c5e-9a55-0d9f7a1f0c02";

    #[track_caller]
    fn check(before: &str, inside: &str, expect: Result<&str, &str>) {
        let xml = format!(
            "{before}<a:m xmlns:a=\"urn:a\"><nachrichtenkopf.g2g>\n<identifikation.nachricht>\
             <nachrichtenUUID> {UUID} </nachrichtenUUID></identifikation.nachricht>\
             </nachrichtenkopf.g2g>\n{inside}</a:m>\n"
        );
        check_whole(xml.as_bytes(), expect);
    }

    #[track_caller]
    fn check_whole(xml: &[u8], expect: Result<&str, &str>) {
        match (Nachricht::read(xml), expect) {
            (Ok(nachricht), Ok(namespace)) => {
                assert_eq!(
                    nachricht,
                    Nachricht {
                        namespace: namespace.to_owned(),
                        uuid: UUID.to_owned(),
                        antrag: String::new(),
                    }
                );
            }
            (Err(fehler), Err(part)) => {
                assert!(fehler.to_string().contains(part), "{fehler}");
            }
            (read, _) => panic!("{read:?} instead of {expect:?}"),
        }
    }

    #[test]
    fn reads_the_head_of_what_is_well_formed() {
        check("", "", Ok("urn:a"));
        check(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- x -->\n",
            "&amp;&#228;",
            Ok("urn:a"),
        );
        check("\u{feff}", "<b c='&lt;'/><![CDATA[<]]>", Ok("urn:a"));
    }

    #[test]
    fn says_where_it_is_not() {
        check_whole(b"", Err("Zeile 1: Die Nachricht ist leer."));
        check_whole(b"\n\nkein XML", Err("Außerhalb"));
        check_whole(b"<a/>", Err("nachrichtenUUID"));
        check_whole(b"<a>\n<b>\n</a>", Err("Zeile 3: Das Element 'b'"));
        check_whole(b"<a><b>", Err("'b' ist nicht geschlossen"));
        check_whole(b"<a>\n\xff</a>", Err("Zeile 2: Die Nachricht ist nicht in UTF-8"));
        check("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>", "", Err("UTF-8"));
        check("<!DOCTYPE m [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>", "&e;", Err("DTD"));
        check("", "&e;", Err("Zeile 3: Die Entität 'e'"));
        check("", "&#0;", Err("Zeile 3"));
        check("", "\u{1}", Err("Zeichen"));
        check("", "<b:c/>", Err("Präfix"));
        check("", "<c d='1' d='2'/>", Err("Attribute des Elements 'c'"));
        check("", "<c d='<'/>", Err("Attributwert"));
        check("", "<c", Err("Zeile"));
        check("", "</a:m><x>", Err("weiteres Element"));
        check("<?xml version=\"1.0\"?>x", "", Err("Außerhalb"));
    }
}
