//! A small XML document in memory: enough to look into an envelope and to give a part of it back.

use quick_xml::{
    NsReader, Writer, XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesText, Event},
    name::ResolveResult,
};

#[derive(Clone, Debug, Default)]
pub struct Element {
    pub namespace: String,
    pub name: String,
    /// Without declarations of namespaces; with their own, if they have one.
    pub attributes: Vec<(String, String, String)>,
    pub children: Vec<Element>,
    pub text: String,
}

impl Element {
    pub fn read(xml: &[u8]) -> Option<Element> {
        let mut reader = NsReader::from_str(std::str::from_utf8(xml).ok()?);
        let mut open = vec![Element::default()];
        loop {
            let (namespace, event) = reader.read_resolved_event().ok()?;
            match event {
                Event::Start(start) | Event::Empty(start)
                    if matches!(namespace, ResolveResult::Unknown(_)) =>
                {
                    let _ = start;
                    return None;
                }
                Event::Start(ref start) | Event::Empty(ref start) => {
                    let mut element = Element {
                        namespace: name_of(&namespace),
                        name: start.local_name().as_ref().to_owned(),
                        ..Element::default()
                    };
                    for attribute in start.attributes() {
                        let attribute = attribute.ok()?;
                        if attribute.key.as_namespace_binding().is_some() {
                            continue;
                        }
                        let (namespace, local) = reader.resolver().resolve_attribute(attribute.key);
                        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
                        element.attributes.push((
                            name_of(&namespace),
                            local.as_ref().to_owned(),
                            value.into_owned(),
                        ));
                    }
                    match event {
                        Event::Start(_) => open.push(element),
                        _ => open.last_mut()?.children.push(element),
                    }
                }
                Event::End(_) => {
                    let element = open.pop()?;
                    open.last_mut()?.children.push(element);
                }
                Event::Text(text) => open.last_mut()?.text.push_str(&text),
                Event::CData(text) => open.last_mut()?.text.push_str(&text),
                Event::GeneralRef(reference) => {
                    let text = match reference.resolve_char_ref().ok()? {
                        Some(character) => character.to_string(),
                        None => resolve_predefined_entity(&reference)?.to_owned(),
                    };
                    open.last_mut()?.text.push_str(&text);
                }
                Event::DocType(_) => return None,
                Event::Eof => break,
                _ => {}
            }
        }
        match open.as_mut_slice() {
            [document] if document.children.len() == 1 => document.children.pop(),
            _ => None,
        }
    }

    pub fn is(&self, namespace: &str, name: &str) -> bool {
        self.namespace == namespace && self.name == name
    }

    /// The child at the end of a path of names in one namespace.
    pub fn child(&self, namespace: &str, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.is(namespace, name))
    }

    pub fn attribute(&self, namespace: &str, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let found = attributes.find(|(ns, local, _)| ns == namespace && local == name);
        found.map(|(_, _, value)| value.as_str())
    }

    /// The same element, each with its own declaration instead of prefixes.
    pub fn to_xml(&self) -> String {
        let mut out = Writer::new(Vec::new());
        self.write(&mut out).expect("memory takes all that is written");
        String::from_utf8(out.into_inner()).expect("it was text before")
    }

    fn write(&self, out: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
        let mut start = out
            .create_element(self.name.as_str())
            .with_attribute(("xmlns", self.namespace.as_str()));
        for (namespace, name, value) in &self.attributes {
            // Others have no meaning without their prefix.
            if namespace.is_empty() {
                start = start.with_attribute((name.as_str(), value.as_str()));
            }
        }
        start.write_inner_content(|out| {
            if self.children.is_empty() {
                out.write_event(Event::Text(BytesText::new(&self.text)))?;
            }
            self.children.iter().try_for_each(|child| child.write(out))
        })?;
        Ok(())
    }
}

fn name_of(namespace: &ResolveResult<'_>) -> String {
    match namespace {
        ResolveResult::Bound(namespace) => namespace.as_ref().to_owned(),
        _ => String::new(),
    }
}
