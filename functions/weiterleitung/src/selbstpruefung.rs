//! Whether a target can be reached, takes our credentials and answers as its contract says. Changes
//! nothing there: it asks for something that cannot exist, and "there is no such thing" is the
//! known answer.

use std::time::Duration;

use ablage::Ziel;
use http::Uri;
use serde_json::Value;

use crate::{
    client::{Anfrage, Antwort, Client, Methode, Sendefehler},
    einstellungen::{Adapter, Dms, Einstellungen, Fachverfahren, Transport},
    lauf::Welt,
    zusteller::{
        dms::{
            self,
            cmis::{is_nicht_gefunden, root_folder},
        },
        fitconnect::FitConnectEinstellungen,
        xta::{Kontoauskunft, XtaEinstellungen},
    },
};

/// The name of something that nobody has: a UUID of version 4 without chance in it.
pub(crate) const MUSTER: &str = "00000000-0000-4000-8000-000000000000";
/// How long one question may take.
const FRIST: Duration = Duration::from_secs(10);

/// How far a check came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stufe {
    /// No address is set.
    NichtEingerichtet,
    /// The name of the host leads to no address.
    Name,
    /// Nobody listens there.
    Verbindung,
    /// TLS does not come about.
    Zertifikat,
    /// The host may not connect there.
    Erlaubnis,
    /// No answer in time, or none at all.
    Zeit,
    /// The credentials are refused.
    Anmeldung,
    /// The host is there, but not the service.
    Pfad,
    /// The service does not answer as its contract says.
    Antwort,
    /// All is well.
    Gesund,
}

impl Stufe {
    /// The word in the store and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Stufe::NichtEingerichtet => "nicht-eingerichtet",
            Stufe::Name => "name",
            Stufe::Verbindung => "verbindung",
            Stufe::Zertifikat => "zertifikat",
            Stufe::Erlaubnis => "erlaubnis",
            Stufe::Zeit => "zeit",
            Stufe::Anmeldung => "anmeldung",
            Stufe::Pfad => "pfad",
            Stufe::Antwort => "antwort",
            Stufe::Gesund => "gesund",
        }
    }

    /// Whether there is something to mend.
    pub fn is_mangel(self) -> bool {
        !matches!(self, Stufe::Gesund | Stufe::NichtEingerichtet)
    }
}

/// What a check of a target found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pruefergebnis {
    /// How far it came.
    pub stufe: Stufe,
    /// For the operator: what was found and what to do. Without secrets.
    pub text: String,
}

/// Checks a target as it is set up.
pub async fn check<W: Welt>(welt: &W, einstellungen: &Einstellungen, ziel: Ziel) -> Pruefergebnis {
    let client = welt.client();
    let ergebnis = match ziel {
        Ziel::Fachverfahren => match &einstellungen.fachverfahren {
            Some(Transport::Https(fachverfahren)) => check_https(client, fachverfahren).await,
            Some(Transport::Xta2(server)) => check_xta(client, server).await,
            Some(Transport::FitConnect(dienst)) => check_fitconnect(client, dienst).await,
            None => Err(nicht_eingerichtet()),
        },
        Ziel::Dms => match &einstellungen.dms {
            Some(dms) => match dms.adapter {
                Adapter::Cmis(_) => check_cmis(client, dms).await,
                Adapter::Dvelop(_) | Adapter::Xdomea(_) => check_dms(welt, dms).await,
            },
            None => Err(nicht_eingerichtet()),
        },
    };
    match ergebnis {
        Ok(text) => Pruefergebnis { stufe: Stufe::Gesund, text },
        Err(mangel) => mangel,
    }
}

async fn check_https<C: Client>(
    client: &C,
    fachverfahren: &Fachverfahren,
) -> Result<String, Pruefergebnis> {
    let Fachverfahren { url, anmeldung } = fachverfahren;
    let antwort = get(client, &format!("{url}/{MUSTER}"), anmeldung.as_deref()).await?;
    check_status(&antwort, url)?;
    if antwort.status != 404 {
        let text = format!(
            "Das Fachverfahren antwortet auf die Frage nach einer erfundenen Nachricht mit {}, \
             erwartet wird 404. Bitte prüfen Sie `fachverfahren_pfad` und die Schnittstelle.",
            antwort.status
        );
        return Err(mangel(Stufe::Antwort, text));
    }
    // A wrong path has no such message either. A right one is not unknown itself.
    let dienst = get(client, url, anmeldung.as_deref()).await?;
    match dienst.status {
        404 => Err(mangel(
            Stufe::Pfad,
            format!(
                "Der Server ist da, aber unter {url} gibt es keinen Dienst (404). Bitte prüfen Sie \
                 `fachverfahren_pfad`."
            ),
        )),
        _ => Ok("Das Fachverfahren ist erreichbar, nimmt die Anmeldung an und antwortet richtig."
            .to_owned()),
    }
}

/// Asks whether our account is active (XTA 2.1.1, checkAccountActive).
async fn check_xta<C: Client>(
    client: &C,
    server: &XtaEinstellungen,
) -> Result<String, Pruefergebnis> {
    let url = &server.management_port;
    let (umschlag, medientyp) = server.account_request().map_err(|_| {
        let text =
            "Das Portal kann gerade keine Anfrage erzeugen. Bitte versuchen Sie es noch einmal.";
        mangel(Stufe::Antwort, text.to_owned())
    })?;
    let antwort = send(client, Methode::Post, url, None, Some((&medientyp, umschlag))).await?;
    match Kontoauskunft::read(&antwort) {
        Kontoauskunft::Aktiv => {
            Ok("Der XTA-Server ist erreichbar, und das Konto ist aktiv.".to_owned())
        }
        Kontoauskunft::KeinZugang(wortlaut) => {
            let text = format!(
                "Der XTA-Server lässt uns nicht zu. Er sagt: „{wortlaut}“. Bitte prüfen Sie das \
                 Zertifikat, das Konto und `autor` in `fachverfahren_einstellungen`."
            );
            Err(mangel(Stufe::Anmeldung, text))
        }
        Kontoauskunft::Fehler(wortlaut) => {
            let text = format!(
                "Der XTA-Server beantwortet die Frage nach dem Konto nicht. Er sagt: „{wortlaut}“. \
                 Bitte wenden Sie sich an seinen Betreiber, wenn das so bleibt."
            );
            Err(mangel(Stufe::Antwort, text))
        }
        Kontoauskunft::KeinXta => {
            // Something that is wrong in general is told so.
            check_status(&antwort, url)?;
            let text = format!(
                "Unter {url} antwortet kein XTA-Dienst ({}). Bitte prüfen Sie `fachverfahren_pfad` \
                 und `fachverfahren_einstellungen`.",
                antwort.status
            );
            Err(mangel(Stufe::Pfad, text))
        }
    }
}

/// Logs in and asks for the destination: it is known, and open to us.
async fn check_fitconnect<C: Client>(
    client: &C,
    dienst: &FitConnectEinstellungen,
) -> Result<String, Pruefergebnis> {
    let (token_url, formular) = dienst.token_request();
    let inhalt = ("application/x-www-form-urlencoded", formular.into_bytes());
    let antwort = send(client, Methode::Post, token_url, None, Some(inhalt)).await?;
    check_status(&antwort, token_url)?;
    let token = match antwort.status {
        200 => serde_json::from_slice::<Value>(&antwort.inhalt).ok(),
        // What RFC 6749 § 5.2 answers to wrong credentials.
        400 => {
            let text = "Der Anmeldedienst von FIT-Connect lehnt die Anmeldung ab (400). Bitte prüfen \
                        Sie `client_id` und `fitconnect_geheimnis`.";
            return Err(mangel(Stufe::Anmeldung, text.to_owned()));
        }
        _ => None,
    };
    let token = token.as_ref().and_then(|json| json["access_token"].as_str()).ok_or_else(|| {
        let text = format!(
            "Unter {token_url} gibt es keinen Anmeldedienst ({}). Bitte prüfen Sie \
             `fitconnect_token_ursprung`.",
            antwort.status
        );
        mangel(Stufe::Pfad, text)
    })?;
    let ziel = dienst.destination_url();
    let antwort = get(client, &ziel, Some(&format!("Bearer {token}"))).await?;
    check_status(&antwort, &ziel)?;
    match antwort.status {
        200 => Ok("FIT-Connect ist erreichbar, nimmt die Anmeldung an und kennt den Zustellpunkt."
            .to_owned()),
        status => Err(mangel(
            Stufe::Antwort,
            format!(
                "FIT-Connect kennt den Zustellpunkt nicht ({status}). Bitte prüfen Sie `ziel` in \
                 `fachverfahren_einstellungen` und `fachverfahren_ursprung`."
            ),
        )),
    }
}

async fn check_cmis<C: Client>(client: &C, dms: &Dms) -> Result<String, Pruefergebnis> {
    let Dms { url, anmeldung, repository, .. } = dms;
    let antwort = get(client, url, anmeldung.as_deref()).await?;
    check_status(&antwort, url)?;
    match antwort.status {
        200 => {}
        404 => {
            let text = format!(
                "Der Server ist da, aber unter {url} gibt es kein CMIS-Dienstdokument (404). Bitte \
                 prüfen Sie `dms_dienst`."
            );
            return Err(mangel(Stufe::Pfad, text));
        }
        status => {
            let text = format!(
                "Das DMS antwortet auf die Frage nach dem Dienstdokument mit {status}, erwartet \
                 wird 200. Bitte prüfen Sie `dms_dienst`."
            );
            return Err(mangel(Stufe::Antwort, text));
        }
    }
    if serde_json::from_slice::<Value>(&antwort.inhalt).is_ok_and(|json| json.is_object()) {
        let wurzel = root_folder(dms, &antwort.inhalt).ok_or_else(|| {
            let gesucht = match repository {
                Some(id) => format!("das Repository `{id}`"),
                None => "genau ein Repository unter derselben Adresse".to_owned(),
            };
            let text = format!(
                "Das DMS ist da, aber sein Dienstdokument nennt nicht {gesucht}. Bitte prüfen Sie \
                 `dms_repository` und `dms_ursprung`."
            );
            mangel(Stufe::Antwort, text)
        })?;
        let frage = format!("{wurzel}?objectId={MUSTER}&cmisselector=object&succinct=true");
        let objekt = get(client, &frage, anmeldung.as_deref()).await?;
        check_status(&objekt, url)?;
        return match is_nicht_gefunden(&objekt) {
            true => {
                Ok("Das DMS ist erreichbar, nimmt die Anmeldung an und antwortet richtig."
                    .to_owned())
            }
            false => Err(mangel(
                Stufe::Antwort,
                format!(
                    "Das DMS antwortet auf die Frage nach einem erfundenen Objekt mit {}, erwartet \
                     wird 404 mit `objectNotFound`. Bitte wenden Sie sich an den Betreiber des DMS.",
                    objekt.status
                ),
            )),
        };
    }
    let text = format!(
        "Unter {url} liegt kein CMIS-Dienstdokument: Die Antwort ist kein JSON. Bitte prüfen Sie \
         `dms_dienst`."
    );
    Err(mangel(Stufe::Pfad, text))
}

/// The adapter's own way to find out.
async fn check_dms<W: Welt>(welt: &W, dms: &Dms) -> Result<String, Pruefergebnis> {
    let Err((code, text)) = dms::ping(welt, dms).await else {
        return Ok(
            "Das DMS ist erreichbar, nimmt die Anmeldung an und antwortet richtig.".to_owned()
        );
    };
    let url = &dms.url;
    if let Some(fehler) = Sendefehler::of_code(&code) {
        return Err(sendefehler(fehler, url));
    }
    let status = code.strip_prefix("http-").and_then(|status| status.parse().ok());
    if let Some(status) = status {
        check_status(&Antwort { status, header: Vec::new(), inhalt: Vec::new() }, url)?;
    }
    let wortlaut = text.map(|text| format!(" Es sagt: „{text}“.")).unwrap_or_default();
    Err(mangel(
        if status == Some(404) { Stufe::Pfad } else { Stufe::Antwort },
        format!(
            "Das DMS antwortet nicht, wie es soll ({code}). Bitte prüfen Sie `dms_dienst`, \
             `dms_repository` und `dms_einstellungen`.{wortlaut}"
        ),
    ))
}

/// What every answer can show, whatever the question.
fn check_status(antwort: &Antwort, url: &str) -> Result<(), Pruefergebnis> {
    let wo = origin(url);
    match antwort.status {
        status @ (401 | 403 | 407) => Err(mangel(
            Stufe::Anmeldung,
            format!(
                "{wo} lehnt die Anmeldung ab ({status}). Bitte prüfen Sie Benutzer, Passwort oder \
                 Token."
            ),
        )),
        status @ 300..=399 => {
            let wohin = antwort.header("location").map(origin).unwrap_or_default();
            Err(mangel(
                Stufe::Pfad,
                format!(
                    "{wo} leitet weiter ({status}{}{wohin}). Bitte setzen Sie die Adresse, unter \
                     der der Dienst selbst antwortet.",
                    if wohin.is_empty() { "" } else { ", nach " }
                ),
            ))
        }
        status @ (429 | 500..=599) => Err(mangel(
            Stufe::Antwort,
            format!(
                "{wo} ist gestört ({status}). Bitte wenden Sie sich an den Betreiber, wenn das so \
                 bleibt."
            ),
        )),
        _ => Ok(()),
    }
}

async fn get<C: Client>(
    client: &C,
    url: &str,
    anmeldung: Option<&str>,
) -> Result<Antwort, Pruefergebnis> {
    send(client, Methode::Get, url, anmeldung, None).await
}

async fn send<C: Client>(
    client: &C,
    methode: Methode,
    url: &str,
    anmeldung: Option<&str>,
    inhalt: Option<(&str, Vec<u8>)>,
) -> Result<Antwort, Pruefergebnis> {
    let mut header = vec![("user-agent", "antragsportal".to_owned())];
    header.extend(anmeldung.map(|wert| ("authorization", wert.to_owned())));
    let inhalt = match inhalt {
        Some((medientyp, inhalt)) => {
            header.push(("content-type", medientyp.to_owned()));
            inhalt
        }
        None => Vec::new(),
    };
    let anfrage = Anfrage { methode, url: url.to_owned(), header, inhalt, frist: FRIST };
    client.send(anfrage).await.map_err(|fehler| sendefehler(fehler, url))
}

/// Where a connection ended.
fn sendefehler(fehler: Sendefehler, url: &str) -> Pruefergebnis {
    let wo = origin(url);
    match fehler {
        Sendefehler::NameUnbekannt => mangel(
            Stufe::Name,
            format!(
                "Der Name in {wo} ist im Netz nicht bekannt (DNS). Bitte prüfen Sie die \
                 Schreibweise und den Namensdienst."
            ),
        ),
        Sendefehler::NichtErreicht => mangel(
            Stufe::Verbindung,
            format!(
                "{wo} nimmt keine Verbindung an (TCP). Bitte prüfen Sie Port und Firewall, und \
                 ob der Dienst läuft."
            ),
        ),
        Sendefehler::Zertifikat => mangel(
            Stufe::Zertifikat,
            format!(
                "Mit {wo} kommt keine sichere Verbindung zustande (TLS). Bitte prüfen Sie das \
                 Zertifikat und welchen Ausstellern das Portal vertraut."
            ),
        ),
        Sendefehler::NichtErlaubt => mangel(
            Stufe::Erlaubnis,
            format!(
                "Das Portal darf {wo} nicht aufrufen. Bitte prüfen Sie `allowed_outbound_hosts` \
                 in spin.toml."
            ),
        ),
        Sendefehler::Zeitablauf | Sendefehler::Verloren => mangel(
            Stufe::Zeit,
            format!(
                "{wo} ist verbunden, antwortet aber nicht. Bitte prüfen Sie, ob der Dienst \
                 bereit ist."
            ),
        ),
    }
}

fn nicht_eingerichtet() -> Pruefergebnis {
    mangel(Stufe::NichtEingerichtet, "Für dieses Ziel ist keine Adresse gesetzt.".to_owned())
}

fn mangel(stufe: Stufe, text: String) -> Pruefergebnis {
    Pruefergebnis { stufe, text }
}

/// Scheme, host and port: what may be shown of an address.
fn origin(url: &str) -> String {
    let uri: Option<Uri> = url.parse().ok();
    let teile = uri.as_ref().and_then(|uri| Some((uri.scheme_str()?, uri.host()?, uri.port_u16())));
    match teile {
        Some((schema, host, Some(port))) => format!("{schema}://{host}:{port}"),
        Some((schema, host, None)) => format!("{schema}://{host}"),
        None => String::new(),
    }
}
