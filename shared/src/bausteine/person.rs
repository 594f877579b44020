//! Name, birth, Staatsangehörigkeit, contact.

use crate::{
    angaben::View,
    befund::{Parameter, zahl},
    codelisten::{
        STAATSANGEHOERIGKEIT, Staatsangehoerigkeit,
        staaten::{EXKLUSIV, HISTORISCH},
    },
    din91379,
    formular::{Baustein, Bedingung, Datenfeld, Feld, Feldgruppe, datum_fund, feld, gruppe},
    pruefung::Pruefer,
    recht::DATEN,
    werte::{Bestaetigung, Code, EMail, Name, Teildatum, Telefon, Text},
};

pub static FAMILIENNAME: Feld<Name> = Feld::new("familienname.name", "Familienname")
    .hilfe("Schreiben Sie den Namen genau wie im Pass, in lateinischen Buchstaben.")
    .norm(DATEN)
    .pflicht_wenn(Bedingung::Nicht(&Bedingung::Gleich("familienname.nichtVorhanden", "true")))
    .autocomplete("family-name");

pub static KEIN_FAMILIENNAME: Feld<Bestaetigung> =
    Feld::new("familienname.nichtVorhanden", "Im Pass steht kein Familienname").norm(DATEN);

pub static VORNAMEN: Feld<Name> = Feld::new("vornamen.name", "Vornamen")
    .hilfe("Alle Vornamen, in der Reihenfolge wie im Pass.")
    .norm(DATEN)
    .pflicht_wenn(Bedingung::Nicht(&Bedingung::Gleich("vornamen.nichtVorhanden", "true")))
    .autocomplete("given-name");

pub static KEIN_VORNAME: Feld<Bestaetigung> =
    Feld::new("vornamen.nichtVorhanden", "Im Pass steht kein Vorname").norm(DATEN);

pub static GEBURTSNAME: Feld<Name> = Feld::new("geburtsname", "Geburtsname")
    .hilfe("Nur, wenn er anders ist als der heutige Familienname.")
    .norm(DATEN);

/// Name of a person (XInneres `AllgemeinerName`, twice).
pub static NAME: Baustein = Baustein::new(
    "name",
    "",
    &[feld(&VORNAMEN), feld(&KEIN_VORNAME), feld(&FAMILIENNAME), feld(&KEIN_FAMILIENNAME)],
)
.pruefe(check_name);

fn check_name(pruefer: &mut Pruefer<'_>) {
    let teile = [(&FAMILIENNAME, &KEIN_FAMILIENNAME), (&VORNAMEN, &KEIN_VORNAME)];
    let text =
        |pruefer: &Pruefer<'_>, feld: &Feld<Name>| pruefer.view.text(feld.datenfeld.id).is_some();
    for (name, keiner) in teile {
        if text(pruefer, name) && pruefer.view.get(keiner).is_some() {
            pruefer.melde(name.datenfeld.id, "NAME_HAEKCHEN", &[label(&name.datenfeld)]);
        }
    }
    if teile.iter().all(|(name, _)| !text(pruefer, name)) {
        pruefer.melde("familienname", "NAME_BEIDE_FEHLEN", &[]);
    } else {
        for (name, keiner) in teile {
            if !text(pruefer, name) && pruefer.view.get(keiner).is_none() {
                pruefer.melde(name.datenfeld.id, "REQ", &[label(&name.datenfeld)]);
            }
        }
    }
    for (name, _) in teile {
        check_characters(pruefer, &name.datenfeld);
    }
}

/// Length and characters of a name, if there is one: what no message can carry is refused, what no
/// name should have is pointed out.
pub fn check_characters(pruefer: &mut Pruefer<'_>, feld: &Datenfeld) {
    let Some(text) = pruefer.view.text(feld.id) else { return };
    let name = din91379::normalize(text);
    if usize::try_from(feld.max).is_ok_and(|max| max < name.chars().count()) {
        pruefer.melde(feld.id, "LEN_MAX", &[label(feld), zahl("max", feld.max)]);
    }
    let first = |datentyp| din91379::first_invalid(&name, datentyp).map(str::to_owned);
    if let Some(zeichen) = first(din91379::Datentyp::C) {
        pruefer.melde(feld.id, "CHARSET", &[label(feld), zahl("zeichen", zeichen)]);
    } else if let Some(zeichen) = first(din91379::Datentyp::A) {
        pruefer.melde(feld.id, "NAME_ZIFFER", &[label(feld), zahl("zeichen", zeichen)]);
    }
}

fn label(feld: &Datenfeld) -> (&'static str, Parameter) {
    crate::befund::label(feld)
}

/// Given name and family name as one speaks them.
pub fn full_name(view: &View<'_>) -> String {
    let teile = [&VORNAMEN, &FAMILIENNAME].map(|it| view.text(it.datenfeld.id));
    teile.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

pub static GEBURTSDATUM: Feld<Teildatum> = Feld::new("datum", "Geburtsdatum")
    .key("geburt.datum")
    .hilfe("Zum Beispiel: 7 3 1990. Sie kennen den Tag oder den Monat nicht? Lassen Sie das Feld leer.")
    .norm(DATEN)
    .pflicht_wenn(Bedingung::Nicht(&Bedingung::Gleich("datumUnbekannt", "true")))
    .autocomplete("bday");

pub static GEBURTSDATUM_UNBEKANNT: Feld<Bestaetigung> =
    Feld::new("datumUnbekannt", "Das Geburtsdatum ist ganz unbekannt")
        .key("geburt.datumUnbekannt")
        .norm(DATEN);

pub static GEBURTSORT: Feld<Text> = Feld::new("ort", "Geburtsort")
    .key("geburt.ort")
    .hilfe("So, wie der Ort im Pass steht.")
    .norm(DATEN)
    .pflicht_wenn(Bedingung::Nicht(&Bedingung::Gleich("ortUnbekannt", "true")));

pub static GEBURTSORT_UNBEKANNT: Feld<Bestaetigung> =
    Feld::new("ortUnbekannt", "Der Geburtsort ist unbekannt")
        .key("geburt.ortUnbekannt")
        .norm(DATEN);

pub static GEBURTSSTAAT: Feld<Code<Staatsangehoerigkeit>> = Feld::new("staat", "Staat der Geburt")
    .key("geburt.staat")
    .hilfe("Der Staat, zu dem der Ort damals gehört hat.")
    .norm(DATEN)
    .pflicht();

/// Birth with place and state (XAusländer `Geburt`).
pub static GEBURT: Baustein = Baustein::new(
    "geburt",
    "",
    &[
        feld(&GEBURTSDATUM),
        feld(&GEBURTSDATUM_UNBEKANNT),
        feld(&GEBURTSORT),
        feld(&GEBURTSORT_UNBEKANNT),
        feld(&GEBURTSSTAAT),
    ],
)
.pruefe(|pruefer| {
    check_geburtsdatum(pruefer);
    pruefer.feld(&GEBURTSORT);
    pruefer.feld(&GEBURTSSTAAT);
});

/// The date of birth alone.
pub static GEBURT_TAG: Baustein =
    Baustein::new("geburtTag", "", &[feld(&GEBURTSDATUM), feld(&GEBURTSDATUM_UNBEKANNT)])
        .pruefe(check_geburtsdatum);

/// Oldest age that is believed.
const ALTER_MAX: i32 = 120;

/// Checks `datum` and `datumUnbekannt`.
pub fn check_geburtsdatum(pruefer: &mut Pruefer<'_>) {
    let id = GEBURTSDATUM.datenfeld.id;
    if pruefer.view.get(&GEBURTSDATUM_UNBEKANNT).is_some() {
        pruefer.melde(id, "GEBURT_TEIL", &[]);
        return;
    }
    let Some(text) = pruefer.view.text(id) else {
        pruefer.melde(id, "REQ", &[label(&GEBURTSDATUM.datenfeld)]);
        return;
    };
    let datum = match text.parse::<Teildatum>() {
        Ok(datum) => datum,
        Err(kein) => {
            let (code, parameter) = datum_fund(kein, text);
            pruefer.melde(id, code, &parameter);
            return;
        }
    };
    let (frueh, spaet) = datum.bounds();
    if pruefer.stichtag() < frueh {
        pruefer.melde(id, "DATE_ZUKUNFT", &[label(&GEBURTSDATUM.datenfeld)]);
    } else if ALTER_MAX < spaet.age_on(pruefer.stichtag()) {
        pruefer.melde(id, "DATE_ALTER_120", &[]);
    } else if !datum.is_complete() {
        pruefer.melde(id, "GEBURT_TEIL", &[]);
    }
}

/// The date of birth, where it is one that [`check_geburtsdatum`] lets pass.
pub fn geburtsdatum(pruefer: &Pruefer<'_>) -> Option<Teildatum> {
    let is_unknown = pruefer.view.get(&GEBURTSDATUM_UNBEKANNT).is_some();
    let datum = pruefer.view.get(&GEBURTSDATUM).filter(|_| !is_unknown)?;
    let (frueh, spaet) = datum.bounds();
    let stichtag = pruefer.stichtag();
    (frueh <= stichtag && spaet.age_on(stichtag) <= ALTER_MAX).then_some(datum)
}

pub static STAATSANGEHOERIGKEIT_CODE: Feld<Code<Staatsangehoerigkeit>> =
    Feld::new("code", "Staatsangehörigkeit")
        .key("staatsangehoerigkeiten.code")
        .pflicht()
        .ohne(HISTORISCH)
        .norm(DATEN);

/// Up to four Staatsangehörigkeiten, written in data as bare codes.
pub static STAATSANGEHOERIGKEITEN_KURZ: Feldgruppe = Feldgruppe::new(
    "staatsangehoerigkeiten",
    "Staatsangehörigkeiten",
    "Staatsangehörigkeit",
    &[feld(&STAATSANGEHOERIGKEIT_CODE)],
)
.hilfe("Geben Sie alle Staatsangehörigkeiten an, höchstens 4.")
.norm(DATEN)
.anzahl(1, 4)
.skalar("code")
.kurz();

/// Up to four Staatsangehörigkeiten, each an object in data.
pub static STAATSANGEHOERIGKEITEN_GRUPPE: Feldgruppe = Feldgruppe::new(
    "staatsangehoerigkeiten",
    "Staatsangehörigkeiten",
    "Staatsangehörigkeit",
    &[feld(&STAATSANGEHOERIGKEIT_CODE)],
)
.hilfe("Geben Sie alle Staatsangehörigkeiten an, höchstens 4.")
.norm(DATEN)
.anzahl(1, 4)
.kurz();

/// Staatsangehörigkeiten as objects; being German is no obstacle.
pub static STAATSANGEHOERIGKEITEN_OBJEKTE: Baustein =
    Baustein::new("staatsangehoerigkeiten", "", &[gruppe(&STAATSANGEHOERIGKEITEN_GRUPPE)])
        .pruefe(|pruefer| check_staatsangehoerigkeiten(pruefer, None));

/// Staatsangehörigkeiten as bare codes; being German is no obstacle.
pub static STAATSANGEHOERIGKEITEN: Baustein =
    Baustein::new("staatsangehoerigkeiten", "", &[gruppe(&STAATSANGEHOERIGKEITEN_KURZ)])
        .pruefe(|pruefer| check_staatsangehoerigkeiten(pruefer, None));

/// Checks the group `staatsangehoerigkeiten`; `deutsch` is the code to report for German ones.
pub fn check_staatsangehoerigkeiten(pruefer: &mut Pruefer<'_>, deutsch: Option<&'static str>) {
    let gruppe = "staatsangehoerigkeiten";
    let staat = label(&STAATSANGEHOERIGKEIT_CODE.datenfeld);
    let codes: Vec<&str> =
        pruefer.view.eintraege_von(gruppe).map(|it| it.text("code").unwrap_or_default()).collect();
    if codes.iter().all(|it| it.is_empty()) {
        pruefer.melde(gruppe, "CHOICE", &[staat]);
        return;
    }
    if 4 < codes.len() {
        pruefer.melde(gruppe, "MAX_ITEMS", &[zahl("max", 4)]);
    }
    for (index, code) in codes.iter().enumerate() {
        let pfad = format!("{gruppe}[{index}].code");
        let name = STAATSANGEHOERIGKEIT.text(code);
        if HISTORISCH.contains(code) {
            let name = name.unwrap_or_default();
            pruefer.melde(&pfad, "CODE_HISTORISCH", &[zahl("wert", name)]);
        } else if name.is_none() {
            pruefer.melde(&pfad, "CODE_UNBEKANNT", std::slice::from_ref(&staat));
        }
        if codes[..index].contains(code) {
            pruefer.melde(&pfad, "CODE_DOPPELT", &[zahl("wert", code)]);
        }
        if let Some(deutsch) = deutsch.filter(|_| *code == "000") {
            pruefer.melde(&pfad, deutsch, &[]);
        }
    }
    let exklusiv = codes.iter().find(|it| EXKLUSIV.contains(it));
    if let Some(code) = exklusiv.filter(|_| 1 < codes.len()) {
        let wert = match *code {
            "999" => "ohne Angabe",
            code => STAATSANGEHOERIGKEIT.text(code).unwrap_or_default(),
        };
        pruefer.melde(gruppe, "CODE_EXKLUSIV", &[zahl("wert", wert)]);
    }
}

pub static EMAIL: Feld<EMail> = Feld::new("email", "E-Mail-Adresse")
    .norm(DATEN)
    .pflicht_wenn(Bedingung::Nicht(&Bedingung::Beantwortet("telefon")))
    .autocomplete("email");

pub static TELEFON: Feld<Telefon> = Feld::new("telefon", "Telefonnummer")
    .hilfe("Zum Beispiel: +49 521 5550101")
    .norm(DATEN)
    .pflicht_wenn(Bedingung::Nicht(&Bedingung::Beantwortet("email")))
    .autocomplete("tel");

/// E-mail and telephone, one of which must be there.
pub static KONTAKT: Baustein =
    Baustein::new("kontakt", "", &[feld(&EMAIL), feld(&TELEFON)]).pruefe(check_kontakt);

/// Checks `email` and `telefon`.
pub fn check_kontakt(pruefer: &mut Pruefer<'_>) {
    let is_missing = |feld: &Datenfeld| pruefer.view.text(feld.id).is_none();
    if is_missing(&EMAIL.datenfeld) && is_missing(&TELEFON.datenfeld) {
        pruefer.melde("", "KONTAKT_FEHLT", &[]);
    }
    pruefer.feld_wenn_da(&EMAIL);
    pruefer.feld_wenn_da(&TELEFON);
}
