//! FIT-Connect, submission API version 2, as a sender.
//!
//! A submission is announced, then its attachments, metadata and message are uploaded, each
//! encrypted for the destination alone. Ids are noted as soon as they are known. Whether the
//! destination has it is read from the event log, of which only signed events count: accepted is
//! delivered (and the signed event is kept as the proof), rejected is the caseworker's turn.

mod ereignis;
pub(crate) mod jose;
mod metadaten;

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use ablage::{Vorgang, Zeitpunkt, zufall};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::json;

use crate::{
    ausgang::{Abbruch, Ausgang, Grund, Klasse},
    client::Antwort,
    lauf::{ANRUF, Welt},
    zusteller::{
        Aufruf, Lieferung, ZUSAMMENFASSUNG, Zusteller,
        fitconnect::{
            ereignis::{Ereignis, Lage},
            jose::{Jwk, JwkSatz, Pruefschluessel, Verschluesselungsschluessel},
            metadaten::{Metadaten, hash},
        },
        nachricht::Nachrichtenart,
    },
};

/// The version of the metadata schema that is written.
const METADATEN: &str = "2.1.0";
/// Unfinished submissions are deleted after a day; before that a new one is begun.
const UNFERTIG: Duration = Duration::from_secs(20 * 3600);
/// A token is renewed so long before it ends.
const VORLAUF: Duration = Duration::from_secs(60);

/// A sender of FIT-Connect.
pub(crate) struct FitConnectEinstellungen {
    /// The submission API, without a slash at its end.
    url: String,
    token_url: String,
    geheimnis: String,
    regeln: Regeln,
    /// What holds for all deliveries of a run.
    wissen: RefCell<Wissen>,
}

/// `fachverfahren_einstellungen` of `fit-connect`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Regeln {
    /// Path of the token service on its origin.
    #[serde(default = "token_pfad")]
    pub token: String,
    pub client_id: String,
    /// UUID of the Zustellpunkt.
    pub ziel: String,
    /// For each application what it is called, exactly as the destination offers it.
    pub leistungen: BTreeMap<String, Leistung>,
    /// Schema URIs of messages that differ from the namespace of the message.
    #[serde(default)]
    pub schemata: BTreeMap<String, String>,
    /// ARS or the like, as the destination offers it.
    pub region: Option<String>,
    /// `iss` of the delivery service; its URL, or the origin of that, if missing.
    pub aussteller: Option<String>,
    /// Whether the applicant's files travel beside the message, which has them, too.
    #[serde(default = "yes")]
    pub anlagen: bool,
    /// Who sends, for the metadata.
    pub autor: Option<Autor>,
}

/// A Verwaltungsleistung.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Leistung {
    /// `urn:de:fim:leika:leistung:` and 14 digits.
    #[serde(rename(serialize = "identifier"))]
    pub kennung: String,
    pub name: String,
}

/// The author in the metadata.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Autor {
    pub name: String,
    pub produkt: String,
    pub hersteller: String,
}

fn token_pfad() -> String {
    "/token".to_owned()
}

fn yes() -> bool {
    true
}

#[derive(Default)]
struct Wissen {
    token: Option<(String, Zeitpunkt)>,
    ziel: Option<(Zustellpunkt, Verschluesselungsschluessel)>,
    /// Keys of events, by issuer and id.
    schluessel: BTreeMap<(String, String), Pruefschluessel>,
}

/// `GET /v2/destinations/{id}`
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Zustellpunkt {
    status: String,
    encryption_kid: String,
    #[serde(default)]
    metadata_versions: Vec<String>,
    #[serde(default)]
    public_services: Vec<Angebot>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Angebot {
    identifier: String,
    #[serde(default)]
    submission_schemas: Vec<Schema>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Schema {
    schema_uri: String,
}

/// What an attempt has achieved: ids and tags only, since it is stored as it is.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fortschritt {
    einreichung: Option<Einreichung>,
}

/// An announced submission.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Einreichung {
    submission_id: String,
    case_id: String,
    angekuendigt_am: i64,
    anhaenge: Vec<Anhang>,
    /// Tags of metadata and message, one pair for each time they were sent. If there are any, the
    /// submission may have been taken.
    #[serde(default)]
    gesendet: Vec<Tags>,
    /// The event that says that the destination has it.
    beleg: Option<String>,
}

/// An attachment and what became of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Anhang {
    id: String,
    /// The id of the file; `None`: the PDF of the application.
    datei: Option<String>,
    /// Once it is uploaded: SHA-512 of its bytes, tag of what was sent.
    geladen: Option<(String, String)>,
}

/// Authentication tags as the destination has to give them back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tags {
    metadata: String,
    data: String,
}

/// Delivers through FIT-Connect.
pub(crate) struct FitConnect<'a>(pub &'a FitConnectEinstellungen);

impl FitConnectEinstellungen {
    pub fn new(
        url: String,
        token_url: String,
        geheimnis: &str,
        regeln: Regeln,
    ) -> FitConnectEinstellungen {
        let geheimnis = geheimnis.to_owned();
        FitConnectEinstellungen { url, token_url, geheimnis, regeln, wissen: RefCell::default() }
    }

    /// Where a token is asked for, and the form that asks.
    pub fn token_request(&self) -> (&str, String) {
        let form = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let anfrage = format!(
            "grant_type=client_credentials&client_id={}&client_secret={}",
            form(&self.regeln.client_id),
            form(&self.geheimnis)
        );
        (&self.token_url, anfrage)
    }

    /// Where the destination describes itself.
    pub fn destination_url(&self) -> String {
        format!("{}/v2/destinations/{}", self.url, segment(&self.regeln.ziel))
    }

    /// Whether an event of this issuer is one of the delivery service.
    fn is_dienst(&self, iss: &str) -> bool {
        let iss = iss.trim_end_matches('/');
        match &self.regeln.aussteller {
            Some(aussteller) => aussteller.trim_end_matches('/') == iss,
            None => iss == self.url || self.url.starts_with(&format!("{iss}/")) && 8 < iss.len(),
        }
    }
}

impl Zusteller for FitConnect<'_> {
    async fn deliver<W: Welt>(&self, lieferung: Lieferung<'_, W>) -> Result<Ausgang, Abbruch> {
        let stand: Fortschritt = lieferung.fortschritt();
        let mut gang = Gang { dienst: self.0, lieferung, stand };
        match gang.deliver().await {
            Err(Abbruch::Ausgang(ausgang)) => Ok(gang.lieferung.still(ausgang)),
            ergebnis => ergebnis,
        }
    }
}

/// One delivery.
struct Gang<'a, 'b, W: Welt> {
    dienst: &'b FitConnectEinstellungen,
    lieferung: Lieferung<'a, W>,
    stand: Fortschritt,
}

impl<W: Welt> Gang<'_, '_, W> {
    async fn deliver(&mut self) -> Result<Ausgang, Abbruch> {
        let jetzt = self.lieferung.jetzt();
        if let Some(einreichung) = self.stand.einreichung.clone() {
            let is_old =
                Zeitpunkt::from_millis(einreichung.angekuendigt_am).plus(UNFERTIG) <= jetzt;
            match einreichung.gesendet.is_empty() {
                // It was never sent off, and soon nobody will know it.
                true if is_old => self.forget().await?,
                true => {}
                false => {
                    self.lieferung.is_unklar = true;
                    match self.look(&einreichung).await? {
                        Lage::Unbekannt if is_old => self.forget().await?,
                        Lage::Offen => {}
                        lage => return self.settle(lage).await,
                    }
                }
            }
        }
        // From here on it is sure that it is not there yet.
        self.lieferung.is_unklar = false;
        let vorgang = self.lieferung.ablage.vorgang(&self.lieferung.pacht.vorgang).await?;
        let (nachricht, inhalt) =
            self.lieferung.ablage.nachricht(&vorgang.nummer, self.lieferung.name()).await?;
        let Some(leistung) = self.dienst.regeln.leistungen.get(&vorgang.antrag) else {
            return Ok(Ausgang::Betreiber(Grund::new("fit-leistung-fehlt")));
        };
        let Ok(art) = Nachrichtenart::read(&inhalt) else {
            return Ok(Ausgang::Betreiber(Grund::new("nachricht-unlesbar")));
        };
        let schemata = &self.dienst.regeln.schemata;
        let schema = schemata.get(&art.namensraum).unwrap_or(&art.namensraum).clone();
        let schluessel = self.destination(leistung, &schema).await?;
        let mut einreichung = match self.stand.einreichung.take() {
            Some(einreichung) => einreichung,
            None => self.announce(&vorgang, leistung).await?,
        };
        self.upload(&mut einreichung, &vorgang, &schluessel).await?;

        let metadaten = Metadaten {
            schema: &schema,
            medientyp: &nachricht.medientyp,
            inhalt: &inhalt,
            vorgang: &vorgang,
            einreichung: &einreichung,
            autor: self.dienst.regeln.autor.as_ref(),
        };
        let metadaten = schluessel.encrypt(metadaten.to_json().as_bytes(), "application/json")?;
        let daten = schluessel.encrypt(&inhalt, &nachricht.medientyp)?;
        drop(inhalt);
        einreichung
            .gesendet
            .push(Tags { metadata: metadaten.tag().to_owned(), data: daten.tag().to_owned() });
        self.save(&einreichung).await?;
        self.submit(&einreichung, &metadaten.text, &daten.text).await?;
        self.lieferung.is_unklar = true;
        let lage = match self.look(&einreichung).await? {
            // It has just said that it has it.
            Lage::Offen => Lage::Eingereicht,
            lage => lage,
        };
        self.settle(lage).await
    }

    /// What the event log says becomes what is written down.
    async fn settle(&mut self, lage: Lage) -> Result<Ausgang, Abbruch> {
        match lage {
            Lage::Angenommen(beleg) => {
                let mut id = None;
                if let Some(mut einreichung) = self.stand.einreichung.clone() {
                    einreichung.beleg = Some(beleg);
                    id = Some(einreichung.submission_id.clone());
                    self.save(&einreichung).await?;
                }
                Ok(Ausgang::Zugestellt(id))
            }
            Lage::Zurueckgewiesen(text) => {
                // Whoever tries again wants a new submission.
                self.forget().await?;
                Ok(Ausgang::Abgelehnt(Grund { text, ..Grund::new("fit-zurueckgewiesen") }))
            }
            Lage::Eingereicht => Ok(Ausgang::Unterwegs(Grund::with_text(
                "fit-eingereicht",
                "FIT-Connect hat die Einreichung. Die Behörde hat sie noch nicht angenommen.",
            ))),
            Lage::FalscherBeleg => Ok(Ausgang::Betreiber(Grund::with_text(
                "fit-beleg-falsch",
                "Die Bestätigung passt nicht zu dem, was gesendet wurde.",
            ))),
            Lage::Ungueltig => Ok(Ausgang::Betreiber(Grund::with_text(
                "fit-signatur-ungueltig",
                "Im Ereignisprotokoll steht ein Ereignis ohne gültige Signatur.",
            ))),
            Lage::Unbekannt | Lage::Offen => {
                Ok(Ausgang::Unklar(Grund::new("fit-einreichung-unbekannt")))
            }
        }
    }

    /// Reads the destination and its key once a run, and whether it takes this message.
    async fn destination(
        &self,
        leistung: &Leistung,
        schema: &str,
    ) -> Result<Verschluesselungsschluessel, Abbruch> {
        let wissen = self.dienst.wissen.borrow().ziel.clone();
        let (ziel, schluessel) = match wissen {
            Some(wissen) => wissen,
            None => {
                let url = self.dienst.destination_url();
                let ziel: Zustellpunkt = self.get(url.clone()).await?;
                let kid = segment(&ziel.encryption_kid);
                let jwk: Jwk = self.get(format!("{url}/keys/{kid}")).await?;
                let schluessel = jwk
                    .for_encryption(&ziel.encryption_kid)
                    .map_err(|_| Ausgang::Betreiber(Grund::new("fit-schluessel")))?;
                let wissen = (ziel, schluessel);
                self.dienst.wissen.borrow_mut().ziel = Some(wissen.clone());
                wissen
            }
        };
        let angebot = ziel.public_services.iter().find(|it| it.identifier == leistung.kennung);
        let offers = |angebot: &Angebot| {
            angebot.submission_schemas.iter().any(|angeboten| angeboten.schema_uri == schema)
        };
        let versionen = &ziel.metadata_versions;
        let code = match angebot {
            _ if ziel.status != "active" => "fit-zustellpunkt-inaktiv",
            None => "fit-leistung-nicht-angeboten",
            Some(angebot) if !offers(angebot) => "fit-schema-nicht-angeboten",
            Some(_) if !versionen.is_empty() && !versionen.iter().any(|it| it == METADATEN) => {
                "fit-metadaten-version"
            }
            Some(_) => return Ok(schluessel),
        };
        Err(Ausgang::Betreiber(Grund::new(code)).into())
    }

    /// Announces the submission and notes its ids.
    async fn announce(
        &mut self,
        vorgang: &Vorgang,
        leistung: &Leistung,
    ) -> Result<Einreichung, Abbruch> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Angekuendigt {
            submission_id: String,
            case_id: String,
        }

        let mut anhaenge = Vec::new();
        let has_pdf = vorgang.nachrichten.iter().any(|nachricht| nachricht.art == ZUSAMMENFASSUNG);
        if has_pdf && self.lieferung.is_antrag() {
            anhaenge.push(Anhang { id: zufall::uuid()?, datei: None, geladen: None });
        }
        // An answer has its own files, and the application none of them.
        let dateien = vorgang.anlagen.iter().filter(|datei| {
            self.dienst.regeln.anlagen && datei.folge == self.lieferung.pacht.folge
        });
        for datei in dateien {
            let datei = Some(datei.id.clone());
            anhaenge.push(Anhang { id: zufall::uuid()?, datei, geladen: None });
        }
        let ids: Vec<&str> = anhaenge.iter().map(|anhang| anhang.id.as_str()).collect();
        let mut anfrage = json!({
            "destinationId": self.dienst.regeln.ziel,
            "announcedAttachments": ids,
            "publicService": leistung,
        });
        if let Some(region) = &self.dienst.regeln.region {
            anfrage["region"] = region.as_str().into();
        }
        let url = format!("{}/v2/submissions", self.dienst.url);
        let aufruf = || {
            let json = anfrage.to_string().into_bytes();
            Aufruf::post(url.clone(), "application/json", json).harmless()
        };
        let antwort = self.call(aufruf).await?;
        if antwort.status != 201 {
            return Err(self.refused(&antwort, Schritt::Vorher).into());
        }
        let Angekuendigt { submission_id, case_id } = self.json(&antwort)?;
        let einreichung = Einreichung {
            submission_id,
            case_id,
            angekuendigt_am: self.lieferung.jetzt().millis(),
            anhaenge,
            gesendet: Vec::new(),
            beleg: None,
        };
        self.save(&einreichung).await?;
        Ok(einreichung)
    }

    /// Uploads what is not there yet, and notes each.
    async fn upload(
        &mut self,
        einreichung: &mut Einreichung,
        vorgang: &Vorgang,
        schluessel: &Verschluesselungsschluessel,
    ) -> Result<(), Abbruch> {
        for stelle in 0..einreichung.anhaenge.len() {
            let anhang = &einreichung.anhaenge[stelle];
            if anhang.geladen.is_some() {
                continue;
            }
            if self.lieferung.rest() < ANRUF / 2 {
                return Err(Ausgang::Angehalten.into());
            }
            let ablage = self.lieferung.ablage;
            let (medientyp, inhalt) = match &anhang.datei {
                None => {
                    let (nachricht, inhalt) =
                        ablage.nachricht(&vorgang.nummer, ZUSAMMENFASSUNG).await?;
                    (nachricht.medientyp, inhalt)
                }
                Some(id) => {
                    let datei = vorgang.anlagen.iter().find(|datei| datei.id == *id);
                    let medientyp = datei.map(|datei| datei.medientyp.clone());
                    (medientyp.unwrap_or_default(), ablage.anlage(&vorgang.nummer, id).await?)
                }
            };
            let jwe = schluessel.encrypt(&inhalt, &medientyp)?;
            let url = format!(
                "{}/v2/submissions/{}/attachments/{}",
                self.dienst.url,
                segment(&einreichung.submission_id),
                segment(&anhang.id)
            );
            let aufruf = || {
                let jwe = jwe.text.clone().into_bytes();
                Aufruf::put(url.clone(), "application/jose", jwe).harmless()
            };
            let antwort = self.call(aufruf).await?;
            if antwort.status != 204 && antwort.status != 200 {
                return Err(self.refused(&antwort, Schritt::Vorher).into());
            }
            let geladen = Some((hash(&inhalt), jwe.tag().to_owned()));
            einreichung.anhaenge[stelle].geladen = geladen;
            self.save(einreichung).await?;
        }
        Ok(())
    }

    /// Sends metadata and message off. From here on the destination may have it.
    async fn submit(
        &self,
        einreichung: &Einreichung,
        metadaten: &str,
        daten: &str,
    ) -> Result<(), Abbruch> {
        let id = segment(&einreichung.submission_id);
        let url = format!("{}/v2/submissions/{id}", self.dienst.url);
        let anfrage = json!({ "encryptedMetadata": metadaten, "encryptedData": daten }).to_string();
        let aufruf = || Aufruf::put(url.clone(), "application/json", anfrage.clone().into_bytes());
        let antwort = self.call(aufruf).await?;
        match antwort.status {
            200..=299 => Ok(()),
            // Perhaps an earlier attempt arrived after all.
            409 => Err(Ausgang::Unklar(self.grund(&antwort)).into()),
            _ => Err(self.refused(&antwort, Schritt::Absenden).into()),
        }
    }

    /// Reads the event log.
    async fn look(&self, einreichung: &Einreichung) -> Result<Lage, Abbruch> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Protokoll {
            event_log: Vec<String>,
        }

        let id = segment(&einreichung.case_id);
        let url = format!("{}/v2/cases/{id}/events", self.dienst.url);
        let antwort = self.call(|| Aufruf::get(url.clone())).await?;
        if antwort.status == 404 {
            return Ok(Lage::Unbekannt);
        }
        if antwort.status != 200 {
            return Err(self.refused(&antwort, Schritt::Fragen).into());
        }
        let Protokoll { event_log } = self.json(&antwort)?;
        let mut ereignisse = Vec::new();
        let mut gesehen = BTreeSet::new();
        let mut is_ungueltig = false;
        for set in event_log {
            match self.verify(&set, einreichung).await? {
                Some(ereignis) if gesehen.insert(ereignis.jti.clone()) => ereignisse.push(ereignis),
                // Once is enough.
                Some(_) => {}
                None => is_ungueltig = true,
            }
        }
        Ok(ereignis::judge(&ereignisse, einreichung, is_ungueltig))
    }

    /// An event with a valid signature by whoever may issue it. `None` if it is none.
    async fn verify(
        &self,
        set: &str,
        einreichung: &Einreichung,
    ) -> Result<Option<Ereignis>, Abbruch> {
        let Ok(entwurf) = Ereignis::read(set) else { return Ok(None) };
        let is_ziel = entwurf.iss.eq_ignore_ascii_case(&self.dienst.regeln.ziel);
        if !is_ziel && !self.dienst.is_dienst(&entwurf.iss) {
            return Ok(None);
        }
        let Some(schluessel) = self.key(&entwurf.iss, &entwurf.kid, is_ziel).await? else {
            return Ok(None);
        };
        let is_gueltig = schluessel.verify(set).is_ok()
            && entwurf.is_about(&einreichung.submission_id, &einreichung.case_id)
            && entwurf.is_past(self.lieferung.jetzt())
            // Only the destination itself can say that it has it.
            && (is_ziel || !entwurf.is_annahme());
        Ok(is_gueltig.then_some(entwurf))
    }

    /// The key of an issuer. `None` if it has none of this id.
    async fn key(
        &self,
        iss: &str,
        kid: &str,
        is_ziel: bool,
    ) -> Result<Option<Pruefschluessel>, Abbruch> {
        let name = (iss.to_owned(), kid.to_owned());
        if let Some(schluessel) = self.dienst.wissen.borrow().schluessel.get(&name) {
            return Ok(Some(schluessel.clone()));
        }
        let url = match is_ziel {
            true => {
                let ziel = segment(&self.dienst.regeln.ziel);
                format!("{}/v2/destinations/{ziel}/keys/{}", self.dienst.url, segment(kid))
            }
            false => format!("{}/.well-known/jwks.json", self.dienst.url),
        };
        let antwort = self.call(|| Aufruf::get(url.clone())).await?;
        let jwk = match antwort.status {
            404 => None,
            200 if is_ziel => Some(self.json::<Jwk>(&antwort)?),
            200 => self.json::<JwkSatz>(&antwort)?.keys.into_iter().find(|jwk| jwk.has_id(kid)),
            _ => return Err(self.refused(&antwort, Schritt::Fragen).into()),
        };
        let schluessel = jwk.and_then(|jwk| jwk.for_verification(kid).ok());
        if let Some(schluessel) = &schluessel {
            self.dienst.wissen.borrow_mut().schluessel.insert(name, schluessel.clone());
        }
        Ok(schluessel)
    }

    async fn get<T: DeserializeOwned>(&self, url: String) -> Result<T, Abbruch> {
        let antwort = self.call(|| Aufruf::get(url.clone())).await?;
        match antwort.status {
            200 => self.json(&antwort),
            // Moved, or off.
            404 => Err(Ausgang::Betreiber(self.grund(&antwort)).into()),
            _ => Err(self.refused(&antwort, Schritt::Fragen).into()),
        }
    }

    /// Sends a request with a token; with a new one if the token is refused.
    async fn call(&self, aufruf: impl Fn() -> Aufruf) -> Result<Antwort, Abbruch> {
        let token = self.token().await?;
        let antwort = self.lieferung.call(aufruf(), Some(&token)).await?;
        if antwort.status != 401 {
            return Ok(antwort);
        }
        self.dienst.wissen.borrow_mut().token = None;
        let token = self.token().await?;
        self.lieferung.call(aufruf(), Some(&token)).await
    }

    /// The header `authorization`, with a token that is still good for a while.
    async fn token(&self) -> Result<String, Abbruch> {
        #[derive(Deserialize)]
        struct Token {
            access_token: String,
            #[serde(default)]
            expires_in: u64,
        }

        let jetzt = self.lieferung.jetzt();
        if let Some((token, bis)) = &self.dienst.wissen.borrow().token
            && jetzt < *bis
        {
            return Ok(token.clone());
        }
        let (token_url, anfrage) = self.dienst.token_request();
        let aufruf = Aufruf::post(
            token_url.to_owned(),
            "application/x-www-form-urlencoded",
            anfrage.into_bytes(),
        );
        let antwort = self.lieferung.call(aufruf.harmless(), None).await?;
        match antwort.status {
            200 => {}
            400..=407 => {
                let grund = Grund { code: "fit-anmeldung".to_owned(), ..self.grund(&antwort) };
                return Err(Ausgang::Betreiber(grund).into());
            }
            _ => return Err(self.refused(&antwort, Schritt::Fragen).into()),
        }
        let Token { access_token, expires_in } = self.json(&antwort)?;
        let token = format!("Bearer {access_token}");
        let bis = jetzt.plus(Duration::from_secs(expires_in).saturating_sub(VORLAUF));
        self.dienst.wissen.borrow_mut().token = Some((token.clone(), bis));
        Ok(token)
    }

    /// The JSON of an answer that should have been one.
    fn json<T: DeserializeOwned>(&self, antwort: &Antwort) -> Result<T, Abbruch> {
        serde_json::from_slice(&antwort.inhalt).map_err(|_| {
            let code = "antwort-unlesbar".to_owned();
            Ausgang::Verschoben(Grund { code, ..self.grund(antwort) }).into()
        })
    }

    fn refused(&self, antwort: &Antwort, schritt: Schritt) -> Ausgang {
        let grund = self.grund(antwort);
        match (Klasse::of(antwort.status), schritt) {
            (Klasse::Betreiber, _) => Ausgang::Betreiber(grund),
            (Klasse::Spaeter, _) => Ausgang::Verschoben(grund),
            (Klasse::Unklar | Klasse::Erfolg, Schritt::Absenden) => Ausgang::Unklar(grund),
            (Klasse::Unklar | Klasse::Erfolg, _) => Ausgang::Verschoben(grund),
            // Nobody refuses a question for good: the operator has to look at it.
            (Klasse::Abgelehnt | Klasse::Konflikt, Schritt::Fragen) => Ausgang::Betreiber(grund),
            (Klasse::Abgelehnt | Klasse::Konflikt, _) => Ausgang::Abgelehnt(grund),
        }
    }

    /// As the service words it; a pause also from the headers of its rate limit.
    fn grund(&self, antwort: &Antwort) -> Grund {
        let mut grund = Grund::of(antwort, self.lieferung.jetzt());
        if antwort.status == 429 && grund.pause.is_none() {
            let reset = antwort.header("ratelimit-reset").and_then(|wert| wert.trim().parse().ok());
            grund.pause = reset.map(Duration::from_secs);
        }
        grund
    }

    async fn save(&mut self, einreichung: &Einreichung) -> Result<(), Abbruch> {
        self.stand.einreichung = Some(einreichung.clone());
        self.note().await
    }

    async fn forget(&mut self) -> Result<(), Abbruch> {
        self.stand.einreichung = None;
        self.note().await
    }

    async fn note(&mut self) -> Result<(), Abbruch> {
        let json = serde_json::to_string(&self.stand).expect("texts and lists become JSON");
        self.lieferung.note(&json).await
    }
}

/// Which step was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Schritt {
    /// Nothing is changed by it.
    Fragen,
    /// Nothing is delivered by it.
    Vorher,
    /// The destination may have it.
    Absenden,
}

/// A segment of a path.
fn segment(text: &str) -> String {
    const SICHER: &percent_encoding::AsciiSet =
        &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    utf8_percent_encode(text, SICHER).to_string()
}
