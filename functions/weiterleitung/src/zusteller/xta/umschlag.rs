//! The envelopes: written in the order of the schemas, and the SOAP part of an answer found.

use std::io;

use ablage::{AblageError, Zeitpunkt, zufall};
use base64::prelude::*;
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use crate::{
    client::Antwort,
    zusteller::{
        nachricht::Nachrichtenart,
        xta::{Nachrichtentyp, Regeln, Szenario, Teilnehmer},
    },
};

/// SOAP 1.2.
pub const SOAP: &str = "http://www.w3.org/2003/05/soap-envelope";
/// WS-Addressing.
pub const WSA: &str = "http://www.w3.org/2005/08/addressing";
/// MessageMetaData.
pub const OSCIMETA: &str = "http://www.osci.eu/ws/2014/10/transport";
/// XTA 2.1.1.
pub const XTA: &str = "http://xoev.de/transport/xta/211";

/// So much more than its content takes an envelope, about.
const RAHMEN: usize = 4096;

/// The operations, by their names in the WSDL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aktion {
    CheckAccount,
    CreateId,
    Send,
    Report,
}

impl Aktion {
    /// The media type of an envelope, which names the operation (RFC 3902).
    pub fn medientyp(self) -> String {
        format!("application/soap+xml; charset=utf-8; action=\"{}\"", self.uri())
    }

    /// The SOAP action.
    pub fn uri(self) -> &'static str {
        match self {
            Aktion::CheckAccount => "http://www.xta.de/XTA/CheckAccountActive",
            Aktion::CreateId => "http://www.xta.de/XTA/CreateMessageID",
            Aktion::Send => "http://www.xta.de/XTA/SendMessage",
            Aktion::Report => "http://www.xta.de/XTA/GetTransportReport",
        }
    }
}

/// A message on its way.
pub struct Sendung<'a> {
    /// As the server gave it.
    pub id: &'a str,
    pub art: &'a Nachrichtenart,
    pub angelegt_am: Zeitpunkt,
    /// Of the message itself.
    pub uuid: &'a str,
    pub medientyp: &'a str,
    pub inhalt: &'a [u8],
    pub zusammenfassung: Option<&'a [u8]>,
}

/// A question to the management port. Its Body is empty, or has a message id.
pub fn question(
    url: &str,
    regeln: &Regeln,
    aktion: Aktion,
    id: Option<&str>,
) -> Result<Vec<u8>, AblageError> {
    let uuid = zufall::uuid()?;
    let mut out = begin(0);
    let written = envelope(
        &mut out,
        |out| {
            addressing(out, aktion, url, &uuid)?;
            let autor = out.create_element("oscimeta:Author");
            autor.write_inner_content(|out| party(out, &regeln.autor)).map(|_| ())
        },
        |out| id.map_or(Ok(()), |id| text(out, "wsa:MessageID", id)),
    );
    written.expect("memory takes all that is written");
    Ok(out.into_inner())
}

/// A message. `None` if neither the settings nor the message say of what type it is.
pub fn message(
    url: &str,
    regeln: &Regeln,
    sendung: &Sendung<'_>,
) -> Result<Option<Vec<u8>>, AblageError> {
    let Some(typ) = typ(regeln, sendung.art) else { return Ok(None) };
    let uuid = zufall::uuid()?;
    let anhang = sendung.zusammenfassung.map_or(0, <[u8]>::len);
    let mut out = begin((sendung.inhalt.len() + anhang) / 3 * 4);
    let written = envelope(
        &mut out,
        |out| {
            addressing(out, Aktion::Send, url, &uuid)?;
            metadata(out, regeln, sendung, &typ)
        },
        |out| container(out, sendung, &typ.code),
    );
    written.expect("memory takes all that is written");
    Ok(Some(out.into_inner()))
}

/// The part of an answer that is SOAP: its body, or the first part of `multipart/related` as MTOM
/// has it.
pub fn soap_part(antwort: &Antwort) -> &[u8] {
    let inhalt = antwort.inhalt.as_slice();
    let medientyp = antwort.header("content-type").unwrap_or_default();
    if !medientyp.to_ascii_lowercase().starts_with("multipart/related") {
        return inhalt;
    }
    let grenze = medientyp.split(';').find_map(|teil| {
        let (name, wert) = teil.trim().split_once('=')?;
        name.eq_ignore_ascii_case("boundary").then(|| wert.trim_matches('"'))
    });
    let Some(grenze) = grenze.filter(|grenze| !grenze.is_empty()) else { return inhalt };
    let grenze = format!("--{grenze}");
    let after = |bytes: &'_ [u8], wanted: &[u8]| {
        let stelle = bytes.windows(wanted.len()).position(|fenster| fenster == wanted)?;
        Some((stelle, stelle + wanted.len()))
    };
    let Some((_, kopf)) = after(inhalt, grenze.as_bytes()) else { return inhalt };
    let Some((_, rumpf)) = after(&inhalt[kopf..], b"\r\n\r\n") else { return inhalt };
    let rumpf = &inhalt[kopf + rumpf..];
    let ende = format!("\r\n{grenze}");
    after(rumpf, ende.as_bytes()).map_or(rumpf, |(ende, _)| &rumpf[..ende])
}

type Schreiber = Writer<Vec<u8>>;

/// A code with its list.
struct Code {
    code: String,
    liste: String,
    version: String,
}

/// The settings first, then what the message says.
fn typ(regeln: &Regeln, art: &Nachrichtenart) -> Option<Code> {
    let eigen = art.typ.as_ref();
    match &regeln.nachrichtentyp {
        Some(Nachrichtentyp { liste, version, code }) => Some(Code {
            code: code.clone().or_else(|| Some(eigen?.code.clone()))?,
            liste: liste.clone(),
            version: version.clone(),
        }),
        None => {
            let eigen = eigen?;
            Some(Code {
                code: eigen.code.clone(),
                liste: eigen.liste.clone()?,
                version: eigen.version.clone()?,
            })
        }
    }
}

fn begin(inhalt: usize) -> Schreiber {
    Writer::new(Vec::with_capacity(RAHMEN + inhalt))
}

fn envelope(
    out: &mut Schreiber,
    header: impl FnOnce(&mut Schreiber) -> io::Result<()>,
    body: impl FnOnce(&mut Schreiber) -> io::Result<()>,
) -> io::Result<()> {
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    out.create_element("soap:Envelope")
        .with_attributes([
            ("xmlns:soap", SOAP),
            ("xmlns:wsa", WSA),
            ("xmlns:oscimeta", OSCIMETA),
            ("xmlns:xta", XTA),
        ])
        .write_inner_content(|out| {
            out.create_element("soap:Header").write_inner_content(header)?;
            out.create_element("soap:Body").write_inner_content(body)?;
            Ok(())
        })?;
    Ok(())
}

/// Web Services Addressing 1.0 § 3.
fn addressing(out: &mut Schreiber, aktion: Aktion, url: &str, uuid: &str) -> io::Result<()> {
    let verstehen = ("soap:mustUnderstand", "true");
    out.create_element("wsa:Action")
        .with_attribute(verstehen)
        .write_text_content(BytesText::new(aktion.uri()))?;
    text(out, "wsa:MessageID", &format!("urn:uuid:{uuid}"))?;
    text(out, "wsa:To", url)?;
    out.create_element("wsa:ReplyTo").write_inner_content(|out| {
        text(out, "wsa:Address", "http://www.w3.org/2005/08/addressing/anonymous")
    })?;
    Ok(())
}

fn metadata(
    out: &mut Schreiber,
    regeln: &Regeln,
    sendung: &Sendung<'_>,
    typ: &Code,
) -> io::Result<()> {
    let mut start = out.create_element("oscimeta:MessageMetaData");
    if regeln.test {
        start = start.with_attribute(("TestMsg", "true"));
    }
    start.write_inner_content(|out| {
        out.create_element("oscimeta:DeliveryAttributes").write_inner_content(|out| {
            text(out, "oscimeta:Origin", &sendung.angelegt_am.to_string())?;
            match &regeln.dienstguete {
                Some(guete) => text(out, "oscimeta:ServiceQuality", guete),
                None => Ok(()),
            }
        })?;
        out.create_element("oscimeta:Originators").write_inner_content(|out| {
            let autor = out.create_element("oscimeta:Author");
            autor.write_inner_content(|out| party(out, &regeln.autor)).map(|_| ())
        })?;
        out.create_element("oscimeta:Destinations").write_inner_content(|out| {
            let leser = out.create_element("oscimeta:Reader");
            leser.write_inner_content(|out| party(out, &regeln.leser)).map(|_| ())
        })?;
        out.create_element("oscimeta:MsgIdentification")
            .write_inner_content(|out| text(out, "wsa:MessageID", sendung.id))?;
        out.create_element("oscimeta:Qualifier").write_inner_content(|out| {
            text(out, "oscimeta:Service", &regeln.dienst)?;
            out.create_element("oscimeta:BusinessScenario").write_inner_content(
                |out| match &regeln.szenario {
                    Szenario::Frei { frei } => text(out, "oscimeta:Undefined", frei),
                    Szenario::Liste { code, liste, version } => out
                        .create_element("oscimeta:Defined")
                        .with_attributes([
                            ("listURI", liste.as_str()),
                            ("listVersionID", version.as_str()),
                        ])
                        .write_inner_content(|out| text(out, "code", code))
                        .map(|_| ()),
                },
            )?;
            out.create_element("oscimeta:MessageType")
                .with_attributes([
                    ("listURI", typ.liste.as_str()),
                    ("listVersionID", typ.version.as_str()),
                    ("payloadSchema", sendung.art.namensraum.as_str()),
                ])
                .write_inner_content(|out| text(out, "code", &typ.code))?;
            Ok(())
        })?;
        text(out, "oscimeta:MsgSize", &sendung.inhalt.len().to_string())
    })?;
    Ok(())
}

fn container(out: &mut Schreiber, sendung: &Sendung<'_>, typ: &str) -> io::Result<()> {
    out.create_element("xta:GenericContentContainer").write_inner_content(|out| {
        out.create_element("xta:ContentContainer").write_inner_content(|out| {
            out.create_element("xta:Message")
                .with_attributes([
                    ("contentType", sendung.medientyp),
                    ("encoding", "UTF-8"),
                    ("filename", &format!("{typ}_{}.xml", sendung.uuid)),
                    ("size", &sendung.inhalt.len().to_string()),
                ])
                .write_text_content(base64(sendung.inhalt))?;
            let Some(pdf) = sendung.zusammenfassung else { return Ok(()) };
            out.create_element("xta:Attachment")
                .with_attributes([
                    ("contentType", "application/pdf"),
                    ("contentDescription", "Antragszusammenfassung"),
                    ("filename", &format!("antragszusammenfassung_{}.pdf", sendung.uuid)),
                    ("size", &pdf.len().to_string()),
                ])
                .write_text_content(base64(pdf))?;
            Ok(())
        })?;
        Ok(())
    })?;
    Ok(())
}

/// Nothing in base64 has to be escaped.
fn base64(bytes: &[u8]) -> BytesText<'static> {
    BytesText::from_escaped(BASE64_STANDARD.encode(bytes))
}

fn party(out: &mut Schreiber, teilnehmer: &Teilnehmer) -> io::Result<()> {
    let mut start =
        out.create_element("oscimeta:Identifier").with_attribute(("type", teilnehmer.typ.as_str()));
    if let Some(name) = &teilnehmer.name {
        start = start.with_attribute(("name", name.as_str()));
    }
    start.write_text_content(BytesText::new(&teilnehmer.kennung))?;
    Ok(())
}

fn text(out: &mut Schreiber, name: &str, text: &str) -> io::Result<()> {
    out.create_element(name).write_text_content(BytesText::new(text))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_part_of_mtom_is_the_envelope() {
        let antwort = |medientyp: &str, inhalt: &str| Antwort {
            status: 200,
            header: vec![("content-type".to_owned(), medientyp.to_owned())],
            inhalt: inhalt.as_bytes().to_vec(),
        };
        let mtom =
            "--b\r\nContent-Type: application/xop+xml\r\n\r\n<a/>\r\n--b\r\n\r\nbytes\r\n--b--";
        for (medientyp, inhalt) in [
            ("application/soap+xml", "<a/>"),
            ("multipart/related; type=\"application/xop+xml\"; boundary=\"b\"", mtom),
            ("Multipart/Related;boundary=b", mtom),
            ("multipart/related", "<a/>"),
        ] {
            assert_eq!(soap_part(&antwort(medientyp, inhalt)), b"<a/>", "{medientyp}");
        }
    }
}
