//! A DMS behind the CMIS 1.1 browser binding: Akte and Vorgang are folders, documents lie in the
//! Vorgang.
//!
//! Names follow from the Vorgang alone and are unique in a folder, so an object that an earlier
//! attempt made is found again. Where a property holds the external key, an Akte or Vorgang is
//! found by that wherever people have moved it.

mod formular;
mod objekt;

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use self::{
    formular::Formular,
    objekt::{CmisFehler, Objekt, Repository, read_hits, read_repository},
};
use super::{
    Ablauf, Abschluss, Dms, Schritt,
    leitung::{Leitung, origin},
    zuordnung::{Art, Zuordnung, check_rechteklassen},
};
use crate::{
    aktenplan::{Ablageplan, Aktenplan, STAND_FERTIG},
    ausgang::{Abbruch, Ausgang, Grund, Klasse},
    client::Antwort,
    einstellungen,
    lauf::Welt,
    lesen::{Formfehler, Objekt as Roh},
    zusteller::Aufruf,
};

/// What may stand unescaped in a segment of a path (RFC 3986 § 2.3).
const PFAD: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// `dms_einstellungen` of this adapter: for `akte`, `vorgang` and `dokument` their `typ`
/// (`cmis:folder`, `cmis:folder`, `cmis:document`), which may differ `je_rechteklasse`, a
/// `sekundaertyp`, and `eigenschaften`, which gives our fields properties of the repository.
///
/// ```json
/// {"akte": {"typ": "abh:akte", "eigenschaften": {"schluessel": "abh:schluessel"}}}
/// ```
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct CmisEinstellungen {
    pub akte: Zuordnung,
    pub vorgang: Zuordnung,
    pub dokument: Zuordnung,
}

impl CmisEinstellungen {
    pub fn read(mut roh: Roh, aktenplan: &Aktenplan) -> Result<CmisEinstellungen, Formfehler> {
        let einstellungen = CmisEinstellungen {
            akte: Zuordnung::read(&mut roh, Art::Akte, "typ", Some("cmis:folder"))?,
            vorgang: Zuordnung::read(&mut roh, Art::Vorgang, "typ", Some("cmis:folder"))?,
            dokument: Zuordnung::read(&mut roh, Art::Dokument, "typ", Some("cmis:document"))?,
        };
        let alle = [&einstellungen.akte, &einstellungen.vorgang, &einstellungen.dokument];
        check_rechteklassen(&roh, &alle, aktenplan)?;
        roh.finish()?;
        Ok(einstellungen)
    }
}

/// What is created where.
pub(super) fn ablauf(
    einstellungen: &CmisEinstellungen,
    pfad: &[String],
    plan: &Ablageplan,
) -> Ablauf {
    let CmisEinstellungen { akte, vorgang, dokument } = einstellungen;
    let ordner: Vec<String> = pfad.iter().chain(&plan.ordner).cloned().collect();
    let oben: String = ordner.iter().map(|name| format!("/{name}")).collect();
    let akte_ort = format!("{oben}/{}", plan.akte.name);
    let vorgang_ort = format!("{akte_ort}/{}", plan.vorgang.name);
    let dokumente = plan.dokumente.iter().map(|eines| {
        Schritt::dokument(plan, dokument, eines, format!("{vorgang_ort}/{}", eines.name))
    });
    Ablauf {
        ziel: "CMIS 1.1 (Browser Binding)".to_owned(),
        ordner,
        dokumente: dokumente.collect(),
        akte: Schritt::akte(plan, akte, akte_ort),
        vorgang: Schritt::vorgang(plan, vorgang, vorgang_ort),
        abschluss: match vorgang.property("stand") {
            Some(id) => format!("{id} = {STAND_FERTIG}"),
            None => "keiner (kein Feld für `stand`)".to_owned(),
        },
    }
}

/// URL of the root folder in a service document, if it is there and under the same address.
pub(crate) fn root_folder(dms: &einstellungen::Dms, dienstdokument: &[u8]) -> Option<String> {
    let repository = read_repository(dienstdokument, dms.repository.as_deref()).ok()?;
    let wurzel = repository.root_folder_url;
    (origin(&wurzel).is_some() && origin(&wurzel) == origin(&dms.url))
        .then(|| wurzel.trim_end_matches('/').to_owned())
}

/// Whether the repository says that there is no such object.
pub(crate) fn is_nicht_gefunden(antwort: &Antwort) -> bool {
    antwort.status == 404 && CmisFehler::is(antwort, "objectNotFound")
}

/// One delivery on its way through the repository.
pub(super) struct Cmis<'a, W: Welt> {
    leitung: Leitung<'a, W>,
    dms: &'a einstellungen::Dms,
    einstellungen: &'a CmisEinstellungen,
    /// Without a slash at its end, as that of the root folder.
    repository: String,
    wurzel: String,
    /// The folders that are known, by their ids.
    pfade: BTreeMap<String, String>,
}

impl<W: Welt> Dms for Cmis<'_, W> {
    const EINZELN: bool = true;

    /// Learns the URL of the root folder, as the service document has it.
    async fn ping(&mut self) -> Result<(), Abbruch> {
        let antwort = self.leitung.call(Aufruf::get(self.dms.url.clone())).await?;
        if antwort.status != 200 {
            return Err(self.leitung.failed_reading(antwort.status, self.grund(&antwort)).into());
        }
        let urls = match read_repository(&antwort.inhalt, self.dms.repository.as_deref()) {
            Ok(Repository { root_folder_url, repository_url }) => [root_folder_url, repository_url],
            Err(grund) => return Err(self.leitung.still(Ausgang::Betreiber(grund)).into()),
        };
        // The password is for the address of the settings and for no other.
        let hier = origin(&self.dms.url);
        if hier.is_none() || urls.iter().any(|url| !url.is_empty() && origin(url) != hier) {
            return Err(Ausgang::Betreiber(Grund::new("cmis-anderer-ursprung")).into());
        }
        let [wurzel, repository] = urls.map(|url| url.trim_end_matches('/').to_owned());
        (self.wurzel, self.repository) = (wurzel, repository);
        Ok(())
    }

    async fn reopen(&mut self, id: &str, _: &str) -> Result<bool, Abbruch> {
        let pfad = self.find(Wo::Id(id)).await?.and_then(|ordner| ordner.pfad);
        let Some(pfad) = pfad else { return Ok(false) };
        self.pfade.insert(id.to_owned(), pfad);
        Ok(true)
    }

    /// Looks for the Akte by its key, then by its place from the bottom up, and makes what is
    /// missing from the top down.
    async fn find_or_create_akte(&mut self, akte: &Schritt) -> Result<String, Abbruch> {
        if let Some(id) = self.find_by_key(&self.einstellungen.akte, akte).await? {
            return Ok(id);
        }
        let namen: Vec<&str> = akte.ort.split('/').filter(|name| !name.is_empty()).collect();
        let mut da = namen.len();
        let mut gefunden = None;
        while 0 < da {
            let pfad: String = namen[..da].iter().map(|name| format!("/{name}")).collect();
            gefunden = self.find(Wo::Pfad(&pfad)).await?.map(|objekt| (objekt, pfad));
            if gefunden.is_some() {
                break;
            }
            da -= 1;
        }
        for (index, name) in namen.iter().enumerate().skip(da) {
            let oben =
                gefunden.map_or_else(String::new, |(objekt, pfad)| objekt.pfad.unwrap_or(pfad));
            let formular = match index + 1 == namen.len() {
                true => self.form("createFolder", akte, &self.einstellungen.akte),
                false => Formular::new("createFolder")
                    .property("cmis:objectTypeId", "cmis:folder")
                    .property("cmis:name", name),
            };
            let objekt = self.create(&oben, name, formular).await?;
            gefunden = Some((objekt, format!("{oben}/{name}")));
        }
        match gefunden {
            Some((objekt, pfad)) => self.keep_folder(objekt, pfad, &self.einstellungen.akte, akte),
            None => Err(Ausgang::Betreiber(Grund::new("aktenplan")).into()),
        }
    }

    async fn find_or_create_vorgang(
        &mut self,
        akte: &str,
        vorgang: &Schritt,
    ) -> Result<String, Abbruch> {
        if let Some(id) = self.find_by_key(&self.einstellungen.vorgang, vorgang).await? {
            return Ok(id);
        }
        let oben = self.pfad(akte)?;
        let pfad = format!("{oben}/{}", vorgang.name);
        let objekt = match self.find(Wo::Pfad(&pfad)).await? {
            Some(objekt) => objekt,
            None => {
                let formular = self.form("createFolder", vorgang, &self.einstellungen.vorgang);
                self.create(&oben, &vorgang.name, formular).await?
            }
        };
        self.keep_folder(objekt, pfad, &self.einstellungen.vorgang, vorgang)
    }

    async fn file_document(
        &mut self,
        vorgang: &str,
        dokument: &Schritt,
        inhalt: Vec<u8>,
    ) -> Result<String, Abbruch> {
        let ordner = self.pfad(vorgang)?;
        let Schritt { name, groesse, .. } = dokument;
        if self.leitung.is_unklar() {
            let vorhanden = self.find(Wo::Pfad(&format!("{ordner}/{name}"))).await?;
            self.leitung.clear();
            if let Some(objekt) = vorhanden {
                return same_length(objekt, *groesse);
            }
        }
        let formular = self.form("createDocument", dokument, &self.einstellungen.dokument).content(
            name,
            &dokument.medientyp,
            inhalt,
        );
        let objekt = self.create(&ordner, name, formular).await?;
        same_length(objekt, *groesse)
    }

    async fn complete(&mut self, vorgang: &str, _: &str) -> Result<Abschluss, Abbruch> {
        let Some(stand) = self.einstellungen.vorgang.property("stand") else {
            return Ok(Abschluss::Fertig);
        };
        let (medientyp, inhalt) = Formular::new("update")
            .control("objectId", vorgang)
            .property(stand, STAND_FERTIG)
            .finish()?;
        let aufruf = Aufruf::post(self.wurzel.clone(), medientyp, inhalt).harmless();
        let antwort = self.leitung.call(aufruf).await?;
        match (antwort.status, Objekt::read(&antwort.inhalt)) {
            (200..=299, Some(_)) => Ok(Abschluss::Fertig),
            (status, _) => Err(self.leitung.failed_writing(status, self.grund(&antwort)).into()),
        }
    }
}

impl<'a, W: Welt> Cmis<'a, W> {
    pub fn new(
        dms: &'a einstellungen::Dms,
        einstellungen: &'a CmisEinstellungen,
        leitung: Leitung<'a, W>,
    ) -> Cmis<'a, W> {
        let pfade = BTreeMap::new();
        let (repository, wurzel) = (String::new(), String::new());
        Cmis { leitung, dms, einstellungen, repository, wurzel, pfade }
    }

    fn form(&self, aktion: &str, schritt: &Schritt, zuordnung: &Zuordnung) -> Formular {
        let mut formular = Formular::new(aktion)
            .property("cmis:objectTypeId", &schritt.typ)
            .property("cmis:name", &schritt.name);
        if let Some(typ) = &zuordnung.sekundaertyp {
            formular = formular.list("cmis:secondaryObjectTypeIds", &[typ]);
        }
        let eigenschaften = schritt.eigenschaften.iter();
        eigenschaften.fold(formular, |formular, (id, wert)| formular.property(id, wert))
    }

    /// Takes a folder for ours, unless it says by its key that it is another one.
    fn keep_folder(
        &mut self,
        objekt: Objekt,
        pfad: String,
        zuordnung: &Zuordnung,
        schritt: &Schritt,
    ) -> Result<String, Abbruch> {
        if !objekt.is_folder() {
            return Err(Ausgang::Abgelehnt(Grund::new("cmis-kein-ordner")).into());
        }
        let dort = zuordnung.property("schluessel").and_then(|id| objekt.property(id));
        if dort.is_some_and(|dort| dort != schritt.schluessel) {
            let grund = Grund::with_text(
                "anderer-schluessel",
                format!(
                    "Im DMS hat der Ordner „{}“ (Objekt {}) einen anderen Schlüssel als „{}“. Bitte \
                     prüfen Sie das Muster für den Namen im Aktenplan.",
                    schritt.name, objekt.id, schritt.schluessel
                ),
            );
            return Err(Ausgang::Abgelehnt(grund).into());
        }
        self.pfade.insert(objekt.id.clone(), objekt.pfad.unwrap_or(pfad));
        Ok(objekt.id)
    }

    /// Of a folder that this delivery has found or made.
    fn pfad(&self, id: &str) -> Result<String, Abbruch> {
        let pfad = self.pfade.get(id).cloned();
        pfad.ok_or_else(|| Ausgang::Verschoben(Grund::new("cmis-ordner-fehlt")).into())
    }

    /// The folder whose key this is; `None` if there is none, or no property for keys.
    async fn find_by_key(
        &mut self,
        zuordnung: &Zuordnung,
        schritt: &Schritt,
    ) -> Result<Option<String>, Abbruch> {
        let Some(property) = zuordnung.property("schluessel") else { return Ok(None) };
        let von = zuordnung.sekundaertyp.as_deref().unwrap_or(&schritt.typ);
        let literal = schritt.schluessel.replace('\\', "\\\\").replace('\'', "\\'");
        let frage = format!("SELECT * FROM {von} WHERE {property} = '{literal}'");
        let url = format!(
            "{}?cmisselector=query&succinct=true&maxItems=2&q={}",
            self.repository,
            utf8_percent_encode(&frage, PFAD)
        );
        let antwort = self.leitung.call(Aufruf::get(url)).await?;
        if antwort.status != 200 {
            return Err(self.leitung.failed_reading(antwort.status, self.grund(&antwort)).into());
        }
        let Some(treffer) = read_hits(&antwort.inhalt, property, &schritt.schluessel) else {
            let grund = Grund { code: "antwort-unlesbar".into(), ..self.grund(&antwort) };
            return Err(self.leitung.still(Ausgang::Verschoben(grund)).into());
        };
        match treffer.as_slice() {
            [] => Ok(None),
            // A query's answer may lack the path.
            [id] => Ok(self.reopen(id, "").await?.then(|| id.clone())),
            mehrere => {
                let grund = Grund::with_text(
                    "mehrdeutig",
                    format!(
                        "Im DMS gibt es den Schlüssel „{}“ mehrmals (Objekte {}). Bitte lassen Sie \
                         die Akten im DMS zusammenführen.",
                        schritt.schluessel,
                        mehrere.join(", ")
                    ),
                );
                Err(Ausgang::Abgelehnt(grund).into())
            }
        }
    }

    /// Creates an object, or finds the one that is there already.
    async fn create(
        &self,
        ordner: &str,
        name: &str,
        formular: Formular,
    ) -> Result<Objekt, Abbruch> {
        let (medientyp, inhalt) = formular.finish()?;
        let aufruf = Aufruf::post(self.url(ordner), medientyp, inhalt);
        let antwort = self.leitung.call(aufruf).await?;
        let grund = || self.grund(&antwort);
        let klasse = Klasse::of(antwort.status);
        let neu = match klasse {
            Klasse::Erfolg => Objekt::read(&antwort.inhalt),
            Klasse::Konflikt => None,
            _ => return Err(self.leitung.failed_writing(antwort.status, grund()).into()),
        };
        let objekt = match neu {
            Some(objekt) => objekt,
            None => match self.find(Wo::Pfad(&format!("{ordner}/{name}"))).await? {
                Some(objekt) => objekt,
                // A rule of the repository, not a name that is taken.
                None if CmisFehler::is(&antwort, "constraint") => {
                    return Err(Ausgang::Abgelehnt(grund()).into());
                }
                None => {
                    let code = match klasse {
                        Klasse::Erfolg => "antwort-unlesbar",
                        _ => "widerspruch",
                    };
                    return Err(Ausgang::Unklar(Grund { code: code.into(), ..grund() }).into());
                }
            },
        };
        // A server that reads another character set stores another name and says 201.
        match objekt.has_name(name) {
            true => Ok(objekt),
            false => Err(Ausgang::Abgelehnt(Grund::with_text(
                "cmis-anderer-name",
                format!(
                    "Das DMS hat „{name}“ unter dem Namen „{}“ angelegt (Objekt {}). Bitte lassen \
                     Sie den Namen im DMS berichtigen und den Zeichensatz prüfen.",
                    objekt.name.as_deref().unwrap_or_default(),
                    objekt.id
                ),
            ))
            .into()),
        }
    }

    /// Reads an object; `None` if the repository says that there is none.
    async fn find(&self, wo: Wo<'_>) -> Result<Option<Objekt>, Abbruch> {
        let url = match wo {
            Wo::Pfad(pfad) => format!("{}?", self.url(pfad)),
            Wo::Id(id) => {
                format!("{}?objectId={}&", self.wurzel, utf8_percent_encode(id, PFAD))
            }
        };
        let antwort = self
            .leitung
            .call(Aufruf::get(format!("{url}cmisselector=object&succinct=true")))
            .await?;
        match antwort.status {
            200 => match Objekt::read(&antwort.inhalt) {
                Some(objekt) => Ok(Some(objekt)),
                None => {
                    let grund = Grund { code: "antwort-unlesbar".into(), ..self.grund(&antwort) };
                    Err(self.leitung.still(Ausgang::Verschoben(grund)).into())
                }
            },
            404 if CmisFehler::is(&antwort, "objectNotFound") => Ok(None),
            status => Err(self.leitung.failed_reading(status, self.grund(&antwort)).into()),
        }
    }

    /// The partner's words: the message of its exception, else all that it said.
    fn grund(&self, antwort: &Antwort) -> Grund {
        let grund = Grund::of(antwort, self.leitung.jetzt());
        match CmisFehler::read(antwort) {
            Some(CmisFehler { message: Some(message), .. }) => {
                Grund { text: crate::client::bounded(&message).or(grund.text), ..grund }
            }
            _ => grund,
        }
    }

    /// The URL of a path that begins with a slash, or is empty for the root.
    fn url(&self, pfad: &str) -> String {
        let mut url = self.wurzel.clone();
        for name in pfad.split('/').filter(|name| !name.is_empty()) {
            url.push('/');
            url.extend(utf8_percent_encode(name, PFAD));
        }
        url
    }
}

/// How an object is named.
#[derive(Clone, Copy)]
enum Wo<'a> {
    Pfad(&'a str),
    Id(&'a str),
}

/// A document that was there before must be ours.
fn same_length(objekt: Objekt, groesse: u64) -> Result<String, Abbruch> {
    match objekt.groesse {
        Some(dort) if dort != groesse => Err(Ausgang::Abgelehnt(Grund::with_text(
            "anderer-inhalt",
            format!(
                "Im DMS liegt unter diesem Namen schon ein Dokument mit {dort} Byte statt {groesse} \
                 Byte (Objekt {}).",
                objekt.id
            ),
        ))
        .into()),
        _ => Ok(objekt.id),
    }
}
