//! What applicants send after the application: answers, further documents, the withdrawal.

use ablage::{
    Ablage, AblageError, Anlage, AnlageWahl, Empfang, Folgeart, NeueFolge, Pruefstand, Verbindung,
    Zeitpunkt, Zugangsstand, zufall,
};
use serde::Deserialize;
use serde_json::json;
use shared::{
    befund::{Befund, Ort, Parameter},
    din91379::{self, Datentyp},
    nachricht::{ANTWORT, Folge, Kopf, RUECKNAHME},
    vorgangsnummer::Vorgangsnummer,
};

use crate::{
    Umgebung,
    antraege::{self, Entwurf, read_json, read_schluessel, stichtag},
    ausfertigung,
    http::{Anfrage, Antwort},
    problem::Problem,
    vorgaenge::{enter, fachverfahren},
};

/// Characters of an answer.
const TEXT_MAX: usize = 4_000;

/// What an answer reads.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Antworten {
    /// The question that is answered; without one, documents that nobody has asked for.
    #[serde(default)]
    zu: Option<String>,
    #[serde(default)]
    text: String,
    #[serde(default)]
    entwurf: Option<Entwurf>,
}

/// What a withdrawal reads.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ruecknahme {
    /// Nobody withdraws by mistake.
    bestaetigt: bool,
}

/// `POST /api/vorgaenge/{nummer}/antworten`
pub async fn answer(
    umgebung: &impl Umgebung,
    anfrage: Anfrage<'_>,
    nummer: &str,
) -> Result<Antwort, Problem> {
    let Antworten { zu, text, entwurf } = read_json(anfrage)?;
    let schluessel = read_schluessel(anfrage)?;
    let (nummer, stand, ablage) = enter(umgebung, anfrage, nummer).await?;
    let empfang = empfang(&schluessel, "antwort", &nummer, anfrage)?;
    if let Some(annahme) = ablage.look_up(&empfang).await? {
        return antraege::answer(annahme, Vec::new());
    }
    let jetzt = umgebung.jetzt();
    let text = read_text(&text)?;
    let dateien = read_dateien(&ablage, entwurf.as_ref(), jetzt).await?;
    if text.is_empty() && dateien.is_empty() {
        return Err(Problem::LeereAntwort);
    }
    let sendung = Sendung {
        umgebung,
        ablage: &ablage,
        nummer,
        stand: &stand,
        art: Folgeart::Antwort,
        zu,
        text,
        dateien,
        entwurf,
        empfang,
        jetzt,
    };
    sendung.send().await
}

/// `POST /api/vorgaenge/{nummer}/ruecknahme`
pub async fn withdraw(
    umgebung: &impl Umgebung,
    anfrage: Anfrage<'_>,
    nummer: &str,
) -> Result<Antwort, Problem> {
    let Ruecknahme { bestaetigt } = read_json(anfrage)?;
    let schluessel = read_schluessel(anfrage)?;
    let (nummer, stand, ablage) = enter(umgebung, anfrage, nummer).await?;
    if !bestaetigt {
        return Err(Problem::Form);
    }
    let empfang = empfang(&schluessel, "ruecknahme", &nummer, anfrage)?;
    if let Some(annahme) = ablage.look_up(&empfang).await? {
        return antraege::answer(annahme, Vec::new());
    }
    let sendung = Sendung {
        umgebung,
        ablage: &ablage,
        nummer,
        stand: &stand,
        art: Folgeart::Ruecknahme,
        zu: None,
        text: String::new(),
        dateien: Vec::new(),
        entwurf: None,
        empfang,
        jetzt: umgebung.jetzt(),
    };
    sendung.send().await
}

/// Something on its way to the outbox.
struct Sendung<'a, U: Umgebung> {
    umgebung: &'a U,
    ablage: &'a Ablage<U::Verbindung>,
    nummer: Vorgangsnummer,
    stand: &'a Zugangsstand,
    art: Folgeart,
    zu: Option<String>,
    text: String,
    dateien: Vec<Anlage>,
    entwurf: Option<Entwurf>,
    empfang: Empfang,
    jetzt: Zeitpunkt,
}

impl<U: Umgebung> Sendung<'_, U> {
    async fn send(self) -> Result<Antwort, Problem> {
        let antrag = fachverfahren(self.stand).ok_or(Problem::OhneFachverfahren)?;
        let lage = &self.stand.rueckkanal.lage;
        let is_moeglich = match &self.zu {
            Some(zu) => lage.offen.contains(zu),
            None => lage.zustand.is_offen(),
        };
        // Said before a message is written; the store looks again.
        if !is_moeglich {
            return Err(Problem::NichtMoeglich);
        }
        let konfiguration = self.umgebung.konfiguration();
        let uuid = zufall::uuid()?;
        let kopf = Kopf {
            nachrichten_uuid: &uuid,
            erstellungszeitpunkt: &self.jetzt.to_string(),
            stichtag: stichtag(self.jetzt),
            antragsidentifikation: &self.nummer.to_string(),
            rueckkanal_vorhanden: konfiguration.rueckkanal,
            behoerde: &konfiguration.behoerde,
            produktversion: env!("CARGO_PKG_VERSION"),
            test: None,
        };
        let folge = Folge {
            // Documents that nobody has asked for belong to the application's own message.
            ausloeser_uuid: self.zu.as_deref().unwrap_or(&antrag.uuid),
            antworttext: &self.text,
        };
        let vorlage = match self.art {
            Folgeart::Antwort => &ANTWORT,
            Folgeart::Ruecknahme => &RUECKNAHME,
        };
        let ausfertigung = ausfertigung::write_folge(vorlage, &folge, &kopf, &self.dateien)?;
        let read = async |datei: &Anlage| match &self.entwurf {
            Some(entwurf) => self.ablage.anlage_of_entwurf(&entwurf.id, &datei.id).await,
            None => Err(AblageError::NichtGefunden),
        };
        let inhalt = ausfertigung.fill(&self.dateien, read).await?;
        let quittung = json!({
            "art": self.art.as_str(),
            "uuid": uuid,
            "eingegangenAm": self.jetzt.to_string(),
        });
        let quittung = quittung.to_string().into_bytes();
        let neue = NeueFolge {
            nummer: self.nummer,
            art: self.art,
            zu: self.zu,
            text: self.text,
            am: self.jetzt,
            anlagen: self.entwurf.map(|entwurf| AnlageWahl {
                entwurf: entwurf.id,
                ids: self.dateien.iter().map(|datei| datei.id.clone()).collect(),
            }),
            zustellungen: antraege::zustellungen(&konfiguration.ziele, &uuid)?,
            uuid,
            inhalt,
            empfang: self.empfang,
            quittung: quittung.clone(),
        };
        match self.ablage.send_folge(neue).await {
            Ok(annahme) => antraege::answer(annahme, quittung),
            // Somebody has deleted one meanwhile.
            Err(AblageError::AnlageFehlt) => Err(Problem::DateiFehlt(Vec::new())),
            Err(error) => Err(error.into()),
        }
    }
}

fn empfang(
    schluessel: &str,
    art: &str,
    nummer: &Vorgangsnummer,
    anfrage: Anfrage<'_>,
) -> Result<Empfang, Problem> {
    let koerper = anfrage.koerper.ok_or(Problem::ZuGross)?;
    Ok(Empfang::new(schluessel, [art.as_bytes(), nummer.to_string().as_bytes(), koerper]))
}

/// The text as messages carry it.
fn read_text(text: &str) -> Result<String, Problem> {
    let text = din91379::normalize(text.trim());
    let text = din91379::replace_lossless(&text).0;
    if TEXT_MAX < text.chars().count() {
        return Err(Problem::ZuLang { hoechstens: TEXT_MAX });
    }
    match din91379::first_invalid(&text, Datentyp::C) {
        Some(zeichen) => Err(Problem::Zeichen(zeichen.to_owned())),
        None => Ok(text),
    }
}

/// All files of the draft, in the order of their upload.
async fn read_dateien<V: Verbindung>(
    ablage: &Ablage<V>,
    entwurf: Option<&Entwurf>,
    jetzt: Zeitpunkt,
) -> Result<Vec<Anlage>, Problem> {
    let Some(entwurf) = entwurf else { return Ok(Vec::new()) };
    match ablage.enter_entwurf(&entwurf.id, &entwurf.token, jetzt).await {
        Err(AblageError::NichtGefunden) => return Err(Problem::EntwurfFehlt),
        ausgang => ausgang?,
    }
    let dateien = ablage.anlagen_of_entwurf(&entwurf.id).await?;
    match dateien.iter().find(|datei| datei.pruefung == Pruefstand::Befallen) {
        None => Ok(dateien),
        Some(datei) => Err(Problem::Datei {
            status: 422,
            befund: Befund {
                feld: format!("dateien.{}", datei.id),
                regel: "UP_VIRUS",
                parameter: vec![("datei", Parameter::Text(datei.name.clone()))],
                ort: Ort::default(),
            },
        }),
    }
}
