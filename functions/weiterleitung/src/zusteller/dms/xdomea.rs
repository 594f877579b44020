//! A container after xdomea 3.1.0 for a folder that a DMS imports from: the message 0101 with the
//! whole Akte, and the files, in one ZIP.
//!
//! The folder is reached over WebDAV (RFC 4918): the container is put there under a name that
//! importers do not know, and then moved to its real one, which is one step: an importer sees it
//! whole or not at all. Its name follows from the delivery, so there is never a second one.
//!
//! The message is 0101 and not 0605, because for that a DMS is to forget our ids and make new
//! documents whenever it comes.

mod nachricht;

use std::io::{Cursor, Write as _};

use serde_json::Value;
use sha2::{Digest as _, Sha256};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{Ablauf, Abschluss, Dms, Schritt, leitung::Leitung, schritt::Schrittart};
use crate::{
    aktenplan::{Ablageplan, Dokumentplan, Was, endung},
    ausgang::{Abbruch, Ausgang, Grund},
    client::{Antwort, Methode},
    einstellungen,
    lauf::Welt,
    lesen::{Formfehler, Objekt as Roh},
    zusteller::Aufruf,
};

/// The message, as it stands in names.
const NACHRICHT: &str = "Information.Information.0101";
/// Behind the name of a container that is not whole yet. Importers do not take it for one.
const TEIL: &str = ".teil";
/// The note that it is uploaded under that name.
const HOCHGELADEN: &str = "hochgeladen";
/// What the ZIP needs for each file besides its bytes and its name, twice; and at its end.
const ZIP_JE_DATEI: usize = 160;

/// `dms_einstellungen` of this adapter.
///
/// ```json
/// {"absender": "Online-Anträge der Stadt Musterstadt", "empfaenger": "Ausländerbehörde",
///  "federfuehrung": "Ausländerbehörde", "namensraum": "musterstadt"}
/// ```
///
/// The names are those of the Behörde if they are left out. `namensraum` makes the ids of our Akten
/// different from those of another town in the same DMS, and must stay as it is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct XdomeaEinstellungen {
    absender: String,
    empfaenger: String,
    federfuehrung: String,
    namensraum: String,
}

impl XdomeaEinstellungen {
    /// `behoerde` is the variable of that name.
    pub fn read(mut roh: Roh, behoerde: &str) -> Result<XdomeaEinstellungen, Formfehler> {
        let behoerde: Option<Value> = serde_json::from_str(behoerde).ok();
        let name = behoerde.as_ref().and_then(|behoerde| behoerde["name"].as_str());
        let mut text = |schluessel| match (roh.text(schluessel)?, name) {
            (Some(text), _) if !text.trim().is_empty() => Ok(text),
            (None, Some(name)) if !name.trim().is_empty() => Ok(name.to_owned()),
            _ => {
                let grund = "expected a name, such as \"Ausländerbehörde Musterstadt\"";
                Err(roh.fehler(schluessel, grund))
            }
        };
        let einstellungen = XdomeaEinstellungen {
            absender: text("absender")?,
            empfaenger: text("empfaenger")?,
            federfuehrung: text("federfuehrung")?,
            namensraum: text("namensraum")?,
        };
        roh.finish()?;
        Ok(einstellungen)
    }

    /// The id of an object: the same for the same external key (UUID version 8, RFC 9562).
    fn uuid(&self, schluessel: &str) -> String {
        let mut hash = Sha256::new();
        hash.update(&self.namensraum);
        hash.update([0]);
        hash.update(schluessel);
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.finalize()[..16]);
        bytes[6] = 0x80 | (bytes[6] & 0x0F);
        bytes[8] = 0x80 | (bytes[8] & 0x3F);
        let hex = crate::aktenplan::hex(&bytes);
        [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
    }

    /// The name of a file in the container: begins with its id, and is plain ASCII.
    fn dateiname(&self, dokument: &Dokumentplan) -> String {
        let (stamm, _) = dokument.name.rsplit_once('.').unwrap_or((&dokument.name, ""));
        let mut name = format!("{}_", self.uuid(&format!("{}/datei", dokument.schluessel)));
        for zeichen in stamm.chars() {
            match zeichen {
                'ä' => name.push_str("ae"),
                'ö' => name.push_str("oe"),
                'ü' => name.push_str("ue"),
                'Ä' => name.push_str("Ae"),
                'Ö' => name.push_str("Oe"),
                'Ü' => name.push_str("Ue"),
                'ß' => name.push_str("ss"),
                zeichen if zeichen.is_ascii_alphanumeric() || "-_.".contains(zeichen) => {
                    name.push(zeichen);
                }
                _ => name.push('_'),
            }
        }
        name.push('.');
        name.push_str(endung(&dokument.medientyp));
        name
    }
}

/// What is created where.
pub(super) fn ablauf(
    einstellungen: &XdomeaEinstellungen,
    plan: &Ablageplan,
    kennung: &str,
) -> Ablauf {
    let container = format!("{kennung}_{NACHRICHT}.zip");
    let objekt = |art, was, typ: &str| Schritt {
        art,
        ort: format!("{container} › {}", plan.value("name", was).unwrap_or_default()),
        name: plan.value("name", was).unwrap_or_default(),
        schluessel: plan.value("schluessel", was).unwrap_or_default(),
        typ: format!("xdomea:{typ}"),
        eigenschaften: nachricht::felder(einstellungen, plan, was),
        medientyp: String::new(),
        groesse: 0,
    };
    let dokumente = plan.dokumente.iter().map(|dokument| Schritt {
        ort: format!("{container} › {}", einstellungen.dateiname(dokument)),
        medientyp: dokument.medientyp.clone(),
        groesse: dokument.groesse,
        ..objekt(Schrittart::Dokument, Was::Dokument(dokument), "Dokument")
    });
    Ablauf {
        ziel: "xdomea 3.1.0 in einem Ordner (WebDAV)".to_owned(),
        ordner: Vec::new(),
        akte: objekt(Schrittart::Akte, Was::Akte, "Akte"),
        vorgang: objekt(Schrittart::Vorgang, Was::Vorgang, "Vorgang"),
        dokumente: dokumente.collect(),
        abschluss: format!("PUT {container}{TEIL}, MOVE {container}"),
    }
}

/// Whether the folder is there and speaks WebDAV.
pub(super) async fn ping<W: Welt>(
    dms: &einstellungen::Dms,
    _: &XdomeaEinstellungen,
    leitung: &Leitung<'_, W>,
) -> Result<(), Abbruch> {
    let aufruf = Aufruf::bare(Methode::Options, format!("{}/", dms.url), false);
    let antwort = leitung.call(aufruf).await?;
    let grund = grund(leitung, &antwort);
    if !(200..=299).contains(&antwort.status) {
        return Err(leitung.failed_reading(antwort.status, grund).into());
    }
    match antwort.header("dav") {
        Some(klassen) if klassen.split(',').any(|klasse| klasse.trim() == "1") => Ok(()),
        _ => {
            let grund = Grund { code: "kein-webdav".into(), ..grund };
            Err(leitung.still(Ausgang::Betreiber(grund)).into())
        }
    }
}

/// One container on its way into the folder.
pub(super) struct Xdomea<'a, W: Welt> {
    leitung: Leitung<'a, W>,
    dms: &'a einstellungen::Dms,
    einstellungen: &'a XdomeaEinstellungen,
    /// Of the container, in the end.
    ziel: String,
    /// The names of the files, by the keys of their documents.
    dateien: Vec<(String, String)>,
    /// Made with the first file: most attempts to go on need none.
    zip: Option<ZipWriter<Cursor<Vec<u8>>>>,
    groesse: usize,
    xml: (String, Vec<u8>),
    /// The importer has taken it already.
    is_abgeholt: bool,
}

impl<W: Welt> Dms for Xdomea<'_, W> {
    const EINZELN: bool = false;

    async fn ping(&mut self) -> Result<(), Abbruch> {
        ping(self.dms, self.einstellungen, &self.leitung).await
    }

    /// Looks for the container if it was uploaded.
    async fn reopen(&mut self, _: &str, abschluss: &str) -> Result<bool, Abbruch> {
        let Some(groesse) = abschluss.strip_prefix(HOCHGELADEN) else { return Ok(true) };
        let groesse = groesse.trim_start_matches(' ').parse::<u64>().ok();
        if self.head(&self.ziel).await?.is_some() {
            self.is_abgeholt = true;
            return Ok(true);
        }
        match self.head(&self.teil()).await? {
            // Perhaps half of it.
            Some(dort) => Ok(dort.is_none() || dort == groesse),
            // It had been moved, and the importer was faster than we are.
            None if self.leitung.is_unklar() => {
                self.is_abgeholt = true;
                Ok(true)
            }
            None => Ok(false),
        }
    }

    async fn find_or_create_akte(&mut self, akte: &Schritt) -> Result<String, Abbruch> {
        Ok(self.einstellungen.uuid(&akte.schluessel))
    }

    async fn find_or_create_vorgang(
        &mut self,
        _: &str,
        vorgang: &Schritt,
    ) -> Result<String, Abbruch> {
        Ok(self.einstellungen.uuid(&vorgang.schluessel))
    }

    async fn file_document(
        &mut self,
        _: &str,
        dokument: &Schritt,
        inhalt: Vec<u8>,
    ) -> Result<String, Abbruch> {
        let datei = self.dateien.iter().find(|(schluessel, _)| *schluessel == dokument.schluessel);
        let Some((_, datei)) = datei.cloned() else {
            return Err(Ausgang::Betreiber(Grund::new("aktenplan")).into());
        };
        self.add(&datei, &inhalt)?;
        Ok(self.einstellungen.uuid(&dokument.schluessel))
    }

    async fn complete(&mut self, _: &str, abschluss: &str) -> Result<Abschluss, Abbruch> {
        if self.is_abgeholt {
            return Ok(Abschluss::Fertig);
        }
        if abschluss.is_empty() {
            let groesse = self.upload().await?;
            return Ok(Abschluss::Schritt(format!("{HOCHGELADEN} {groesse}")));
        }
        self.publish().await?;
        Ok(Abschluss::Fertig)
    }
}

impl<'a, W: Welt> Xdomea<'a, W> {
    /// `kennung` is the UUID of the delivery, which names the container.
    pub fn new(
        dms: &'a einstellungen::Dms,
        einstellungen: &'a XdomeaEinstellungen,
        leitung: Leitung<'a, W>,
        plan: &Ablageplan,
        kennung: &str,
    ) -> Result<Xdomea<'a, W>, Abbruch> {
        let dateien: Vec<(String, String)> = plan
            .dokumente
            .iter()
            .map(|dokument| (dokument.schluessel.clone(), einstellungen.dateiname(dokument)))
            .collect();
        let xml = nachricht::write(einstellungen, plan, kennung)
            .map_err(|_| Ausgang::Betreiber(Grund::new("xdomea-nachricht")))?;
        let namen: usize = dateien.iter().map(|(_, name)| 2 * name.len() + ZIP_JE_DATEI).sum();
        let inhalt = usize::try_from(plan.groesse()).unwrap_or(0);
        Ok(Xdomea {
            leitung,
            dms,
            einstellungen,
            ziel: format!("{}/{kennung}_{NACHRICHT}.zip", dms.url),
            dateien,
            zip: None,
            groesse: inhalt + namen + xml.len() + 2 * ZIP_JE_DATEI + 200,
            xml: (format!("{kennung}_{NACHRICHT}.xml"), xml),
            is_abgeholt: false,
        })
    }

    fn teil(&self) -> String {
        format!("{}{TEIL}", self.ziel)
    }

    /// Adds a file as it is: what people hand in is compressed already, and so each byte is in
    /// memory once.
    fn add(&mut self, name: &str, inhalt: &[u8]) -> Result<(), Abbruch> {
        let mut zip = match self.zip.take() {
            Some(zip) => zip,
            None => {
                let (name, xml) = std::mem::take(&mut self.xml);
                let puffer = Cursor::new(Vec::with_capacity(self.groesse));
                store(ZipWriter::new(puffer), &name, &xml)?
            }
        };
        zip = store(zip, name, inhalt)?;
        self.zip = Some(zip);
        Ok(())
    }

    /// Puts the container beside its place; its size.
    async fn upload(&mut self) -> Result<usize, Abbruch> {
        let Some(zip) = self.zip.take() else {
            return Err(Ausgang::Betreiber(Grund::new("xdomea-ohne-dokument")).into());
        };
        let inhalt = zip.finish().map_err(unwritten)?.into_inner();
        let groesse = inhalt.len();
        let aufruf = Aufruf::put(self.teil(), "application/zip", inhalt).harmless();
        let antwort = self.leitung.call(aufruf).await?;
        self.leitung.clear();
        match antwort.status {
            200 | 201 | 204 => Ok(groesse),
            _ => Err(self.refused(&antwort).into()),
        }
    }

    /// Moves it to its place, where importers see it.
    async fn publish(&self) -> Result<(), Abbruch> {
        let aufruf = Aufruf::bare(Methode::Move, self.teil(), true)
            .with("destination", self.ziel.clone())
            .with("overwrite", "F");
        let antwort = self.leitung.call(aufruf).await?;
        let grund = || grund(&self.leitung, &antwort);
        match antwort.status {
            201 | 204 => Ok(()),
            // Under this name nothing but this container can be there.
            412 => Ok(()),
            // It was not uploaded after all, or somebody tidied up: begin anew.
            404 => match self.head(&self.ziel).await? {
                Some(_) => Ok(()),
                None => {
                    let grund = Grund { code: "teil-fehlt".into(), ..grund() };
                    Err(Ausgang::Verschoben(grund).into())
                }
            },
            200..=299 => {
                let grund = Grund { code: "antwort-unlesbar".into(), ..grund() };
                Err(Ausgang::Unklar(grund).into())
            }
            _ => Err(self.refused(&antwort).into()),
        }
    }

    /// Whether something is there, and its length if the server tells it.
    async fn head(&self, url: &str) -> Result<Option<Option<u64>>, Abbruch> {
        let antwort = self.leitung.call(Aufruf::bare(Methode::Head, url.to_owned(), false)).await?;
        match antwort.status {
            200 => Ok(Some(antwort.header("content-length").and_then(|text| text.parse().ok()))),
            404 | 410 => Ok(None),
            status => {
                Err(self.leitung.failed_reading(status, grund(&self.leitung, &antwort)).into())
            }
        }
    }

    fn refused(&self, antwort: &Antwort) -> Ausgang {
        let grund = grund(&self.leitung, antwort);
        match antwort.status {
            // The folder above is missing (RFC 4918 § 9.7.1).
            409 => Ausgang::Betreiber(grund),
            // No room (§ 11.5).
            507 => Ausgang::Verschoben(grund),
            status => self.leitung.failed_writing(status, grund),
        }
    }
}

fn grund<W: Welt>(leitung: &Leitung<'_, W>, antwort: &Antwort) -> Grund {
    Grund::of(antwort, leitung.jetzt())
}

fn store(
    mut zip: ZipWriter<Cursor<Vec<u8>>>,
    name: &str,
    inhalt: &[u8],
) -> Result<ZipWriter<Cursor<Vec<u8>>>, Abbruch> {
    // Always the same time: the same delivery gives the same bytes.
    let optionen = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(zip::DateTime::default());
    zip.start_file(name, optionen).map_err(unwritten)?;
    zip.write_all(inhalt).map_err(unwritten)?;
    Ok(zip)
}

/// Too many files, or too large: nothing that another try would change.
fn unwritten<E: std::fmt::Display>(error: E) -> Ausgang {
    Ausgang::Betreiber(Grund::with_text("xdomea-container", error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEHOERDE: &str = r#"{"name":"Ausländerbehörde Musterstadt"}"#;

    #[test]
    fn names_are_those_of_the_behoerde_unless_told() {
        let read = |text: &str, behoerde: &str| {
            XdomeaEinstellungen::read(Roh::parse(text).unwrap(), behoerde)
        };
        let einstellungen = read(r#"{"empfaenger":"Scanstelle"}"#, BEHOERDE).unwrap();
        assert_eq!(einstellungen.absender, "Ausländerbehörde Musterstadt");
        assert_eq!(einstellungen.empfaenger, "Scanstelle");
        let error = read("{}", "").unwrap_err().to_string();
        assert!(error.starts_with("`absender`: expected a name"), "{error}");
        let error = read(r#"{"ordner":"x"}"#, BEHOERDE).unwrap_err().to_string();
        assert!(error.starts_with("`ordner`: no such key here"), "{error}");
    }

    #[test]
    fn an_id_follows_from_its_key_and_its_town() {
        let read =
            |text: &str| XdomeaEinstellungen::read(Roh::parse(text).unwrap(), BEHOERDE).unwrap();
        let (eine, andere) = (read("{}"), read(r#"{"namensraum":"andere"}"#));
        let uuid = eine.uuid("VE-1");
        assert_eq!(uuid, eine.uuid("VE-1"));
        assert_ne!(uuid, eine.uuid("VE-2"));
        assert_ne!(uuid, andere.uuid("VE-1"));
        assert_eq!((uuid.len(), &uuid[14..15]), (36, "8"));
    }
}
