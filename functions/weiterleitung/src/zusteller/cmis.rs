//! A DMS behind the CMIS 1.1 browser binding: Akte and Vorgang are folders, documents lie in the
//! Vorgang.
//!
//! Names follow from the Vorgang alone, so an object that an earlier attempt made is found again,
//! and the id of each object is noted as soon as it is known: what was interrupted goes on where
//! it stood.

mod formular;
mod objekt;

use ablage::Vorgang;
use http::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

use crate::{
    aktenplan::{Ablageort, Dokumentart},
    ausgang::{Abbruch, Ausgang, Grund, Klasse},
    client::Antwort,
    einstellungen::Dms,
    lauf::{ANRUF, Welt},
    zusteller::{
        Aufruf, Lieferung, Zusteller,
        cmis::{
            formular::Formular,
            objekt::{CmisFehler, Objekt, Repository, read_repository},
        },
    },
};

/// What may stand unescaped in a segment of a path (RFC 3986 § 2.3).
const PFAD: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Delivers to a DMS.
pub(crate) struct Cmis<'a>(pub &'a Dms);

/// What an attempt has achieved: ids only, since it is stored as it is.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Fortschritt {
    vorgang: Option<String>,
    /// In the order of the documents.
    dokumente: Vec<String>,
}

/// A document to be filed.
struct Dokument<'a> {
    quelle: Quelle<'a>,
    art: Dokumentart<'a>,
    groesse: u64,
}

/// Where its bytes are.
#[derive(Clone, Copy)]
enum Quelle<'a> {
    Nachricht(&'a str),
    Anlage(&'a str),
}

impl Zusteller for Cmis<'_> {
    async fn deliver<W: Welt>(&self, lieferung: Lieferung<'_, W>) -> Result<Ausgang, Abbruch> {
        let vorgang = lieferung.ablage.vorgang(&lieferung.pacht.vorgang).await?;
        let dokumente = dokumente(&vorgang);
        let arten: Vec<Dokumentart<'_>> = dokumente.iter().map(|dokument| dokument.art).collect();
        let Some(ort) = self.0.aktenplan.place(&vorgang, &arten) else {
            return Ok(Ausgang::Betreiber(Grund::new("aktenplan")));
        };
        let mut gang = Gang { lieferung, dms: self.0, ort, wurzel: String::new() };
        gang.wurzel = gang.find_root().await?;
        gang.file(&vorgang, &dokumente).await
    }
}

/// The documents of a Vorgang: the application as people read it, the message, the proofs.
fn dokumente(vorgang: &Vorgang) -> Vec<Dokument<'_>> {
    let nachrichten = [("zusammenfassung", "Antrag"), ("nachricht", "Nachricht")];
    let nachrichten = nachrichten.into_iter().filter_map(|(art, typ)| {
        let nachricht = vorgang.nachrichten.iter().find(|nachricht| nachricht.art == art)?;
        Some(Dokument {
            quelle: Quelle::Nachricht(art),
            art: Dokumentart { typ, name: typ, medientyp: &nachricht.medientyp },
            groesse: nachricht.groesse,
        })
    });
    let anlagen = vorgang.anlagen.iter().filter(|anlage| anlage.folge.is_empty());
    let anlagen = anlagen.map(|anlage| Dokument {
        quelle: Quelle::Anlage(&anlage.id),
        art: Dokumentart { typ: &anlage.typ, name: &anlage.name, medientyp: &anlage.medientyp },
        groesse: anlage.groesse,
    });
    nachrichten.chain(anlagen).collect()
}

/// One delivery on its way through the repository.
struct Gang<'a, 'b, W: Welt> {
    lieferung: Lieferung<'a, W>,
    dms: &'b Dms,
    ort: Ablageort,
    /// URL of the root folder, without a slash at its end.
    wurzel: String,
}

impl<W: Welt> Gang<'_, '_, W> {
    /// URL of the root folder, as the service document has it.
    async fn find_root(&self) -> Result<String, Abbruch> {
        let antwort = self.call(Aufruf::get(self.dms.url.clone())).await?;
        if antwort.status != 200 {
            return Err(self.failed_reading(&antwort).into());
        }
        let wurzel = match read_repository(&antwort.inhalt, self.dms.repository.as_deref()) {
            Ok(Repository { root_folder_url }) => root_folder_url,
            Err(grund) => return Err(self.lieferung.still(Ausgang::Betreiber(grund)).into()),
        };
        // The password is for the address of the settings and for no other.
        match (origin(&wurzel), origin(&self.dms.url)) {
            (Some(dort), Some(hier)) if dort == hier => Ok(wurzel.trim_end_matches('/').to_owned()),
            _ => Err(Ausgang::Betreiber(Grund::new("cmis-anderer-ursprung")).into()),
        }
    }

    async fn file(
        mut self,
        vorgang: &Vorgang,
        dokumente: &[Dokument<'_>],
    ) -> Result<Ausgang, Abbruch> {
        let mut fortschritt: Fortschritt = self
            .lieferung
            .pacht
            .fortschritt
            .as_deref()
            .and_then(|fortschritt| serde_json::from_str(fortschritt).ok())
            .unwrap_or_default();
        let pfad = match &fortschritt.vorgang {
            // A caseworker may have moved or renamed it meanwhile.
            Some(id) => self.find(Wo::Id(id)).await?.and_then(|ordner| ordner.pfad),
            None => None,
        };
        let pfad = match pfad {
            Some(pfad) => pfad,
            None => {
                let (id, pfad) = self.ensure_vorgang().await?;
                fortschritt = Fortschritt { vorgang: Some(id), dokumente: Vec::new() };
                self.note(&fortschritt).await?;
                pfad
            }
        };
        for (index, dokument) in dokumente.iter().enumerate().skip(fortschritt.dokumente.len()) {
            if self.lieferung.rest() < ANRUF / 2 {
                return Ok(Ausgang::Angehalten);
            }
            let id = self.ensure_dokument(vorgang, &pfad, dokument, index).await?;
            fortschritt.dokumente.push(id);
            self.note(&fortschritt).await?;
        }
        Ok(Ausgang::Zugestellt(fortschritt.vorgang))
    }

    /// The folder of the Vorgang with all folders above it: looks from the bottom up for one that
    /// is there, then makes the missing ones from the top down. Its id and path.
    async fn ensure_vorgang(&self) -> Result<(String, String), Abbruch> {
        let typen = &self.ort.typen;
        let plan = self.dms.pfad.iter().chain(&self.ort.aktenplan);
        let mut ordner: Vec<(&str, &str)> =
            plan.map(|name| (name.as_str(), "cmis:folder")).collect();
        ordner.push((&self.ort.akte, &typen.akte));
        ordner.push((&self.ort.vorgang, &typen.vorgang));

        let mut da = ordner.len();
        let mut gefunden = None;
        while 0 < da {
            let pfad: String = ordner[..da].iter().map(|(name, _)| format!("/{name}")).collect();
            gefunden = self.find(Wo::Pfad(&pfad)).await?.map(|objekt| (objekt, pfad));
            if gefunden.is_some() {
                break;
            }
            da -= 1;
        }
        for (name, typ) in &ordner[da..] {
            let oben =
                gefunden.map_or_else(String::new, |(objekt, pfad)| objekt.pfad.unwrap_or(pfad));
            let formular = Formular::new("createFolder")
                .property("cmis:objectTypeId", typ)
                .property("cmis:name", name);
            let objekt = self.create(&oben, name, formular).await?;
            gefunden = Some((objekt, format!("{oben}/{name}")));
        }
        let Some((objekt, pfad)) = gefunden else {
            return Err(Ausgang::Betreiber(Grund::new("aktenplan")).into());
        };
        if !objekt.is_folder() {
            return Err(Ausgang::Abgelehnt(Grund::new("cmis-kein-ordner")).into());
        }
        Ok((objekt.id, objekt.pfad.unwrap_or(pfad)))
    }

    /// A document in the folder of the Vorgang; its id.
    async fn ensure_dokument(
        &mut self,
        vorgang: &Vorgang,
        ordner: &str,
        dokument: &Dokument<'_>,
        index: usize,
    ) -> Result<String, Abbruch> {
        let name = self.ort.dokumente[index].clone();
        if self.lieferung.is_unklar {
            let vorhanden = self.find(Wo::Pfad(&format!("{ordner}/{name}"))).await?;
            self.lieferung.is_unklar = false;
            if let Some(objekt) = vorhanden {
                return same_length(objekt, dokument.groesse);
            }
        }
        let ablage = self.lieferung.ablage;
        let inhalt = match dokument.quelle {
            Quelle::Nachricht(art) => ablage.nachricht(&vorgang.nummer, art).await?.1,
            Quelle::Anlage(id) => ablage.anlage(&vorgang.nummer, id).await?,
        };
        let formular = Formular::new("createDocument")
            .property("cmis:objectTypeId", &self.ort.typen.dokument)
            .property("cmis:name", &name)
            .content(&name, dokument.art.medientyp, inhalt);
        let objekt = self.create(ordner, &name, formular).await?;
        same_length(objekt, dokument.groesse)
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
        let antwort = self.call(aufruf).await?;
        let grund = || self.grund(&antwort);
        let klasse = Klasse::of(antwort.status);
        let neu = match klasse {
            Klasse::Erfolg => Objekt::read(&antwort.inhalt),
            Klasse::Konflikt => None,
            Klasse::Spaeter => return Err(Ausgang::Verschoben(grund()).into()),
            Klasse::Unklar => return Err(Ausgang::Unklar(grund()).into()),
            Klasse::Betreiber => return Err(Ausgang::Betreiber(grund()).into()),
            Klasse::Abgelehnt => return Err(Ausgang::Abgelehnt(grund()).into()),
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
        let antwort =
            self.call(Aufruf::get(format!("{url}cmisselector=object&succinct=true"))).await?;
        match antwort.status {
            200 => match Objekt::read(&antwort.inhalt) {
                Some(objekt) => Ok(Some(objekt)),
                None => {
                    let grund = Grund { code: "antwort-unlesbar".into(), ..self.grund(&antwort) };
                    Err(self.lieferung.still(Ausgang::Verschoben(grund)).into())
                }
            },
            404 if CmisFehler::is(&antwort, "objectNotFound") => Ok(None),
            _ => Err(self.failed_reading(&antwort).into()),
        }
    }

    /// What it means that nothing could be read. Nothing was changed by it.
    fn failed_reading(&self, antwort: &Antwort) -> Ausgang {
        let grund = self.grund(antwort);
        self.lieferung.still(match Klasse::of(antwort.status) {
            Klasse::Betreiber | Klasse::Abgelehnt => Ausgang::Betreiber(grund),
            _ => Ausgang::Verschoben(grund),
        })
    }

    /// The partner's words: the message of its exception, else all that it said.
    fn grund(&self, antwort: &Antwort) -> Grund {
        let grund = Grund::of(antwort, self.lieferung.jetzt());
        match CmisFehler::read(antwort) {
            Some(CmisFehler { message: Some(message), .. }) => {
                Grund { text: crate::client::bounded(&message).or(grund.text), ..grund }
            }
            _ => grund,
        }
    }

    async fn call(&self, aufruf: Aufruf) -> Result<Antwort, Abbruch> {
        self.lieferung.call(aufruf, self.dms.anmeldung.as_deref()).await
    }

    async fn note(&mut self, fortschritt: &Fortschritt) -> Result<(), Abbruch> {
        let json = serde_json::to_string(fortschritt).expect("strings are always JSON");
        self.lieferung.note(&json).await
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

fn origin(url: &str) -> Option<(String, String)> {
    let uri: Uri = url.parse().ok()?;
    let scheme = uri.scheme_str()?.to_owned();
    let port = uri.port_u16().unwrap_or(if scheme == "https" { 443 } else { 80 });
    Some((scheme, format!("{}:{port}", uri.host()?.to_ascii_lowercase())))
}
