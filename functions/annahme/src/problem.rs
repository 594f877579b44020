//! Refusals: RFC 9457 problem documents. The one place where an error becomes an HTTP status.

use ablage::{AblageError, Zeitpunkt};
use serde_json::{Value, json};
use shared::befund::Befund;

use crate::{ausfertigung::AusfertigungError, http::Antwort};

/// What the names of problem types begin with. They are names, not addresses: `.invalid` leads
/// nowhere.
const TYPEN: &str = "https://antragsportal.invalid/fehler/";

/// Why a request was refused. The sentences are for people; no variant carries what they sent.
#[derive(Debug)]
pub enum Problem {
    /// Nothing is at this path, or the one who asks may not know of it.
    NichtGefunden,
    /// The path exists, but not for this method. The methods that it has.
    Methode(&'static str),
    /// The body is no JSON: line and column where it stops to be.
    KeinJson { zeile: usize, spalte: usize },
    /// The JSON is not of the form that the API describes.
    Form,
    /// Answers have names that the form does not have.
    UnbekannteFelder(Vec<String>),
    /// The body has another media type than this path reads.
    Medientyp { erlaubt: &'static str },
    /// The body is larger than this path reads.
    ZuGross,
    /// The header `Idempotency-Key` is missing or no UUID.
    SchluesselFehlt,
    /// The key came before with something else.
    SchluesselSchonBenutzt,
    /// There is no `Authorization: Bearer …`.
    TokenFehlt,
    /// The draft does not open with this token.
    EntwurfFehlt,
    /// Answers name files that the draft does not have.
    DateiFehlt(Vec<String>),
    /// A kind of proof that no form asks for, or none was given.
    Nachweisart,
    /// A file was refused: why, and the status that says so.
    Datei { status: u16, befund: Befund },
    /// A draft has as many files as it may.
    ZuVieleDateien { hoechstens: u32 },
    /// Findings block the application.
    Befunde(Vec<Befund>),
    /// The same, in the words for somebody who fills in a part.
    Befundtexte(Vec<Value>),
    /// There is no `Authorization: Bearer …` with the secret of a link.
    GeheimnisFehlt,
    /// There is no such link, or its secret is another: nobody is told which.
    LinkUngueltig,
    /// The link fits, but is too old.
    LinkAbgelaufen,
    /// The link fits, but was used.
    LinkBenutzt,
    /// The draft has no part of somebody else.
    ZulieferungFehlt,
    /// The part of somebody else was withdrawn or opened again while the application was sent.
    ZulieferungGeaendert,
    /// There were too many attempts with wrong codes.
    ZuVieleVersuche { wieder: Zeitpunkt, jetzt: Zeitpunkt },
    /// An answer has neither text nor files.
    LeereAntwort,
    /// An answer has a character that no message can carry.
    Zeichen(String),
    /// An answer is longer than this many characters.
    ZuLang { hoechstens: usize },
    /// The case does not wait for this answer, or not for anything any more.
    NichtMoeglich,
    /// The case is not delivered to a Fachverfahren that could read it.
    OhneFachverfahren,
    /// The store fails; not the applicant's turn.
    Ablage(AblageError),
    /// The message or the PDF could not be written; ours to mend.
    Ausfertigung(AusfertigungError),
}

impl Problem {
    /// The answer, without the path, which is told by [`Problem::antwort`].
    fn teile(&self) -> (u16, &'static str, &'static str, String) {
        match self {
            Problem::NichtGefunden => (
                404,
                "nicht-gefunden",
                "Nicht gefunden",
                "Unter dieser Adresse gibt es nichts. Bitte prüfen Sie Ihre Eingaben.".to_owned(),
            ),
            Problem::Methode(erlaubt) => (
                405,
                "methode",
                "Methode nicht möglich",
                format!("Diese Adresse kennt nur {erlaubt}."),
            ),
            Problem::KeinJson { zeile, spalte } => (
                400,
                "kein-json",
                "Kein lesbares JSON",
                format!("Der Inhalt ist ab Zeile {zeile}, Spalte {spalte} kein JSON in UTF-8."),
            ),
            Problem::Form => (
                400,
                "form",
                "Unerwartete Form",
                "Das JSON hat nicht die Form, die in /api/openapi.yaml steht.".to_owned(),
            ),
            Problem::UnbekannteFelder(_) => (
                422,
                "unbekannte-felder",
                "Unbekannte Felder",
                "Einige Angaben gehören zu keiner Frage dieses Antrags.".to_owned(),
            ),
            Problem::Medientyp { erlaubt } => (
                415,
                "medientyp",
                "Format nicht möglich",
                format!("Diese Adresse nimmt nur {erlaubt} an."),
            ),
            Problem::ZuGross => (
                413,
                "zu-gross",
                "Zu groß",
                "Der Inhalt ist zu groß. Bitte senden Sie weniger.".to_owned(),
            ),
            Problem::SchluesselFehlt => (
                400,
                "schluessel-fehlt",
                "Schlüssel fehlt",
                "Der Header Idempotency-Key mit einer UUID fehlt.".to_owned(),
            ),
            Problem::SchluesselSchonBenutzt => (
                422,
                "schluessel-schon-benutzt",
                "Schlüssel schon benutzt",
                "Mit diesem Schlüssel ist schon ein anderer Antrag eingegangen. Bitte laden Sie die \
                 Seite neu und senden Sie noch einmal."
                    .to_owned(),
            ),
            Problem::TokenFehlt => (
                401,
                "token-fehlt",
                "Token fehlt",
                "Der Header Authorization mit dem Token des Entwurfs fehlt.".to_owned(),
            ),
            Problem::EntwurfFehlt => (
                404,
                "entwurf-fehlt",
                "Entwurf nicht gefunden",
                "Diesen Entwurf gibt es nicht mehr. Bitte laden Sie Ihre Dateien noch einmal hoch."
                    .to_owned(),
            ),
            Problem::DateiFehlt(_) => (
                422,
                "datei-fehlt",
                "Datei nicht gefunden",
                "Eine Datei zu Ihrem Antrag ist nicht mehr da. Bitte laden Sie sie noch einmal hoch."
                    .to_owned(),
            ),
            Problem::Nachweisart => (
                422,
                "nachweisart",
                "Unbekannter Nachweis",
                "Der Parameter typ fehlt oder nennt keinen Nachweis dieser Anträge.".to_owned(),
            ),
            Problem::Datei { status, befund } => (
                *status,
                "datei",
                "Datei nicht angenommen",
                befund.text(&shared::texte::Texte::deutsch()),
            ),
            Problem::ZuVieleDateien { hoechstens } => (
                413,
                "zu-viele-dateien",
                "Zu viele Dateien",
                format!("Sie können höchstens {hoechstens} Dateien hochladen."),
            ),
            Problem::Befunde(_) | Problem::Befundtexte(_) => (
                422,
                "befunde",
                "Angaben fehlen oder sind falsch",
                "So kann das nicht gesendet werden. Bitte prüfen Sie die genannten Angaben."
                    .to_owned(),
            ),
            Problem::GeheimnisFehlt => (
                401,
                "geheimnis-fehlt",
                "Link nicht vollständig",
                "Der Link ist nicht vollständig. Bitte öffnen Sie ihn so, wie Sie ihn bekommen haben."
                    .to_owned(),
            ),
            Problem::LinkUngueltig => (
                404,
                "link-ungueltig",
                "Link ungültig",
                "Dieser Link gilt nicht oder nicht mehr. Bitte fragen Sie die Person, die ihn Ihnen \
                 geschickt hat, nach einem neuen Link."
                    .to_owned(),
            ),
            Problem::LinkAbgelaufen => (
                410,
                "link-abgelaufen",
                "Link abgelaufen",
                "Dieser Link ist abgelaufen. Bitte fragen Sie die Person, die ihn Ihnen geschickt \
                 hat, nach einem neuen Link."
                    .to_owned(),
            ),
            Problem::LinkBenutzt => (
                410,
                "link-benutzt",
                "Link schon benutzt",
                "Über diesen Link wurde die Erklärung schon gesendet. Sie müssen nichts mehr tun."
                    .to_owned(),
            ),
            Problem::ZulieferungFehlt => (
                404,
                "zulieferung-fehlt",
                "Kein Link",
                "Zu diesem Entwurf gibt es keinen Link.".to_owned(),
            ),
            Problem::ZulieferungGeaendert => (
                409,
                "zulieferung-geaendert",
                "Angaben haben sich geändert",
                "Der Teil, den jemand anderes ausgefüllt hat, hat sich gerade geändert. Bitte prüfen \
                 Sie ihn und senden Sie noch einmal."
                    .to_owned(),
            ),
            Problem::ZuVieleVersuche { .. } => (
                429,
                "zu-viele-versuche",
                "Zu viele Versuche",
                "Es gab zu viele falsche Eingaben. Bitte warten Sie 15 Minuten und versuchen Sie \
                 es dann noch einmal."
                    .to_owned(),
            ),
            Problem::LeereAntwort => (
                422,
                "leere-antwort",
                "Antwort fehlt",
                "Bitte schreiben Sie eine Antwort oder laden Sie eine Datei hoch.".to_owned(),
            ),
            Problem::Zeichen(zeichen) => (
                422,
                "zeichen",
                "Zeichen nicht möglich",
                format!(
                    "Das Zeichen „{zeichen}“ kann nicht übertragen werden. Bitte schreiben Sie in \
                     lateinischen Buchstaben und ohne Emojis."
                ),
            ),
            Problem::ZuLang { hoechstens } => (
                422,
                "zu-lang",
                "Text zu lang",
                format!("Bitte schreiben Sie höchstens {hoechstens} Zeichen."),
            ),
            Problem::NichtMoeglich => (
                409,
                "nicht-moeglich",
                "Nicht mehr möglich",
                "Das ist nicht mehr möglich, weil sich der Stand Ihres Antrags geändert hat. Bitte \
                 laden Sie die Seite neu."
                    .to_owned(),
            ),
            Problem::OhneFachverfahren => (
                409,
                "ohne-fachverfahren",
                "Hier nicht möglich",
                "Das ist über das Portal nicht möglich. Bitte wenden Sie sich direkt an Ihre Behörde."
                    .to_owned(),
            ),
            Problem::Ablage(_) => (
                503,
                "stoerung",
                "Störung",
                "Das Portal hat gerade eine Störung. Es wurde nichts gespeichert. Bitte versuchen \
                 Sie es in ein paar Minuten noch einmal."
                    .to_owned(),
            ),
            Problem::Ausfertigung(_) => (
                500,
                "fehler",
                "Fehler im Portal",
                "Im Portal ist ein Fehler aufgetreten. Es wurde nichts gespeichert. Bitte wenden \
                 Sie sich an die Behörde."
                    .to_owned(),
            ),
        }
    }

    /// What the operator should know, if it is the operator's turn.
    pub fn log(&self) -> Option<String> {
        match self {
            Problem::Ablage(error) => Some(error.to_string()),
            Problem::Ausfertigung(error) => Some(error.to_string()),
            _ => None,
        }
    }

    /// The answer to a request for `pfad`.
    pub fn antwort(&self, pfad: &str) -> Antwort {
        let (status, typ, title, detail) = self.teile();
        let mut dokument = json!({
            "type": format!("{TYPEN}{typ}"),
            "title": title,
            "status": status,
            "detail": detail,
            "instance": pfad,
        });
        match self {
            Problem::Befunde(befunde) => {
                dokument["befunde"] = befunde.iter().map(Befund::to_json).collect();
            }
            Problem::Befundtexte(befunde) => dokument["befunde"] = json!(befunde),
            Problem::Datei { befund, .. } => dokument["befunde"] = json!([befund.to_json()]),
            Problem::UnbekannteFelder(pfade) | Problem::DateiFehlt(pfade) => {
                dokument["pfade"] = pfade.iter().take(PFADE).cloned().map(Value::from).collect();
            }
            _ => {}
        }
        let antwort =
            Antwort::new(status, "application/problem+json", dokument.to_string().into_bytes());
        match self {
            Problem::Methode(erlaubt) => antwort.with("allow", *erlaubt),
            Problem::TokenFehlt | Problem::GeheimnisFehlt => {
                antwort.with("www-authenticate", "Bearer")
            }
            Problem::ZuVieleVersuche { wieder, jetzt } => {
                let sekunden = (wieder.millis() - jetzt.millis()).max(0) / 1000 + 1;
                antwort.with("retry-after", sekunden.to_string())
            }
            Problem::Ablage(_) => antwort.with("retry-after", "5"),
            _ => antwort,
        }
    }
}

/// So many paths are named at most.
const PFADE: usize = 20;

impl From<AblageError> for Problem {
    fn from(error: AblageError) -> Problem {
        match error {
            AblageError::NichtGefunden => Problem::NichtGefunden,
            AblageError::NichtMoeglich => Problem::NichtMoeglich,
            error => Problem::Ablage(error),
        }
    }
}

impl From<AusfertigungError> for Problem {
    fn from(error: AusfertigungError) -> Problem {
        match error {
            AusfertigungError::Ablage(error) => error.into(),
            error => Problem::Ausfertigung(error),
        }
    }
}
