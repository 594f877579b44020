//! The DMS: one port, an adapter for each kind of DMS, and the order in which a Vorgang is filed:
//! Akte, Vorgang, documents, and at the end the mark that all are there.
//!
//! Every operation finds what an earlier attempt made by its external key, and each id is noted as
//! soon as it is known: what was interrupted goes on where it stood.

pub(crate) mod cmis;
pub(crate) mod dvelop;
mod leitung;
pub(crate) mod schritt;
pub(crate) mod xdomea;
pub(crate) mod zuordnung;

use serde::{Deserialize, Serialize};

pub use self::schritt::{Ablauf, Schritt, Schrittart};
use self::{cmis::Cmis, dvelop::Dvelop, leitung::Leitung, xdomea::Xdomea};
use crate::{
    aktenplan::{Ablageplan, Dokumentquelle, Zustaendig},
    ausgang::{Abbruch, Ausgang, Grund},
    einstellungen::{self, Adapter},
    lauf::{ANRUF, Welt},
    zusteller::{Lieferung, Zusteller},
};

/// Stands for the id of the DMS where the Fachverfahren files by itself.
const BEIM_FACHVERFAHREN: &str = "legt das Fachverfahren ab";

/// A DMS. All operations may be repeated: what is there already is found by its external key.
trait Dms {
    /// Whether documents are filed one by one; else nothing is there before [`Dms::complete`].
    const EINZELN: bool;

    /// Whether the DMS is there, lets us in, and has what the settings name.
    async fn ping(&mut self) -> Result<(), Abbruch>;

    /// Whether an Akte or a Vorgang that was made before is still there. `abschluss` is how far its
    /// end was.
    async fn reopen(&mut self, id: &str, abschluss: &str) -> Result<bool, Abbruch>;

    /// The id of the Akte.
    async fn find_or_create_akte(&mut self, akte: &Schritt) -> Result<String, Abbruch>;

    /// The id of the Vorgang in the Akte of this id.
    async fn find_or_create_vorgang(
        &mut self,
        akte: &str,
        vorgang: &Schritt,
    ) -> Result<String, Abbruch>;

    /// The id of a document in the Vorgang of this id.
    async fn file_document(
        &mut self,
        vorgang: &str,
        dokument: &Schritt,
        inhalt: Vec<u8>,
    ) -> Result<String, Abbruch>;

    /// All documents are there. The adapter may say how far it is, to be noted before it goes on:
    /// then it is called again.
    async fn complete(&mut self, vorgang: &str, abschluss: &str) -> Result<Abschluss, Abbruch>;
}

/// How far [`Dms::complete`] is.
enum Abschluss {
    Fertig,
    /// To be noted, and handed in with the next call.
    Schritt(String),
}

/// What an attempt has achieved: ids only, since it is stored as it is.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Fortschritt {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    akte: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    vorgang: Option<String>,
    /// In the order of the documents.
    #[serde(default)]
    dokumente: Vec<String>,
    /// How far the end is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    abschluss: String,
}

/// Delivers to a DMS.
pub(crate) struct Verakter<'a>(pub &'a einstellungen::Dms);

impl Zusteller for Verakter<'_> {
    async fn deliver<W: Welt>(&self, lieferung: Lieferung<'_, W>) -> Result<Ausgang, Abbruch> {
        let vorgang = lieferung.ablage.vorgang(&lieferung.pacht.vorgang).await?;
        let Some(plan) = self.0.aktenplan.plan(&vorgang, &lieferung.pacht.folge) else {
            return Ok(Ausgang::Betreiber(Grund::new("aktenplan")));
        };
        if plan.zustaendig == Zustaendig::Fachverfahren {
            return Ok(Ausgang::Zugestellt(Some(BEIM_FACHVERFAHREN.to_owned())));
        }
        let leitung = Leitung::new(
            lieferung.welt,
            self.0.anmeldung.as_deref(),
            lieferung.ende,
            lieferung.is_unklar,
        );
        let kennung = lieferung.pacht.uuid.clone();
        let ablauf = self.0.ablauf(&plan, &kennung);
        match &self.0.adapter {
            Adapter::Cmis(adapter) => {
                let dms = Cmis::new(self.0, adapter, leitung);
                file(dms, lieferung, &plan, &ablauf).await
            }
            Adapter::Dvelop(adapter) => {
                let dms = Dvelop::new(self.0, adapter, leitung).with_vorgang(&ablauf.vorgang);
                file(dms, lieferung, &plan, &ablauf).await
            }
            Adapter::Xdomea(adapter) => {
                let dms = Xdomea::new(self.0, adapter, leitung, &plan, &kennung)?;
                file(dms, lieferung, &plan, &ablauf).await
            }
        }
    }
}

impl einstellungen::Dms {
    /// What the adapter of the settings creates where for this plan. `kennung` names the delivery.
    pub fn ablauf(&self, plan: &Ablageplan, kennung: &str) -> Ablauf {
        match &self.adapter {
            Adapter::Cmis(adapter) => cmis::ablauf(adapter, &self.pfad, plan),
            Adapter::Dvelop(adapter) => dvelop::ablauf(adapter, plan),
            Adapter::Xdomea(adapter) => xdomea::ablauf(adapter, plan, kennung),
        }
    }
}

/// Asks whether the DMS of the settings can be filed into, without filing anything.
///
/// # Errors
/// Code and words of the partner, as they would stand at a delivery.
pub async fn ping<W: Welt>(
    welt: &W,
    dms: &einstellungen::Dms,
) -> Result<(), (String, Option<String>)> {
    let leitung = Leitung::new(welt, dms.anmeldung.as_deref(), welt.jetzt().plus(ANRUF), false);
    let antwort = match &dms.adapter {
        Adapter::Cmis(adapter) => Cmis::new(dms, adapter, leitung).ping().await,
        Adapter::Dvelop(adapter) => Dvelop::new(dms, adapter, leitung).ping().await,
        Adapter::Xdomea(adapter) => xdomea::ping(dms, adapter, &leitung).await,
    };
    match antwort {
        Ok(()) => Ok(()),
        Err(Abbruch::Ausgang(ausgang)) => match ausgang.grund() {
            Some(grund) => Err((grund.code.clone(), grund.text.clone())),
            None => Ok(()),
        },
        Err(Abbruch::Ablage(error)) => Err(("ablage".to_owned(), Some(error.to_string()))),
    }
}

/// Files a Vorgang in its order, or what is still missing of it.
async fn file<W: Welt, D: Dms>(
    mut dms: D,
    mut lieferung: Lieferung<'_, W>,
    plan: &Ablageplan,
    ablauf: &Ablauf,
) -> Result<Ausgang, Abbruch> {
    let mut fortschritt: Fortschritt = lieferung
        .pacht
        .fortschritt
        .as_deref()
        .and_then(|fortschritt| serde_json::from_str(fortschritt).ok())
        .unwrap_or_default();
    dms.ping().await?;
    let vorgang = match fortschritt.vorgang.take() {
        // A caseworker may have moved or renamed it meanwhile, or thrown it away.
        Some(id) if dms.reopen(&id, &fortschritt.abschluss).await? => id,
        _ => {
            fortschritt = Fortschritt { akte: fortschritt.akte.take(), ..Fortschritt::default() };
            let akte = match fortschritt.akte.take() {
                Some(id) if dms.reopen(&id, "").await? => id,
                _ => dms.find_or_create_akte(&ablauf.akte).await?,
            };
            fortschritt.akte = Some(akte.clone());
            note(&mut lieferung, &fortschritt).await?;
            dms.find_or_create_vorgang(&akte, &ablauf.vorgang).await?
        }
    };
    fortschritt.vorgang = Some(vorgang.clone());
    if fortschritt.dokumente.is_empty() {
        note(&mut lieferung, &fortschritt).await?;
    }
    let is_collecting = !D::EINZELN && fortschritt.abschluss.is_empty();
    let begin = if is_collecting { 0 } else { fortschritt.dokumente.len() };
    let dokumente = plan.dokumente.iter().zip(&ablauf.dokumente);
    for (dokument, schritt) in dokumente.skip(begin) {
        if lieferung.rest() < ANRUF / 2 {
            return Ok(Ausgang::Angehalten);
        }
        let nummer = &lieferung.pacht.vorgang;
        let inhalt = match &dokument.quelle {
            Dokumentquelle::Nachricht(art) => lieferung.ablage.nachricht(nummer, art).await?.1,
            Dokumentquelle::Anlage(id) => lieferung.ablage.anlage(nummer, id).await?,
        };
        let id = dms.file_document(&vorgang, schritt, inhalt).await?;
        if D::EINZELN {
            fortschritt.dokumente.push(id);
            note(&mut lieferung, &fortschritt).await?;
        }
    }
    loop {
        match dms.complete(&vorgang, &fortschritt.abschluss).await? {
            Abschluss::Fertig => return Ok(Ausgang::Zugestellt(Some(vorgang))),
            Abschluss::Schritt(stand) => {
                fortschritt.abschluss = stand;
                note(&mut lieferung, &fortschritt).await?;
            }
        }
    }
}

async fn note<W: Welt>(
    lieferung: &mut Lieferung<'_, W>,
    fortschritt: &Fortschritt,
) -> Result<(), Abbruch> {
    let json = serde_json::to_string(fortschritt).expect("strings are always JSON");
    lieferung.note(&json).await
}
