//! XTA 2, web service 2.1.1: SOAP 1.2 with WS-Addressing, the client known by its TLS certificate.
//!
//! The server gives a message id first, and takes a message under each id once. The id is noted
//! before the message is sent, so a message whose answer was lost is either found in the transport
//! report or sent again under the same id, which the server refuses with 9024 if it has it.
//! Delivered is what the transport report calls green or yellow; the report is kept.

mod fehler;
mod umschlag;

use ablage::{AblageError, Zeitpunkt};
use serde::{Deserialize, Serialize};

use crate::{
    ausgang::{Abbruch, Ausgang, Grund, Klasse},
    client::{Antwort, bounded},
    lauf::Welt,
    xml::Knoten,
    zusteller::{
        Aufruf, Lieferung, ZUSAMMENFASSUNG, Zusteller,
        nachricht::Nachrichtenart,
        xta::{
            fehler::{UNBEKANNT, VERGEBEN, XtaFehler},
            umschlag::{Aktion, OSCIMETA, SOAP, Sendung, WSA, XTA},
        },
    },
};

/// Longest message id that is taken, in bytes.
const ID_MAX: usize = 500;
/// Longest transport report that is kept, in bytes.
const BERICHT_MAX: usize = 64 << 10;

/// How an XTA server is spoken to.
pub(crate) struct XtaEinstellungen {
    /// URL of the port for messages.
    pub send_port: String,
    /// URL of the port for ids and reports.
    pub management_port: String,
    pub regeln: Regeln,
}

/// `fachverfahren_einstellungen` of `xta2`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Regeln {
    /// Path of the port on the origin; the path of the Fachverfahren if missing.
    pub send_port: Option<String>,
    /// The same for ids and reports.
    pub management_port: Option<String>,
    pub autor: Teilnehmer,
    pub leser: Teilnehmer,
    /// URI of the service.
    pub dienst: String,
    pub szenario: Szenario,
    /// What the message itself says, if missing.
    pub nachrichtentyp: Option<Nachrichtentyp>,
    /// Name of a service profile.
    pub dienstguete: Option<String>,
    /// Whether the PDF travels beside the message.
    #[serde(default)]
    pub zusammenfassung: bool,
    /// Marks all messages as tests.
    #[serde(default)]
    pub test: bool,
}

/// Who sends or reads.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Teilnehmer {
    /// How to understand `kennung`, such as `xoev`.
    pub typ: String,
    /// Such as `alp:musterstadt`.
    pub kennung: String,
    pub name: Option<String>,
}

/// `{"code": …, "liste": …, "version": …}` or `{"frei": …}`.
#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub(crate) enum Szenario {
    Liste { code: String, liste: String, version: String },
    Frei { frei: String },
}

/// Which code the gateway expects.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nachrichtentyp {
    pub liste: String,
    pub version: String,
    /// The type of the message itself, if missing.
    pub code: Option<String>,
}

/// Delivers to an XTA server.
pub(crate) struct Xta<'a>(pub &'a XtaEinstellungen);

/// What a server answers to the question whether our account is active.
pub(crate) enum Kontoauskunft {
    Aktiv,
    /// It refuses us.
    KeinZugang(String),
    /// It refuses the question.
    Fehler(String),
    /// Something else answers.
    KeinXta,
}

impl XtaEinstellungen {
    /// The question whether our account is active: envelope and media type. It changes nothing.
    pub fn account_request(&self) -> Result<(Vec<u8>, String), AblageError> {
        let aktion = Aktion::CheckAccount;
        let umschlag = umschlag::question(&self.management_port, &self.regeln, aktion, None)?;
        Ok((umschlag, aktion.medientyp()))
    }
}

impl Kontoauskunft {
    pub fn read(antwort: &Antwort) -> Kontoauskunft {
        let Some(rumpf) = body(antwort) else { return Kontoauskunft::KeinXta };
        let Some(fault) = rumpf.kind(SOAP, "Fault") else {
            return match Klasse::of(antwort.status) {
                Klasse::Erfolg => Kontoauskunft::Aktiv,
                _ => Kontoauskunft::KeinXta,
            };
        };
        let fehler = XtaFehler::read(fault);
        let nummer = fehler.nummer.map(|nummer| format!("{nummer} ")).unwrap_or_default();
        let wortlaut = format!("{nummer}{}", fehler.text.as_deref().unwrap_or_default());
        match fehler.is_zugang() {
            true => Kontoauskunft::KeinZugang(wortlaut),
            false => Kontoauskunft::Fehler(wortlaut),
        }
    }
}

/// What an attempt has achieved. Stored as it is; the report holds what we wrote into the
/// MessageMetaData and what the server adds, no answers of applicants.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fortschritt {
    message_id: Option<String>,
    /// The server has said that it has it.
    gesendet: bool,
    /// The final transport report.
    bericht: Option<String>,
}

/// What the transport report says.
enum Bericht {
    /// Under way.
    Offen,
    /// Delivered.
    Zugestellt,
    /// Failed for good.
    Rot(Option<String>),
    /// Not under this id.
    Unbekannt,
}

impl Zusteller for Xta<'_> {
    async fn deliver<W: Welt>(&self, mut lieferung: Lieferung<'_, W>) -> Result<Ausgang, Abbruch> {
        let mut stand: Fortschritt = lieferung.fortschritt();
        let id = match &stand.message_id {
            Some(id) => id.clone(),
            None => {
                // What has no id was never sent.
                lieferung.is_unklar = false;
                let id = self.create_id(&lieferung).await?;
                stand.message_id = Some(id.clone());
                save(&mut lieferung, &stand).await?;
                id
            }
        };
        if stand.gesendet || lieferung.is_unklar {
            match self.report(&lieferung, &id, &mut stand).await? {
                // A server may call an id open that it only gave away.
                Bericht::Offen | Bericht::Unbekannt if !stand.gesendet => {}
                bericht => return settle(&mut lieferung, &mut stand, id, bericht).await,
            }
        }
        self.send(&mut lieferung, &id, &mut stand).await?;
        stand.gesendet = true;
        save(&mut lieferung, &stand).await?;
        lieferung.is_unklar = true;
        let bericht = self.report(&lieferung, &id, &mut stand).await?;
        settle(&mut lieferung, &mut stand, id, bericht).await
    }
}

impl Xta<'_> {
    async fn create_id<W: Welt>(&self, lieferung: &Lieferung<'_, W>) -> Result<String, Abbruch> {
        let url = &self.0.management_port;
        let umschlag = umschlag::question(url, &self.0.regeln, Aktion::CreateId, None)?;
        let (antwort, rumpf) = call(lieferung, soap(url, Aktion::CreateId, umschlag).harmless())
            .await
            .map_err(|error| error.into_abbruch(lieferung, false))?;
        let id = rumpf.kind(WSA, "MessageID").map(|id| id.text.clone());
        match id {
            Some(id) if !id.is_empty() && id.len() <= ID_MAX => Ok(id),
            _ => Err(Ausgang::Verschoben(unreadable(&antwort, lieferung.jetzt())).into()),
        }
    }

    /// The message goes out. That the server has it already is as good.
    async fn send<W: Welt>(
        &self,
        lieferung: &mut Lieferung<'_, W>,
        id: &str,
        stand: &mut Fortschritt,
    ) -> Result<(), Abbruch> {
        let vorgang = lieferung.pacht.vorgang;
        let (nachricht, inhalt) = lieferung.ablage.nachricht(&vorgang, lieferung.name()).await?;
        let zusammenfassung = match self.0.regeln.zusammenfassung && lieferung.is_antrag() {
            true => Some(lieferung.ablage.nachricht(&vorgang, ZUSAMMENFASSUNG).await?.1),
            false => None,
        };
        let Ok(art) = Nachrichtenart::read(&inhalt) else {
            return Err(Ausgang::Betreiber(Grund::new("nachricht-unlesbar")).into());
        };
        let sendung = Sendung {
            id,
            art: &art,
            angelegt_am: lieferung.pacht.angelegt_am,
            uuid: &lieferung.pacht.uuid,
            medientyp: &nachricht.medientyp,
            inhalt: &inhalt,
            zusammenfassung: zusammenfassung.as_deref(),
        };
        let url = &self.0.send_port;
        let Some(umschlag) = umschlag::message(url, &self.0.regeln, &sendung)? else {
            return Err(Ausgang::Betreiber(Grund::new("xta-nachrichtentyp")).into());
        };
        drop(inhalt);
        match call(lieferung, soap(url, Aktion::Send, umschlag)).await {
            Ok(_) => Ok(()),
            Err(CallError::Fehler(fehler, _)) if fehler.nummer == Some(VERGEBEN) => Ok(()),
            Err(error) => {
                if matches!(&error, CallError::Fehler(fehler, _) if fehler.is_final()) {
                    // Once it is mended it goes out as a new message.
                    *stand = Fortschritt::default();
                    save(lieferung, stand).await?;
                }
                Err(error.into_abbruch(lieferung, true))
            }
        }
    }

    async fn report<W: Welt>(
        &self,
        lieferung: &Lieferung<'_, W>,
        id: &str,
        stand: &mut Fortschritt,
    ) -> Result<Bericht, Abbruch> {
        let url = &self.0.management_port;
        let umschlag = umschlag::question(url, &self.0.regeln, Aktion::Report, Some(id))?;
        let aufruf = soap(url, Aktion::Report, umschlag).harmless();
        let (antwort, rumpf) = match call(lieferung, aufruf).await {
            Ok(gut) => gut,
            Err(CallError::Fehler(fehler, _)) if fehler.nummer == Some(UNBEKANNT) => {
                return Ok(Bericht::Unbekannt);
            }
            Err(error) => return Err(error.into_abbruch(lieferung, false)),
        };
        let report = rumpf.kind(XTA, "TransportReport");
        let is_ours = report
            .and_then(|report| report.kind(OSCIMETA, "MessageMetaData"))
            .and_then(|meta| meta.kind(OSCIMETA, "MsgIdentification")?.kind(WSA, "MessageID"))
            .is_some_and(|dort| dort.text == id);
        let status = report.and_then(|report| report.kind(XTA, "MessageStatus"));
        let (true, Some(status)) = (is_ours, status) else {
            return Err(Ausgang::Unklar(unreadable(&antwort, lieferung.jetzt())).into());
        };
        let bericht = match status.kind(XTA, "Status").map(|status| status.text.as_str()) {
            Some("0") => return Ok(Bericht::Offen),
            Some("1" | "2") => Bericht::Zugestellt,
            Some("3") => Bericht::Rot(reasons(status)),
            _ => return Err(Ausgang::Unklar(unreadable(&antwort, lieferung.jetzt())).into()),
        };
        let text = String::from_utf8_lossy(umschlag::soap_part(&antwort)).into_owned();
        stand.bericht = Some(text).filter(|text| text.len() <= BERICHT_MAX);
        Ok(bericht)
    }
}

async fn settle<W: Welt>(
    lieferung: &mut Lieferung<'_, W>,
    stand: &mut Fortschritt,
    id: String,
    bericht: Bericht,
) -> Result<Ausgang, Abbruch> {
    match bericht {
        Bericht::Zugestellt => {
            // The proof.
            save(lieferung, stand).await?;
            Ok(Ausgang::Zugestellt(Some(id)))
        }
        Bericht::Rot(text) => {
            // Whoever tries again wants a new message; the text of the report stays as the error.
            save(lieferung, &Fortschritt::default()).await?;
            Ok(Ausgang::Abgelehnt(Grund { text, ..Grund::new("xta-bericht-rot") }))
        }
        Bericht::Offen => Ok(Ausgang::Unterwegs(Grund::with_text(
            "xta-offen",
            "Der XTA-Server hat die Nachricht angenommen. Sein Transportbericht ist noch offen.",
        ))),
        Bericht::Unbekannt => {
            // It said that it had it. To send it again under the same id does no harm.
            stand.gesendet = false;
            save(lieferung, stand).await?;
            Ok(Ausgang::Unklar(Grund::new("xta-9070")))
        }
    }
}

async fn save<W: Welt>(
    lieferung: &mut Lieferung<'_, W>,
    stand: &Fortschritt,
) -> Result<(), Abbruch> {
    let json = serde_json::to_string(stand).expect("texts and booleans become JSON");
    lieferung.note(&json).await
}

/// Sends an envelope and reads the Body of the answer.
async fn call<W: Welt>(
    lieferung: &Lieferung<'_, W>,
    aufruf: Aufruf,
) -> Result<(Antwort, Knoten), CallError> {
    let antwort = lieferung.call(aufruf, None).await.map_err(CallError::Abbruch)?;
    let Some(rumpf) = body(&antwort) else { return Err(CallError::Status(antwort)) };
    match rumpf.kind(SOAP, "Fault") {
        Some(fault) => Err(CallError::Fehler(XtaFehler::read(fault), antwort)),
        None if Klasse::of(antwort.status) == Klasse::Erfolg => Ok((antwort, rumpf)),
        None => Err(CallError::Status(antwort)),
    }
}

fn soap(url: &str, aktion: Aktion, umschlag: Vec<u8>) -> Aufruf {
    Aufruf::post(url.to_owned(), aktion.medientyp(), umschlag)
}

/// The Body of an answer, if it is SOAP.
fn body(antwort: &Antwort) -> Option<Knoten> {
    let mut wurzel = Knoten::read(umschlag::soap_part(antwort)).ok()?;
    if !wurzel.is(SOAP, "Envelope") {
        return None;
    }
    let stelle = wurzel.kinder.iter().position(|kind| kind.is(SOAP, "Body"))?;
    Some(wurzel.kinder.swap_remove(stelle))
}

/// Why a call did not bring what it asks for.
enum CallError {
    /// The server refuses in the words of SOAP.
    Fehler(XtaFehler, Antwort),
    /// Something else answers, or in another way.
    Status(Antwort),
    /// Nothing answers.
    Abbruch(Abbruch),
}

impl CallError {
    /// `sends` says whether the message may have been taken.
    fn into_abbruch<W: Welt>(self, lieferung: &Lieferung<'_, W>, sends: bool) -> Abbruch {
        let ausgang = match self {
            CallError::Abbruch(abbruch) => return abbruch,
            CallError::Fehler(fehler, antwort) => {
                fehler.outcome(Grund::of(&antwort, lieferung.jetzt()), sends)
            }
            CallError::Status(antwort) => {
                let klasse = Klasse::of(antwort.status);
                let mut grund = Grund::of(&antwort, lieferung.jetzt());
                if klasse == Klasse::Erfolg {
                    grund.code = "antwort-unlesbar".to_owned();
                }
                match (klasse, sends) {
                    (Klasse::Erfolg | Klasse::Unklar | Klasse::Konflikt, true) => {
                        Ausgang::Unklar(grund)
                    }
                    (Klasse::Spaeter, _) | (Klasse::Erfolg | Klasse::Unklar, false) => {
                        Ausgang::Verschoben(grund)
                    }
                    (Klasse::Abgelehnt, true) => Ausgang::Abgelehnt(grund),
                    // Nobody refuses a question for good: the operator has to look at it.
                    (Klasse::Betreiber, _) | (Klasse::Abgelehnt | Klasse::Konflikt, false) => {
                        Ausgang::Betreiber(grund)
                    }
                }
            }
        };
        lieferung.still(ausgang).into()
    }
}

fn unreadable(antwort: &Antwort, jetzt: Zeitpunkt) -> Grund {
    Grund { code: "antwort-unlesbar".to_owned(), ..Grund::of(antwort, jetzt) }
}

/// What the report says went wrong, for the caseworker.
fn reasons(status: &Knoten) -> Option<String> {
    let listen = status.kinder.iter().filter(|liste| liste.name.ends_with("List"));
    let zeilen: Vec<&str> = listen
        .flat_map(|liste| &liste.kinder)
        .filter_map(|eintrag| eintrag.kind(XTA, "Reason"))
        .map(|reason| reason.text.as_str())
        .collect();
    bounded(&zeilen.join("\n"))
}
