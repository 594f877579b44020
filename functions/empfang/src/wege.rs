//! Which path leads where, and what every answer has.

use ablage::{AblageError, Eingangsstand, NeueRueckmeldung, Ziel};
use base64::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use shared::nachricht::LeseFehler;

use crate::{
    Umgebung,
    rueckruf::{KeinRueckruf, Rueckruf},
};

/// Bytes of a message that are read.
pub const KOERPER_MAX: u64 = 20_000_000;

const NACHRICHTEN: &str = "/empfang/nachrichten";
const RUECKRUF: &str = "/empfang/fit-connect";
/// So many cases of a callback are asked about soon; the others when their time comes.
const FAELLE_MAX: usize = 200;

/// What the names of problem types begin with. They are names, not addresses.
const TYPEN: &str = "https://antragsportal.invalid/fehler/";

/// A request whose body has arrived.
pub struct Anfrage<'a> {
    /// In capitals: `GET`.
    pub methode: &'a str,
    /// Without the query.
    pub pfad: &'a str,
    /// Names in small letters. Values that are not text are left out.
    pub header: &'a [(String, String)],
    /// The body; `None` if it is larger than [`KOERPER_MAX`].
    pub koerper: Option<Vec<u8>>,
}

impl<'a> Anfrage<'a> {
    fn header(&self, name: &str) -> Option<&'a str> {
        self.header.iter().find(|(vorhanden, _)| vorhanden == name).map(|(_, wert)| wert.as_str())
    }

    /// The token of `Authorization: Bearer …`; empty if there is none.
    fn token(&self) -> &'a str {
        let bearer = self.header("authorization").and_then(|wert| wert.split_once(' '));
        let bearer = bearer.filter(|(schema, _)| schema.eq_ignore_ascii_case("bearer"));
        bearer.map_or("", |(_, token)| token.trim())
    }
}

/// An answer: JSON, or a problem document of RFC 9457.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Antwort {
    /// The HTTP status.
    pub status: u16,
    /// Names in small letters.
    pub header: Vec<(&'static str, String)>,
    /// The body.
    pub inhalt: Vec<u8>,
}

/// Answers a request.
pub async fn handle(umgebung: &impl Umgebung, anfrage: Anfrage<'_>) -> Antwort {
    let pfad = anfrage.pfad;
    let (status, medientyp, json, mehr) = match answer(umgebung, anfrage).await {
        Ok((status, json)) => (status, "application/json", json, None),
        Err(problem) => {
            if let Problem::Ablage(error) = &problem {
                umgebung.log(pfad, &error.to_string());
            }
            let (status, json, mehr) = problem.document(pfad);
            (status, "application/problem+json", json, mehr)
        }
    };
    let mut header = vec![
        ("content-type", medientyp.to_owned()),
        ("cache-control", "no-store".to_owned()),
        ("x-content-type-options", "nosniff".to_owned()),
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'".to_owned()),
        ("referrer-policy", "no-referrer".to_owned()),
    ];
    header.extend(mehr);
    Antwort { status, header, inhalt: json.to_string().into_bytes() }
}

async fn answer(umgebung: &impl Umgebung, anfrage: Anfrage<'_>) -> Result<(u16, Value), Problem> {
    let konfiguration = umgebung.konfiguration();
    if anfrage.pfad == RUECKRUF {
        let geheimnis = konfiguration.rueckruf().ok_or(Problem::NichtGefunden)?;
        return call_back(umgebung, geheimnis, anfrage).await;
    }
    // Where nothing is taken there is nothing, whoever asks.
    if !konfiguration.is_offen() {
        return Err(Problem::NichtGefunden);
    }
    let uuid = match anfrage.pfad.strip_prefix(NACHRICHTEN) {
        Some("") => None,
        Some(rest) => Some(rest.strip_prefix('/').ok_or(Problem::NichtGefunden)?),
        None => return Err(Problem::NichtGefunden),
    };
    let erlaubt = if uuid.is_some() { "GET" } else { "POST" };
    if anfrage.methode != erlaubt {
        return Err(Problem::Methode(erlaubt));
    }
    if !konfiguration.opens(anfrage.token()) {
        return Err(Problem::Unbekannt);
    }
    match uuid {
        Some(uuid) => ask(umgebung, uuid).await,
        None => take(umgebung, anfrage).await,
    }
}

/// `POST /empfang/nachrichten`
async fn take(umgebung: &impl Umgebung, anfrage: Anfrage<'_>) -> Result<(u16, Value), Problem> {
    let medientyp = anfrage.header("content-type").unwrap_or_default();
    let medientyp = medientyp.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if !["application/xml", "text/xml"].contains(&medientyp.as_str()) {
        return Err(Problem::Medientyp);
    }
    let digest = anfrage.header("content-digest");
    let inhalt = anfrage.koerper.ok_or(Problem::ZuGross)?;
    if digest.is_some_and(|digest| !fits(digest, &inhalt)) {
        return Err(Problem::AndererInhalt);
    }
    let (neue, fehler) = NeueRueckmeldung::read(inhalt);
    let uuid = neue.uuid.clone();
    let ablage = umgebung.ablage().await?;
    let stand = ablage.receive(neue, umgebung.jetzt()).await?;
    match (stand, fehler) {
        // It is kept, but its sender must know that nobody could read it.
        (_, Some(fehler)) => Err(Problem::Unlesbar(fehler)),
        (Eingangsstand::AndererInhalt, None) => Err(Problem::UuidBenutzt),
        (Eingangsstand::Zugeordnet(_), None) => {
            Ok((201, json!({ "uuid": uuid, "zustand": "zugeordnet" })))
        }
        (Eingangsstand::Offen(grund), None) => {
            Ok((202, json!({ "uuid": uuid, "zustand": "wartet", "grund": grund })))
        }
        (Eingangsstand::Schon, None) => {
            Ok((200, json!({ "uuid": uuid, "zustand": "schon-da", "fehlercode": "S100" })))
        }
    }
}

/// `POST /empfang/fit-connect`: what is under way to the cases it names is asked about with the next
/// run. Coming twice, or for nothing, it changes nothing else.
async fn call_back(
    umgebung: &impl Umgebung,
    geheimnis: &str,
    anfrage: Anfrage<'_>,
) -> Result<(u16, Value), Problem> {
    if anfrage.methode != "POST" {
        return Err(Problem::Methode("POST"));
    }
    let inhalt = anfrage.koerper.as_deref().ok_or(Problem::ZuGross)?;
    let rueckruf = Rueckruf {
        timestamp: anfrage.header("callback-timestamp"),
        authentication: anfrage.header("callback-authentication"),
        inhalt,
    };
    let jetzt = umgebung.jetzt();
    let faelle: Vec<String> =
        rueckruf.verify(geheimnis, jetzt)?.into_iter().take(FAELLE_MAX).collect();
    let ablage = umgebung.ablage().await?;
    let angestossen = ablage.ask_soon(Ziel::Fachverfahren, &faelle, jetzt).await?;
    Ok((200, json!({ "angestossen": angestossen })))
}

/// `GET /empfang/nachrichten/{uuid}`: for a sender whose answer was lost.
async fn ask(umgebung: &impl Umgebung, uuid: &str) -> Result<(u16, Value), Problem> {
    let ablage = umgebung.ablage().await?;
    match ablage.rueckmeldung(&uuid.to_ascii_lowercase()).await {
        Ok((rueckmeldung, _)) => {
            let zustand = if rueckmeldung.vorgang.is_some() { "zugeordnet" } else { "wartet" };
            let sha256: String =
                rueckmeldung.sha256.iter().map(|byte| format!("{byte:02x}")).collect();
            Ok((200, json!({ "uuid": rueckmeldung.id, "sha256": sha256, "zustand": zustand })))
        }
        Err(AblageError::NichtGefunden) => Err(Problem::NichtGefunden),
        Err(error) => Err(error.into()),
    }
}

/// Whether the bytes are those that the header tells (RFC 9530 § 2). Other algorithms than SHA-256
/// are not looked at.
fn fits(digest: &str, inhalt: &[u8]) -> bool {
    let members = digest.split(',').filter_map(|member| member.trim().split_once('='));
    let mut sha256 = members.filter(|(algorithm, _)| *algorithm == "sha-256");
    sha256.all(|(_, wert)| {
        let wert = wert.strip_prefix(':').and_then(|wert| wert.strip_suffix(':'));
        let wert = wert.and_then(|wert| BASE64_STANDARD.decode(wert).ok());
        wert.is_some_and(|wert| *wert == *Sha256::digest(inhalt))
    })
}

/// Why a request is refused. No variant carries contents.
#[derive(Debug, thiserror::Error)]
enum Problem {
    #[error("Unter dieser Adresse gibt es nichts.")]
    NichtGefunden,
    #[error("Diese Adresse erlaubt nur {0}.")]
    Methode(&'static str),
    #[error("Das Geheimnis fehlt oder ist falsch. Bitte senden Sie `Authorization: Bearer …`.")]
    Unbekannt,
    #[error("Der Rückruf ist nicht echt oder zu alt.")]
    NichtEcht,
    #[error("Der Rückruf ist echt, aber kein JSON, wie es die Schnittstelle vorsieht.")]
    RueckrufUnlesbar,
    #[error("Diese Adresse nimmt nur application/xml an.")]
    Medientyp,
    #[error("Die Nachricht ist größer als 20 MB. Bitte senden Sie kleinere Anlagen.")]
    ZuGross,
    #[error(
        "Der Content-Digest passt nicht zum Inhalt. Bitte senden Sie die Nachricht noch einmal."
    )]
    AndererInhalt,
    #[error(
        "Die Nachricht ist aufbewahrt, kann aber nicht gelesen werden: {0}. Bitte berichtigen Sie sie \
         und senden Sie sie mit einer neuen nachrichtenUUID."
    )]
    Unlesbar(LeseFehler),
    #[error(
        "Unter dieser nachrichtenUUID liegt schon eine andere Nachricht. Diese ist daneben \
         aufbewahrt. Bitte geben Sie jeder Nachricht eine eigene UUID."
    )]
    UuidBenutzt,
    #[error(
        "Die Nachricht kann gerade nicht gespeichert werden. Bitte senden Sie sie später noch einmal."
    )]
    Ablage(#[from] AblageError),
}

impl From<KeinRueckruf> for Problem {
    fn from(fehler: KeinRueckruf) -> Problem {
        match fehler {
            KeinRueckruf::NichtEcht => Problem::NichtEcht,
            KeinRueckruf::Unlesbar => Problem::RueckrufUnlesbar,
        }
    }
}

impl Problem {
    /// The one place where a refusal becomes an HTTP status: status, document, and a header more.
    fn document(&self, pfad: &str) -> (u16, Value, Option<(&'static str, String)>) {
        let (status, typ, titel, mehr) = match self {
            Problem::NichtGefunden => (404, "nicht-gefunden", "Nicht gefunden", None),
            Problem::Methode(erlaubt) => {
                (405, "methode", "Methode nicht möglich", Some(("allow", (*erlaubt).to_owned())))
            }
            Problem::Unbekannt => (
                401,
                "nicht-angemeldet",
                "Nicht angemeldet",
                Some(("www-authenticate", "Bearer realm=\"empfang\"".to_owned())),
            ),
            Problem::NichtEcht => (403, "nicht-echt", "Nicht echt", None),
            Problem::RueckrufUnlesbar => (400, "unlesbar", "Nicht lesbar", None),
            Problem::Medientyp => (415, "medientyp", "Format nicht möglich", None),
            Problem::ZuGross => (413, "zu-gross", "Zu groß", None),
            Problem::AndererInhalt => (400, "pruefsumme", "Prüfsumme passt nicht", None),
            Problem::Unlesbar(_) => (422, "unlesbar", "Nachricht nicht lesbar", None),
            Problem::UuidBenutzt => (422, "uuid-schon-benutzt", "UUID schon benutzt", None),
            Problem::Ablage(_) => {
                (503, "stoerung", "Störung", Some(("retry-after", "5".to_owned())))
            }
        };
        let mut dokument = json!({
            "type": format!("{TYPEN}{typ}"),
            "title": titel,
            "status": status,
            "detail": self.to_string(),
            "instance": pfad,
        });
        match self {
            Problem::Unlesbar(fehler) => {
                dokument["fehlercode"] = fehler.grund.fehlercode().into();
                dokument["grund"] = fehler.grund.as_str().into();
                dokument["pfad"] = fehler.pfad.as_str().into();
            }
            Problem::Ablage(_) => dokument["fehlercode"] = "T200".into(),
            _ => {}
        }
        (status, dokument, mehr)
    }
}
