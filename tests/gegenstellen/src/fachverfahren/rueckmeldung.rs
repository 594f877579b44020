//! What the Fachverfahren sends back about a message: the return channel of XAusländer 26.11, written
//! after its schema.

use std::{
    io::{self, Read as _, Write as _},
    net::TcpStream,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use quick_xml::escape::escape;
use serde::Deserialize;

use crate::{http::sha256, journal::now};

/// Body of `POST /rueckmeldung`: what to send.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Auftrag {
    /// Nachrichtentyp: `130102`, `130104`, `130105`, `130107`, `130109` or `130110`.
    pub art: String,
    /// UUID of the message that it is about, which must be stored here.
    pub zu: String,
    /// Where to send it, such as `http://127.0.0.1:3000/empfang/nachrichten`; without it the message
    /// waits to be fetched.
    #[serde(default)]
    pub an: Option<String>,
    /// Bearer token for that.
    #[serde(default)]
    pub token: Option<String>,
    /// What it says: the question, the note, the name of the responsible Behörde.
    #[serde(default)]
    pub text: Option<String>,
    /// 130102: until when, `JJJJ-MM-TT`. 130105: the day.
    #[serde(default)]
    pub datum: Option<String>,
    /// 130104: code of the status; `05` if not given.
    #[serde(default)]
    pub status: Option<String>,
    /// Whether a document goes along where it need not.
    #[serde(default)]
    pub dokument: bool,
    /// The nachrichtenUUID; a new one if not given.
    #[serde(default)]
    pub uuid: Option<String>,
    /// Instead of the one of the message that it is about.
    #[serde(default)]
    pub antragsidentifikation: Option<String>,
    /// Instead of `zu`.
    #[serde(default)]
    pub ausloeser_uuid: Option<String>,
    /// `xs:dateTime`; now if not given.
    #[serde(default)]
    pub erstellungszeitpunkt: Option<String>,
    /// Instead of everything: these very bytes.
    #[serde(default)]
    pub xml: Option<String>,
}

/// The art names no message of the return channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`art` is none of 130102, 130104, 130105, 130107, 130109 and 130110")]
pub struct UnbekannteArt;

impl Auftrag {
    /// The message and its UUID. `antragsidentifikation` is that of the message it is about.
    pub fn write(&self, antragsidentifikation: &str) -> Result<(String, String), UnbekannteArt> {
        let uuid = self.uuid.clone().unwrap_or_else(new_uuid);
        if let Some(xml) = &self.xml {
            return Ok((uuid, xml.clone()));
        }
        let text = self.text.as_deref().map(escape);
        let or = |default: &str| text.as_deref().unwrap_or(default).to_owned();
        let if_any = |name: &str| text.as_deref().map_or(String::new(), |text| eigen(name, text));
        let anlage = |name: &str| if self.dokument { dokument(name) } else { String::new() };
        let (name, inhalt) = match self.art.as_str() {
            "130102" => (
                "RueckkanalFrage",
                [
                    eigen("frage", &or("Bitte senden Sie uns eine Kopie Ihres Passes.")),
                    self.datum.as_deref().map_or(String::new(), |tag| eigen("fristdatum", tag)),
                    anlage("anlage"),
                ]
                .concat(),
            ),
            "130104" => {
                let code = format!("<code>{}</code>", self.status.as_deref().unwrap_or("05"));
                ("Statusmeldung", [eigen("status", &code), anlage("anhang")].concat())
            }
            "130105" => {
                let tag = self.datum.as_deref().unwrap_or("2027-01-11");
                let termin = [
                    eigen("datum", tag),
                    eigen("uhrzeitAb", "09:30:00"),
                    eigen("uhrzeitBis", "10:00:00"),
                    eigen("ort", ANSCHRIFT),
                    eigen("weitereAngabenZumOrt", "Zimmer 12"),
                ];
                let termin = eigen("strukturierteTermininformationen", &termin.concat());
                let teile = [termin, anlage("terminmitteilung"), if_any("weitereHinweise")];
                ("Terminmitteilung", teile.concat())
            }
            "130107" => ("RuecknahmeReaktion", [if_any("rueckmeldung"), anlage("anlage")].concat()),
            "130109" => {
                let hinweis = eigen("hinweis", "Wir sind für Ihr Anliegen nicht zuständig.");
                ("Unzustaendig", [hinweis, if_any("zustaendigeABH")].concat())
            }
            "130110" => {
                let gebuehr = anlage("gebuehrenmitteilung");
                ("BeabsichtigteAblehnung", [dokument("mitteilung"), gebuehr].concat())
            }
            _ => return Err(UnbekannteArt),
        };
        let root = format!("x:OZG.{name}.{}", self.art);
        let zeit = self.erstellungszeitpunkt.clone().unwrap_or_else(|| date_time(now()));
        let nummer = self.antragsidentifikation.as_deref().unwrap_or(antragsidentifikation);
        let ausloeser = self.ausloeser_uuid.as_deref().unwrap_or(&self.zu);
        let xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <{root} xmlns:x=\"http://www.osci.de/xauslaender2611\" produkt=\"Fachverfahren\" \
             produkthersteller=\"Gegenstelle\" standard=\"XAusländer\" version=\"26.11\">\
             <nachrichtenkopf.g2g><identifikation.nachricht>\
             <nachrichtenUUID>{uuid}</nachrichtenUUID>\
             <nachrichtentyp><code>{}</code></nachrichtentyp>\
             <erstellungszeitpunkt>{zeit}</erstellungszeitpunkt></identifikation.nachricht>\
             <leser>{DVDV}<kennung>alp:090000000001</kennung><name>Antragsportal</name></leser>\
             <autor>{DVDV}<kennung>azr:000100</kennung><name>Ausländerbehörde Musterstadt</name>\
             <erreichbarkeit><kanal listVersionID=\"3\"><code>01</code></kanal>\
             <kennung>abh@musterstadt.example</kennung></erreichbarkeit></autor>\
             </nachrichtenkopf.g2g>\
             <anschrift.autor><gebaeude>{ANSCHRIFT}</gebaeude></anschrift.autor>{}{}{inhalt}</{root}>\n",
            self.art,
            eigen("antragsidentifikation", &escape(nummer)),
            eigen("ausloeserUUID", &escape(ausloeser)),
        );
        Ok((uuid, xml))
    }
}

const DVDV: &str = "<verzeichnisdienst listVersionID=\"3\"><code>DVDV</code></verzeichnisdienst>";
const ANSCHRIFT: &str = "<hausnummer>1</hausnummer><postleitzahl>12345</postleitzahl>\
    <strasse>Rathausplatz</strasse><wohnort>Musterstadt</wohnort>";

/// An element of the standard itself.
fn eigen(name: &str, inhalt: &str) -> String {
    format!("<x:{name}>{inhalt}</x:{name}>")
}

/// `OZG.Dokument`: a PDF of one empty page.
fn dokument(name: &str) -> String {
    let bytes = STANDARD.encode(PDF);
    let typ = eigen("dokumententyp", "<code>1</code>");
    eigen(name, &[eigen("dokument", &bytes), typ].concat())
}

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
    2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
    3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n\
    trailer<</Root 1 0 R>>\n%%EOF\n";

/// Of version 4; nobody has to be unable to guess it.
fn new_uuid() -> String {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let lfd = COUNTER.fetch_add(1, Ordering::Relaxed);
    let hex = sha256(format!("{} {} {lfd}", std::process::id(), now()).as_bytes());
    format!("{}-{}-4{}-8{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
}

/// `xs:dateTime` in UTC, of milliseconds since 1970 (days to a date after H. Hinnant's civil_from_days).
fn date_time(millis: u64) -> String {
    let (tage, rest) = (millis / 86_400_000, millis % 86_400_000);
    let z = tage + 719_468;
    let (era, doe) = (z / 146_097, z % 146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let tag = doy - (153 * mp + 2) / 5 + 1;
    let monat = if mp < 10 { mp + 3 } else { mp - 9 };
    let jahr = yoe + era * 400 + u64::from(monat <= 2);
    let (sekunden, millis) = (rest / 1_000, rest % 1_000);
    let (stunde, minute, sekunde) = (sekunden / 3_600, sekunden / 60 % 60, sekunden % 60);
    format!("{jahr:04}-{monat:02}-{tag:02}T{stunde:02}:{minute:02}:{sekunde:02}.{millis:03}Z")
}

/// Posts a message over plain HTTP; status and body of the answer.
pub(super) fn send(an: &str, token: Option<&str>, xml: &str) -> io::Result<(u16, String)> {
    let wrong = |what: &str| io::Error::new(io::ErrorKind::InvalidInput, what.to_owned());
    let rest = an.strip_prefix("http://").ok_or_else(|| wrong("`an` is no http:// URL"))?;
    let (host, pfad) = rest.split_once('/').ok_or_else(|| wrong("`an` has no path"))?;
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let token = token.map_or(String::new(), |token| format!("authorization: Bearer {token}\r\n"));
    let kopf = format!(
        "POST /{pfad} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n{token}\
         content-type: application/xml\r\ncontent-length: {}\r\n\r\n",
        xml.len()
    );
    stream.write_all(kopf.as_bytes())?;
    // Who refuses early closes early; the answer may be there all the same.
    let sent = stream.write_all(xml.as_bytes());
    let mut antwort = Vec::new();
    match stream.read_to_end(&mut antwort) {
        Err(error) if antwort.is_empty() => return Err(sent.err().unwrap_or(error)),
        _ => {}
    }
    let antwort = String::from_utf8_lossy(&antwort).into_owned();
    let status = antwort.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status = status.ok_or_else(|| wrong("no HTTP came back"))?;
    let inhalt = antwort.split_once("\r\n\r\n").map_or("", |(_, inhalt)| inhalt).to_owned();
    Ok((status, inhalt))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_as_it_is() {
        assert_eq!(date_time(1_795_424_400_123), "2026-11-23T09:00:00.123Z");
        assert_eq!(date_time(1_709_164_800_000), "2024-02-29T00:00:00.000Z");
        assert_eq!(date_time(0), "1970-01-01T00:00:00.000Z");
    }

    #[test]
    fn uuids_are_new_and_say_their_version() {
        let uuids = [new_uuid(), new_uuid()];
        assert_ne!(uuids[0], uuids[1]);
        assert_eq!((uuids[0].len(), &uuids[0][14..15]), (36, "4"));
    }
}
