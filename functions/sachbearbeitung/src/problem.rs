//! Refusals: RFC 9457 problem documents. The one place where an error becomes an HTTP status.

use ablage::{AblageError, Zeitpunkt};
use serde_json::json;

use crate::http::Antwort;

/// What the names of problem types begin with. They are names, not addresses: `.invalid` leads
/// nowhere.
const TYPEN: &str = "https://antragsportal.invalid/fehler/";

/// Why a request was refused. The sentences are for people; no variant carries what they sent.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    /// Nothing is at this path.
    #[error("Unter dieser Adresse gibt es nichts. Bitte prüfen Sie die Nummer.")]
    NichtGefunden,
    /// The path exists, but not for this method.
    #[error("Diese Adresse kennt nur {0}.")]
    Methode(&'static str),
    /// The body is no JSON: where it stops to be.
    #[error("Der Inhalt ist ab Zeile {zeile}, Spalte {spalte} kein JSON in UTF-8.")]
    KeinJson { zeile: usize, spalte: usize },
    /// The JSON has other fields than the API describes.
    #[error("Das JSON hat nicht die Form, die in der Beschreibung der Schnittstelle steht.")]
    Form,
    /// The body is of another media type.
    #[error("Diese Adresse nimmt nur application/json an.")]
    Medientyp,
    /// The body is too large.
    #[error("Der Inhalt ist zu groß.")]
    ZuGross,
    /// A parameter of the query is unknown, twice there, or not to be read.
    #[error("Der Parameter {0} ist unbekannt oder hat keinen möglichen Wert.")]
    Parameter(String),
    /// There is no session, or it is over.
    #[error("Sie sind nicht angemeldet. Bitte melden Sie sich an.")]
    NichtAngemeldet,
    /// Kennung or password are wrong: nobody is told which.
    #[error("Kennung oder Passwort stimmen nicht. Bitte versuchen Sie es noch einmal.")]
    Anmeldung,
    /// Too many wrong passwords.
    #[error(
        "Es gab zu viele falsche Anmeldungen. Bitte warten Sie {} und versuchen Sie es dann noch \
         einmal.",
        minuten(wieder, jetzt)
    )]
    Gesperrt { wieder: Zeitpunkt, jetzt: Zeitpunkt },
    /// The request may come from another site.
    #[error("Die Anfrage kommt nicht von dieser Seite. Bitte laden Sie die Seite neu.")]
    FremdeSeite,
    /// What was asked for is not of this state.
    #[error("Hier gibt es nichts zu wiederholen: Die Zustellung läuft oder ist erledigt.")]
    NichtNoetig,
    /// A file of the Vorgang is infected: it must not leave, and its contents are deleted.
    #[error(
        "In einer Datei wurde Schadsoftware gefunden. Sie ist gelöscht, und der Antrag wird so \
         nicht zugestellt. Bitte bitten Sie die Person um eine neue Kopie."
    )]
    Befallen,
    /// A file waits for the virus scanner.
    #[error(
        "Die Datei wird noch auf Viren geprüft. Bitte versuchen Sie es in ein paar Minuten noch einmal."
    )]
    InQuarantaene,
    /// A message belongs to a case already.
    #[error("Diese Nachricht ist schon einem Vorgang zugeordnet. Bitte laden Sie die Seite neu.")]
    SchonZugeordnet,
    /// The store fails.
    #[error(
        "Das Portal hat gerade eine Störung. Es wurde nichts geändert. Bitte versuchen Sie es in \
         ein paar Minuten noch einmal."
    )]
    Ablage(#[source] AblageError),
}

fn minuten(wieder: &Zeitpunkt, jetzt: &Zeitpunkt) -> String {
    match seconds(*wieder, *jetzt).div_ceil(60) {
        1 => "eine Minute".to_owned(),
        minuten => format!("{minuten} Minuten"),
    }
}

fn seconds(wieder: Zeitpunkt, jetzt: Zeitpunkt) -> u64 {
    u64::try_from(wieder.millis() - jetzt.millis()).unwrap_or(0).div_ceil(1000).max(1)
}

impl Problem {
    fn teile(&self) -> (u16, &'static str, &'static str) {
        match self {
            Problem::NichtGefunden => (404, "nicht-gefunden", "Nicht gefunden"),
            Problem::Methode(_) => (405, "methode", "Methode nicht möglich"),
            Problem::KeinJson { .. } => (400, "kein-json", "Kein lesbares JSON"),
            Problem::Form => (400, "form", "Unerwartete Form"),
            Problem::Medientyp => (415, "medientyp", "Format nicht möglich"),
            Problem::ZuGross => (413, "zu-gross", "Zu groß"),
            Problem::Parameter(_) => (400, "parameter", "Parameter nicht möglich"),
            Problem::NichtAngemeldet => (401, "nicht-angemeldet", "Nicht angemeldet"),
            Problem::Anmeldung => (401, "anmeldung", "Anmeldung nicht möglich"),
            Problem::Gesperrt { .. } => (429, "gesperrt", "Zu viele Versuche"),
            Problem::FremdeSeite => (403, "fremde-seite", "Nicht erlaubt"),
            Problem::NichtNoetig => (409, "nicht-noetig", "Nichts zu wiederholen"),
            Problem::SchonZugeordnet => (409, "schon-zugeordnet", "Schon zugeordnet"),
            Problem::Befallen => (409, "befallen", "Schadsoftware gefunden"),
            Problem::InQuarantaene => (409, "quarantaene", "Virenprüfung läuft noch"),
            Problem::Ablage(_) => (503, "stoerung", "Störung"),
        }
    }

    /// What the operator should know, if it is the operator's turn.
    pub fn log(&self) -> Option<String> {
        match self {
            Problem::Ablage(error) => Some(error.to_string()),
            _ => None,
        }
    }

    /// The answer to a request for `pfad`.
    pub fn antwort(&self, pfad: &str) -> Antwort {
        let (status, typ, titel) = self.teile();
        let dokument = json!({
            "type": format!("{TYPEN}{typ}"),
            "title": titel,
            "status": status,
            "detail": self.to_string(),
            "instance": pfad,
        });
        let inhalt = dokument.to_string().into_bytes();
        let antwort = Antwort::new(status, "application/problem+json", inhalt);
        match self {
            Problem::Methode(erlaubt) => antwort.with("allow", *erlaubt),
            Problem::Gesperrt { wieder, jetzt } => {
                antwort.with("retry-after", seconds(*wieder, *jetzt).to_string())
            }
            Problem::Ablage(_) => antwort.with("retry-after", "5"),
            _ => antwort,
        }
    }
}

impl From<AblageError> for Problem {
    fn from(error: AblageError) -> Problem {
        match error {
            AblageError::NichtGefunden => Problem::NichtGefunden,
            error => Problem::Ablage(error),
        }
    }
}
