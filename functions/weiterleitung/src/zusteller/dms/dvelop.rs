//! d.velop documents (d.3) over its DMSApp: Akte and Vorgang are dossiers, documents are linked
//! into the Vorgang.
//!
//! URLs are never built but followed: from `/dms` to the repository, from there to upload, search
//! and storage. The repository has no names that are unique, so everything is found again by the
//! property that holds the external key.

mod hal;

use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use self::hal::{Resource, expand, resolve};
use super::{
    Ablauf, Abschluss, Dms, Schritt,
    leitung::{Leitung, origin},
    zuordnung::{Art, Zuordnung, check_rechteklassen},
};
use crate::{
    aktenplan::{Ablageplan, Aktenplan, STAND_FERTIG},
    ausgang::{Abbruch, Ausgang, Grund},
    client::Antwort,
    einstellungen,
    lauf::Welt,
    lesen::{Formfehler, Objekt as Roh},
    zusteller::Aufruf,
};

const HAL: &str = "application/hal+json";
const MB: u64 = 1_000_000;

/// `dms_einstellungen` of this adapter.
///
/// ```json
/// {"akte": {"kategorie": "DABHA", "eigenschaften": {"schluessel": "11", "betreff": "12"},
///           "je_rechteklasse": {"einbuergerung": "DEBA"}},
///  "vorgang": {"kategorie": "DABHV", "eigenschaften": {"schluessel": "11"}},
///  "dokument": {"kategorie": "ABHD", "eigenschaften": {"schluessel": "11", "typ": "20"}},
///  "quelle": "/dms/r/…/source", "teil_mb": 8, "verknuepfen": true}
/// ```
///
/// Each needs a `kategorie` and a property for `schluessel`. `quelle` is the source whose ids these
/// are (that of the repository itself); files are uploaded in parts of `teil_mb`; `verknuepfen`
/// links children to their dossier, which repositories that do so by properties do not need.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct DvelopEinstellungen {
    pub akte: Zuordnung,
    pub vorgang: Zuordnung,
    pub dokument: Zuordnung,
    quelle: Option<String>,
    teil: usize,
    verknuepfen: bool,
}

impl DvelopEinstellungen {
    pub fn read(mut roh: Roh, aktenplan: &Aktenplan) -> Result<DvelopEinstellungen, Formfehler> {
        let mut read = |art, name: &str| {
            let zuordnung = Zuordnung::read(&mut roh, art, "kategorie", None)?;
            match zuordnung.property("schluessel") {
                Some(_) => Ok(zuordnung),
                None => {
                    let grund = "expected the id of the property that holds the external key: \
                                 without it nothing is found again";
                    Err(roh.fehler(&format!("{name}.eigenschaften.schluessel"), grund))
                }
            }
        };
        let einstellungen = DvelopEinstellungen {
            akte: read(Art::Akte, "akte")?,
            vorgang: read(Art::Vorgang, "vorgang")?,
            dokument: read(Art::Dokument, "dokument")?,
            quelle: roh.text("quelle")?,
            teil: (roh.zahl("teil_mb", 1, 100)?.unwrap_or(8) * MB) as usize,
            verknuepfen: roh.ja("verknuepfen")?.unwrap_or(true),
        };
        let alle = [&einstellungen.akte, &einstellungen.vorgang, &einstellungen.dokument];
        check_rechteklassen(&roh, &alle, aktenplan)?;
        roh.finish()?;
        Ok(einstellungen)
    }
}

/// What is created where.
pub(super) fn ablauf(einstellungen: &DvelopEinstellungen, plan: &Ablageplan) -> Ablauf {
    let DvelopEinstellungen { akte, vorgang, dokument, .. } = einstellungen;
    let akte_ort = plan.akte.name.clone();
    let vorgang_ort = format!("{akte_ort} › {}", plan.vorgang.name);
    let dokumente = plan.dokumente.iter().map(|eines| {
        Schritt::dokument(plan, dokument, eines, format!("{vorgang_ort} › {}", eines.name))
    });
    Ablauf {
        ziel: "d.velop documents".to_owned(),
        ordner: Vec::new(),
        dokumente: dokumente.collect(),
        akte: Schritt::akte(plan, akte, akte_ort),
        vorgang: Schritt::vorgang(plan, vorgang, vorgang_ort),
        abschluss: match vorgang.property("stand") {
            Some(id) => format!("{id} = {STAND_FERTIG}"),
            None => "keiner (kein Feld für `stand`)".to_owned(),
        },
    }
}

/// One delivery on its way through the repository.
pub(super) struct Dvelop<'a, W: Welt> {
    leitung: Leitung<'a, W>,
    dms: &'a einstellungen::Dms,
    einstellungen: &'a DvelopEinstellungen,
    /// The repository, once it is asked for.
    repository: Resource,
    quelle: String,
    /// The type of the Vorgang, for its mark.
    vorgang_kategorie: String,
}

impl<W: Welt> Dms for Dvelop<'_, W> {
    const EINZELN: bool = true;

    /// Learns the links of the repository.
    async fn ping(&mut self) -> Result<(), Abbruch> {
        let id = self.dms.repository.as_deref().unwrap_or_default();
        let wurzel = self.get(&self.dms.url).await?;
        let repo = self.link(&wurzel, "repo", &[("repositoryid", id.to_owned())])?;
        self.repository = self.get(&repo).await?;
        for name in ["dmsobjectwithmapping", "searchresultwithmapping", "chunkedupload"] {
            self.link(&self.repository, name, &[])?;
        }
        self.quelle = match (&self.einstellungen.quelle, self.repository.href("source")) {
            (Some(quelle), _) => quelle.clone(),
            (None, Some(href)) => href.to_owned(),
            (None, None) => {
                // As documented for the repository's own source.
                format!("/dms/r/{id}/source")
            }
        };
        Ok(())
    }

    async fn reopen(&mut self, id: &str, _: &str) -> Result<bool, Abbruch> {
        Ok(self.details(id).await?.is_some())
    }

    async fn find_or_create_akte(&mut self, akte: &Schritt) -> Result<String, Abbruch> {
        match self.find(&self.einstellungen.akte, akte, None).await? {
            Some(id) => Ok(id),
            None => self.create(akte, None).await,
        }
    }

    async fn find_or_create_vorgang(
        &mut self,
        akte: &str,
        vorgang: &Schritt,
    ) -> Result<String, Abbruch> {
        let id = match self.find(&self.einstellungen.vorgang, vorgang, None).await? {
            Some(id) => id,
            None => self.create(vorgang, None).await?,
        };
        self.link_child(akte, &id, &self.einstellungen.vorgang, vorgang).await?;
        Ok(id)
    }

    async fn file_document(
        &mut self,
        vorgang: &str,
        dokument: &Schritt,
        inhalt: Vec<u8>,
    ) -> Result<String, Abbruch> {
        // Without an attempt that may have come through there cannot be one.
        let vorhanden = match self.leitung.is_unklar() {
            true => {
                let vorhanden = self.find(&self.einstellungen.dokument, dokument, None).await?;
                self.leitung.clear();
                vorhanden
            }
            false => None,
        };
        let id = match vorhanden {
            Some(id) => id,
            None => {
                let ort = self.upload(&inhalt).await?;
                drop(inhalt);
                self.create(dokument, Some(&ort)).await?
            }
        };
        self.link_child(vorgang, &id, &self.einstellungen.dokument, dokument).await?;
        Ok(id)
    }

    async fn complete(&mut self, vorgang: &str, _: &str) -> Result<Abschluss, Abbruch> {
        let Some(stand) = self.einstellungen.vorgang.property("stand") else {
            return Ok(Abschluss::Fertig);
        };
        let url = self.link(
            &self.repository,
            "dmsobjectwithmapping",
            &[("dmsobjectid", vorgang.to_owned())],
        )?;
        let json = json!({
            "sourceId": self.quelle,
            "sourceCategory": self.vorgang_kategorie,
            "alterationText": "Alle Dokumente des Online-Antrags liegen vor",
            "sourceProperties": { "properties": [{ "key": stand, "values": [STAND_FERTIG] }] },
        });
        let antwort = self.write(Aufruf::put(url, HAL, json.to_string().into()).harmless()).await?;
        self.check_done(&antwort)?;
        Ok(Abschluss::Fertig)
    }
}

impl<'a, W: Welt> Dvelop<'a, W> {
    pub fn new(
        dms: &'a einstellungen::Dms,
        einstellungen: &'a DvelopEinstellungen,
        leitung: Leitung<'a, W>,
    ) -> Dvelop<'a, W> {
        Dvelop {
            leitung,
            dms,
            einstellungen,
            repository: Resource::default(),
            quelle: String::new(),
            vorgang_kategorie: String::new(),
        }
    }

    pub fn with_vorgang(mut self, vorgang: &Schritt) -> Dvelop<'a, W> {
        self.vorgang_kategorie.clone_from(&vorgang.typ);
        self
    }

    /// Reads a resource with its links.
    async fn get(&self, url: &str) -> Result<Resource, Abbruch> {
        let aufruf = Aufruf::get(url.to_owned()).with("accept", HAL);
        let antwort = self.leitung.call(aufruf).await?;
        if antwort.status != 200 {
            return Err(self.leitung.failed_reading(antwort.status, self.grund(&antwort)).into());
        }
        self.resource(&antwort)
    }

    fn resource(&self, antwort: &Antwort) -> Result<Resource, Abbruch> {
        Resource::read(&antwort.inhalt).ok_or_else(|| {
            let grund = Grund { code: "antwort-unlesbar".into(), ..self.grund(antwort) };
            self.leitung.still(Ausgang::Verschoben(grund)).into()
        })
    }

    /// The URL of a link with the variables filled in.
    fn link(
        &self,
        resource: &Resource,
        name: &str,
        werte: &[(&str, String)],
    ) -> Result<String, Abbruch> {
        let fehlt = |code: &str| {
            let text = format!(
                "Im DMS fehlt der Link „{name}“. Bitte prüfen Sie Adresse, Repository und Rechte."
            );
            Abbruch::from(self.leitung.still(Ausgang::Betreiber(Grund::with_text(code, text))))
        };
        let href = resource.href(name).ok_or_else(|| fehlt("dvelop-link-fehlt"))?;
        self.url(&expand(href, werte)).ok_or_else(|| fehlt("dvelop-anderer-ursprung"))
    }

    /// Absolute, and only where the password is for.
    fn url(&self, href: &str) -> Option<String> {
        let url = resolve(&self.dms.url, href)?;
        (origin(&url)? == origin(&self.dms.url)?).then_some(url)
    }

    /// Sends what changes something. Without `Origin` the DMS refuses it.
    async fn write(&self, aufruf: Aufruf) -> Result<Antwort, Abbruch> {
        let ursprung = resolve(&self.dms.url, "/").unwrap_or_default();
        let aufruf =
            aufruf.with("accept", HAL).with("origin", ursprung.trim_end_matches('/').to_owned());
        self.leitung.call(aufruf).await
    }

    /// An object by its id; `None` if the DMS says that there is none.
    async fn details(&self, id: &str) -> Result<Option<Resource>, Abbruch> {
        let werte = [("dmsobjectid", id.to_owned()), ("sourceid", self.quelle.clone())];
        let url = self.link(&self.repository, "dmsobjectwithmapping", &werte)?;
        let antwort = self.leitung.call(Aufruf::get(url).with("accept", HAL)).await?;
        match antwort.status {
            200 => Ok(Some(self.resource(&antwort)?)),
            404 => Ok(None),
            status => Err(self.leitung.failed_reading(status, self.grund(&antwort)).into()),
        }
    }

    /// The object whose key this is, perhaps only among the children of one.
    async fn find(
        &self,
        zuordnung: &Zuordnung,
        schritt: &Schritt,
        eltern: Option<&str>,
    ) -> Result<Option<String>, Abbruch> {
        let property = zuordnung.property("schluessel").unwrap_or_default();
        let mut werte = vec![
            ("sourceid", self.quelle.clone()),
            ("sourcecategories", json!([schritt.typ]).to_string()),
            ("sourceproperties", json!({ property: [schritt.schluessel] }).to_string()),
            ("page", "1".to_owned()),
            ("pagesize", "25".to_owned()),
        ];
        werte.extend(eltern.map(|id| ("children_of", id.to_owned())));
        let url = self.link(&self.repository, "searchresultwithmapping", &werte)?;
        let antwort = self.leitung.call(Aufruf::get(url).with("accept", HAL)).await?;
        if antwort.status != 200 {
            return Err(self.leitung.failed_reading(antwort.status, self.grund(&antwort)).into());
        }
        let treffer = self.resource(&antwort)?;
        // The search may know wildcards, and a mapping may be wrong: only what says that it has this
        // very key is ours.
        match treffer.items_with(property, &schritt.schluessel) {
            None => {
                let grund = Grund::with_text(
                    "dvelop-schluessel-unlesbar",
                    format!(
                        "Die Suche im DMS nennt die Eigenschaft „{property}“ nicht. Bitte prüfen Sie \
                         die Zuordnung von `schluessel` in `dms_einstellungen`.",
                    ),
                );
                Err(self.leitung.still(Ausgang::Betreiber(grund)).into())
            }
            // Two that were made at the same moment: everybody takes the same one.
            Some(ids) => Ok(ids.into_iter().min()),
        }
    }

    /// Uploads a file in parts; where it lies until it is stored.
    async fn upload(&self, inhalt: &[u8]) -> Result<String, Abbruch> {
        let mut url = self.link(&self.repository, "chunkedupload", &[])?;
        let mut ort = None;
        let teil = self.einstellungen.teil;
        // Even an empty file is one part.
        let mut anfang = 0;
        while anfang < inhalt.len() || ort.is_none() {
            let ende = inhalt.len().min(anfang + teil);
            let stueck = inhalt[anfang..ende].to_vec();
            let aufruf = Aufruf::post(url.clone(), "application/octet-stream", stueck);
            // What is not stored afterwards is forgotten there.
            let antwort = self.write(aufruf.harmless()).await?;
            self.check_done(&antwort)?;
            if ort.is_none() {
                let Some(location) = antwort.header("location") else {
                    let grund = Grund { code: "antwort-unlesbar".into(), ..self.grund(&antwort) };
                    return Err(self.leitung.still(Ausgang::Verschoben(grund)).into());
                };
                let Some(ziel) = self.url(location) else {
                    return Err(Ausgang::Betreiber(Grund::new("dvelop-anderer-ursprung")).into());
                };
                url = ziel;
                ort = Some(location.to_owned());
            }
            anfang = ende;
        }
        ort.ok_or_else(|| Ausgang::Verschoben(Grund::new("antwort-unlesbar")).into())
    }

    /// Stores an object; its id. With a file it is a document, without one a dossier.
    async fn create(&self, schritt: &Schritt, ort: Option<&str>) -> Result<String, Abbruch> {
        let url = self.link(&self.repository, "dmsobjectwithmapping", &[])?;
        let eigenschaften: Vec<Value> = schritt
            .eigenschaften
            .iter()
            .map(|(id, wert)| json!({ "key": id, "values": [wert] }))
            .collect();
        let mut json = json!({
            "sourceId": self.quelle,
            "sourceCategory": schritt.typ,
            "sourceProperties": { "properties": eigenschaften },
        });
        if let Some(ort) = ort {
            json["filename"] = Value::from(schritt.name.as_str());
            json["contentLocationUri"] = Value::from(ort);
        }
        let url = url.trim_end_matches('/').to_owned();
        let antwort = self.write(Aufruf::post(url, HAL, json.to_string().into())).await?;
        let grund = || self.grund(&antwort);
        if !(200..=299).contains(&antwort.status) {
            return Err(self.leitung.failed_writing(antwort.status, grund()).into());
        }
        match antwort.header("location").and_then(read_id) {
            Some(id) => Ok(id),
            None => {
                let grund = Grund { code: "antwort-unlesbar".into(), ..grund() };
                Err(Ausgang::Unklar(grund).into())
            }
        }
    }

    /// Links a child to its dossier, if it is not linked yet.
    async fn link_child(
        &self,
        eltern: &str,
        kind: &str,
        zuordnung: &Zuordnung,
        schritt: &Schritt,
    ) -> Result<(), Abbruch> {
        if !self.einstellungen.verknuepfen {
            return Ok(());
        }
        let search = self.repository.href("searchresultwithmapping").unwrap_or_default();
        if search.contains("children_of") {
            let da = self.find(zuordnung, schritt, Some(eltern)).await?;
            if da.as_deref() == Some(kind) {
                return Ok(());
            }
        }
        let Some(akte) = self.details(eltern).await? else {
            return Err(Ausgang::Verschoben(Grund::new("dvelop-akte-fehlt")).into());
        };
        let url = self.link(&akte, "linkDmsObjects", &[])?;
        let json = json!({ "dmsObjectIds": [kind] });
        let antwort =
            self.write(Aufruf::post(url, HAL, json.to_string().into()).harmless()).await?;
        self.check_done(&antwort)
    }

    /// Whether a write that has nothing to tell was carried out. A login page says 200, too.
    fn check_done(&self, antwort: &Antwort) -> Result<(), Abbruch> {
        let is_json = || serde_json::from_slice::<Value>(&antwort.inhalt).is_ok();
        let grund = self.grund(antwort);
        match antwort.status {
            200..=299 if antwort.inhalt.is_empty() || is_json() => Ok(()),
            200..=299 => {
                let grund = Grund { code: "antwort-unlesbar".into(), ..grund };
                Err(self.leitung.still(Ausgang::Verschoben(grund)).into())
            }
            status => Err(self.leitung.failed_writing(status, grund).into()),
        }
    }

    /// The partner's words: its reason, else all that it said.
    fn grund(&self, antwort: &Antwort) -> Grund {
        let grund = Grund::of(antwort, self.leitung.jetzt());
        let json: Option<Value> = serde_json::from_slice(&antwort.inhalt).ok();
        match json.as_ref().and_then(|json| json.get("reason")).and_then(Value::as_str) {
            Some(reason) => Grund { text: crate::client::bounded(reason).or(grund.text), ..grund },
            None => grund,
        }
    }
}

/// The last part of `/dms/r/…/o2m/D000000123?sourceid=…`.
fn read_id(location: &str) -> Option<String> {
    let pfad = location.split(['?', '#']).next().unwrap_or_default();
    let id = pfad.trim_end_matches('/').rsplit('/').next()?;
    let id = percent_decode_str(id).decode_utf8().ok()?;
    (!id.is_empty() && id != "o2m").then(|| id.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_ends_the_location() {
        for (location, id) in [
            ("/dms/r/abc/o2m/D000000123?sourceid=%2Fdms", Some("D000000123")),
            ("https://x/dms/r/abc/o2m/D1/", Some("D1")),
            ("/dms/r/abc/o2m/", None),
            ("", None),
        ] {
            assert_eq!(read_id(location).as_deref(), id, "{location}");
        }
    }

    #[track_caller]
    fn check(settings: &str, expect: &str) {
        let plan = r#"{"einbuergerung":{"rechte":"sta"}}"#.parse().unwrap();
        let roh = Roh::parse(settings).unwrap();
        let error = DvelopEinstellungen::read(roh, &plan).unwrap_err().to_string();
        assert!(error.starts_with(expect), "{error}");
    }

    #[test]
    fn settings_name_what_they_miss() {
        check("{}", "`akte.kategorie`: expected the id of the kategorie");
        check(
            r#"{"akte":{"kategorie":"A"}}"#,
            "`akte.eigenschaften.schluessel`: expected the id of the property",
        );
        check(
            r#"{"akte":{"kategorie":"A","eigenschaften":{"farbe":"1"}}}"#,
            "`akte.eigenschaften.farbe`: no such field here; there are schluessel, name, ",
        );
        let voll = |mehr: &str| {
            let eines = r#"{"kategorie":"A","eigenschaften":{"schluessel":"1"}}"#;
            format!(r#"{{"akte":{eines},"vorgang":{eines},"dokument":{eines}{mehr}}}"#)
        };
        check(&voll(r#","teil_mb":0"#), "`teil_mb`: expected a whole number from 1 to 100");
        check(&voll(r#","x":0"#), "`x`: no such key here; there are akte, vorgang, dokument, ");
        let klasse = voll("").replacen(
            r#"{"kategorie""#,
            r#"{"je_rechteklasse":{"stadt":"B"},"kategorie""#,
            1,
        );
        check(
            &klasse,
            "`je_rechteklasse.stadt`: no filing plan names this rights class; there are ",
        );
        let plan = Aktenplan::default();
        let gut = klasse.replace("stadt", "einbuergerung");
        assert!(DvelopEinstellungen::read(Roh::parse(&voll("")).unwrap(), &plan).is_ok());
        let plan = "".parse().unwrap();
        assert!(DvelopEinstellungen::read(Roh::parse(&gut).unwrap(), &plan).is_ok());
    }
}
