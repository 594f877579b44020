//! Applications: checked, and accepted.

use ablage::{
    Ablage, AblageError, Anlage, AnlageWahl, Anlagenherkunft, Annahme, Empfang, NeueZustellung,
    NeuerVorgang, Pruefstand, Verbindung, Zeitpunkt, Ziel, Zuliefernachweis, zufall,
};
use chrono::Datelike;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use shared::{
    angaben::{Angaben, Antrag},
    befund::{Befund, Ort, Parameter},
    formular::{Formular, Kontext},
    vorgangsnummer::{Vorgangsnummer, Zugangscode},
    werte::Datum,
};

use crate::{
    Umgebung,
    ausfertigung::{self, Auftrag},
    entwuerfe::anlage_json,
    http::{Anfrage, Antwort},
    problem::Problem,
    zulieferung,
};

/// How often another number is drawn when one is taken, which hardly ever happens once.
const ZIEHUNGEN: usize = 4;

/// What a check reads.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pruefung {
    daten: Value,
}

/// What a submit reads.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Einreichung {
    daten: Value,
    #[serde(default)]
    entwurf: Option<Entwurf>,
    #[serde(default)]
    sprache: Sprache,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entwurf {
    pub id: String,
    pub token: String,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Sprache {
    #[default]
    De,
    En,
}

impl Sprache {
    fn as_str(self) -> &'static str {
        match self {
            Sprache::De => "de",
            Sprache::En => "en",
        }
    }
}

/// `POST /api/antraege/{antrag}/pruefung`: nothing is stored.
pub fn check(
    umgebung: &impl Umgebung,
    anfrage: Anfrage<'_>,
    antrag: &str,
) -> Result<Antwort, Problem> {
    let formular = find(antrag)?;
    let Pruefung { daten } = read_json(anfrage)?;
    let angaben = read_angaben(umgebung, formular, &daten)?;
    let befunde = formular.check(&angaben, kontext(umgebung, stichtag(umgebung.jetzt())));
    let befunde: Vec<Value> = befunde.iter().map(Befund::to_json).collect();
    Ok(Antwort::json(200, &json!({ "befunde": befunde })))
}

/// `POST /api/antraege/{antrag}`
pub async fn submit(
    umgebung: &impl Umgebung,
    anfrage: Anfrage<'_>,
    antrag: &str,
) -> Result<Antwort, Problem> {
    let formular = find(antrag)?;
    let einreichung: Einreichung = read_json(anfrage)?;
    let schluessel = read_schluessel(anfrage)?;
    let koerper = anfrage.koerper.ok_or(Problem::ZuGross)?;
    let empfang = Empfang::new(&schluessel, [formular.id.as_bytes(), koerper]);

    let ablage = umgebung.ablage().await?;
    if let Some(annahme) = ablage.look_up(&empfang).await? {
        return answer(annahme, Vec::new());
    }
    let jetzt = umgebung.jetzt();
    let mut angaben = read_angaben(umgebung, formular, &einreichung.daten)?;
    if let Some(entwurf) = &einreichung.entwurf {
        enter(&ablage, entwurf, jetzt).await?;
    }
    let entwurf = einreichung.entwurf.as_ref().map(|entwurf| entwurf.id.as_str());
    let beitrag = zulieferung::join(&ablage, formular, &mut angaben, entwurf, jetzt).await?;
    let kontext = kontext(umgebung, stichtag(jetzt));
    let (antrag, hinweise) = formular.parse(&angaben, kontext).map_err(Problem::Befunde)?;
    let dateien = read_dateien(&ablage, &antrag, entwurf, beitrag.is_some()).await?;
    let teil = beitrag.as_ref().map(|beitrag| Zuliefernachweis {
        ausgefuellt_am: beitrag.ausgefuellt_am,
        nummer: &beitrag.nummer,
    });

    for _ in 0..ZIEHUNGEN {
        let vorgang = Eingang {
            umgebung,
            ablage: &ablage,
            formular,
            antrag: &antrag,
            hinweise: &hinweise,
            dateien: &dateien,
            entwurf: einreichung.entwurf.as_ref(),
            sprache: einreichung.sprache,
            empfang,
            jetzt,
        }
        .render()
        .await?;
        let quittung = vorgang.quittung.clone();
        match ablage.accept_with(vorgang, teil).await {
            Ok(annahme) => return answer(annahme, quittung),
            Err(AblageError::NummerVergeben) => continue,
            Err(AblageError::ZulieferungGeaendert) => return Err(Problem::ZulieferungGeaendert),
            // Somebody has deleted one meanwhile.
            Err(AblageError::AnlageFehlt) => return Err(Problem::DateiFehlt(Vec::new())),
            // A scanner was quicker. Looking again names the file.
            Err(AblageError::AnlageBefallen) => {
                read_dateien(&ablage, &antrag, entwurf, teil.is_some()).await?;
                return Err(AblageError::AnlageBefallen.into());
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err(AblageError::NummerVergeben.into())
}

/// SHA-256 over what was accepted, as it stands on the receipt: the lines `antragsportal/1`,
/// Vorgangsnummer, id of the form, time of receipt, SHA-256 of the answers' JSON, and SHA-256 of
/// each file in their order; hashes in small hexadecimal digits, each line with a line feed.
pub fn pruefsumme<'a>(
    nummer: &Vorgangsnummer,
    antrag: &str,
    eingegangen_am: Zeitpunkt,
    daten: &[u8],
    dateien: impl IntoIterator<Item = &'a [u8; 32]>,
) -> [u8; 32] {
    let mut sha = Sha256::new();
    sha.update(format!("antragsportal/1\n{nummer}\n{antrag}\n{eingegangen_am}\n"));
    sha.update(format!("{}\n", hex(&Sha256::digest(daten))));
    for datei in dateien {
        sha.update(format!("{}\n", hex(datei)));
    }
    sha.finalize().into()
}

/// In small hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Everything that goes into an acceptance but the number, which may have to be drawn again.
struct Eingang<'a, U: Umgebung> {
    umgebung: &'a U,
    ablage: &'a Ablage<U::Verbindung>,
    formular: &'static Formular,
    antrag: &'a Antrag,
    hinweise: &'a [Befund],
    dateien: &'a [Anlage],
    entwurf: Option<&'a Entwurf>,
    sprache: Sprache,
    empfang: Empfang,
    jetzt: Zeitpunkt,
}

impl<U: Umgebung> Eingang<'_, U> {
    async fn render(&self) -> Result<NeuerVorgang, Problem> {
        let nummer = Vorgangsnummer::new(self.formular.kuerzel, zufall::bits()?);
        let zugangscode = Zugangscode::new(zufall::bits()?);
        let daten = self.formular.export(self.antrag.angaben()).to_string().into_bytes();
        let sha256 = self.dateien.iter().map(|datei| &datei.sha256);
        let pruefsumme = pruefsumme(&nummer, self.formular.id, self.jetzt, &daten, sha256);
        let uuid = zufall::uuid()?;
        let ausfertigung = ausfertigung::write(&Auftrag {
            formular: self.formular,
            antrag: self.antrag,
            hinweise: self.hinweise,
            dateien: self.dateien,
            konfiguration: self.umgebung.konfiguration(),
            nummer: &nummer,
            uuid: &uuid,
            pruefsumme: &pruefsumme,
            stichtag: stichtag(self.jetzt),
            jetzt: self.jetzt,
        })?;
        let read = async |datei: &Anlage| match self.entwurf {
            Some(entwurf) => self.ablage.anlage_of_entwurf(&entwurf.id, &datei.id).await,
            None => Err(AblageError::NichtGefunden),
        };
        let nachrichten = ausfertigung.fill(&uuid, self.dateien, read).await?;
        let zustellungen = zustellungen(&self.umgebung.konfiguration().ziele, &uuid)?;
        let hinweise: Value = self.hinweise.iter().map(Befund::to_json).collect();
        let anlagen: Vec<Value> = self.dateien.iter().map(anlage_json).collect();
        let quittung = json!({
            "vorgangsnummer": nummer.to_string(),
            "zugangscode": zugangscode.reveal(),
            "eingegangenAm": self.jetzt.to_string(),
            "antrag": self.formular.id,
            "pruefsumme": hex(&pruefsumme),
            "hinweise": hinweise,
            "anlagen": anlagen,
            "naechsteSchritte": self.formular.danach,
        });
        Ok(NeuerVorgang {
            nummer,
            zugangscode,
            antrag: self.formular.id.to_owned(),
            sprache: self.sprache.as_str().to_owned(),
            betreff: (self.formular.betreff)(&self.antrag.view()),
            daten,
            hinweise: hinweise.to_string().into_bytes(),
            hinweise_anzahl: u32::try_from(self.hinweise.len()).unwrap_or(u32::MAX),
            pruefsumme,
            eingegangen_am: self.jetzt,
            anlagen: self.entwurf.map(|entwurf| AnlageWahl {
                entwurf: entwurf.id.clone(),
                ids: self.dateien.iter().map(|datei| datei.id.clone()).collect(),
            }),
            nachrichten,
            zustellungen,
            empfang: self.empfang,
            quittung: quittung.to_string().into_bytes(),
        })
    }
}

/// Where a message goes: to the Fachverfahren under its own UUID, to a DMS under another.
pub(crate) fn zustellungen(ziele: &[Ziel], uuid: &str) -> Result<Vec<NeueZustellung>, Problem> {
    let zustellung = |ziel: &Ziel| {
        let uuid = match ziel {
            Ziel::Fachverfahren => uuid.to_owned(),
            Ziel::Dms => zufall::uuid()?,
        };
        Ok(NeueZustellung { ziel: *ziel, uuid })
    };
    ziele.iter().map(zustellung).collect()
}

pub(crate) fn answer(annahme: Annahme, quittung: Vec<u8>) -> Result<Antwort, Problem> {
    match annahme {
        Annahme::Neu => Ok(Antwort::new(201, "application/json", quittung)),
        Annahme::Schon { quittung } => Ok(Antwort::new(200, "application/json", quittung)),
        Annahme::SchluesselBenutzt => Err(Problem::SchluesselSchonBenutzt),
    }
}

pub fn find(antrag: &str) -> Result<&'static Formular, Problem> {
    shared::antraege::find(antrag).ok_or(Problem::NichtGefunden)
}

/// Reads a body. What is said of it has no word of it.
pub fn read_json<T: serde::de::DeserializeOwned>(anfrage: Anfrage<'_>) -> Result<T, Problem> {
    if anfrage.medientyp().as_deref() != Some("application/json") {
        return Err(Problem::Medientyp { erlaubt: "application/json" });
    }
    let koerper = anfrage.koerper.ok_or(Problem::ZuGross)?;
    serde_json::from_slice(koerper).map_err(|error| match error.is_data() {
        true => Problem::Form,
        false => Problem::KeinJson { zeile: error.line(), spalte: error.column() },
    })
}

fn read_angaben(
    umgebung: &impl Umgebung,
    formular: &Formular,
    daten: &Value,
) -> Result<Angaben, Problem> {
    let mut angaben = formular.import(daten).map_err(|_| Problem::Form)?;
    let unbekannt = formular.unknown(&angaben);
    if !unbekannt.is_empty() {
        return Err(Problem::UnbekannteFelder(unbekannt));
    }
    if !umgebung.konfiguration().einstellungen.eid {
        formular.remove_unproven(&mut angaben);
    }
    Ok(angaben)
}

pub fn kontext(umgebung: &impl Umgebung, stichtag: Datum) -> Kontext<'_> {
    Kontext { stichtag, einstellungen: &umgebung.konfiguration().einstellungen }
}

/// The day of sending in Germany.
pub fn stichtag(jetzt: Zeitpunkt) -> Datum {
    let tag = jetzt.in_germany().date();
    Datum::try_new(tag.year(), tag.month(), tag.day()).expect("a day of the calendar is a Datum")
}

async fn enter<V: Verbindung>(
    ablage: &Ablage<V>,
    entwurf: &Entwurf,
    jetzt: Zeitpunkt,
) -> Result<(), Problem> {
    match ablage.enter_entwurf(&entwurf.id, &entwurf.token, jetzt).await {
        Err(AblageError::NichtGefunden) => Err(Problem::EntwurfFehlt),
        ausgang => Ok(ausgang?),
    }
}

/// The files that the answers name. They must be in the draft, and those of somebody else must have
/// been sent.
async fn read_dateien<V: Verbindung>(
    ablage: &Ablage<V>,
    antrag: &Antrag,
    entwurf: Option<&str>,
    is_zugeliefert: bool,
) -> Result<Vec<Anlage>, Problem> {
    let mut vorhanden = match entwurf {
        None => Vec::new(),
        Some(entwurf) => ablage.anlagen_of_entwurf(entwurf).await?,
    };
    vorhanden.retain(|it| is_zugeliefert || it.herkunft == Anlagenherkunft::Antrag);
    select_dateien(&vorhanden, antrag)
}

/// Those of the files that the answers name, in their order, each once.
pub fn select_dateien(vorhanden: &[Anlage], antrag: &Antrag) -> Result<Vec<Anlage>, Problem> {
    let mut dateien: Vec<Anlage> = Vec::new();
    let mut fehlend: Vec<String> = Vec::new();
    let mut befallen: Vec<Befund> = Vec::new();
    for nachweis in antrag.view().eintraege_von("nachweise") {
        let Some(id) = nachweis.text("datei") else { continue };
        if dateien.iter().any(|datei| datei.id == id) {
            continue;
        }
        let typ = nachweis.text("typ").unwrap_or_default();
        match vorhanden.iter().find(|anlage| anlage.id == id && anlage.typ == typ) {
            Some(anlage) if anlage.pruefung == Pruefstand::Befallen => befallen.push(Befund {
                feld: nachweis.pfad("datei"),
                regel: "UP_VIRUS",
                parameter: vec![("datei", Parameter::Text(anlage.name.clone()))],
                ort: Ort::default(),
            }),
            Some(anlage) => dateien.push(anlage.clone()),
            None => fehlend.push(nachweis.pfad("datei")),
        }
    }
    match (fehlend.is_empty(), befallen.is_empty()) {
        (true, true) => Ok(dateien),
        (false, _) => Err(Problem::DateiFehlt(fehlend)),
        (true, false) => Err(Problem::Befunde(befallen)),
    }
}

/// The header `Idempotency-Key`, in small letters.
pub(crate) fn read_schluessel(anfrage: Anfrage<'_>) -> Result<String, Problem> {
    let schluessel = anfrage.header("idempotency-key").filter(|schluessel| is_uuid(schluessel));
    Ok(schluessel.ok_or(Problem::SchluesselFehlt)?.to_ascii_lowercase())
}

/// `8-4-4-4-12` hexadecimal digits.
pub fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(stelle, byte)| match stelle {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}
