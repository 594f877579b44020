//! The settings against the code that reads them: each one alone among good ones, so that all that
//! is wrong is told at once, and then all together.

use std::{collections::BTreeMap, fmt, net::SocketAddr};

use einstellungen::{EINSTELLUNGEN, Einstellung, find};
use http::Uri;
use weiterleitung::{Einstellungen, Variablen};

/// The manifest that hands the settings to the components.
const MANIFEST: &str = include_str!("../../../spin.toml");

/// Settings of the application by name.
type Werte = BTreeMap<String, String>;

/// Something that has to be mended.
#[derive(Debug, PartialEq, Eq)]
pub struct Befund {
    name: String,
    text: String,
    /// What the setting should be, where there is one of this name.
    einstellung: Option<(&'static str, &'static str)>,
}

impl fmt::Display for Befund {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.text)?;
        if let Some((erwartet, beispiel)) = self.einstellung {
            write!(f, "\n  Erwartet: {erwartet}\n  Beispiel: {beispiel}")?;
        }
        Ok(())
    }
}

/// Everything that is wrong with these settings; and what delivers works with, if it can read them.
pub fn check(variablen: &Werte) -> (Vec<Befund>, Option<Einstellungen>) {
    let mut befunde = Vec::new();
    for name in variablen.keys().filter(|name| find(name).is_none()) {
        let text = match aehnlich(name) {
            Some(anderer) => {
                format!("Diese Einstellung gibt es nicht. Vielleicht ist `{anderer}` gemeint.")
            }
            None => "Diese Einstellung gibt es nicht. Bitte löschen Sie sie.".to_owned(),
        };
        befunde.push(Befund { name: name.clone(), text, einstellung: None });
    }
    let alle = with_defaults(variablen);
    for einstellung in EINSTELLUNGEN {
        let text = match variablen.get(einstellung.name) {
            None if einstellung.vorgabe.is_none() => Some("Der Wert fehlt.".to_owned()),
            None => None,
            Some(wert) if wert.trim().is_empty() && einstellung.vorgabe.is_none() => {
                Some("Der Wert ist leer.".to_owned())
            }
            Some(wert) => mangel_of(einstellung, wert, &alle),
        };
        if let Some(text) = text {
            let soll = Some((einstellung.erwartet, einstellung.beispiel));
            befunde.push(Befund { name: einstellung.name.to_owned(), text, einstellung: soll });
        }
    }
    let gelesen = read_weiterleitung(&alle);
    // Each one is right alone, but not all together.
    if befunde.is_empty() {
        for error in read_all(&alle) {
            let name = named(&error).unwrap_or("alle zusammen").to_owned();
            let soll = find(&name).map(|it| (it.erwartet, it.beispiel));
            befunde.push(Befund { name, text: einzelheit(&error), einstellung: soll });
        }
    }
    (befunde, gelesen.ok())
}

/// What is wrong with one setting among others that are good.
fn mangel_of(einstellung: &Einstellung, wert: &str, alle: &Werte) -> Option<String> {
    if let Some(text) = check_adresse(einstellung.name, wert) {
        return Some(text);
    }
    let mut werte: Werte =
        EINSTELLUNGEN.iter().map(|eine| (eine.name.to_owned(), good(eine))).collect();
    if is_weg(einstellung.name) {
        // These say something only together.
        werte.extend(alle.iter().filter(|(name, _)| is_weg(name)).map(clone));
    }
    werte.insert(einstellung.name.to_owned(), wert.to_owned());
    let errors = read_all(&werte);
    // Of those that belong together only the one that the error names is wrong.
    let error = errors.iter().find(|error| {
        named(error).is_none_or(|name| name == einstellung.name || !is_weg(einstellung.name))
    })?;
    Some(einzelheit(error))
}

/// What a way needs depends on which way it is.
fn is_weg(name: &str) -> bool {
    name.ends_with("_art") || name.ends_with("_einstellungen") || name.starts_with("fitconnect_")
}

/// What every setting may be: its example where it must be set, else what holds without it. There
/// is a DMS, so that what is set for it can be read.
fn good(einstellung: &Einstellung) -> String {
    match einstellung.name {
        "dms_ursprung" | "dms_dienst" => einstellung.beispiel,
        _ => einstellung.vorgabe.unwrap_or(einstellung.beispiel),
    }
    .to_owned()
}

fn with_defaults(variablen: &Werte) -> Werte {
    let vorgaben =
        EINSTELLUNGEN.iter().filter_map(|it| Some((it.name.to_owned(), it.vorgabe?.to_owned())));
    vorgaben.chain(variablen.iter().map(clone)).collect()
}

fn clone((name, wert): (&String, &String)) -> (String, String) {
    (name.clone(), wert.clone())
}

/// A permission has no path, and a path begins with a slash: the manifest joins both.
fn check_adresse(name: &str, wert: &str) -> Option<String> {
    let wert = wert.trim();
    if wert.is_empty() {
        return None;
    }
    if name.ends_with("_ursprung") {
        let uri: Option<Uri> = wert.parse().ok();
        let is_gut = uri.is_some_and(|uri| {
            matches!(uri.scheme_str(), Some("http" | "https"))
                && uri.host().is_some_and(|host| !host.is_empty())
                && uri.query().is_none()
                && uri.path() == "/"
                && !wert.ends_with('/')
                && !wert.contains('@')
        });
        return (!is_gut).then(|| "Das ist keine Adresse ohne Pfad.".to_owned());
    }
    if name == "virenscanner" {
        // As the component reads it: a name would have to be looked up first.
        let adresse = wert.strip_prefix("tcp://").and_then(|it| it.parse::<SocketAddr>().ok());
        return adresse.is_none().then(|| "Das ist keine IP-Adresse mit Port.".to_owned());
    }
    let is_pfad = ["fachverfahren_pfad", "dms_dienst", "dms_pfad"].contains(&name);
    (is_pfad && !wert.starts_with('/'))
        .then(|| "Der Pfad beginnt nicht mit einem Schrägstrich.".to_owned())
}

/// What the components say that cannot read these settings.
fn read_all(werte: &Werte) -> Vec<String> {
    let annahme = {
        use einstellungen::annahme::Konfiguration;
        let handed = handed_to("annahme", werte);
        let werte = Konfiguration::VARIABLEN.map(|name| value(&handed, name));
        Konfiguration::read(&werte).err().map(|error| error.to_string())
    };
    let sachbearbeitung = {
        use sachbearbeitung::Konfiguration;
        let handed = handed_to("sachbearbeitung", werte);
        let werte = Konfiguration::VARIABLEN.map(|name| value(&handed, name));
        Konfiguration::read(&werte).err().map(|error| error.to_string())
    };
    let empfang = {
        use empfang::Konfiguration;
        let handed = handed_to("empfang", werte);
        let werte = Konfiguration::VARIABLEN.map(|name| value(&handed, name));
        Konfiguration::read(&werte).err().map(|error| error.to_string())
    };
    let weiterleitung = read_weiterleitung(werte).err();
    // What two cannot read is told in the words of the one that says more.
    let mut errors: Vec<String> =
        [weiterleitung, annahme, empfang, sachbearbeitung].into_iter().flatten().collect();
    let mut namen = Vec::new();
    errors.retain(|error| {
        let name = named(error).map(str::to_owned);
        let is_neu = name.is_none() || !namen.contains(&name);
        namen.push(name);
        is_neu
    });
    errors
}

fn read_weiterleitung(werte: &Werte) -> Result<Einstellungen, String> {
    let handed = handed_to("weiterleitung", werte);
    let mut variablen = Variablen::default();
    for name in Variablen::NAMEN {
        if let Some(wert) = variablen.wert(name) {
            *wert = value(&handed, name);
        }
    }
    Einstellungen::read(&variablen).map_err(|error| error.to_string())
}

fn value(werte: &Werte, name: &str) -> String {
    werte.get(name).cloned().unwrap_or_default()
}

/// The variables of a component, as the manifest fills them.
fn handed_to(komponente: &str, werte: &Werte) -> Werte {
    let manifest: toml::Table = MANIFEST.parse().expect("a test reads the manifest");
    let vorlagen = manifest["component"][komponente]["variables"].as_table();
    let vorlagen = vorlagen.expect("a test reads the manifest").iter();
    let expand = |vorlage: &str| {
        let mut text = String::new();
        let mut rest = vorlage;
        while let Some((davor, danach)) = rest.split_once("{{") {
            let (name, danach) = danach.split_once("}}").unwrap_or((danach, ""));
            text.push_str(davor);
            text.push_str(&value(werte, name.trim()));
            rest = danach;
        }
        text + rest
    };
    vorlagen
        .map(|(name, vorlage)| (name.clone(), expand(vorlage.as_str().unwrap_or_default())))
        .collect()
}

/// The setting that an error names first, if it names one: `dms_anmeldung`,
/// `zustellung.ziele.dms`, `fachverfahren_url`.
fn named(error: &str) -> Option<&'static str> {
    let name = error.split('`').nth(1)?;
    let name = name.split(['.', '[']).next()?;
    let name = match name {
        "fachverfahren_url" => "fachverfahren_ursprung",
        "dms_url" => "dms_ursprung",
        name => name,
    };
    find(name).map(|einstellung| einstellung.name)
}

/// The words of the code that reads it, as far as they say more than that it cannot be read.
fn einzelheit(error: &str) -> String {
    match error.ends_with("cannot be read") || error.ends_with("is not set") {
        true => "Der Wert ist nicht lesbar.".to_owned(),
        false => format!("Der Wert ist nicht lesbar ({}).", error.trim_end_matches('.')),
    }
}

/// The setting whose name differs least, if not by much.
fn aehnlich(name: &str) -> Option<&'static str> {
    let abstand = |anderer: &str| edits(name, anderer);
    let naechste = EINSTELLUNGEN.iter().map(|it| it.name).min_by_key(|it| abstand(it))?;
    (abstand(naechste) <= 3).then_some(naechste)
}

/// How many letters have to be changed, put in or left out.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut zeile: Vec<usize> = (0..=b.len()).collect();
    for (i, links) in a.chars().enumerate() {
        let mut davor = zeile[0];
        zeile[0] = i + 1;
        for (j, rechts) in b.iter().enumerate() {
            let ersetzt = davor + usize::from(links != *rechts);
            davor = zeile[j + 1];
            zeile[j + 1] = ersetzt.min(davor + 1).min(zeile[j] + 1);
        }
    }
    zeile[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gute() -> Werte {
        EINSTELLUNGEN.iter().map(|it| (it.name.to_owned(), it.beispiel.to_owned())).collect()
    }

    #[test]
    fn every_example_can_be_used() {
        for einstellung in EINSTELLUNGEN {
            let mut werte: Werte =
                EINSTELLUNGEN.iter().map(|it| (it.name.to_owned(), good(it))).collect();
            werte.insert(einstellung.name.to_owned(), einstellung.beispiel.to_owned());
            assert_eq!(read_all(&werte), [""; 0], "{}", einstellung.name);
            assert_eq!(check_adresse(einstellung.name, einstellung.beispiel), None);
        }
        assert_eq!(check(&gute()).0, []);
    }

    #[test]
    fn everything_that_must_be_set_is_missed() {
        let (befunde, _) = check(&Werte::new());
        let namen: Vec<&str> = befunde.iter().map(|befund| befund.name.as_str()).collect();
        assert_eq!(namen, ["schluessel", "intern_geheimnis", "behoerde", "fachverfahren_ursprung"]);
    }

    #[test]
    fn every_setting_that_has_a_form_is_checked() {
        const OHNE_FORM: [&str; 5] = [
            "empfang_geheimnis",
            "intern_geheimnis",
            "fachverfahren_token",
            "fitconnect_geheimnis",
            "dms_repository",
        ];
        for einstellung in EINSTELLUNGEN.iter().filter(|it| !OHNE_FORM.contains(&it.name)) {
            let mut werte = gute();
            werte.insert(einstellung.name.to_owned(), "<geheim> falsch".to_owned());
            let (befunde, _) = check(&werte);
            let namen: Vec<&str> = befunde.iter().map(|befund| befund.name.as_str()).collect();
            assert_eq!(namen, [einstellung.name]);
            assert!(!befunde[0].to_string().contains("<geheim>"));
        }
    }

    #[test]
    fn a_slip_in_a_name_is_seen() {
        assert_eq!(aehnlich("dms_anmeldungen"), Some("dms_anmeldung"));
        assert_eq!(aehnlich("belehrung_sekunde"), Some("belehrung_sekunden"));
        assert_eq!(aehnlich("ganz_anders"), None);
    }
}
