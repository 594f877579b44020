//! The part of an application that somebody else fills in over a one-time link.
//!
//! The owner of the draft makes, renews and withdraws the link under `/api/entwuerfe/{id}/zulieferung`;
//! whoever has it fills in the part under `/api/zulieferungen/{id}`, with the secret of the link as a
//! bearer token. They learn the name of the person and what the part needs, and nothing else.

use ablage::{
    Ablage, AblageError, Anlage, Anlagenherkunft, Empfang, Grenzen, NeueAnlage, NeuerTeil,
    Verbindung, Zeitpunkt, Zulieferannahme, Zulieferung as Teil, Zulieferzugang, Zulieferzustand,
    zufall,
};
use base64::prelude::*;
use chrono::DateTime;
use druck::antrag::{Ausdruck, Datei};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use shared::{
    angaben::{Angaben, View},
    befund::Befund,
    formular::{Formular, Inhalt, Zulieferung},
    vorgangsnummer::Vorgangsnummer,
};

use crate::{
    Umgebung,
    antraege::{find, hex, is_uuid, kontext, read_json, select_dateien, stichtag},
    ausfertigung::AusfertigungError,
    entwuerfe::{self, anlage_json},
    http::{Anfrage, Antwort},
    problem::Problem,
};

/// How many files the other side may add; together they may be as large as one file.
const DATEIEN: u32 = 5;
/// Characters of an answer that is handed to the other side's checks.
const VORGABE_MAX: usize = 300;

/// What a new link reads.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wunsch {
    antrag: String,
    daten: Value,
}

/// What a sent part reads.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Einsendung {
    daten: Value,
}

/// `POST /api/entwuerfe/{id}/zulieferung`: a link, or a new one in place of the old.
pub async fn create(
    umgebung: &impl Umgebung,
    anfrage: Anfrage<'_>,
    entwurf: &str,
) -> Result<Antwort, Problem> {
    let Wunsch { antrag, daten } = read_json(anfrage)?;
    let formular = find(&antrag)?;
    let zulieferung = formular.zulieferung.ok_or(Problem::NichtGefunden)?;
    let ablage = entwuerfe::enter(umgebung, anfrage, entwurf).await?;
    let jetzt = umgebung.jetzt();
    let angaben = formular.import(&daten).map_err(|_| Problem::Form)?;
    let unbekannt = formular.unknown(&angaben);
    if !unbekannt.is_empty() {
        return Err(Problem::UnbekannteFelder(unbekannt));
    }
    // Whatever was sent, no more than this is kept.
    let vorgaben = (zulieferung.vorgaben)(&View::new(&angaben), stichtag(jetzt));
    if vorgaben.iter().any(|(_, text)| VORGABE_MAX < text.chars().count()) {
        return Err(Problem::Form);
    }
    let vorgaben = formular.export(&vorgaben).to_string().into_bytes();
    let bis = jetzt.plus(umgebung.konfiguration().link_frist);
    let link = match ablage.create_link(entwurf, formular.id, &vorgaben, bis, jetzt).await {
        Err(AblageError::NichtGefunden) => return Err(Problem::EntwurfFehlt),
        ausgang => ausgang?,
    };
    Ok(Antwort::json(
        201,
        &json!({
            "id": link.id,
            "geheimnis": link.geheimnis,
            "gueltigBis": link.gueltig_bis.to_string(),
        }),
    ))
}

/// `GET /api/entwuerfe/{id}/zulieferung`: how far it is, and the part once it is there.
pub async fn show(
    umgebung: &impl Umgebung,
    anfrage: Anfrage<'_>,
    entwurf: &str,
) -> Result<Antwort, Problem> {
    let ablage = entwuerfe::enter(umgebung, anfrage, entwurf).await?;
    let teil = ablage.zulieferung_of_entwurf(entwurf).await?.ok_or(Problem::ZulieferungFehlt)?;
    let is_da = teil.zustand == Zulieferzustand::Ausgefuellt;
    let zustand = match is_da || umgebung.jetzt() < teil.gueltig_bis {
        true => teil.zustand.as_str(),
        false => "abgelaufen",
    };
    let mut stand = json!({
        "id": teil.id,
        "antrag": teil.antrag,
        "zustand": zustand,
        "angelegtAm": teil.angelegt_am.to_string(),
        "gueltigBis": teil.gueltig_bis.to_string(),
        "geoeffnetAm": teil.geoeffnet_am.map(|am| am.to_string()),
        "ausgefuelltAm": teil.ausgefuellt_am.map(|am| am.to_string()),
    });
    if is_da {
        let dateien = ablage.anlagen_of_entwurf(entwurf).await?;
        let formular = find(&teil.antrag)?;
        let zulieferung = formular.zulieferung.ok_or(Problem::NichtGefunden)?;
        let mut angaben = read_teil(formular, &teil)?;
        add_erklaerung(zulieferung, &mut angaben, &dateien);
        stand["daten"] = formular.export(&angaben);
        stand["dateien"] = dateien
            .iter()
            .filter(|datei| datei.herkunft != Anlagenherkunft::Antrag)
            .map(anlage_json)
            .collect();
    }
    Ok(Antwort::json(200, &stand))
}

/// `DELETE /api/entwuerfe/{id}/zulieferung`: the link, the answers and the files that came over it.
pub async fn delete(
    umgebung: &impl Umgebung,
    anfrage: Anfrage<'_>,
    entwurf: &str,
) -> Result<Antwort, Problem> {
    let ablage = entwuerfe::enter(umgebung, anfrage, entwurf).await?;
    match ablage.delete_zulieferung(entwurf).await {
        Err(AblageError::NichtGefunden) => Err(Problem::ZulieferungFehlt),
        ausgang => Ok(ausgang.map(|()| Antwort::leer())?),
    }
}

/// `GET /api/zulieferungen/{id}`: what the other side needs to know, and what it said before if it is
/// to correct something.
pub async fn open(
    umgebung: &impl Umgebung,
    anfrage: Anfrage<'_>,
    id: &str,
) -> Result<Antwort, Problem> {
    let Offen { ablage, teil, formular, zulieferung, vorgaben, .. } =
        enter(umgebung, anfrage, id).await?;
    let sichtbar = zulieferung.sichtbar(&vorgaben);
    let daten = match teil.daten {
        Some(_) => Some(formular.export(&read_teil(formular, &teil)?)),
        None => None,
    };
    let grenzen = grenzen(umgebung);
    Ok(Antwort::json(
        200,
        &json!({
            "antrag": formular.id,
            "person": person(zulieferung, &vorgaben),
            "gueltigBis": teil.gueltig_bis.to_string(),
            "vorgaben": formular.export(&sichtbar),
            "daten": daten,
            "dateien": fremde_dateien(&ablage, &teil.entwurf).await?,
            "grenzen": {
                "dateiMb": umgebung.konfiguration().grenzen.datei_mb,
                "dateien": grenzen.dateien,
                "summeMb": umgebung.konfiguration().grenzen.datei_mb,
            },
        }),
    ))
}

/// `POST /api/zulieferungen/{id}/dateien?typ=…&name=…`
pub async fn upload(
    umgebung: &impl Umgebung,
    anfrage: Anfrage<'_>,
    id: &str,
) -> Result<Antwort, Problem> {
    let Offen { ablage, teil, zulieferung, .. } = enter(umgebung, anfrage, id).await?;
    let hochladen = entwuerfe::Hochladen {
        entwurf: &teil.entwurf,
        herkunft: Anlagenherkunft::Zulieferung,
        grenzen: grenzen(umgebung),
        is_erlaubt: &|typ| zulieferung.formular.nachweisart(typ).is_some(),
    };
    entwuerfe::store(umgebung, anfrage, &ablage, hochladen).await
}

/// `GET /api/zulieferungen/{id}/dateien`
pub async fn list(
    umgebung: &impl Umgebung,
    anfrage: Anfrage<'_>,
    id: &str,
) -> Result<Antwort, Problem> {
    let Offen { ablage, teil, .. } = enter(umgebung, anfrage, id).await?;
    Ok(Antwort::json(200, &json!(fremde_dateien(&ablage, &teil.entwurf).await?)))
}

/// `DELETE /api/zulieferungen/{id}/dateien/{dateiId}`
pub async fn delete_datei(
    umgebung: &impl Umgebung,
    anfrage: Anfrage<'_>,
    id: &str,
    datei: &str,
) -> Result<Antwort, Problem> {
    let Offen { ablage, teil, .. } = enter(umgebung, anfrage, id).await?;
    ablage.delete_anlage_von(&teil.entwurf, datei, Anlagenherkunft::Zulieferung).await?;
    Ok(Antwort::leer())
}

/// `POST /api/zulieferungen/{id}/pruefung`: what is found in the answers; nothing is stored.
pub async fn check(
    umgebung: &impl Umgebung,
    anfrage: Anfrage<'_>,
    id: &str,
) -> Result<Antwort, Problem> {
    let offen = enter(umgebung, anfrage, id).await?;
    let Einsendung { daten } = read_json(anfrage)?;
    let angaben = offen.read(&daten)?;
    let formular = offen.zulieferung.formular;
    let befunde = formular.check(&angaben, kontext(umgebung, stichtag(umgebung.jetzt())));
    Ok(Antwort::json(200, &json!({ "befunde": befunde_json(offen.zulieferung, &befunde) })))
}

/// `POST /api/zulieferungen/{id}`: sends the part, once.
pub async fn submit(
    umgebung: &impl Umgebung,
    anfrage: Anfrage<'_>,
    id: &str,
) -> Result<Antwort, Problem> {
    let geheimnis = anfrage.bearer().ok_or(Problem::GeheimnisFehlt)?;
    let schluessel = anfrage.header("idempotency-key").filter(|schluessel| is_uuid(schluessel));
    let schluessel = schluessel.ok_or(Problem::SchluesselFehlt)?.to_ascii_lowercase();
    let koerper = anfrage.koerper.ok_or(Problem::ZuGross)?;
    let empfang = Empfang::new(&schluessel, [id.as_bytes(), koerper]);
    let ablage = umgebung.ablage().await?;
    if let Some(quittung) = ablage.look_up_zulieferung(id, geheimnis, &empfang).await? {
        return Ok(Antwort::new(200, "application/json", quittung));
    }
    drop(ablage);
    let offen = enter(umgebung, anfrage, id).await?;
    let Einsendung { daten } = read_json(anfrage)?;
    let jetzt = umgebung.jetzt();
    let Offen { ablage, teil, formular, zulieferung, vorgaben, .. } = &offen;
    let angaben = offen.read(&daten)?;
    let kontext = kontext(umgebung, stichtag(jetzt));
    let (antrag, hinweise) = zulieferung
        .formular
        .parse(&angaben, kontext)
        .map_err(|befunde| Problem::Befundtexte(befunde_json(zulieferung, &befunde)))?;
    let mut dateien = ablage.anlagen_of_entwurf(&teil.entwurf).await?;
    dateien.retain(|datei| datei.herkunft == Anlagenherkunft::Zulieferung);
    let dateien = select_dateien(&dateien, &antrag)?;

    let nummer = Vorgangsnummer::new(zulieferung.formular.kuerzel, zufall::bits()?).to_string();
    let zeit = jetzt.in_germany().format("%d.%m.%Y, %H:%M Uhr").to_string();
    // Only what belongs to the part: not what was handed to its checks.
    let mut bestaetigt = Angaben::default();
    formular.join_zulieferung(antrag.angaben(), &mut bestaetigt);
    copy_nachweise(antrag.angaben(), &mut bestaetigt);
    for (pfad, text) in [
        (zulieferung.nummer, nummer.as_str()),
        (zulieferung.tag, &stichtag(jetzt).iso()),
        (zulieferung.zeit, &zeit),
    ] {
        bestaetigt.set(pfad, text);
    }
    let daten = formular.export(&bestaetigt).to_string().into_bytes();
    let pruefsumme = hex(&pruefsumme(&nummer, jetzt, &daten, &dateien));
    let person = person(zulieferung, vorgaben);
    let gedruckt: Vec<Datei<'_>> = dateien
        .iter()
        .map(|datei| Datei {
            typ: &datei.typ,
            name: &datei.name,
            groesse: datei.groesse,
            sha256: datei.sha256,
        })
        .collect();
    let texte = umgebung.konfiguration().einstellungen.texte_of(antrag.angaben());
    let pdf = druck::write(&druck::antrag::dokument(&Ausdruck {
        formular: zulieferung.formular,
        antrag: &antrag,
        hinweise: &[],
        dateien: &gedruckt,
        behoerde: &umgebung.konfiguration().behoerde.name,
        nummer: &nummer,
        kopf: vec![
            ("Nummer der Bestätigung".to_owned(), nummer.clone()),
            ("Für".to_owned(), person.clone()),
            ("Online bestätigt am".to_owned(), zeit),
            ("Prüfsumme (SHA-256)".to_owned(), pruefsumme.clone()),
        ],
        stichtag: stichtag(jetzt),
        texte: &texte,
        erstellt: DateTime::from_timestamp_millis(jetzt.millis()).unwrap_or_default(),
    }))
    .map_err(AusfertigungError::from)?;
    let quittung = json!({
        "nummer": nummer,
        "person": person,
        "bestaetigtAm": jetzt.to_string(),
        "pruefsumme": pruefsumme,
        "hinweise": befunde_json(zulieferung, &hinweise),
        "anlagen": dateien.iter().map(anlage_json).collect::<Vec<_>>(),
        "naechsteSchritte": zulieferung.formular.danach,
        "pdf": BASE64_STANDARD.encode(&pdf),
    });
    let quittung = quittung.to_string().into_bytes();
    let erklaerung = NeueAnlage {
        typ: zulieferung.nachweis.to_owned(),
        name: format!("{} {nummer}.pdf", zulieferung.formular.titel),
        medientyp: "application/pdf".to_owned(),
        inhalt: pdf,
        pruefung: entwuerfe::pruefstand(umgebung),
    };
    let behalten: Vec<String> = dateien.iter().map(|datei| datei.id.clone()).collect();
    let neu = NeuerTeil {
        daten: &daten,
        quittung: &quittung,
        erklaerung: &erklaerung,
        behalten: &behalten,
        empfang,
    };
    match ablage.confirm_zulieferung(id, geheimnis, neu, jetzt).await? {
        Zulieferannahme::Neu { .. } => Ok(Antwort::new(201, "application/json", quittung)),
        Zulieferannahme::Schon { quittung } => Ok(Antwort::new(200, "application/json", quittung)),
        Zulieferannahme::Vorbei => Err(Problem::LinkBenutzt),
    }
}

/// A part that goes into an application.
pub struct Beitrag {
    /// When it was sent.
    pub ausgefuellt_am: Zeitpunkt,
    /// The number of its receipt.
    pub nummer: String,
}

/// Puts the confirmed part of the draft into the answers, in the place of whatever the applicant says
/// about it. Where there is none, nothing counts as confirmed.
pub async fn join<V: Verbindung>(
    ablage: &Ablage<V>,
    formular: &'static Formular,
    angaben: &mut Angaben,
    entwurf: Option<&str>,
    jetzt: Zeitpunkt,
) -> Result<Option<Beitrag>, Problem> {
    let Some(zulieferung) = formular.zulieferung else { return Ok(None) };
    let dateien = match entwurf {
        Some(entwurf) => ablage.anlagen_of_entwurf(entwurf).await?,
        None => Vec::new(),
    };
    // The files of somebody else come with their part, or not at all.
    for index in (0..angaben.anzahl("nachweise")).rev() {
        let id = angaben.text(&format!("nachweise[{index}].datei"));
        let datei = dateien.iter().find(|datei| id == Some(&datei.id));
        if datei.is_some_and(|datei| datei.herkunft != Anlagenherkunft::Antrag) {
            angaben.remove_entry("nachweise", index);
        }
    }
    let tag = stichtag(jetzt);
    if !zulieferung.wenn.holds(&formular.prune(angaben, tag), "", tag) {
        return Ok(None);
    }
    let teil = match entwurf {
        Some(entwurf) => ablage.zulieferung_of_entwurf(entwurf).await?,
        None => None,
    };
    let teil = teil.filter(|teil| teil.antrag == formular.id);
    let Some((teil, ausgefuellt_am)) = teil.and_then(|teil| {
        let am = teil.ausgefuellt_am?;
        Some((teil, am))
    }) else {
        for pfad in [zulieferung.bestaetigung, zulieferung.nummer, zulieferung.zeit] {
            angaben.set(pfad, "");
        }
        return Ok(None);
    };
    let mut bestaetigt = read_teil(formular, &teil)?;
    add_erklaerung(zulieferung, &mut bestaetigt, &dateien);
    formular.join_zulieferung(&bestaetigt, angaben);
    copy_nachweise(&bestaetigt, angaben);
    let nummer = bestaetigt.text(zulieferung.nummer).unwrap_or_default().to_owned();
    Ok(Some(Beitrag { ausgefuellt_am, nummer }))
}

/// What a link has opened.
struct Offen<V> {
    ablage: Ablage<V>,
    teil: Teil,
    formular: &'static Formular,
    zulieferung: &'static Zulieferung,
    vorgaben: Angaben,
}

impl<V> Offen<V> {
    /// The answers of the part. What is known from the application is taken from there, and what only
    /// the server may say is left out.
    fn read(&self, daten: &Value) -> Result<Angaben, Problem> {
        let formular = self.zulieferung.formular;
        let mut angaben = formular.import(daten).map_err(|_| Problem::Form)?;
        let unbekannt = formular.unknown(&angaben);
        if !unbekannt.is_empty() {
            return Err(Problem::UnbekannteFelder(unbekannt));
        }
        formular.for_each_inhalt(|_, inhalt| {
            if let Inhalt::Feld(feld) = inhalt
                && feld.herkunft == shared::angaben::Herkunft::Abgeleitet
                // The Gemeindeschlüssel is worked out from an address that they type.
                && !feld.id.is_empty()
                && formular.feld(feld.id).is_some()
            {
                angaben.set(feld.id, self.vorgaben.typed(feld.id));
            }
        });
        Ok(angaben)
    }
}

/// The same answer for a link that does not exist, one that cannot exist and a wrong secret.
async fn enter<U: Umgebung>(
    umgebung: &U,
    anfrage: Anfrage<'_>,
    id: &str,
) -> Result<Offen<U::Verbindung>, Problem> {
    let geheimnis = anfrage.bearer().ok_or(Problem::GeheimnisFehlt)?;
    let ablage = umgebung.ablage().await?;
    let jetzt = umgebung.jetzt();
    let teil = match ablage.enter_zulieferung(id, geheimnis, jetzt).await? {
        Zulieferzugang::Offen(teil) => *teil,
        Zulieferzugang::Falsch => return Err(Problem::LinkUngueltig),
        Zulieferzugang::Benutzt => return Err(Problem::LinkBenutzt),
        Zulieferzugang::Abgelaufen => return Err(Problem::LinkAbgelaufen),
        Zulieferzugang::Gesperrt(wieder) => {
            return Err(Problem::ZuVieleVersuche { wieder, jetzt });
        }
    };
    let formular = find(&teil.antrag)?;
    let zulieferung = formular.zulieferung.ok_or(Problem::LinkUngueltig)?;
    let vorgaben = read_angaben(formular, &teil.vorgaben)?;
    Ok(Offen { ablage, teil, formular, zulieferung, vorgaben })
}

fn grenzen(umgebung: &impl Umgebung) -> Grenzen {
    let grenzen = umgebung.konfiguration().grenzen;
    Grenzen { dateien: DATEIEN.min(grenzen.dateien), summe: grenzen.datei() }
}

fn person(zulieferung: &Zulieferung, vorgaben: &Angaben) -> String {
    (zulieferung.person)(&View::new(vorgaben))
}

fn befunde_json(zulieferung: &Zulieferung, befunde: &[Befund]) -> Vec<Value> {
    let texte = zulieferung.texte();
    befunde.iter().map(|befund| befund.to_json_in(&texte)).collect()
}

/// What was stored by us is read again.
fn read_angaben(formular: &Formular, json: &[u8]) -> Result<Angaben, Problem> {
    let json: Option<Value> = serde_json::from_slice(json).ok();
    let angaben = json.and_then(|json| formular.import(&json).ok());
    angaben.ok_or(Problem::Ablage(AblageError::Form("a part cannot be read")))
}

fn read_teil(formular: &Formular, teil: &Teil) -> Result<Angaben, Problem> {
    read_angaben(formular, teil.daten.as_deref().unwrap_or(b"{}"))
}

/// The document of what was confirmed is a proof like any other.
fn add_erklaerung(zulieferung: &Zulieferung, angaben: &mut Angaben, dateien: &[Anlage]) {
    let erklaerung = dateien.iter().find(|it| it.herkunft == Anlagenherkunft::Erklaerung);
    let Some(erklaerung) = erklaerung else { return };
    let index = angaben.push_entry("nachweise");
    for (feld, wert) in
        [("typ", zulieferung.nachweis), ("datei", &erklaerung.id), ("name", &erklaerung.name)]
    {
        angaben.set(&format!("nachweise[{index}].{feld}"), wert);
    }
}

fn copy_nachweise(von: &Angaben, nach: &mut Angaben) {
    for nachweis in View::new(von).eintraege_von("nachweise") {
        let index = nach.push_entry("nachweise");
        for feld in ["typ", "datei", "nachreichen", "name"] {
            let wert = nachweis.text(feld).unwrap_or_default();
            nach.set(&format!("nachweise[{index}].{feld}"), wert);
        }
    }
}

async fn fremde_dateien<V: Verbindung>(
    ablage: &Ablage<V>,
    entwurf: &str,
) -> Result<Vec<Value>, Problem> {
    let dateien = ablage.anlagen_of_entwurf(entwurf).await?;
    let fremde = dateien.iter().filter(|it| it.herkunft == Anlagenherkunft::Zulieferung);
    Ok(fremde.map(anlage_json).collect())
}

/// SHA-256 over what was confirmed, as it stands on the receipt of the other side: the lines
/// `antragsportal/zulieferung/1`, number, time, SHA-256 of the answers' JSON, and SHA-256 of each file
/// in their order; hashes in small hexadecimal digits, each line with a line feed.
fn pruefsumme(nummer: &str, am: Zeitpunkt, daten: &[u8], dateien: &[Anlage]) -> [u8; 32] {
    let mut sha = Sha256::new();
    sha.update(format!("antragsportal/zulieferung/1\n{nummer}\n{am}\n"));
    sha.update(format!("{}\n", hex(&Sha256::digest(daten))));
    for datei in dateien {
        sha.update(format!("{}\n", hex(&datei.sha256)));
    }
    sha.finalize().into()
}
