//! Addresses in Germany and abroad.

use crate::{
    befund::{Parameter, zahl},
    codelisten::Staatsangehoerigkeit,
    einstellungen::Zustaendigkeit,
    formular::{Baustein, Bedingung, Feld, Feldgruppe, feld, gruppe},
    pruefung::Pruefer,
    recht::DATEN,
    werte::{Bestaetigung, Code, Nummer, Text},
};

pub static STRASSE: Feld<Text> =
    Feld::new("strasse", "Straße").norm(DATEN).pflicht().autocomplete("address-line1");

pub static HAUSNUMMER: Feld<Nummer> = Feld::new("hausnummer", "Hausnummer")
    .hilfe("Nur die Zahl, zum Beispiel 12.")
    .norm(DATEN)
    .wenn(Bedingung::Nicht(&Bedingung::Gleich("ohneHausnummer", "true")))
    .pflicht()
    .max(4);

pub static HAUSNUMMER_ZUSATZ: Feld<Text> = Feld::new("hausnummerZusatz", "Buchstabe oder Zusatz")
    .hilfe("Zum Beispiel a oder 1/2.")
    .norm(DATEN)
    .wenn(Bedingung::Nicht(&Bedingung::Gleich("ohneHausnummer", "true")))
    .max(4);

pub static OHNE_HAUSNUMMER: Feld<Bestaetigung> =
    Feld::new("ohneHausnummer", "Die Adresse hat keine Hausnummer").norm(DATEN);

pub static TEILNUMMER: Feld<Text> = Feld::new("teilnummer", "Teilnummer").norm(DATEN).max(4);

pub static ANSCHRIFT_ZUSATZ: Feld<Text> = Feld::new("zusatz", "Zusatz zur Adresse")
    .hilfe("Zum Beispiel: Hinterhaus, 3. Stock")
    .norm(DATEN);

pub static WOHNUNGSINHABER: Feld<Text> = Feld::new("wohnungsinhaber", "Name am Briefkasten")
    .hilfe("Nur, wenn dort ein anderer Name steht als Ihrer.")
    .norm(DATEN);

pub static PLZ: Feld<Nummer> =
    Feld::new("plz", "Postleitzahl").norm(DATEN).pflicht().autocomplete("postal-code").max(5);

pub static ORT: Feld<Text> = Feld::new("ort", "Ort")
    .key("anschrift.ort")
    .norm(DATEN)
    .pflicht()
    .autocomplete("address-level2");

/// Amtlicher Gemeindeschlüssel, 8 digits; worked out from PLZ and Ort.
pub static AGS: Feld<Nummer> =
    Feld::new("ags", "Gemeindeschlüssel").herkunft(crate::angaben::Herkunft::Abgeleitet).max(8);

/// Address in Germany (XInneres `PostalischeInlandsanschrift.Gebaeudeanschrift`).
pub static ANSCHRIFT: Baustein = Baustein::new(
    "anschrift",
    "",
    &[
        feld(&STRASSE),
        // Before the Hausnummer: a condition looks back only.
        feld(&OHNE_HAUSNUMMER),
        feld(&HAUSNUMMER),
        feld(&HAUSNUMMER_ZUSATZ),
        feld(&TEILNUMMER),
        feld(&ANSCHRIFT_ZUSATZ),
        feld(&WOHNUNGSINHABER),
        feld(&PLZ),
        feld(&ORT),
        feld(&AGS),
    ],
)
.pruefe(check_anschrift);

/// Checks an address in Germany.
pub fn check_anschrift(pruefer: &mut Pruefer<'_>) {
    if !pruefer.view.has_any("") {
        let label = Parameter::Label("anschrift", "Anschrift");
        pruefer.melde("", "REQ", &[("label", label)]);
        return;
    }
    pruefer.feld(&STRASSE);
    let hausnummer = pruefer.view.text("hausnummer").unwrap_or_default();
    let is_number = !hausnummer.is_empty()
        && hausnummer.len() <= 4
        && hausnummer.bytes().all(|it| it.is_ascii_digit());
    if !is_number && pruefer.view.get(&OHNE_HAUSNUMMER).is_none() {
        pruefer.melde("hausnummer", "HAUSNUMMER", &[]);
    }
    for feld in [&HAUSNUMMER_ZUSATZ, &TEILNUMMER, &ANSCHRIFT_ZUSATZ, &WOHNUNGSINHABER] {
        pruefer.feld_wenn_da(feld);
    }
    if !pruefer.view.text("plz").is_some_and(is_plz) {
        pruefer.melde("plz", "PLZ", &[]);
    }
    pruefer.feld(&ORT);
    check_ort(pruefer);
}

/// Whether place and postcode belong together, after the list of the Behörde.
fn check_ort(pruefer: &mut Pruefer<'_>) {
    let (Some(plz), Some(ort)) = (pruefer.view.text("plz"), pruefer.view.text("ort")) else {
        return;
    };
    if !pruefer.einstellungen().verzeichnis.fits(plz, ort) {
        pruefer.melde("plz", "PLZ_ORT", &[zahl("plz", plz), zahl("ort", ort)]);
    }
}

/// Whether the Behörde is responsible for whoever lives at this address: a rule at its page.
pub fn check_zustaendigkeit(pruefer: &mut Pruefer<'_>) {
    let Some(plz) = pruefer.view.text("plz").filter(|it| is_plz(it)) else { return };
    if let Zustaendigkeit::Andere(name) = pruefer.einstellungen().verzeichnis.zustaendig(plz) {
        let behoerde = match name {
            Some(name) => Parameter::Text(name.to_owned()),
            None => Parameter::Label("behoerdeAmWohnort", "die Behörde an Ihrem Wohnort"),
        };
        pruefer.melde("plz", "NICHT_ZUSTAENDIG", &[("behoerde", behoerde)]);
    }
}

/// Five digits that do not begin with 00.
pub fn is_plz(text: &str) -> bool {
    text.len() == 5 && text.bytes().all(|it| it.is_ascii_digit()) && !text.starts_with("00")
}

pub static AUSLAND_STAAT: Feld<Code<Staatsangehoerigkeit>> =
    Feld::new("staat", "Staat").key("anschriftAusland.staat").norm(DATEN).pflicht();

pub static AUSLAND_ZEILE: Feld<Text> =
    Feld::new("", "Zeile der Adresse").key("anschriftAusland.zeile").norm(DATEN);

pub static AUSLAND_ZEILEN: Feldgruppe =
    Feldgruppe::new("zeilen", "Adresse in 2 bis 5 Zeilen", "Zeile", &[feld(&AUSLAND_ZEILE)])
        .hilfe("So, wie sie auf einem Brief steht. Jede Zeile hat höchstens 35 Zeichen.")
        .norm(DATEN)
        .anzahl(3, 0)
        .skalar("")
        .kurz();

/// Address abroad (XInneres `Auslandsanschrift.Druckbild`).
pub static ANSCHRIFT_AUSLAND: Baustein =
    Baustein::new("anschriftAusland", "", &[feld(&AUSLAND_STAAT), gruppe(&AUSLAND_ZEILEN)])
        .pruefe(check_anschrift_ausland);

/// Checks an address abroad: 2 to 5 lines of at most 35 characters.
pub fn check_anschrift_ausland(pruefer: &mut Pruefer<'_>) {
    if pruefer.view.has_any("") {
        pruefer.feld(&AUSLAND_STAAT);
    }
    let zeilen: Vec<&str> =
        pruefer.view.eintraege(&AUSLAND_ZEILEN).filter_map(|it| it.text("")).collect();
    let fits = zeilen.iter().all(|it| it.chars().count() <= 35);
    if !fits || !(2..=5).contains(&zeilen.len()) {
        pruefer.melde("", "AUSLANDSANSCHRIFT", &[]);
    }
    for index in 0..pruefer.view.anzahl(&AUSLAND_ZEILEN) {
        pruefer.unter(&format!("zeilen[{index}]."), |it| it.feld_wenn_da(&AUSLAND_ZEILE));
    }
}
