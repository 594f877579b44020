//! Reads a message that came from outside into a tree, within bounds.
//!
//! There are no DTDs, so no entities but the five of XML itself and references to characters:
//! nothing is fetched, and nothing grows. Depth, number of elements and size of attributes are
//! bounded, and whoever reads gives bytes of bounded length.

use std::borrow::Cow;

use quick_xml::{
    NsReader,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
    name::ResolveResult,
};

use super::rueckmeldung::{Grund, LeseFehler};

/// Elements inside each other. Messages of the standard have eight.
const TIEFE_MAX: usize = 32;
/// Elements in all. Messages of the standard have about a hundred.
const ELEMENTE_MAX: usize = 5_000;
/// Bytes of all attributes of an element, which readers compare with each other.
const ATTRIBUTE_MAX: usize = 4_096;

/// An element.
pub(super) struct Knoten<'x> {
    /// `None`: it has none, as the elements of the XÖV library.
    pub namensraum: Option<String>,
    /// Local.
    pub name: String,
    /// Attribute `listURI` of codes.
    pub list_uri: Option<String>,
    pub kinder: Vec<Knoten<'x>>,
    /// Its own text, without that of its children.
    pub text: Cow<'x, str>,
}

impl<'x> Knoten<'x> {
    /// Reads a whole document.
    pub fn read(bytes: &'x [u8]) -> Result<Knoten<'x>, LeseFehler> {
        let text = std::str::from_utf8(bytes).map_err(|_| LeseFehler::new(Grund::KeinUtf8))?;
        if text.contains(|c| !is_xml_char(c)) {
            return Err(LeseFehler::new(Grund::KeinXml));
        }
        let mut reader = NsReader::from_str(text);
        let mut offen: Vec<Knoten<'x>> = Vec::new();
        let mut wurzel: Option<Knoten<'x>> = None;
        let mut anzahl = 0;
        loop {
            let (namensraum, event) =
                reader.read_resolved_event().map_err(|_| LeseFehler::new(Grund::KeinXml))?;
            match event {
                Event::Start(_) | Event::Empty(_) if wurzel.is_some() => {
                    return Err(LeseFehler::new(Grund::KeinXml));
                }
                Event::Start(element) => {
                    anzahl += 1;
                    if TIEFE_MAX <= offen.len() {
                        return Err(LeseFehler::new(Grund::ZuTief));
                    }
                    offen.push(open(&namensraum, &element, anzahl)?);
                }
                Event::Empty(element) => {
                    anzahl += 1;
                    close(open(&namensraum, &element, anzahl)?, &mut offen, &mut wurzel);
                }
                Event::End(_) => {
                    // The reader has compared the names.
                    let knoten = offen.pop().ok_or(LeseFehler::new(Grund::KeinXml))?;
                    close(knoten, &mut offen, &mut wurzel);
                }
                Event::Text(text) => add(&mut offen, text.xml10_content())?,
                Event::CData(_) if offen.is_empty() => {
                    return Err(LeseFehler::new(Grund::KeinXml));
                }
                Event::CData(text) => add(&mut offen, text.xml10_content())?,
                Event::GeneralRef(verweis) => {
                    let zeichen =
                        verweis.resolve_char_ref().map_err(|_| LeseFehler::new(Grund::KeinXml))?;
                    let text = match (zeichen, resolve_predefined_entity(&verweis)) {
                        (Some(zeichen), _) if is_xml_char(zeichen) => zeichen.to_string(),
                        (Some(_), _) => return Err(LeseFehler::new(Grund::KeinXml)),
                        (None, Some(text)) => text.to_owned(),
                        (None, None) => return Err(LeseFehler::new(Grund::Entitaet)),
                    };
                    if offen.is_empty() {
                        return Err(LeseFehler::new(Grund::KeinXml));
                    }
                    add(&mut offen, Cow::Owned(text))?;
                }
                Event::DocType(_) => return Err(LeseFehler::new(Grund::Dtd)),
                Event::Decl(declaration) => {
                    let is_utf8 = declaration.encoding().is_none_or(|encoding| {
                        encoding.is_ok_and(|encoding| encoding.eq_ignore_ascii_case("utf-8"))
                    });
                    if !is_utf8 {
                        return Err(LeseFehler::new(Grund::KeinUtf8));
                    }
                }
                Event::Comment(_) | Event::PI(_) => {}
                Event::Eof => break,
            }
        }
        match wurzel.filter(|_| offen.is_empty()) {
            Some(wurzel) => Ok(wurzel),
            None => Err(LeseFehler::new(Grund::KeinXml)),
        }
    }

    /// The first element of this name anywhere below, whatever its namespace.
    pub fn find(&self, name: &str) -> Option<&Knoten<'x>> {
        if self.name == name {
            return Some(self);
        }
        self.kinder.iter().find_map(|kind| kind.find(name))
    }
}

fn open<'x>(
    namensraum: &ResolveResult<'_>,
    element: &BytesStart<'_>,
    anzahl: usize,
) -> Result<Knoten<'x>, LeseFehler> {
    if ELEMENTE_MAX < anzahl || ATTRIBUTE_MAX < element.attributes_raw().len() {
        return Err(LeseFehler::new(Grund::ZuViel));
    }
    let namensraum = match namensraum {
        ResolveResult::Bound(namensraum) => Some(namensraum.as_ref().to_owned()),
        ResolveResult::Unbound => None,
        ResolveResult::Unknown(_) => return Err(LeseFehler::new(Grund::KeinXml)),
    };
    let mut list_uri = None;
    for attribut in element.attributes() {
        let attribut = attribut.map_err(|_| LeseFehler::new(Grund::KeinXml))?;
        if attribut.value.contains('<') {
            return Err(LeseFehler::new(Grund::KeinXml));
        }
        if attribut.key.as_ref() == "listURI" {
            list_uri = Some(attribut.value.trim().to_owned());
        }
    }
    Ok(Knoten {
        namensraum,
        name: element.local_name().as_ref().to_owned(),
        list_uri,
        kinder: Vec::new(),
        text: Cow::Borrowed(""),
    })
}

fn close<'x>(knoten: Knoten<'x>, offen: &mut [Knoten<'x>], wurzel: &mut Option<Knoten<'x>>) {
    match offen.last_mut() {
        Some(eltern) => eltern.kinder.push(knoten),
        None => *wurzel = Some(knoten),
    }
}

fn add<'x>(offen: &mut [Knoten<'x>], text: Cow<'x, str>) -> Result<(), LeseFehler> {
    match offen.last_mut() {
        // One piece of text, as a document in base64 is, is not copied.
        Some(knoten) if knoten.text.is_empty() => knoten.text = text,
        Some(knoten) => knoten.text.to_mut().push_str(&text),
        None if text.trim_matches([' ', '\t', '\r', '\n', '\u{feff}']).is_empty() => {}
        None => return Err(LeseFehler::new(Grund::KeinXml)),
    }
    Ok(())
}

/// Char of XML 1.0 § 2.2
fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
