//! Reading XML of partners: with namespaces, bounded, and without any entity of its own.

use quick_xml::{
    NsReader, XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
    name::ResolveResult,
};

/// Elements may lie so deep in each other.
const TIEFE_MAX: usize = 64;
/// So many elements may there be.
const ELEMENTE_MAX: usize = 20_000;

/// An element with what is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Knoten {
    /// Its namespace; empty for none.
    pub namensraum: String,
    /// Its name without a prefix.
    pub name: String,
    /// Its own text, without blanks around it.
    pub text: String,
    /// By their names without a prefix.
    pub attribute: Vec<(String, String)>,
    pub kinder: Vec<Knoten>,
}

/// The text is not XML as it is read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the XML cannot be read")]
pub(crate) struct KeinXml;

impl Knoten {
    /// Reads a whole document.
    pub fn read(xml: &[u8]) -> Result<Knoten, KeinXml> {
        let mut reader = NsReader::from_str(text(xml)?);
        let mut offen: Vec<Knoten> = Vec::new();
        let mut anzahl = 0;
        let mut wurzel = None;
        loop {
            let (namensraum, event) = reader.read_resolved_event().map_err(|_| KeinXml)?;
            match event {
                Event::Start(start) => {
                    anzahl += 1;
                    if offen.len() == TIEFE_MAX || anzahl == ELEMENTE_MAX || wurzel.is_some() {
                        return Err(KeinXml);
                    }
                    offen.push(Knoten::begin(namensraum, &start)?);
                }
                Event::Empty(start) => {
                    anzahl += 1;
                    if anzahl == ELEMENTE_MAX || wurzel.is_some() {
                        return Err(KeinXml);
                    }
                    let knoten = Knoten::begin(namensraum, &start)?;
                    knoten.end(&mut offen, &mut wurzel);
                }
                Event::End(_) => {
                    let mut knoten = offen.pop().ok_or(KeinXml)?;
                    knoten.text = knoten.text.trim().to_owned();
                    knoten.end(&mut offen, &mut wurzel);
                }
                Event::Text(text) => match offen.last_mut() {
                    Some(knoten) => knoten.text.push_str(&text),
                    None if text.trim().is_empty() => {}
                    None => return Err(KeinXml),
                },
                Event::CData(text) => {
                    offen.last_mut().ok_or(KeinXml)?.text.push_str(&text);
                }
                Event::GeneralRef(name) => {
                    let zeichen = match name.resolve_char_ref() {
                        Ok(Some(zeichen)) => zeichen.to_string(),
                        // Whoever defines entities wants something else than to be read.
                        Ok(None) => resolve_predefined_entity(&name).ok_or(KeinXml)?.to_owned(),
                        Err(_) => return Err(KeinXml),
                    };
                    offen.last_mut().ok_or(KeinXml)?.text.push_str(&zeichen);
                }
                Event::DocType(_) => return Err(KeinXml),
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
                Event::Eof => return wurzel.ok_or(KeinXml),
            }
        }
    }

    /// Reads no further than the first element for which `found` says so, and nothing below it.
    /// The path to it is that of the open elements, the outermost first.
    pub fn scan(xml: &[u8], mut found: impl FnMut(&[Knoten]) -> bool) -> Result<(), KeinXml> {
        let mut reader = NsReader::from_str(text(xml)?);
        let mut offen: Vec<Knoten> = Vec::new();
        loop {
            let (namensraum, event) = reader.read_resolved_event().map_err(|_| KeinXml)?;
            match event {
                Event::Start(start) => {
                    if offen.len() == TIEFE_MAX {
                        return Err(KeinXml);
                    }
                    offen.push(Knoten::begin(namensraum, &start)?);
                }
                Event::Text(text) => {
                    if let Some(knoten) = offen.last_mut() {
                        knoten.text.push_str(&text);
                    }
                }
                Event::End(_) => {
                    if found(&offen) {
                        return Ok(());
                    }
                    offen.pop();
                }
                Event::DocType(_) | Event::Eof => return Err(KeinXml),
                _ => {}
            }
        }
    }

    fn begin(namensraum: ResolveResult<'_>, start: &BytesStart<'_>) -> Result<Knoten, KeinXml> {
        let namensraum = match namensraum {
            ResolveResult::Bound(namensraum) => namensraum.as_ref().to_owned(),
            ResolveResult::Unbound => String::new(),
            ResolveResult::Unknown(_) => return Err(KeinXml),
        };
        let mut attribute = Vec::new();
        for eines in start.attributes() {
            let eines = eines.map_err(|_| KeinXml)?;
            let wert = eines.normalized_value(XmlVersion::Implicit1_0).map_err(|_| KeinXml)?;
            attribute.push((eines.key.local_name().as_ref().to_owned(), wert.into_owned()));
        }
        let name = start.local_name().as_ref().to_owned();
        Ok(Knoten { namensraum, name, attribute, ..Knoten::default() })
    }

    fn end(self, offen: &mut [Knoten], wurzel: &mut Option<Knoten>) {
        match offen.last_mut() {
            Some(eltern) => eltern.kinder.push(self),
            None => *wurzel = Some(self),
        }
    }

    /// Whether it is this element.
    pub fn is(&self, namensraum: &str, name: &str) -> bool {
        self.namensraum == namensraum && self.name == name
    }

    /// The attribute of that name.
    pub fn attribut(&self, name: &str) -> Option<&str> {
        let mut attribute = self.attribute.iter();
        attribute.find(|(own, _)| own == name).map(|(_, wert)| wert.as_str())
    }

    /// Its first child of that name.
    pub fn kind(&self, namensraum: &str, name: &str) -> Option<&Knoten> {
        self.kinder.iter().find(|kind| kind.is(namensraum, name))
    }

    /// Itself or the first below it, in the order of the document.
    pub fn find(&self, namensraum: &str, name: &str) -> Option<&Knoten> {
        match self.is(namensraum, name) {
            true => Some(self),
            false => self.kinder.iter().find_map(|kind| kind.find(namensraum, name)),
        }
    }
}

fn text(xml: &[u8]) -> Result<&str, KeinXml> {
    let text = std::str::from_utf8(xml).map_err(|_| KeinXml)?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn namespaces_count_and_prefixes_do_not() {
        for xml in [
            "<a xmlns='urn:x'><b>1 &lt; 2&#33;</b></a>",
            "<?xml version='1.0'?><p:a xmlns:p='urn:x'><!-- c --><q:b xmlns:q='urn:x'> <![CDATA[1 < 2]]>!</q:b></p:a>\n",
        ] {
            let wurzel = Knoten::read(xml.as_bytes()).unwrap();
            assert!(wurzel.is("urn:x", "a"));
            assert_eq!(wurzel.find("urn:x", "b").unwrap().text, "1 < 2!");
            assert_eq!(wurzel.kind("", "b"), None);
        }
    }

    #[test]
    fn what_could_harm_is_not_read() {
        let tief = format!("{}{}", "<a>".repeat(65), "</a>".repeat(65));
        let breit = format!("<a>{}</a>", "<b/>".repeat(ELEMENTE_MAX));
        for xml in [
            "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
            "<!DOCTYPE a><a/>",
            "<a>&e;</a>",
            "<p:a/>",
            "<a><b></a>",
            "<a/><a/>",
            "<a/>x",
            "<a>",
            "",
            "{}",
            &tief,
            &breit,
        ] {
            assert_eq!(Knoten::read(xml.as_bytes()), Err(KeinXml), "{}", &xml[..xml.len().min(40)]);
        }
    }
}
