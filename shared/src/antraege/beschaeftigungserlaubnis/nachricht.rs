//! The message of the Beschäftigungserlaubnis: XAusländer `OZG.Antrag.130101`.

use crate::{
    antraege::beschaeftigungserlaubnis::{arbeitgeber::*, formular::*},
    bausteine::ANSCHRIFT as ANSCHRIFT_FELDER,
    bausteine::KONTAKT,
    formular::{Baustein, Inhalt, baustein, feld, gruppe},
    nachricht::{
        Element, Nachricht, Quelle, anmerkungen, aus, element, je_nachweis, unter, wenn, wert,
        xauslaender2611::{
            ANSCHRIFT, DOKUMENT_ODER_REFERENZ, DOKUMENT_ODER_REFERENZ_ERWEITERT, GEBURT,
            KOMMUNIKATION, NACHNAME, STAATSANGEHOERIGKEIT_OBJEKTE, VORNAME, XAUSLAENDER, text,
        },
        zusammenfassung,
    },
    werte::{Wert, Xoev},
};

pub static NACHRICHT: Nachricht = Nachricht {
    name: "OZG.Antrag.130101",
    typ: "130101",
    standard: &XAUSLAENDER,
    inhalt: &[
        aus("antragsdatum", &[], |it| text(&it.kopf.stichtag.iso())),
        aus("grundDesAntrags", &[&STATUS_ART.datenfeld, &VARIANTE.datenfeld], grund),
        wert("ersteinreisedatum", &ERSTEINREISE),
        wert("grundAenderungNebenbestimmung", &GRUND_AENDERUNG),
        wert("grundDesAufenthalts", &GRUND_AUFENTHALT),
        element("angabenZurPerson").with(PERSON),
        wenn(VERTRETUNG_ART_DA, &[element("antragstellerVertreter").with(VERTRETER)]),
        zusammenfassung(&[element("antragszusammenfassung").with(DOKUMENT_ODER_REFERENZ)]),
        je_nachweis(&[element("nachweis").with(DOKUMENT_ODER_REFERENZ_ERWEITERT)]),
        anmerkungen("sonstigeAnmerkung", ANMERKUNGEN),
    ],
    ohne_element: &[
        ("erklaerung.richtig", BESTAETIGUNG),
        ("erklaerung.datenschutz", BESTAETIGUNG),
        ("zusammenfassung.geprueft", BESTAETIGUNG),
        ("person.anschrift.ags", GEMEINDESCHLUESSEL),
    ],
};

const BESTAETIGUNG: &str = "a box that was ticked; its text stands in antragszusammenfassung";
const GEMEINDESCHLUESSEL: &str =
    "worked out from Postleitzahl and Ort; an Anschrift of the message has no element for it";

const VERTRETUNG_ART_DA: crate::formular::Bedingung =
    crate::formular::Bedingung::Beantwortet("person.vertretung.art");

/// `OZG.Person`
static PERSON: &[Element] = &[
    unter("person.", VORNAME),
    unter("person.", NACHNAME),
    element("geschlecht").always_with(&[wert("geschlecht", &GESCHLECHT)]),
    element("geburt").with(&[unter("person.geburt.", GEBURT)]),
    element("familienstand").with(&[aus("familienstand", &[&FAMILIENSTAND.datenfeld], |it| {
        // The schema wants one; the form may be sent without.
        let code = it.view.get(&FAMILIENSTAND).map_or("NB", |it| it.code);
        Some(Xoev::Code {
            urn: crate::codelisten::FAMILIENSTAND.urn,
            version: crate::codelisten::FAMILIENSTAND.version,
            code: code.to_owned(),
        })
    })]),
    unter("person.", STAATSANGEHOERIGKEIT_OBJEKTE),
    element("anschrift").with(&[unter("person.anschrift.", ANSCHRIFT)]),
    unter("person.kontakt.", KOMMUNIKATION),
    // Images of the document travel as Nachweis: here only that there is one.
    element("aufenthaltsdokument").with(&[aus(
        "deutschesAufenthaltsdokumentVorhanden",
        &[],
        |_| Some(true.to_xoev()),
    )]),
];

/// `OZG.AntragstellerVertreter`: a person or an office, whose name is one line.
static VERTRETER: &[Element] = &[
    wert("vertretungsart", &VERTRETUNG_ART),
    aus("vorname", &[], |_| Some(Xoev::In(&["nichtVorhanden"], "true".to_owned()))),
    aus("familienname", &[&VERTRETUNG_NAME.datenfeld], |it| {
        Some(Xoev::In(&["name"], it.view.get(&VERTRETUNG_NAME)?.to_string()))
    }),
    element("geschlecht").always_with(&[]),
];

/// 05 Beschäftigungserlaubnis with a Gestattung or Duldung, 03 Änderung einer Nebenbestimmung with
/// a title.
fn grund(quelle: &Quelle<'_>) -> Option<Xoev> {
    let view = quelle.view.wurzel();
    let is_titel = IST_TITEL.holds(view.angaben(), "", quelle.kopf.stichtag);
    let code = if is_titel { "03" } else { "05" };
    Some(Xoev::Code {
        urn: "urn:xoev-de:xauslaender:codeliste:ozg.antragsgrund",
        version: "4",
        code: code.to_owned(),
    })
}

// What has no element of its own, in the words of the form. The message has none for the employer.

static FIRMA_ANSCHRIFT: Baustein =
    Baustein::new("firmaAnschrift", "Adresse der Firma", ANSCHRIFT_FELDER.inhalt);

static ARBEITSORT_ANSCHRIFT: Baustein =
    Baustein::new("arbeitsortAnschrift", "Adresse des Arbeitsorts", ANSCHRIFT_FELDER.inhalt);

static ANMERKUNGEN: &[Inhalt] = &[
    feld(&FIRMA),
    feld(&BERUF),
    feld(&BEGINN),
    feld(&BEFRISTET),
    feld(&BIS),
    feld(&ARBEITSZEIT_ART),
    feld(&STUNDEN),
    feld(&TAGE_PRO_WOCHE),
    feld(&ENTGELT_EINHEIT),
    feld(&ENTGELT_BETRAG),
    feld(&TAETIGKEIT),
    feld(&KLDB),
    feld(&BESCHAEFTIGUNG_ART),
    feld(&AUSBILDUNG_BERUF),
    feld(&AUSBILDUNG_DAUER),
    feld(&AUSBILDUNG_EINTRAGUNG),
    feld(&AZR_NUMMER),
    feld(&WOHNT_SEIT),
    feld(&ANLASS),
    feld(&SELBSTSTAENDIG),
    feld(&RECHTSGRUNDLAGE),
    feld(&NEBENBESTIMMUNG),
    feld(&DOKUMENT_NUMMER),
    feld(&AUSGESTELLT_AM),
    feld(&GUELTIG_BIS),
    feld(&UNUNTERBROCHEN_SEIT),
    feld(&ASYLSTAND),
    feld(&ASYLANTRAG_AM),
    feld(&ASYL_REGISTRIERT_AM),
    feld(&GESTATTET_SEIT),
    feld(&GEDULDET_SEIT),
    feld(&WOHNT_IN_AE),
    feld(&ARBEIT_WAR_ERLAUBT),
    feld(&PASS_VORGELEGT),
    feld(&SV_MONATE),
    gruppe(&BISHERIGE),
    feld(&ARBEITGEBER_WEG),
    baustein("arbeitgeber.anschrift.", &FIRMA_ANSCHRIFT),
    feld(&KONTAKTPERSON),
    baustein("arbeitgeber.", &KONTAKT),
    feld(&FAX),
    feld(&BETRIEBSNUMMER),
    feld(&NEUGRUENDUNG),
    feld(&UEBERLASSUNG),
    feld(&ARBEITSORT),
    baustein("beschaeftigung.anschrift.", &ARBEITSORT_ANSCHRIFT),
    gruppe(&QUALIFIKATIONEN),
    feld(&STUDIENGANG),
    feld(&STUDIUM_ORT),
    feld(&STUDIUM_ANERKANNT),
    feld(&STUDIUM_NACHWEIS),
    feld(&BERUFSABSCHLUSS),
    feld(&BERUFSABSCHLUSS_ORT),
    feld(&BERUFSABSCHLUSS_GLEICHWERTIG),
    feld(&BERUFSABSCHLUSS_NACHWEIS),
    feld(&QUALIFIKATION_SONSTIGE),
    feld(&KEINE_AUSBILDUNG_NOETIG),
    feld(&BERUFSERLAUBNIS_NOETIG),
    feld(&BERUFSERLAUBNIS_WELCHE),
    feld(&UEBERSTUNDEN),
    feld(&UEBERSTUNDEN_UMFANG),
    feld(&UEBERSTUNDEN_AUSGLEICH),
    feld(&URLAUB),
    feld(&TARIF_GEBUNDEN),
    feld(&TARIF_ANGEWENDET),
    feld(&TARIF_NAME),
    feld(&TARIF_GRUPPE),
    gruppe(&GELDWERT),
    feld(&ENTGELT_VARIABEL),
    feld(&SV_PFLICHT),
    feld(&SV_GRUND),
    feld(&SV_DVKA),
    feld(&SV_DVKA_NACHWEIS),
    feld(&SV_ERGAENZUNG),
    feld(&LINK_FIRMA),
    feld(&LINK_BEGINN),
    feld(&ERKLAERUNG_NAME),
    feld(&ERKLAERUNG_FUNKTION),
    feld(&ERKLAERUNG_ORT),
    feld(&ERKLAERUNG_DATUM),
    feld(&ERKLAERUNG_BESTAETIGT),
    feld(&ERKLAERUNG_NUMMER),
    feld(&ERKLAERUNG_BESTAETIGT_AM),
    feld(&VERTRAG_NAME),
    feld(&VERTRAG_GEBURT),
    Inhalt::Nachweise(&NACHWEISE),
];
