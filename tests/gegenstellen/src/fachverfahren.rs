//! The Fachverfahren behind its HTTPS contract: `POST /nachrichten` takes a message once and gives it an
//! Aktenzeichen, `GET /nachrichten/{uuid}` says what became of it. The same Fachverfahren can be reached
//! through an XTA server below `/xta` and through FIT-Connect below `/fit-connect`; there it takes what
//! comes, and what comes twice is there twice.

mod baum;
pub(crate) mod fitconnect;
mod nachricht;
pub(crate) mod rueckmeldung;
pub(crate) mod schema;
mod xta;

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write as _},
    path::PathBuf,
    sync::Mutex,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hyper::{
    Method, StatusCode,
    header::{ALLOW, CONTENT_TYPE, LOCATION, WWW_AUTHENTICATE},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tempfile::NamedTempFile;

use crate::{
    Anmeldung,
    fachverfahren::{
        fitconnect::FitConnect,
        nachricht::Nachricht,
        rueckmeldung::Auftrag,
        schema::Schemas,
        xta::{Fehler, Xta, Zugang},
    },
    http::{Anfrage, Antwort, sha256},
    journal::{Eingang, Journal, lock},
    server::{Merkmale, Partner},
    steuerung::Modus,
};

const IDEMPOTENCY_KEY: &str = "idempotency-key";
const CONTENT_DIGEST: &str = "content-digest";
const NACHRICHTEN: &str = "/nachrichten";
/// What waits to be fetched.
const RUECKMELDUNGEN: &str = "/rueckmeldungen";

pub(crate) struct Fachverfahren {
    ordner: PathBuf,
    schemas: Option<Schemas>,
    anmeldung: Anmeldung,
    grenze: usize,
    /// By UUID. Held while a message is stored: two at once with one key must not both be the first.
    register: Mutex<BTreeMap<String, Eintrag>>,
    xta: Xta,
    fitconnect: FitConnect,
    /// UUID and bytes of what waits to be fetched, oldest first. Gone with a restart.
    postfach: Mutex<Vec<(String, String)>>,
}

/// What is known of a stored message; lies as `<uuid>.json` beside `<uuid>.xml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Eintrag {
    uuid: String,
    sha256: String,
    groesse: u64,
    /// The number from which the Aktenzeichen is made.
    lfd: u64,
    aktenzeichen: String,
}

impl Fachverfahren {
    pub fn open(
        ordner: PathBuf,
        schemas: Option<Schemas>,
        anmeldung: Anmeldung,
        grenze: usize,
    ) -> io::Result<Fachverfahren> {
        fs::create_dir_all(&ordner)?;
        let mut register = BTreeMap::new();
        for file in fs::read_dir(&ordner)? {
            let path = file?.path();
            // The message is renamed into place last: an entry without one was cut off by a crash.
            if path.extension().is_some_and(|extension| extension == "json")
                && path.with_extension("xml").exists()
            {
                let eintrag: Eintrag = serde_json::from_slice(&fs::read(&path)?)?;
                register.insert(eintrag.uuid.clone(), eintrag);
            }
        }
        let xta = Xta::open(ordner.join("xta"), schemas.as_ref())?;
        let fitconnect = FitConnect::open(ordner.join("fit-connect"))?;
        let register = Mutex::new(register);
        let postfach = Mutex::default();
        Ok(Fachverfahren {
            ordner,
            schemas,
            anmeldung,
            grenze,
            register,
            xta,
            fitconnect,
            postfach,
        })
    }

    /// Takes a message that came on another way than the HTTPS contract. A second one with the same
    /// UUID is another message there: `<uuid>#2`.
    fn take(&self, bytes: &[u8]) -> Result<(), Ablehnung> {
        let nachricht = Nachricht::read(bytes).map_err(Ablehnung::NotReadable)?;
        let mut file = self.write_temp(bytes)?;
        if let Some(schemas) = &self.schemas {
            schemas.validate(&nachricht.namespace, file.path())?;
        }
        let mut register = lock(&self.register);
        let uuid = nachricht.uuid.to_ascii_lowercase();
        let key = (1..)
            .map(|n| if n == 1 { uuid.clone() } else { format!("{uuid}#{n}") })
            .find(|key| !register.contains_key(key))
            .unwrap_or_default();
        let eintrag = self.keep(&register, key.clone(), bytes, &mut file)?;
        file.persist(self.ordner.join(format!("{key}.xml"))).map_err(|error| error.error)?;
        register.insert(key, eintrag);
        Ok(())
    }

    /// Writes the entry of a message whose file is about to get its name.
    fn keep(
        &self,
        register: &BTreeMap<String, Eintrag>,
        key: String,
        bytes: &[u8],
        file: &mut NamedTempFile,
    ) -> Result<Eintrag, Ablehnung> {
        let lfd = 1 + register.values().map(|eintrag| eintrag.lfd).max().unwrap_or(0);
        let eintrag = Eintrag {
            uuid: key.clone(),
            sha256: sha256(bytes),
            groesse: bytes.len() as u64,
            lfd,
            aktenzeichen: format!("ABH-{lfd:06}"),
        };
        let entry = serde_json::to_vec_pretty(&eintrag).map_err(io::Error::from)?;
        self.write_temp(&entry)?
            .persist(self.ordner.join(format!("{key}.json")))
            .map_err(|error| error.error)?;
        file.flush()?;
        Ok(eintrag)
    }

    fn accept(&self, anfrage: &Anfrage) -> Result<Antwort, Ablehnung> {
        let key = check_header(anfrage)?;
        let Some(bytes) = &anfrage.inhalt else {
            return Err(Ablehnung::TooLarge(self.grenze));
        };
        check_digest(anfrage.header(CONTENT_DIGEST), bytes)?;
        let nachricht = Nachricht::read(bytes).map_err(Ablehnung::NotReadable)?;
        if !nachricht.uuid.eq_ignore_ascii_case(&key) {
            return Err(Ablehnung::OtherKey);
        }
        let digest = sha256(bytes);
        if let Some(eintrag) = lock(&self.register).get(&key) {
            return repeat(eintrag, &digest);
        }

        let mut file = self.write_temp(bytes)?;
        if let Some(schemas) = &self.schemas {
            schemas.validate(&nachricht.namespace, file.path())?;
        }
        let mut register = lock(&self.register);
        if let Some(eintrag) = register.get(&key) {
            return repeat(eintrag, &digest);
        }
        let eintrag = self.keep(&register, key.clone(), bytes, &mut file)?;
        file.persist(self.ordner.join(format!("{key}.xml"))).map_err(|error| error.error)?;
        let body = json!({ "aktenzeichen": eintrag.aktenzeichen });
        register.insert(key.clone(), eintrag);
        Ok(Antwort::json(StatusCode::CREATED, &body)
            .with(LOCATION, format!("{}{NACHRICHTEN}/{key}", anfrage.base())))
    }

    pub fn revoke_tokens(&self) {
        self.fitconnect.revoke();
    }

    fn ask(&self, uuid: &str) -> Antwort {
        match lock(&self.register).get(&uuid.to_ascii_lowercase()) {
            Some(eintrag) => Antwort::json(
                StatusCode::OK,
                &json!({
                    "uuid": eintrag.uuid,
                    "sha256": eintrag.sha256,
                    "aktenzeichen": eintrag.aktenzeichen,
                }),
            ),
            None => Antwort::text(
                StatusCode::NOT_FOUND,
                "FV-4040: Eine Nachricht mit dieser nachrichtenUUID liegt nicht vor.",
            ),
        }
    }

    /// `POST /rueckmeldung`: writes a message back and sends it, or lays it out to be fetched.
    fn send_back(&self, body: &[u8]) -> Result<serde_json::Value, String> {
        let auftrag: Auftrag = serde_json::from_slice(body).map_err(|error| error.to_string())?;
        let key = auftrag.zu.to_ascii_lowercase();
        let is_da = auftrag.xml.is_some() || lock(&self.register).contains_key(&key);
        if !is_da {
            return Err(format!("there is no message `{key}`"));
        }
        // Only what is registered has a name that is a file's name.
        let bezug = fs::read(self.ordner.join(format!("{key}.xml"))).ok();
        let nummer = bezug.and_then(|bytes| Nachricht::read(&bytes).ok()).map(|it| it.antrag);
        let (uuid, xml) =
            auftrag.write(&nummer.unwrap_or_default()).map_err(|error| error.to_string())?;
        let Some(an) = &auftrag.an else {
            lock(&self.postfach).push((uuid.clone(), xml));
            return Ok(json!({ "uuid": uuid }));
        };
        let (status, antwort) = rueckmeldung::send(an, auftrag.token.as_deref(), &xml)
            .map_err(|error| error.to_string())?;
        Ok(json!({ "uuid": uuid, "status": status, "antwort": antwort }))
    }

    /// `GET /rueckmeldungen`, `GET /rueckmeldungen/{uuid}`, `POST /rueckmeldungen/{uuid}/quittung`
    fn fetch(&self, methode: &Method, rest: &str) -> Antwort {
        let mut postfach = lock(&self.postfach);
        let rest = rest.trim_start_matches('/');
        let (uuid, quittung) = match rest.strip_suffix("/quittung") {
            Some(uuid) => (uuid, true),
            None => (rest, false),
        };
        let gefunden = postfach.iter().position(|(wartend, _)| wartend == uuid);
        match (methode, uuid, gefunden) {
            (&Method::GET, "", _) => {
                let uuids: Vec<&str> = postfach.iter().map(|(uuid, _)| uuid.as_str()).collect();
                Antwort::json(StatusCode::OK, &json!({ "rueckmeldungen": uuids }))
            }
            (&Method::GET, _, Some(platz)) if !quittung => {
                Antwort::new(StatusCode::OK, "application/xml", postfach[platz].1.clone())
            }
            (&Method::POST, _, Some(platz)) if quittung => {
                postfach.remove(platz);
                Antwort::new(StatusCode::NO_CONTENT, "text/plain", "")
            }
            _ => {
                Antwort::text(StatusCode::NOT_FOUND, "FV-4042: Diese Nachricht wartet hier nicht.")
            }
        }
    }

    fn write_temp(&self, bytes: &[u8]) -> io::Result<NamedTempFile> {
        let mut file = NamedTempFile::new_in(&self.ordner)?;
        file.write_all(bytes)?;
        Ok(file)
    }
}

impl Partner for Fachverfahren {
    type Auftrag = Anfrage;

    fn grenze(&self) -> usize {
        self.grenze
    }

    fn read(&self, anfrage: Anfrage) -> (Merkmale, Anfrage) {
        let merkmale = if Xta::has(&anfrage.pfad) {
            Merkmale { aktion: Xta::action(&anfrage), ..Merkmale::default() }
        } else if FitConnect::has(&anfrage.pfad) {
            Merkmale { aktion: FitConnect::action(&anfrage), ..Merkmale::default() }
        } else if anfrage.pfad == NACHRICHTEN {
            Merkmale {
                aktion: "senden".to_owned(),
                schluessel: anfrage.header(IDEMPOTENCY_KEY).map(unquote),
                schreibt: anfrage.methode == Method::POST,
                sha256: anfrage.inhalt.as_deref().map(sha256),
                groesse: anfrage.inhalt.as_ref().map(|bytes| bytes.len() as u64),
            }
        } else {
            let uuid = asked_uuid(&anfrage);
            Merkmale {
                aktion: match uuid {
                    Some(_) => "fragen",
                    None if anfrage.pfad.starts_with(RUECKMELDUNGEN) => "abholen",
                    None => "unbekannt",
                }
                .to_owned(),
                schluessel: uuid.map(str::to_ascii_lowercase),
                ..Merkmale::default()
            }
        };
        (merkmale, anfrage)
    }

    fn execute(&self, anfrage: Anfrage) -> Antwort {
        self.execute_as(anfrage, Modus::Normal, None)
    }

    fn execute_as(&self, anfrage: Anfrage, modus: Modus, text: Option<&str>) -> Antwort {
        if Xta::has(&anfrage.pfad) {
            let store = |zugang: Zugang| self.take(&zugang.bytes).map_err(Ablehnung::into_xta);
            return self.xta.execute(&anfrage, modus, text, store);
        }
        if FitConnect::has(&anfrage.pfad) {
            let store = |bytes: Vec<u8>| self.take(&bytes).map_err(|error| error.to_string());
            return self.fitconnect.execute(&anfrage, modus, text, store);
        }
        if !anfrage.is_authorised(&self.anmeldung) {
            return Ablehnung::Unauthorised.answer();
        }
        let not_allowed = |allow| Ablehnung::Method(allow).answer();
        if let Some(rest) = anfrage.pfad.strip_prefix(RUECKMELDUNGEN) {
            return self.fetch(&anfrage.methode, rest);
        }
        match (asked_uuid(&anfrage), &anfrage.methode) {
            (Some(uuid), &Method::GET) => self.ask(uuid),
            (Some(_), _) => not_allowed("GET"),
            (None, &Method::POST) if anfrage.pfad == NACHRICHTEN => {
                self.accept(&anfrage).unwrap_or_else(|ablehnung| ablehnung.answer())
            }
            (None, _) if anfrage.pfad == NACHRICHTEN => not_allowed("POST"),
            (None, _) => Antwort::text(
                StatusCode::NOT_FOUND,
                "FV-4041: Unter dieser Adresse gibt es keinen Dienst.",
            ),
        }
    }

    fn make_up(&self, modus: Modus, text: Option<&str>) -> Antwort {
        let (status, default) = match modus {
            Modus::Konflikt409 => {
                (StatusCode::CONFLICT, "FV-4090: Die Nachricht liegt bereits vor.")
            }
            Modus::Abgelehnt422 => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "FV-4229: Die Nachricht wurde fachlich abgelehnt. Der Vorgang kann nicht angelegt werden.",
            ),
            Modus::Ueberlastet429 => (
                StatusCode::TOO_MANY_REQUESTS,
                "FV-4290: Es gehen zu viele Nachrichten ein. Bitte senden Sie später erneut.",
            ),
            Modus::XtaFehler => {
                let nummer = text.and_then(|text| text.parse().ok()).unwrap_or(9030);
                return xta::fault(&Fehler::new(nummer, format!("Fehlertext zu {nummer}")));
            }
            Modus::Muell => {
                let body = text.unwrap_or(r#"{"aktenzeichen":"ABH-"#);
                return Antwort::new(StatusCode::OK, "application/json;charset=utf-8", body);
            }
            _ => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "FV-5000: Interner Fehler in der Nachrichtenannahme.",
            ),
        };
        Antwort::text(status, text.unwrap_or(default))
    }

    fn stored(&self) -> Vec<Eingang> {
        let register = lock(&self.register);
        let entries = register.values().map(|eintrag| Eingang {
            schluessel: eintrag.uuid.clone(),
            gespeichert: true,
            sha256: Some(eintrag.sha256.clone()),
            groesse: Some(eintrag.groesse),
            aktenzeichen: Some(eintrag.aktenzeichen.clone()),
            ..Eingang::default()
        });
        entries.collect()
    }

    fn forget(&self) -> io::Result<()> {
        self.xta.forget()?;
        self.fitconnect.forget()?;
        let mut register = lock(&self.register);
        while let Some((uuid, eintrag)) = register.pop_first() {
            let deleted = fs::remove_file(self.ordner.join(format!("{uuid}.xml")))
                .and_then(|()| fs::remove_file(self.ordner.join(format!("{uuid}.json"))));
            match deleted {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    register.insert(uuid, eintrag);
                    return Err(error);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn state(&self) -> serde_json::Value {
        json!({ "schemapruefung": self.schemas.is_some() })
    }

    fn journal(&self) -> io::Result<Journal> {
        Journal::open(self.ordner.join("journal.jsonl"))
    }

    fn control(&self, anfrage: &Anfrage) -> Option<Antwort> {
        if (anfrage.pfad.as_str(), &anfrage.methode) != ("/rueckmeldung", &Method::POST) {
            return None;
        }
        Some(match self.send_back(anfrage.inhalt.as_deref().unwrap_or_default()) {
            Ok(json) => Antwort::json(StatusCode::OK, &json),
            Err(error) => Antwort::text(StatusCode::BAD_REQUEST, error),
        })
    }
}

/// Why a message is not taken, in the words of a maker.
#[derive(Debug, thiserror::Error)]
enum Ablehnung {
    #[error("FV-4010: Die Anmeldung fehlt oder ist ungültig.")]
    Unauthorised,
    #[error("FV-4050: Diese Methode wird hier nicht unterstützt. Erlaubt ist {0}.")]
    Method(&'static str),
    #[error("FV-4150: Der Content-Type muss application/xml sein.")]
    MediaType,
    #[error("FV-4130: Die Nachricht ist größer als die erlaubten {0} Byte.")]
    TooLarge(usize),
    #[error("FV-4001: Der Header Idempotency-Key fehlt oder ist keine UUID.")]
    NoKey,
    #[error(
        "FV-4002: Der Header Content-Digest mit sha-256 nach RFC 9530 fehlt oder ist nicht lesbar."
    )]
    NoDigest,
    #[error(
        "FV-4003: Der Content-Digest passt nicht zum empfangenen Inhalt. Die Übertragung war fehlerhaft."
    )]
    OtherDigest,
    #[error("FV-4220: Die Nachricht ist kein wohlgeformtes XML. {0}")]
    NotReadable(nachricht::LeseFehler),
    #[error(
        "FV-4221: Der Idempotency-Key stimmt nicht mit der nachrichtenUUID der Nachricht überein."
    )]
    OtherKey,
    #[error(
        "FV-4222: Unter dieser nachrichtenUUID liegt bereits eine Nachricht mit anderem Inhalt vor (Aktenzeichen {0})."
    )]
    OtherContent(String),
    #[error(transparent)]
    Schema(#[from] schema::SchemaFehler),
    #[error("FV-5001: Die Nachricht konnte nicht gespeichert werden.")]
    Io(#[from] io::Error),
}

impl Ablehnung {
    /// The same in the numbers of XTA.
    fn into_xta(self) -> Fehler {
        let nummer = match &self {
            Ablehnung::Schema(fehler) if !fehler.is_ours() => 9050,
            Ablehnung::NotReadable(_) => 9051,
            _ => 9030,
        };
        Fehler::new(nummer, self.to_string())
    }

    /// The one place where a refusal becomes an HTTP status.
    fn answer(&self) -> Antwort {
        let status = match self {
            Ablehnung::Unauthorised => StatusCode::UNAUTHORIZED,
            Ablehnung::Method(_) => StatusCode::METHOD_NOT_ALLOWED,
            Ablehnung::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Ablehnung::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Ablehnung::NoKey | Ablehnung::NoDigest | Ablehnung::OtherDigest => {
                StatusCode::BAD_REQUEST
            }
            Ablehnung::NotReadable(_) | Ablehnung::OtherKey | Ablehnung::OtherContent(_) => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Ablehnung::Schema(fehler) if fehler.is_ours() => StatusCode::INTERNAL_SERVER_ERROR,
            Ablehnung::Schema(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Ablehnung::Io(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let antwort = Antwort::text(status, self.to_string());
        match self {
            Ablehnung::Unauthorised => {
                antwort.with(WWW_AUTHENTICATE, r#"Bearer realm="Fachverfahren""#)
            }
            Ablehnung::Method(allow) => antwort.with(ALLOW, *allow),
            _ => antwort,
        }
    }
}

/// The idempotency key in lower case, if media type and key are as they must be.
fn check_header(anfrage: &Anfrage) -> Result<String, Ablehnung> {
    let medientyp = anfrage.header(CONTENT_TYPE).unwrap_or_default();
    let medientyp = medientyp.split(';').next().unwrap_or_default().trim();
    if !medientyp.eq_ignore_ascii_case("application/xml") {
        return Err(Ablehnung::MediaType);
    }
    let key = anfrage.header(IDEMPOTENCY_KEY).map(unquote).ok_or(Ablehnung::NoKey)?;
    if is_uuid(&key) { Ok(key) } else { Err(Ablehnung::NoKey) }
}

/// Reads `sha-256=:<base64>:` among other digests (RFC 9530 § 2) and compares.
fn check_digest(header: Option<&str>, bytes: &[u8]) -> Result<(), Ablehnung> {
    let encoded = header
        .unwrap_or_default()
        .split(',')
        .filter_map(|member| member.trim().split_once('='))
        .filter(|(algorithm, _)| *algorithm == "sha-256")
        .find_map(|(_, value)| value.strip_prefix(':')?.strip_suffix(':'))
        .ok_or(Ablehnung::NoDigest)?;
    let digest = STANDARD.decode(encoded).map_err(|_| Ablehnung::NoDigest)?;
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    if digest == sha256(bytes) { Ok(()) } else { Err(Ablehnung::OtherDigest) }
}

/// The same key again: the same bytes are already there, other bytes are a mistake.
fn repeat(eintrag: &Eintrag, digest: &str) -> Result<Antwort, Ablehnung> {
    if eintrag.sha256 != digest {
        return Err(Ablehnung::OtherContent(eintrag.aktenzeichen.clone()));
    }
    Ok(Antwort::json(StatusCode::CONFLICT, &json!({ "aktenzeichen": eintrag.aktenzeichen })))
}

fn asked_uuid(anfrage: &Anfrage) -> Option<&str> {
    let uuid = anfrage.pfad.strip_prefix(NACHRICHTEN)?.strip_prefix('/')?;
    is_uuid(uuid).then_some(uuid)
}

/// Lower case and without the quotes that a structured field would have.
fn unquote(key: &str) -> String {
    let key = key.trim();
    let bare = key.strip_prefix('"').and_then(|key| key.strip_suffix('"')).unwrap_or(key);
    bare.to_ascii_lowercase()
}

/// Also keeps anything but hex digits and hyphens out of file names.
fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}
