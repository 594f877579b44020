//! Messages of the return channel, read into values: XAusländer `OZG.RueckkanalFrage.130102`,
//! `…Statusmeldung.130104`, `…Terminmitteilung.130105`, `…RuecknahmeReaktion.130107`,
//! `…Unzustaendig.130109` and `…BeabsichtigteAblehnung.130110`.
//!
//! A value that exists has every element that its schema wants, in the order of the schema and with
//! nothing beside them. What the reader does not take is refused with the path of the element that
//! is wrong, in names of the schema: never a word of the message.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, NaiveDateTime};
use serde_json::{Value, json};

use crate::{
    din91379::{self, Datentyp},
    lage::Wirkung,
    nachricht::{Medientyp, baum::Knoten, xauslaender2611::XAUSLAENDER},
    werte::Datum,
};

/// A message that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rueckmeldung {
    /// Who wrote about what.
    pub kopf: Rueckkopf,
    /// What it says.
    pub inhalt: Rueckinhalt,
}

/// What every message of the return channel begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rueckkopf {
    /// In small letters.
    pub nachrichten_uuid: String,
    /// `130102`
    pub nachrichtentyp: &'static str,
    /// Milliseconds since 1970; `None` where the message names no time zone.
    pub erstellungszeitpunkt: Option<i64>,
    /// Name of the Behörde that wrote.
    pub autor: String,
    /// Our number of the application.
    pub antragsidentifikation: String,
    /// The message of ours that it answers, in small letters.
    pub ausloeser_uuid: String,
}

/// What a message says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rueckinhalt {
    /// 130102: the Behörde asks something.
    Frage {
        /// What it asks.
        frage: String,
        /// Until when it wants the answer.
        frist: Option<Datum>,
        /// A document to the question.
        anlage: Option<Dokument>,
    },
    /// 130104: how far it is.
    Status {
        /// What it has come to.
        status: Status,
        /// A document to that.
        anhang: Option<Dokument>,
    },
    /// 130105: an appointment.
    Termin(Termin),
    /// 130107: an answer to a withdrawal.
    RuecknahmeReaktion {
        /// What it answers.
        rueckmeldung: Option<String>,
        /// A document to that.
        anlage: Option<Dokument>,
    },
    /// 130109: another Behörde is responsible.
    Unzustaendig {
        /// What it says to that; `None` stands for the sentence of the schema.
        hinweis: Option<String>,
        /// The Behörde that is responsible.
        zustaendige_abh: Option<String>,
    },
    /// 130110: the Behörde means to refuse (§ 28 Abs. 1 VwVfG).
    BeabsichtigteAblehnung {
        /// Why.
        mitteilung: Dokument,
        /// What it would cost.
        gebuehrenmitteilung: Option<Dokument>,
    },
}

/// `Code.OZG.Status`, version 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// 01
    AnliegenEingegangen,
    /// 02
    AntwortEingegangen,
    /// 03
    RuecknahmeEingegangen,
    /// 05
    PruefungAbgeschlossen,
    /// 06
    VereinbarungGeschlossen,
    /// 07
    UnterlagenVollstaendig,
}

/// An appointment, as structured data, as a document, as an address for choosing one, or as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Termin {
    /// When and where.
    pub termin: Option<Terminangaben>,
    /// The invitation.
    pub terminmitteilung: Option<Dokument>,
    /// Where an appointment is chosen.
    pub onlinevergabe: Option<String>,
    /// What it costs.
    pub gebuehrenmitteilung: Option<Dokument>,
    /// What else there is to know.
    pub weitere_hinweise: Option<String>,
}

/// When and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terminangaben {
    /// The day.
    pub datum: Datum,
    /// `09:30`
    pub ab: String,
    /// `10:00`
    pub bis: Option<String>,
    /// Lines of an address: street with number, then postcode with town.
    pub ort: Vec<String>,
    /// Such as the number of the room.
    pub weitere_angaben: Option<String>,
}

/// A document in a message.
#[derive(Clone, PartialEq, Eq)]
pub struct Dokument {
    /// Its bytes, which begin as its type says.
    pub inhalt: Vec<u8>,
    /// What it is.
    pub medientyp: Medientyp,
}

impl fmt::Debug for Dokument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Dokument[{:?}, {}]", self.medientyp, self.inhalt.len())
    }
}

/// Why a message cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeseFehler {
    /// Path of the element in names of the schema; empty: the message as a whole.
    pub pfad: String,
    /// What is wrong there.
    pub grund: Grund,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grund {
    /// Not UTF-8.
    KeinUtf8,
    /// Not well-formed.
    KeinXml,
    /// It has a document type declaration.
    Dtd,
    /// It names an entity that XML does not have by itself.
    Entitaet,
    /// Too many elements inside each other.
    ZuTief,
    /// Too many elements or attributes.
    ZuViel,
    /// No message of the return channel.
    Nachrichtentyp,
    /// Another release of the standard.
    Version,
    /// The element is missing.
    Fehlt,
    /// An element that does not belong here.
    Unerwartet,
    /// The element holds something else.
    Wert,
    /// The code is not in its list.
    Code,
    /// The element has a character outside DIN 91379.
    Zeichen,
}

impl Grund {
    /// A short word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Grund::KeinUtf8 => "kein-utf8",
            Grund::KeinXml => "kein-xml",
            Grund::Dtd => "dtd",
            Grund::Entitaet => "entitaet",
            Grund::ZuTief => "zu-tief",
            Grund::ZuViel => "zu-viel",
            Grund::Nachrichtentyp => "nachrichtentyp",
            Grund::Version => "version",
            Grund::Fehlt => "fehlt",
            Grund::Unerwartet => "unerwartet",
            Grund::Wert => "wert",
            Grund::Code => "code",
            Grund::Zeichen => "zeichen",
        }
    }

    /// Its code in `urn:de:xinneres:codeliste:fehlercodes`, version 3.
    pub fn fehlercode(self) -> &'static str {
        match self {
            Grund::KeinUtf8 => "S001",
            Grund::KeinXml | Grund::Dtd | Grund::Entitaet | Grund::ZuTief | Grund::ZuViel => "X000",
            Grund::Code => "S010",
            Grund::Version => "V000",
            Grund::Nachrichtentyp
            | Grund::Fehlt
            | Grund::Unerwartet
            | Grund::Wert
            | Grund::Zeichen => "X001",
        }
    }
}

impl LeseFehler {
    pub(super) fn new(grund: Grund) -> LeseFehler {
        LeseFehler { pfad: String::new(), grund }
    }
}

impl fmt::Display for LeseFehler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let was = match self.grund {
            Grund::KeinUtf8 => "the message is not UTF-8",
            Grund::KeinXml => "the message is not well-formed XML",
            Grund::Dtd => "the message has a document type declaration",
            Grund::Entitaet => "the message names an entity that is not defined",
            Grund::ZuTief => "too many elements are inside each other",
            Grund::ZuViel => "there are too many elements or attributes",
            Grund::Nachrichtentyp => "this is no message of the return channel",
            Grund::Version => "this release of the standard is not read",
            Grund::Fehlt => "the element is missing",
            Grund::Unerwartet => "an element stands there that the schema does not have",
            Grund::Wert => "the value has not the form that the schema asks for",
            Grund::Code => "the code is not in its list",
            Grund::Zeichen => "a character is outside DIN 91379",
        };
        match self.pfad.as_str() {
            "" => f.write_str(was),
            pfad => write!(f, "`{pfad}`: {was}"),
        }
    }
}

impl std::error::Error for LeseFehler {}

/// A message that cannot be read, and what can be told of it all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlesbar {
    /// Why.
    pub fehler: LeseFehler,
    /// In small letters.
    pub nachrichten_uuid: Option<String>,
    /// The digits of the Nachrichtentyp, where there are six.
    pub nachrichtentyp: Option<String>,
    /// As it stands there.
    pub antragsidentifikation: Option<String>,
    /// In small letters.
    pub ausloeser_uuid: Option<String>,
}

/// The messages that are read: root element, Nachrichtentyp, and what reads the rest of them.
const NACHRICHTEN: &[(&str, &str, Lesen)] = &[
    ("OZG.RueckkanalFrage.130102", "130102", read_frage),
    ("OZG.Statusmeldung.130104", "130104", read_status),
    ("OZG.Terminmitteilung.130105", "130105", read_termin),
    ("OZG.RuecknahmeReaktion.130107", "130107", read_ruecknahme_reaktion),
    ("OZG.Unzustaendig.130109", "130109", read_unzustaendig),
    ("OZG.BeabsichtigteAblehnung.130110", "130110", read_ablehnung),
];

type Lesen = fn(&mut Kinder<'_, '_>) -> Result<Rueckinhalt, LeseFehler>;

impl Rueckmeldung {
    /// Reads a message. How long `bytes` may be is for the caller to say.
    ///
    /// # Errors
    /// [`Unlesbar`] with the first thing that is wrong.
    pub fn read(bytes: &[u8]) -> Result<Rueckmeldung, Box<Unlesbar>> {
        let wurzel = Knoten::read(bytes).map_err(|fehler| {
            Box::new(Unlesbar {
                fehler,
                nachrichten_uuid: None,
                nachrichtentyp: None,
                antragsidentifikation: None,
                ausloeser_uuid: None,
            })
        })?;
        read(&wurzel).map_err(|fehler| Box::new(Unlesbar::of(fehler, &wurzel)))
    }

    /// What it means for the state of its case.
    pub fn wirkung(&self) -> Wirkung {
        match &self.inhalt {
            Rueckinhalt::Frage { .. } => Wirkung::Frage,
            Rueckinhalt::BeabsichtigteAblehnung { .. } => Wirkung::Anhoerung,
            Rueckinhalt::Unzustaendig { .. } => Wirkung::Unzustaendig,
            Rueckinhalt::RuecknahmeReaktion { .. } => Wirkung::RuecknahmeReaktion,
            Rueckinhalt::Termin(_) => Wirkung::Keine,
            Rueckinhalt::Status { status, .. } => match status {
                Status::AntwortEingegangen => Wirkung::AntwortEingegangen,
                Status::RuecknahmeEingegangen => Wirkung::Zurueckgenommen,
                Status::PruefungAbgeschlossen => Wirkung::PruefungAbgeschlossen,
                Status::AnliegenEingegangen
                | Status::VereinbarungGeschlossen
                | Status::UnterlagenVollstaendig => Wirkung::Keine,
            },
        }
    }

    /// Its documents, each with what it is, in the order of [`Rueckmeldung::auszug`].
    pub fn dokumente(&self) -> Vec<(&'static str, &Dokument)> {
        let alle: &[(&'static str, Option<&Dokument>)] = match &self.inhalt {
            Rueckinhalt::Frage { anlage, .. } | Rueckinhalt::RuecknahmeReaktion { anlage, .. } => {
                &[("Anlage", anlage.as_ref())]
            }
            Rueckinhalt::Status { anhang, .. } => &[("Anlage", anhang.as_ref())],
            Rueckinhalt::Termin(termin) => &[
                ("Terminmitteilung", termin.terminmitteilung.as_ref()),
                ("Gebührenmitteilung", termin.gebuehrenmitteilung.as_ref()),
            ],
            Rueckinhalt::Unzustaendig { .. } => &[],
            Rueckinhalt::BeabsichtigteAblehnung { mitteilung, gebuehrenmitteilung } => &[
                ("Mitteilung", Some(mitteilung)),
                ("Gebührenmitteilung", gebuehrenmitteilung.as_ref()),
            ],
        };
        alle.iter().filter_map(|(name, dokument)| Some((*name, (*dokument)?))).collect()
    }

    /// What people read of it, without the bytes of its documents: `{typ, autor, text, frist,
    /// zeilen: [{label, wert}], dokumente: [{name, medientyp, groesse}]}`. Where `text` is null, the
    /// title that a page gives this `typ` says it all.
    pub fn auszug(&self) -> Value {
        let mut zeilen: Vec<(&str, String)> = Vec::new();
        let mut frist = None;
        let text = match &self.inhalt {
            Rueckinhalt::Frage { frage, frist: bis, .. } => {
                frist = *bis;
                Some(frage.clone())
            }
            Rueckinhalt::Status { status, .. } => Some(status.satz().to_owned()),
            Rueckinhalt::Termin(termin) => {
                if let Some(termin) = &termin.termin {
                    zeilen.push(("Tag", termin.datum.to_string()));
                    let bis = termin.bis.as_ref().map(|bis| format!(" bis {bis}"));
                    zeilen
                        .push(("Uhrzeit", format!("{}{} Uhr", termin.ab, bis.unwrap_or_default())));
                    zeilen.push(("Ort", termin.ort.join(", ")));
                    zeilen.extend(termin.weitere_angaben.clone().map(|it| ("Hinweis zum Ort", it)));
                }
                zeilen
                    .extend(termin.onlinevergabe.clone().map(|it| ("Termin auswählen unter", it)));
                termin.weitere_hinweise.clone()
            }
            Rueckinhalt::RuecknahmeReaktion { rueckmeldung, .. } => rueckmeldung.clone(),
            Rueckinhalt::Unzustaendig { hinweis, zustaendige_abh } => {
                zeilen.extend(zustaendige_abh.clone().map(|it| ("Zuständige Behörde", it)));
                hinweis.clone()
            }
            Rueckinhalt::BeabsichtigteAblehnung { .. } => None,
        };
        let zeilen =
            zeilen.into_iter().map(|(label, wert)| json!({ "label": label, "wert": wert }));
        let dokumente = self.dokumente().into_iter().map(|(name, dokument)| {
            json!({
                "name": name,
                "medientyp": dokument.medientyp.as_mime(),
                "groesse": dokument.inhalt.len(),
            })
        });
        json!({
            "typ": self.kopf.nachrichtentyp,
            "autor": self.kopf.autor,
            "text": text,
            "frist": frist.map(Datum::iso),
            "zeilen": zeilen.collect::<Vec<_>>(),
            "dokumente": dokumente.collect::<Vec<_>>(),
        })
    }
}

impl Status {
    const ALLE: [(&'static str, Status); 6] = [
        ("01", Status::AnliegenEingegangen),
        ("02", Status::AntwortEingegangen),
        ("03", Status::RuecknahmeEingegangen),
        ("05", Status::PruefungAbgeschlossen),
        ("06", Status::VereinbarungGeschlossen),
        ("07", Status::UnterlagenVollstaendig),
    ];

    fn satz(self) -> &'static str {
        match self {
            Status::AnliegenEingegangen => "Ihr Antrag ist bei der Behörde eingegangen.",
            Status::AntwortEingegangen => "Ihre Antwort ist bei der Behörde eingegangen.",
            Status::RuecknahmeEingegangen => {
                "Die Rücknahme Ihres Antrags ist bei der Behörde eingegangen."
            }
            Status::PruefungAbgeschlossen => "Die Behörde hat die Prüfung abgeschlossen.",
            Status::VereinbarungGeschlossen => "Die Vereinbarung ist geschlossen.",
            Status::UnterlagenVollstaendig => {
                "Die Unterlagen bei der Anerkennungsstelle sind vollständig."
            }
        }
    }
}

impl Unlesbar {
    fn of(fehler: LeseFehler, wurzel: &Knoten<'_>) -> Unlesbar {
        let text = |name: &str| wurzel.find(name).map(|knoten| knoten.text.trim().to_owned());
        let uuid = |name: &str| text(name).and_then(|text| read_uuid(&text));
        let typ = wurzel.find("nachrichtentyp").and_then(|typ| typ.find("code"));
        let typ = typ.map(|code| code.text.trim().to_owned());
        let is_typ = |typ: &String| typ.len() == 6 && typ.bytes().all(|it| it.is_ascii_digit());
        Unlesbar {
            fehler,
            nachrichten_uuid: uuid("nachrichtenUUID"),
            nachrichtentyp: typ.filter(is_typ),
            antragsidentifikation: text("antragsidentifikation"),
            ausloeser_uuid: uuid("ausloeserUUID"),
        }
    }
}

fn read(wurzel: &Knoten<'_>) -> Result<Rueckmeldung, LeseFehler> {
    let bekannt = NACHRICHTEN.iter().find(|(name, ..)| *name == wurzel.name);
    let Some((name, typ, lesen)) = bekannt else {
        return Err(LeseFehler::new(Grund::Nachrichtentyp));
    };
    match wurzel.namensraum.as_deref() {
        Some(namensraum) if namensraum == XAUSLAENDER.namespace => {}
        Some(namensraum) if namensraum.starts_with(FAMILIE) => {
            return Err(LeseFehler::new(Grund::Version));
        }
        _ => return Err(LeseFehler::new(Grund::Nachrichtentyp)),
    }
    let mut kinder = Kinder::of(wurzel, (*name).to_owned());
    let mut kopf = kinder.bibliothek("nachrichtenkopf.g2g")?;
    let mut identifikation = kopf.bibliothek("identifikation.nachricht")?;
    let nachrichten_uuid = identifikation.uuid(Bibliothek, "nachrichtenUUID")?;
    let mut nachrichtentyp = identifikation.bibliothek("nachrichtentyp")?;
    let code = nachrichtentyp.code()?;
    if code != *typ {
        return Err(nachrichtentyp.error("code", Grund::Wert));
    }
    let erstellt = identifikation.required(Bibliothek, "erstellungszeitpunkt")?;
    let erstellungszeitpunkt = read_zeitpunkt(erstellt.text.trim())
        .ok_or_else(|| identifikation.error("erstellungszeitpunkt", Grund::Wert))?;
    identifikation.end()?;
    kopf.required(Bibliothek, "leser")?;
    let autor = kopf.required(Bibliothek, "autor")?;
    let autor = autor.kinder.iter().find(|kind| kind.name == "name" && kind.namensraum.is_none());
    let autor = autor.map(|name| name.text.trim().to_owned());
    let autor = autor.filter(|name| !name.is_empty());
    let autor = autor.ok_or_else(|| kopf.error("autor/name", Grund::Fehlt))?;
    kopf.end()?;
    kinder.optional(Bibliothek, "anschrift.leser");
    kinder.required(Bibliothek, "anschrift.autor")?;
    let antragsidentifikation = kinder.text(Eigen, "antragsidentifikation")?;
    let ausloeser_uuid = kinder.uuid(Eigen, "ausloeserUUID")?;
    let inhalt = lesen(&mut kinder)?;
    kinder.end()?;
    Ok(Rueckmeldung {
        kopf: Rueckkopf {
            nachrichten_uuid,
            nachrichtentyp: typ,
            erstellungszeitpunkt,
            autor,
            antragsidentifikation,
            ausloeser_uuid,
        },
        inhalt,
    })
}

/// What the namespaces of all releases begin with.
const FAMILIE: &str = "http://www.osci.de/xauslaender";

fn read_frage(kinder: &mut Kinder<'_, '_>) -> Result<Rueckinhalt, LeseFehler> {
    Ok(Rueckinhalt::Frage {
        frage: kinder.text(Eigen, "frage")?,
        frist: kinder.datum_if_any("fristdatum")?,
        anlage: kinder.dokument_if_any("anlage")?,
    })
}

fn read_status(kinder: &mut Kinder<'_, '_>) -> Result<Rueckinhalt, LeseFehler> {
    let mut code = kinder.eigen("status")?;
    let is_liste = code.list_uri().is_none_or(|uri| uri == STATUS);
    let text = code.code()?;
    let status = Status::ALLE.iter().find(|(code, _)| *code == text).filter(|_| is_liste);
    let (_, status) = status.ok_or_else(|| code.error("code", Grund::Code))?;
    Ok(Rueckinhalt::Status { status: *status, anhang: kinder.dokument_if_any("anhang")? })
}

const STATUS: &str = "urn:xoev-de:xauslaender:codeliste:ozg.status";

fn read_termin(kinder: &mut Kinder<'_, '_>) -> Result<Rueckinhalt, LeseFehler> {
    let termin = match kinder.optional(Eigen, "strukturierteTermininformationen") {
        None => None,
        Some(knoten) => {
            let mut teil = kinder.below("strukturierteTermininformationen", knoten);
            let datum = teil.required(Eigen, "datum")?;
            let datum = read_datum(&datum.text).ok_or_else(|| teil.error("datum", Grund::Wert))?;
            let ab = teil.required(Eigen, "uhrzeitAb")?;
            let ab = read_uhrzeit(&ab.text).ok_or_else(|| teil.error("uhrzeitAb", Grund::Wert))?;
            let bis = teil.optional(Eigen, "uhrzeitBis").map(|bis| {
                read_uhrzeit(&bis.text).ok_or_else(|| teil.error("uhrzeitBis", Grund::Wert))
            });
            let bis = bis.transpose()?;
            let ort = read_ort(&mut teil)?;
            let weitere_angaben = teil.text_if_any(Eigen, "weitereAngabenZumOrt")?;
            teil.end()?;
            Some(Terminangaben { datum, ab, bis, ort, weitere_angaben })
        }
    };
    Ok(Rueckinhalt::Termin(Termin {
        termin,
        terminmitteilung: kinder.dokument_if_any("terminmitteilung")?,
        onlinevergabe: kinder.text_if_any(Eigen, "onlinevergabe")?,
        gebuehrenmitteilung: kinder.dokument_if_any("gebuehrenmitteilung")?,
        weitere_hinweise: kinder.text_if_any(Eigen, "weitereHinweise")?,
    }))
}

/// `PostalischeInlandsanschrift.Gebaeudeanschrift` as lines of an address.
fn read_ort(teil: &mut Kinder<'_, '_>) -> Result<Vec<String>, LeseFehler> {
    let mut ort = teil.eigen("ort")?;
    let nummer = ort.text_if_any(Bibliothek, "hausnummer")?;
    let buchstabe = ort.text_if_any(Bibliothek, "hausnummerBuchstabeZusatzziffer")?;
    let plz = ort.text(Bibliothek, "postleitzahl")?;
    let stockwerk = ort.text_if_any(Bibliothek, "stockwerkswohnungsnummer")?;
    let strasse = ort.text(Bibliothek, "strasse")?;
    let teilnummer = ort.text_if_any(Bibliothek, "teilnummerDerHausnummer")?;
    let wohnort = ort.text(Bibliothek, "wohnort")?;
    ort.text_if_any(Bibliothek, "wohnortFruehererGemeindename")?;
    let inhaber = ort.text_if_any(Bibliothek, "wohnungsinhaber")?;
    let zusatz = ort.text_if_any(Bibliothek, "zusatzangaben")?;
    let mut bis = None;
    if let Some(knoten) = ort.optional(Bibliothek, "hausnummern.bis") {
        let mut nummern = ort.below("hausnummern.bis", knoten);
        let teile = [
            nummern.text_if_any(Bibliothek, "hausnummer.bis")?,
            nummern.text_if_any(Bibliothek, "hausnummerbuchstabezusatzziffer.bis")?,
            nummern.text_if_any(Bibliothek, "teilnummerderhausnummer.bis")?,
        ];
        nummern.end()?;
        bis = Some(teile.into_iter().flatten().collect::<String>());
    }
    ort.end()?;
    let mut hausnummer: String = [nummer, buchstabe].into_iter().flatten().collect();
    if let Some(teilnummer) = teilnummer {
        hausnummer = format!("{hausnummer} {teilnummer}");
    }
    if let Some(bis) = bis.filter(|bis| !bis.is_empty()) {
        hausnummer = format!("{hausnummer}–{bis}");
    }
    let strasse = format!("{strasse} {hausnummer}").trim().to_owned();
    let stockwerk = stockwerk.map(|nummer| format!("Wohnung {nummer}"));
    let zeilen = [inhaber, Some(strasse), stockwerk, zusatz, Some(format!("{plz} {wohnort}"))];
    Ok(zeilen.into_iter().flatten().collect())
}

fn read_ruecknahme_reaktion(kinder: &mut Kinder<'_, '_>) -> Result<Rueckinhalt, LeseFehler> {
    Ok(Rueckinhalt::RuecknahmeReaktion {
        rueckmeldung: kinder.text_if_any(Eigen, "rueckmeldung")?,
        anlage: kinder.dokument_if_any("anlage")?,
    })
}

fn read_unzustaendig(kinder: &mut Kinder<'_, '_>) -> Result<Rueckinhalt, LeseFehler> {
    // The schema has a default: an element without a text stands for that.
    let hinweis = kinder.required(Eigen, "hinweis")?;
    Ok(Rueckinhalt::Unzustaendig {
        hinweis: kinder.check_text("hinweis", hinweis)?,
        zustaendige_abh: kinder.text_if_any(Eigen, "zustaendigeABH")?,
    })
}

fn read_ablehnung(kinder: &mut Kinder<'_, '_>) -> Result<Rueckinhalt, LeseFehler> {
    let mitteilung = kinder.dokument_if_any("mitteilung")?;
    Ok(Rueckinhalt::BeabsichtigteAblehnung {
        mitteilung: mitteilung.ok_or_else(|| kinder.error("mitteilung", Grund::Fehlt))?,
        gebuehrenmitteilung: kinder.dokument_if_any("gebuehrenmitteilung")?,
    })
}

/// Whose an element is.
#[derive(Clone, Copy)]
enum Herkunft {
    /// Of the standard itself: in its namespace.
    Eigen,
    /// Of the XÖV library or of XInneres: in none.
    Bibliothek,
}

use Herkunft::{Bibliothek, Eigen};

/// The children of an element, taken one after the other in the order of the schema.
struct Kinder<'k, 'x> {
    knoten: &'k Knoten<'x>,
    naechstes: usize,
    pfad: String,
}

impl<'k, 'x> Kinder<'k, 'x> {
    fn of(knoten: &'k Knoten<'x>, pfad: String) -> Kinder<'k, 'x> {
        Kinder { knoten, naechstes: 0, pfad }
    }

    fn below(&self, name: &str, knoten: &'k Knoten<'x>) -> Kinder<'k, 'x> {
        Kinder::of(knoten, format!("{}/{name}", self.pfad))
    }

    fn error(&self, name: &str, grund: Grund) -> LeseFehler {
        LeseFehler { pfad: format!("{}/{name}", self.pfad), grund }
    }

    fn list_uri(&self) -> Option<&'k str> {
        self.knoten.list_uri.as_deref()
    }

    /// The next child, if it is this one.
    fn optional(&mut self, herkunft: Herkunft, name: &str) -> Option<&'k Knoten<'x>> {
        let kind = self.knoten.kinder.get(self.naechstes)?;
        let namensraum = match herkunft {
            Eigen => Some(XAUSLAENDER.namespace),
            Bibliothek => None,
        };
        let passt = kind.name == name && kind.namensraum.as_deref() == namensraum;
        self.naechstes += usize::from(passt);
        passt.then_some(kind)
    }

    fn required(&mut self, herkunft: Herkunft, name: &str) -> Result<&'k Knoten<'x>, LeseFehler> {
        self.optional(herkunft, name).ok_or_else(|| self.error(name, Grund::Fehlt))
    }

    fn eigen(&mut self, name: &str) -> Result<Kinder<'k, 'x>, LeseFehler> {
        let knoten = self.required(Eigen, name)?;
        Ok(self.below(name, knoten))
    }

    fn bibliothek(&mut self, name: &str) -> Result<Kinder<'k, 'x>, LeseFehler> {
        let knoten = self.required(Bibliothek, name)?;
        Ok(self.below(name, knoten))
    }

    /// A text that is there.
    fn text(&mut self, herkunft: Herkunft, name: &str) -> Result<String, LeseFehler> {
        let knoten = self.required(herkunft, name)?;
        self.check_text(name, knoten)?.ok_or_else(|| self.error(name, Grund::Wert))
    }

    /// A text, if its element is there and holds one.
    fn text_if_any(
        &mut self,
        herkunft: Herkunft,
        name: &str,
    ) -> Result<Option<String>, LeseFehler> {
        match self.optional(herkunft, name) {
            None => Ok(None),
            Some(knoten) => self.check_text(name, knoten),
        }
    }

    /// The text of an element as datatypeC of DIN 91379; `None` if there is none.
    fn check_text(&self, name: &str, knoten: &Knoten<'x>) -> Result<Option<String>, LeseFehler> {
        if !knoten.kinder.is_empty() {
            return Err(self.error(name, Grund::Unerwartet));
        }
        match knoten.text.trim() {
            "" => Ok(None),
            text if din91379::first_invalid(text, Datentyp::C).is_some() => {
                Err(self.error(name, Grund::Zeichen))
            }
            text => Ok(Some(text.to_owned())),
        }
    }

    /// The code of `Code`, whose name may stand beside it.
    fn code(&mut self) -> Result<String, LeseFehler> {
        let code = self.text(Bibliothek, "code")?;
        self.optional(Bibliothek, "name");
        self.end()?;
        Ok(code)
    }

    fn uuid(&mut self, herkunft: Herkunft, name: &str) -> Result<String, LeseFehler> {
        let knoten = self.required(herkunft, name)?;
        read_uuid(knoten.text.trim()).ok_or_else(|| self.error(name, Grund::Wert))
    }

    fn datum_if_any(&mut self, name: &str) -> Result<Option<Datum>, LeseFehler> {
        let datum = self.optional(Eigen, name);
        datum
            .map(|it| read_datum(&it.text).ok_or_else(|| self.error(name, Grund::Wert)))
            .transpose()
    }

    /// `OZG.Dokument`
    fn dokument_if_any(&mut self, name: &str) -> Result<Option<Dokument>, LeseFehler> {
        let Some(knoten) = self.optional(Eigen, name) else { return Ok(None) };
        let mut teil = self.below(name, knoten);
        let inhalt = teil.required(Eigen, "dokument")?;
        let inhalt =
            read_base64(&inhalt.text).ok_or_else(|| teil.error("dokument", Grund::Wert))?;
        let mut typ = teil.eigen("dokumententyp")?;
        let code = typ.code()?;
        let medientyp = match code.as_str() {
            "1" => Medientyp::Pdf,
            "2" => Medientyp::Jpeg,
            _ => return Err(typ.error("code", Grund::Code)),
        };
        // What is called a PDF and is none must not reach anybody's reader.
        if Medientyp::sniff(&inhalt) != Some(medientyp) {
            return Err(teil.error("dokument", Grund::Wert));
        }
        teil.end()?;
        Ok(Some(Dokument { inhalt, medientyp }))
    }

    /// There are no more children.
    fn end(&self) -> Result<(), LeseFehler> {
        match self.knoten.kinder.get(self.naechstes) {
            None => Ok(()),
            Some(_) => Err(LeseFehler { pfad: self.pfad.clone(), grund: Grund::Unerwartet }),
        }
    }
}

fn read_uuid(text: &str) -> Option<String> {
    let is_uuid = text.len() == 36
        && text.bytes().enumerate().all(|(stelle, byte)| match stelle {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        });
    is_uuid.then(|| text.to_ascii_lowercase())
}

/// `Tagesdatum`: `JJJJ-MM-TT`
fn read_datum(text: &str) -> Option<Datum> {
    let text = text.trim();
    let teile: Vec<&str> = text.split('-').collect();
    let [jahr, monat, tag] = teile[..] else { return None };
    let is_zahl = |teil: &str, stellen| {
        teil.len() == stellen && teil.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_datum = is_zahl(jahr, 4) && is_zahl(monat, 2) && is_zahl(tag, 2);
    is_datum.then_some(())?;
    Datum::try_new(jahr.parse().ok()?, monat.parse().ok()?, tag.parse().ok()?)
}

/// `xs:time` as `HH:MM`. Appointments are in German time, whatever zone is named.
fn read_uhrzeit(text: &str) -> Option<String> {
    let text = text.trim();
    let uhr = text.get(..8)?;
    let rest = text.get(8..)?;
    let zone = match rest.strip_prefix('.') {
        None => rest,
        Some(bruch) => {
            let ende = bruch.find(|c: char| !c.is_ascii_digit()).unwrap_or(bruch.len());
            (0 < ende).then_some(&bruch[ende..])?
        }
    };
    let is_zone = match zone.as_bytes() {
        b"" | b"Z" => true,
        [b'+' | b'-', a, b, b':', c, d] => [a, b, c, d].into_iter().all(u8::is_ascii_digit),
        _ => false,
    };
    let zahl = |von: usize| {
        let teil = uhr.get(von..von + 2)?;
        teil.bytes().all(|byte| byte.is_ascii_digit()).then(|| teil.parse::<u8>().ok())?
    };
    let (stunde, minute, sekunde) = (zahl(0)?, zahl(3)?, zahl(6)?);
    let is_uhr = uhr.as_bytes()[2] == b':' && uhr.as_bytes()[5] == b':';
    let gibt_es =
        (stunde < 24 && minute < 60 && sekunde < 60) || (stunde, minute, sekunde) == (24, 0, 0);
    (is_zone && is_uhr && gibt_es).then(|| uhr[..5].to_owned())
}

/// `xs:dateTime`; the inner `None` where there is no time zone.
#[expect(clippy::option_option, reason = "no time zone is not no time")]
fn read_zeitpunkt(text: &str) -> Option<Option<i64>> {
    if let Ok(zeitpunkt) = DateTime::parse_from_rfc3339(text) {
        return Some(Some(zeitpunkt.timestamp_millis()));
    }
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok().map(|_| None)
}

/// `xs:base64Binary`, which may have blanks and line breaks anywhere.
fn read_base64(text: &str) -> Option<Vec<u8>> {
    let is_blank = |byte: u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    let bytes: Vec<u8> = text.bytes().filter(|byte| !is_blank(*byte)).collect();
    STANDARD.decode(bytes).ok()
}
