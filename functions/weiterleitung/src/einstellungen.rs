//! The settings, out of the component's variables.

use std::time::Duration;

use ablage::Vorgang;
use base64::prelude::*;
use einstellungen::Zustellregeln;
use http::Uri;

use crate::{
    aktenplan::{Ablageplan, Aktenplan, KeinAktenplan, segments},
    lesen::{Formfehler, Objekt},
    zusteller::{
        dms::{cmis::CmisEinstellungen, dvelop::DvelopEinstellungen, xdomea::XdomeaEinstellungen},
        fitconnect::FitConnectEinstellungen,
        xta::{Regeln, XtaEinstellungen},
    },
};

/// The variables of the component, as they stand in the manifest.
#[derive(Clone, Default, Hash)]
pub struct Variablen {
    /// The bearer token of `/intern/*`.
    pub intern_geheimnis: String,
    /// Where messages are posted to.
    pub fachverfahren_url: String,
    /// Bearer token for it; may be empty.
    pub fachverfahren_token: String,
    /// `https` (also if empty), `xta2` or `fit-connect`.
    pub fachverfahren_art: String,
    /// JSON: what the way of `fachverfahren_art` has to know besides; may be empty.
    pub fachverfahren_einstellungen: String,
    /// FIT-Connect: scheme, host and port of the token service.
    pub fitconnect_token_ursprung: String,
    /// FIT-Connect: the secret of the client.
    pub fitconnect_geheimnis: String,
    /// Where the DMS begins: the CMIS service document, `…/dms` of d.velop, the folder that
    /// containers are dropped into; empty: there is no DMS.
    pub dms_url: String,
    /// `cmis` (also if empty), `dvelop` or `xdomea`.
    pub dms_art: String,
    /// JSON: what the adapter of this kind wants to know besides.
    pub dms_einstellungen: String,
    /// `basic user:password`, `bearer TOKEN` or empty.
    pub dms_anmeldung: String,
    /// The id of the repository; may be empty if there is only one.
    pub dms_repository: String,
    /// The folder under which is filed.
    pub dms_pfad: String,
    /// See [`Aktenplan`].
    pub aktenplan: String,
    /// JSON: the Behörde, whose name stands in containers.
    pub behoerde: String,
    /// Seconds until the second attempt; 60 if empty.
    pub wiederholung_sekunden: String,
    /// JSON: see [`Zustellregeln`]; may be empty.
    pub zustellung: String,
}

impl Variablen {
    /// Their names in the manifest.
    pub const NAMEN: &[&str] = &[
        "intern_geheimnis",
        "fachverfahren_url",
        "fachverfahren_token",
        "fachverfahren_art",
        "fachverfahren_einstellungen",
        "fitconnect_token_ursprung",
        "fitconnect_geheimnis",
        "dms_url",
        "dms_art",
        "dms_einstellungen",
        "dms_anmeldung",
        "dms_repository",
        "dms_pfad",
        "aktenplan",
        "behoerde",
        "wiederholung_sekunden",
        "zustellung",
    ];

    /// The value of a variable by its name; `None` if there is none of that name.
    pub fn wert(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "intern_geheimnis" => &mut self.intern_geheimnis,
            "fachverfahren_url" => &mut self.fachverfahren_url,
            "fachverfahren_token" => &mut self.fachverfahren_token,
            "fachverfahren_art" => &mut self.fachverfahren_art,
            "fachverfahren_einstellungen" => &mut self.fachverfahren_einstellungen,
            "fitconnect_token_ursprung" => &mut self.fitconnect_token_ursprung,
            "fitconnect_geheimnis" => &mut self.fitconnect_geheimnis,
            "dms_url" => &mut self.dms_url,
            "dms_art" => &mut self.dms_art,
            "dms_einstellungen" => &mut self.dms_einstellungen,
            "dms_anmeldung" => &mut self.dms_anmeldung,
            "dms_repository" => &mut self.dms_repository,
            "dms_pfad" => &mut self.dms_pfad,
            "aktenplan" => &mut self.aktenplan,
            "behoerde" => &mut self.behoerde,
            "wiederholung_sekunden" => &mut self.wiederholung_sekunden,
            "zustellung" => &mut self.zustellung,
            _ => return None,
        })
    }
}

/// What the component works with.
pub struct Einstellungen {
    pub(crate) fachverfahren: Option<Transport>,
    pub(crate) dms: Option<Dms>,
    pub(crate) zustellung: Zustellregeln,
}

/// The way to the Fachverfahren.
pub(crate) enum Transport {
    Https(Fachverfahren),
    Xta2(Box<XtaEinstellungen>),
    FitConnect(Box<FitConnectEinstellungen>),
}

/// The Fachverfahren behind its HTTPS contract.
pub(crate) struct Fachverfahren {
    pub url: String,
    /// The header `authorization`, if there is one.
    pub anmeldung: Option<String>,
}

/// The DMS, and what is filed in it.
pub struct Dms {
    pub(crate) url: String,
    /// The header `authorization`, if there is one.
    pub(crate) anmeldung: Option<String>,
    pub(crate) repository: Option<String>,
    pub(crate) pfad: Vec<String>,
    pub(crate) aktenplan: Aktenplan,
    pub(crate) adapter: Adapter,
}

/// The kinds of DMS, with their own settings.
pub(crate) enum Adapter {
    Cmis(CmisEinstellungen),
    Dvelop(DvelopEinstellungen),
    Xdomea(XdomeaEinstellungen),
}

impl Dms {
    /// What is filed of an application. `None` if it is not known any more.
    pub fn plan(&self, vorgang: &Vorgang) -> Option<Ablageplan> {
        self.aktenplan.plan(vorgang, "")
    }

    fn read(
        variablen: &Variablen,
        url: String,
        anmeldung: Option<String>,
        aktenplan: Aktenplan,
    ) -> Result<Dms, KeineEinstellungen> {
        let roh = Objekt::parse(&variablen.dms_einstellungen)?;
        let adapter = match variablen.dms_art.trim() {
            "" | "cmis" => Adapter::Cmis(CmisEinstellungen::read(roh, &aktenplan)?),
            "dvelop" => Adapter::Dvelop(DvelopEinstellungen::read(roh, &aktenplan)?),
            "xdomea" => Adapter::Xdomea(XdomeaEinstellungen::read(roh, &variablen.behoerde)?),
            _ => return Err(KeineEinstellungen::DmsArt),
        };
        let repository = variablen.dms_repository.trim();
        if matches!(adapter, Adapter::Dvelop(_)) && repository.is_empty() {
            return Err(KeineEinstellungen::Repository);
        }
        Ok(Dms {
            url,
            anmeldung,
            repository: (!repository.is_empty()).then(|| repository.to_owned()),
            pfad: segments(&variablen.dms_pfad),
            aktenplan,
            adapter,
        })
    }
}

/// A variable that cannot be read. Its value is not told.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeineEinstellungen {
    /// Not an absolute URL with http or https.
    #[error("`{0}` is not an absolute URL")]
    Url(&'static str),
    /// Not one of the ways to log in.
    #[error("`dms_anmeldung` is neither `basic user:password` nor `bearer TOKEN`")]
    Anmeldung,
    /// Not a number of seconds.
    #[error("`wiederholung_sekunden` is not a number of seconds from 1 to 3600")]
    Wiederholung,
    /// No way of this name.
    #[error("`fachverfahren_art` is none of `https`, `xta2`, `fit-connect`")]
    Art,
    /// Not the JSON that the way needs. The text is that of the reader, without values.
    #[error("`fachverfahren_einstellungen`: {0}")]
    Weg(String),
    /// A variable that this way cannot do without.
    #[error("`fachverfahren_art` needs `{0}`")]
    Fehlt(&'static str),
    /// The filing plan.
    #[error("`aktenplan`: {0}")]
    Aktenplan(#[from] KeinAktenplan),
    /// Not a kind of DMS.
    #[error("`dms_art` is neither `cmis` nor `dvelop` nor `xdomea`")]
    DmsArt,
    /// The settings of the adapter.
    #[error("`dms_einstellungen`: {0}")]
    DmsEinstellungen(#[from] Formfehler),
    /// d.velop needs one.
    #[error("`dms_repository` is missing: expected the id of the d.velop repository")]
    Repository,
    /// The rules of deliveries: everything that is wrong with them.
    #[error("{0}")]
    Zustellung(String),
}

impl Einstellungen {
    /// The DMS, if there is one.
    pub fn dms(&self) -> Option<&Dms> {
        self.dms.as_ref()
    }

    /// Reads and checks all variables.
    ///
    /// # Errors
    /// [`KeineEinstellungen`] names the variable.
    pub fn read(variablen: &Variablen) -> Result<Einstellungen, KeineEinstellungen> {
        let fachverfahren = read_url("fachverfahren_url", &variablen.fachverfahren_url)?;
        let dms = read_url("dms_url", &variablen.dms_url)?;
        let anmeldung = read_anmeldung(variablen.dms_anmeldung.trim())?;
        let aktenplan = variablen.aktenplan.parse()?;
        Ok(Einstellungen {
            fachverfahren: match fachverfahren {
                Some(url) => Some(read_transport(url, variablen)?),
                None => None,
            },
            dms: dms.map(|url| Dms::read(variablen, url, anmeldung, aktenplan)).transpose()?,
            zustellung: read_zustellung(variablen)?,
        })
    }
}

fn read_transport(url: String, variablen: &Variablen) -> Result<Transport, KeineEinstellungen> {
    let json = match variablen.fachverfahren_einstellungen.trim() {
        "" => "{}",
        json => json,
    };
    match variablen.fachverfahren_art.trim() {
        "" | "https" => {
            let Ohne {} = read_json(json)?;
            let token = variablen.fachverfahren_token.trim();
            let anmeldung = (!token.is_empty()).then(|| format!("Bearer {token}"));
            Ok(Transport::Https(Fachverfahren { url, anmeldung }))
        }
        "xta2" => {
            let regeln: Regeln = read_json(json)?;
            let port = |pfad: &Option<String>| match pfad {
                Some(pfad) => read_pfad(&url, pfad),
                None => Ok(url.clone()),
            };
            let send_port = port(&regeln.send_port)?;
            let management_port = port(&regeln.management_port)?;
            Ok(Transport::Xta2(Box::new(XtaEinstellungen { send_port, management_port, regeln })))
        }
        "fit-connect" => {
            let ursprung =
                read_url("fitconnect_token_ursprung", &variablen.fitconnect_token_ursprung)?
                    .ok_or(KeineEinstellungen::Fehlt("fitconnect_token_ursprung"))?;
            let geheimnis = variablen.fitconnect_geheimnis.trim();
            if geheimnis.is_empty() {
                return Err(KeineEinstellungen::Fehlt("fitconnect_geheimnis"));
            }
            let regeln: crate::zusteller::fitconnect::Regeln = read_json(json)?;
            let token = read_pfad(&ursprung, &regeln.token)?;
            let einstellungen = FitConnectEinstellungen::new(url, token, geheimnis, regeln);
            Ok(Transport::FitConnect(Box::new(einstellungen)))
        }
        _ => Err(KeineEinstellungen::Art),
    }
}

/// What the HTTPS contract has to know besides: nothing.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Ohne {}

fn read_json<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, KeineEinstellungen> {
    serde_json::from_str(json).map_err(|error| KeineEinstellungen::Weg(explain(&error)))
}

/// Where and what, without the values that the reader quotes.
fn explain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    for begin in ["missing field", "unknown field"] {
        if let Some(rest) = text.strip_prefix(begin) {
            let name = rest.split('`').nth(1).unwrap_or_default();
            return format!("{begin} `{name}`");
        }
    }
    format!("not as expected at line {}, column {}", error.line(), error.column())
}

/// An absolute path on the origin of `url`.
fn read_pfad(url: &str, pfad: &str) -> Result<String, KeineEinstellungen> {
    let uri: Uri = url.parse().map_err(|_| KeineEinstellungen::Url("fachverfahren_url"))?;
    match (uri.scheme_str(), uri.authority()) {
        (Some(scheme), Some(ort)) if pfad.starts_with('/') => Ok(format!("{scheme}://{ort}{pfad}")),
        _ => Err(KeineEinstellungen::Weg("a path does not begin with a slash".to_owned())),
    }
}

fn read_zustellung(variablen: &Variablen) -> Result<Zustellregeln, KeineEinstellungen> {
    let erste_pause = match variablen.wiederholung_sekunden.trim() {
        "" => Duration::from_secs(60),
        sekunden => match sekunden.parse() {
            Ok(sekunden @ 1..=3600) => Duration::from_secs(sekunden),
            _ => return Err(KeineEinstellungen::Wiederholung),
        },
    };
    Zustellregeln::read(&variablen.zustellung, erste_pause).map_err(|maengel| {
        let maengel: Vec<String> = maengel.iter().map(ToString::to_string).collect();
        KeineEinstellungen::Zustellung(maengel.join(" "))
    })
}

/// `None` if there is none. Without a slash at its end.
fn read_url(name: &'static str, url: &str) -> Result<Option<String>, KeineEinstellungen> {
    let url = url.trim().trim_end_matches('/');
    if url.is_empty() {
        return Ok(None);
    }
    let uri: Uri = url.parse().map_err(|_| KeineEinstellungen::Url(name))?;
    match (uri.scheme_str(), uri.authority(), uri.query()) {
        (Some("http" | "https"), Some(_), None) => Ok(Some(url.to_owned())),
        _ => Err(KeineEinstellungen::Url(name)),
    }
}

fn read_anmeldung(text: &str) -> Result<Option<String>, KeineEinstellungen> {
    match text.split_once(' ') {
        None if text.is_empty() => Ok(None),
        Some(("basic", rest)) if rest.contains(':') => {
            Ok(Some(format!("Basic {}", BASE64_STANDARD.encode(rest))))
        }
        Some(("bearer", token)) if !token.trim().is_empty() => {
            Ok(Some(format!("Bearer {}", token.trim())))
        }
        _ => Err(KeineEinstellungen::Anmeldung),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variablen() -> Variablen {
        Variablen {
            fachverfahren_url: "https://fv.example/nachrichten/".to_owned(),
            ..Variablen::default()
        }
    }

    #[track_caller]
    fn check(change: impl FnOnce(&mut Variablen), expect: &str) {
        let mut variablen = variablen();
        change(&mut variablen);
        let error = Einstellungen::read(&variablen).map(|_| ()).unwrap_err().to_string();
        assert_eq!(error, expect);
        assert!(!error.contains("geheim"));
    }

    #[test]
    fn variables_are_found_by_name() {
        let mut variablen = Variablen::default();
        for name in Variablen::NAMEN {
            *variablen.wert(name).unwrap() = (*name).to_owned();
        }
        assert_eq!(variablen.dms_pfad, "dms_pfad");
        assert!(variablen.wert("mandant").is_none());
    }

    #[test]
    fn the_least_is_enough() {
        let einstellungen = Einstellungen::read(&variablen()).unwrap();
        let Some(Transport::Https(fachverfahren)) = einstellungen.fachverfahren else {
            panic!("HTTPS is the way if none is named")
        };
        assert_eq!(fachverfahren.url, "https://fv.example/nachrichten");
        assert_eq!(fachverfahren.anmeldung, None);
        assert!(einstellungen.dms.is_none());
        assert_eq!(einstellungen.zustellung, Zustellregeln::default());
    }

    #[test]
    fn a_wrong_variable_is_named_and_its_value_is_not() {
        check(
            |v| v.fachverfahren_url = "geheim".into(),
            "`fachverfahren_url` is not an absolute URL",
        );
        check(|v| v.dms_url = "ftp://geheim/".into(), "`dms_url` is not an absolute URL");
        check(|v| v.dms_url = "http://geheim/?x".into(), "`dms_url` is not an absolute URL");
        for falsch in ["geheim", "basic geheim", "digest geheim:geheim", "bearer "] {
            check(
                |v| v.dms_anmeldung = falsch.into(),
                "`dms_anmeldung` is neither `basic user:password` nor `bearer TOKEN`",
            );
        }
        for falsch in ["0", "-1", "3601", "geheim"] {
            check(
                |v| v.wiederholung_sekunden = falsch.into(),
                "`wiederholung_sekunden` is not a number of seconds from 1 to 3600",
            );
        }
        check(
            |v| v.zustellung = r#"{"alarm_minuten":"geheim"}"#.into(),
            "`zustellung.alarm_minuten`: Erwartet wird eine ganze Zahl von 1 bis 86400, zum \
             Beispiel 240.",
        );
        check(
            |v| v.aktenplan = r#"{"x":{}}"#.into(),
            "`aktenplan`: `x`: there is no such application; there are einbuergerung, \
             verpflichtungserklaerung, beschaeftigungserlaubnis",
        );
    }

    #[test]
    fn credentials_become_a_header() {
        let read = |text| read_anmeldung(text).unwrap().unwrap();
        assert_eq!(read("basic user:p:w"), "Basic dXNlcjpwOnc=");
        assert_eq!(read("bearer T"), "Bearer T");
    }
}
