//! What is filed where: a value that any DMS can be filled from, and that people can read.

use ablage::Zeitpunkt;
use chrono::{DateTime, FixedOffset, Offset as _, Utc};

/// What is to be filed of one Vorgang.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ablageplan {
    /// The id of the application's form.
    pub antrag: String,
    /// Its title.
    pub titel: String,
    /// The number of the Vorgang.
    pub vorgangsnummer: String,
    /// When it came in.
    pub eingegangen_am: Zeitpunkt,
    /// Who files it.
    pub zustaendig: Zustaendig,
    /// The folders above the Akte, from the top.
    pub ordner: Vec<String>,
    /// The unit of the Aktenplan that the Akte belongs to.
    pub einheit: Option<Aktenplaneinheit>,
    /// The Akte.
    pub akte: Objektplan,
    /// The Vorgang in it.
    pub vorgang: Objektplan,
    /// The documents in that, in their order.
    pub dokumente: Vec<Dokumentplan>,
    /// The rights class: who may see it.
    pub rechte: String,
    /// How confidential it is; `None` is not told.
    pub vertraulichkeit: Option<Vertraulichkeit>,
    /// How long it is kept and what comes then; `None` is not told.
    pub aussonderung: Option<Aussonderung>,
}

/// An Akte or a Vorgang.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objektplan {
    /// The external key: what it is found again by, whatever people rename.
    pub schluessel: String,
    /// What it is called, free of characters that a DMS refuses.
    pub name: String,
    /// What it is about.
    pub betreff: String,
}

/// A document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dokumentplan {
    /// The external key.
    pub schluessel: String,
    /// Its place in the Vorgang, from 1.
    pub nummer: u32,
    /// The file name, with its ending.
    pub name: String,
    /// `Antrag`, `Nachricht`, or the code of the proof: `NV_LOHN`.
    pub typ: String,
    /// What that is in words.
    pub bezeichnung: String,
    /// What its owner called the file.
    pub original: Option<String>,
    /// Such as `application/pdf`.
    pub medientyp: String,
    /// Bytes.
    pub groesse: u64,
    /// Of its contents; zeros where they are not known.
    pub sha256: [u8; 32],
    /// Where the bytes are.
    pub quelle: Dokumentquelle,
}

/// Where the bytes of a document are in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dokumentquelle {
    /// A message, by its name.
    Nachricht(String),
    /// An attachment, by its id.
    Anlage(String),
}

/// Who files what comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zustaendig {
    /// The portal.
    Wir,
    /// The Fachverfahren does it after taking the message; we do not, or there would be two.
    Fachverfahren,
    /// Both, in different Akten.
    Beide,
}

/// A unit of the municipality's Aktenplan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aktenplaneinheit {
    /// `33.30.10`
    pub kennzeichen: String,
    /// `Verpflichtungserklärungen`; may be empty.
    pub bezeichnung: String,
}

/// The degrees of confidentiality (xdomea, Vertraulichkeitsstufe 1.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vertraulichkeit {
    /// Code 001
    Geheim,
    /// Code 002: only for use in office
    Nfd,
    /// Code 003: none
    Offen,
    /// Code 004
    StrengGeheim,
    /// Code 005
    Vertraulich,
}

impl Vertraulichkeit {
    /// The words of the settings.
    pub(super) const WORTE: [(&'static str, Vertraulichkeit); 5] = [
        ("geheim", Vertraulichkeit::Geheim),
        ("nfd", Vertraulichkeit::Nfd),
        ("offen", Vertraulichkeit::Offen),
        ("streng geheim", Vertraulichkeit::StrengGeheim),
        ("vertraulich", Vertraulichkeit::Vertraulich),
    ];

    /// The code of the list.
    pub fn code(self) -> &'static str {
        match self {
            Vertraulichkeit::Geheim => "001",
            Vertraulichkeit::Nfd => "002",
            Vertraulichkeit::Offen => "003",
            Vertraulichkeit::StrengGeheim => "004",
            Vertraulichkeit::Vertraulich => "005",
        }
    }
}

/// What happens to an Akte after it is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aussonderung {
    /// How long it is kept.
    pub frist: Option<Frist>,
    /// What happens then.
    pub art: Option<Aussonderungsart>,
}

/// How long an Akte is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frist {
    /// From the end of the year in which it is closed.
    Jahre(u16),
    /// For ever.
    Unbefristet,
}

/// What becomes of an Akte when its time is over (xdomea, Aussonderungsart 1.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aussonderungsart {
    /// Goes to the archive.
    Archivieren,
    /// The archive decides.
    Bewerten,
    /// Is destroyed.
    Vernichten,
}

impl Aussonderungsart {
    /// The code of the list.
    pub fn code(self) -> &'static str {
        match self {
            Aussonderungsart::Archivieren => "A",
            Aussonderungsart::Bewerten => "B",
            Aussonderungsart::Vernichten => "V",
        }
    }
}

/// Which object of the plan is meant.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Was<'a> {
    Akte,
    Vorgang,
    Dokument(&'a Dokumentplan),
}

/// A logical field, which an adapter maps to a property of its DMS, and where there is one.
pub(crate) struct Feld {
    pub name: &'static str,
    pub akte: bool,
    pub vorgang: bool,
    pub dokument: bool,
}

const fn feld(name: &'static str, akte: bool, vorgang: bool, dokument: bool) -> Feld {
    Feld { name, akte, vorgang, dokument }
}

/// All logical fields.
pub(crate) const FELDER: &[Feld] = &[
    feld("schluessel", true, true, true),
    feld("name", true, true, true),
    feld("betreff", true, true, true),
    feld("antrag", true, true, true),
    feld("vorgangsnummer", false, true, true),
    feld("aktenplan", true, true, true),
    feld("aktenplan_bezeichnung", true, true, true),
    feld("rechte", true, true, true),
    feld("vertraulichkeit", true, true, true),
    feld("aufbewahrung_jahre", true, true, false),
    feld("aussonderungsart", true, true, false),
    feld("eingangsdatum", false, true, true),
    feld("eingangszeit", false, true, true),
    feld("eingang_ms", false, true, true),
    feld("stand", false, true, false),
    feld("nummer", false, false, true),
    feld("typ", false, false, true),
    feld("original", false, false, true),
    feld("medientyp", false, false, true),
    feld("groesse", false, false, true),
    feld("sha256", false, false, true),
];

/// The field `stand` while documents are still to come …
pub(crate) const STAND_OFFEN: &str = "wird abgelegt";
/// … and when all are there.
pub(crate) const STAND_FERTIG: &str = "vollständig";

impl Ablageplan {
    /// The value of a logical field; `None` if there is nothing to say.
    pub(crate) fn value(&self, feld: &str, was: Was<'_>) -> Option<String> {
        let objekt = match was {
            Was::Akte => Some(&self.akte),
            Was::Vorgang => Some(&self.vorgang),
            Was::Dokument(_) => None,
        };
        let einheit = self.einheit.as_ref();
        let wert = match (feld, was, objekt) {
            ("schluessel", _, Some(objekt)) => objekt.schluessel.clone(),
            ("name", _, Some(objekt)) => objekt.name.clone(),
            ("betreff", _, Some(objekt)) => objekt.betreff.clone(),
            ("schluessel", Was::Dokument(dokument), _) => dokument.schluessel.clone(),
            ("name", Was::Dokument(dokument), _) => dokument.name.clone(),
            ("betreff", Was::Dokument(dokument), _) => dokument.bezeichnung.clone(),
            ("antrag", ..) => self.antrag.clone(),
            ("vorgangsnummer", ..) => self.vorgangsnummer.clone(),
            ("aktenplan", ..) => einheit?.kennzeichen.clone(),
            ("aktenplan_bezeichnung", ..) => einheit?.bezeichnung.clone(),
            ("rechte", ..) => self.rechte.clone(),
            ("vertraulichkeit", ..) => self.vertraulichkeit?.code().to_owned(),
            ("aufbewahrung_jahre", ..) => match self.aussonderung?.frist? {
                Frist::Jahre(jahre) => jahre.to_string(),
                Frist::Unbefristet => return None,
            },
            ("aussonderungsart", ..) => self.aussonderung?.art?.code().to_owned(),
            ("eingangsdatum", ..) => self.eingang().format("%Y-%m-%d").to_string(),
            ("eingangszeit", ..) => self.eingang().to_rfc3339(),
            ("eingang_ms", ..) => self.eingegangen_am.millis().to_string(),
            ("stand", Was::Vorgang, _) => STAND_OFFEN.to_owned(),
            ("nummer", Was::Dokument(dokument), _) => dokument.nummer.to_string(),
            ("typ", Was::Dokument(dokument), _) => dokument.typ.clone(),
            ("original", Was::Dokument(dokument), _) => dokument.original.clone()?,
            ("medientyp", Was::Dokument(dokument), _) => dokument.medientyp.clone(),
            ("groesse", Was::Dokument(dokument), _) => dokument.groesse.to_string(),
            ("sha256", Was::Dokument(dokument), _) if dokument.sha256 == [0; 32] => return None,
            ("sha256", Was::Dokument(dokument), _) => hex(&dokument.sha256),
            _ => return None,
        };
        (!wert.is_empty()).then_some(wert)
    }

    /// When it came in, as the clock showed in Germany.
    pub(crate) fn eingang(&self) -> DateTime<FixedOffset> {
        let ort = self.eingegangen_am.in_germany();
        let utc = DateTime::from_timestamp_millis(self.eingegangen_am.millis());
        let utc = utc.unwrap_or_default().naive_utc();
        let versatz = i32::try_from((ort - utc).num_seconds()).unwrap_or(0);
        let versatz = FixedOffset::east_opt(versatz).unwrap_or_else(|| Utc.fix());
        DateTime::from_naive_utc_and_offset(utc, versatz)
    }

    /// Bytes of all documents.
    pub fn groesse(&self) -> u64 {
        self.dokumente.iter().map(|dokument| dokument.groesse).sum()
    }
}

/// Lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
