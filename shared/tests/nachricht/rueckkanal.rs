//! Messages that come back: everything that the schema allows is read, and nothing that it refuses.

use proptest::prelude::*;
use shared::{
    antraege::nachricht,
    behoerde::Behoerde,
    lage::Wirkung,
    nachricht::{
        ANTWORT, Anlage, Anlagen, Folge, Grund, Kopf, Medientyp, NachrichtError, RUECKNAHME,
        Rueckinhalt, Rueckmeldung, write_folge,
    },
    werte::Datum,
};

use crate::{STICHTAG, behoerde, schema};

const NAMESPACE: &str = "http://www.osci.de/xauslaender2611";
const UUID: &str = "5F0A2C1B-1F6E-4C5E-9A55-0D9F7A1F0C02";
const AUSLOESER: &str = "2c1b1f6e-5f0a-4c5e-9a55-0d9f7a1f0c02";
/// `%PDF-1.7`, broken over two lines as senders do.
const PDF: &str = "JVBE\n  Ri0xLjc=";

/// An element of a message.
#[derive(Clone, Debug)]
struct El {
    name: &'static str,
    /// In the namespace of the standard.
    is_eigen: bool,
    /// In the schema with minOccurs="0".
    is_optional: bool,
    attribute: &'static str,
    inhalt: Inhalt,
}

#[derive(Clone, Debug)]
enum Inhalt {
    Text(String),
    Kinder(Vec<El>),
}

fn eigen(name: &'static str, text: &str) -> El {
    let inhalt = Inhalt::Text(text.to_owned());
    El { name, is_eigen: true, is_optional: false, attribute: "", inhalt }
}

fn bibliothek(name: &'static str, text: &str) -> El {
    El { is_eigen: false, ..eigen(name, text) }
}

impl El {
    fn optional(self) -> El {
        El { is_optional: true, ..self }
    }

    fn with(self, kinder: Vec<El>) -> El {
        El { inhalt: Inhalt::Kinder(kinder), ..self }
    }

    fn write(&self, out: &mut String) {
        let prefix = if self.is_eigen { "xa:" } else { "" };
        out.push_str(&format!("<{prefix}{}{}>", self.name, self.attribute));
        match &self.inhalt {
            Inhalt::Text(text) => out.push_str(text),
            Inhalt::Kinder(kinder) => kinder.iter().for_each(|kind| kind.write(out)),
        }
        out.push_str(&format!("</{prefix}{}>\n", self.name));
    }

    fn xml(&self) -> String {
        let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- x -->");
        self.write(&mut xml);
        xml
    }

    fn kinder(&self) -> &[El] {
        match &self.inhalt {
            Inhalt::Text(_) => &[],
            Inhalt::Kinder(kinder) => kinder,
        }
    }

    fn kinder_mut(&mut self) -> &mut Vec<El> {
        match &mut self.inhalt {
            Inhalt::Text(_) => unreachable!("only elements with children are asked"),
            Inhalt::Kinder(kinder) => kinder,
        }
    }
}

fn dokument(name: &'static str) -> El {
    eigen(name, "").with(vec![
        eigen("dokument", PDF),
        eigen("dokumententyp", "").with(vec![bibliothek("code", "1")]),
    ])
}

/// Root elements with everything that the schema allows behind the header.
fn nachrichten() -> Vec<El> {
    let ort = vec![
        bibliothek("hausnummer", "12").optional(),
        bibliothek("hausnummerBuchstabeZusatzziffer", "a").optional(),
        bibliothek("postleitzahl", "12345"),
        bibliothek("stockwerkswohnungsnummer", "3").optional(),
        bibliothek("strasse", "Rathausplatz"),
        bibliothek("teilnummerDerHausnummer", "2").optional(),
        bibliothek("wohnort", "Musterstadt"),
        bibliothek("wohnortFruehererGemeindename", "Altdorf").optional(),
        bibliothek("wohnungsinhaber", "Stadt Musterstadt").optional(),
        bibliothek("zusatzangaben", "Haus B").optional(),
        bibliothek("hausnummern.bis", "").optional().with(vec![
            bibliothek("hausnummer.bis", "14").optional(),
            bibliothek("hausnummerbuchstabezusatzziffer.bis", "b").optional(),
            bibliothek("teilnummerderhausnummer.bis", "1").optional(),
        ]),
    ];
    let arten = vec![
        (
            "OZG.RueckkanalFrage.130102",
            "130102",
            vec![
                eigen("frage", "Bitte senden Sie uns Ihren Pass &amp; ein Foto."),
                eigen("fristdatum", "2026-12-24").optional(),
                dokument("anlage").optional(),
            ],
        ),
        (
            "OZG.Statusmeldung.130104",
            "130104",
            vec![
                El {
                    attribute: " listURI=\"urn:xoev-de:xauslaender:codeliste:ozg.status\" \
                                listVersionID=\"4\"",
                    ..eigen("status", "").with(vec![
                        bibliothek("code", "05"),
                        bibliothek("name", "Prüfung abgeschlossen").optional(),
                    ])
                },
                dokument("anhang").optional(),
            ],
        ),
        (
            "OZG.Terminmitteilung.130105",
            "130105",
            vec![
                eigen("strukturierteTermininformationen", "").optional().with(vec![
                    eigen("datum", "2027-01-11"),
                    eigen("uhrzeitAb", "09:30:00+01:00"),
                    eigen("uhrzeitBis", "10:00:00.000").optional(),
                    eigen("ort", "").with(ort),
                    eigen("weitereAngabenZumOrt", "Zimmer 12").optional(),
                ]),
                dokument("terminmitteilung").optional(),
                eigen("onlinevergabe", "https://termine.example/").optional(),
                dokument("gebuehrenmitteilung").optional(),
                eigen("weitereHinweise", "Bitte bringen Sie Ihren Pass mit.").optional(),
            ],
        ),
        (
            "OZG.RuecknahmeReaktion.130107",
            "130107",
            vec![
                eigen("rueckmeldung", "Ihr Antrag ist erledigt.").optional(),
                dokument("anlage").optional(),
            ],
        ),
        (
            "OZG.Unzustaendig.130109",
            "130109",
            vec![
                eigen("hinweis", "Wir sind nicht zuständig."),
                eigen("zustaendigeABH", "Ausländerbehörde Nachbarstadt").optional(),
            ],
        ),
        (
            "OZG.BeabsichtigteAblehnung.130110",
            "130110",
            vec![dokument("mitteilung"), dokument("gebuehrenmitteilung").optional()],
        ),
    ];
    let arten = arten.into_iter().map(|(name, typ, inhalt)| {
        let mut kinder = kopf(typ);
        kinder.extend(inhalt);
        El {
            attribute: " xmlns:xa=\"http://www.osci.de/xauslaender2611\" produkt=\"FV\" \
                        produkthersteller=\"Hersteller\" standard=\"XAusländer\" version=\"26.11\"",
            ..eigen(name, "").with(kinder)
        }
    });
    arten.collect()
}

fn kopf(typ: &str) -> Vec<El> {
    let verzeichnisdienst = || El {
        attribute: " listVersionID=\"3\"",
        ..bibliothek("verzeichnisdienst", "").with(vec![bibliothek("code", "DVDV")])
    };
    let anschrift = bibliothek("gebaeude", "").with(vec![
        bibliothek("postleitzahl", "12345"),
        bibliothek("strasse", "Rathausplatz"),
        bibliothek("wohnort", "Musterstadt"),
    ]);
    vec![
        bibliothek("nachrichtenkopf.g2g", "").with(vec![
            bibliothek("identifikation.nachricht", "").with(vec![
                bibliothek("nachrichtenUUID", UUID),
                bibliothek("nachrichtentyp", "").with(vec![bibliothek("code", typ)]),
                bibliothek("erstellungszeitpunkt", "2026-11-24T08:00:00.000+01:00"),
            ]),
            bibliothek("leser", "").with(vec![
                verzeichnisdienst(),
                bibliothek("kennung", "alp:090000000001"),
                bibliothek("name", "Serviceportal"),
            ]),
            bibliothek("autor", "").with(vec![
                verzeichnisdienst(),
                bibliothek("kennung", "azr:000100"),
                bibliothek("name", "Ausländerbehörde Musterstadt"),
                bibliothek("erreichbarkeit", "").with(vec![
                    El {
                        attribute: " listVersionID=\"3\"",
                        ..bibliothek("kanal", "").with(vec![bibliothek("code", "01")])
                    },
                    bibliothek("kennung", "abh@musterstadt.example"),
                ]),
            ]),
        ]),
        bibliothek("anschrift.leser", "").optional().with(vec![anschrift.clone()]),
        bibliothek("anschrift.autor", "").with(vec![anschrift]),
        eigen("antragsidentifikation", "VE-2026-000007"),
        eigen("ausloeserUUID", AUSLOESER),
    ]
}

/// Paths of all elements, as places among the children, but not below what the reader passes over.
fn pfade(el: &El) -> Vec<Vec<usize>> {
    let mut pfade = Vec::new();
    for (platz, kind) in el.kinder().iter().enumerate() {
        pfade.push(vec![platz]);
        let is_uebergangen =
            matches!(kind.name, "leser" | "autor" | "anschrift.leser" | "anschrift.autor");
        if !is_uebergangen {
            pfade.extend(pfade_of(kind, platz));
        }
    }
    return pfade;

    fn pfade_of(kind: &El, platz: usize) -> Vec<Vec<usize>> {
        self::pfade(kind).into_iter().map(|pfad| [vec![platz], pfad].concat()).collect()
    }
}

/// The element above, and its place there.
fn stelle<'e>(wurzel: &'e mut El, pfad: &[usize]) -> (&'e mut Vec<El>, usize) {
    let (platz, oben) = pfad.split_last().unwrap();
    let eltern = oben.iter().fold(wurzel, |el, platz| &mut el.kinder_mut()[*platz]);
    (eltern.kinder_mut(), *platz)
}

#[test]
fn everything_that_the_schema_allows_is_read() {
    let mut messages: Vec<(String, String)> = Vec::new();
    for voll in nachrichten() {
        messages.push((format!("{}-voll", voll.name), voll.xml()));
        let optionale: Vec<Vec<usize>> = pfade(&voll)
            .into_iter()
            .filter(|pfad| {
                let mut voll = voll.clone();
                let (kinder, platz) = stelle(&mut voll, pfad);
                kinder[platz].is_optional
            })
            .collect();
        for (n, pfad) in optionale.iter().enumerate() {
            let mut ohne = voll.clone();
            let (kinder, platz) = stelle(&mut ohne, pfad);
            kinder.remove(platz);
            messages.push((format!("{}-ohne-{n}", voll.name), ohne.xml()));
        }
        let mut kahl = voll.clone();
        for pfad in optionale.iter().rev() {
            let (kinder, platz) = stelle(&mut kahl, pfad);
            kinder.remove(platz);
        }
        messages.push((format!("{}-kahl", voll.name), kahl.xml()));
    }
    for (name, xml) in &messages {
        let gelesen = Rueckmeldung::read(xml.as_bytes());
        let gelesen = gelesen.unwrap_or_else(|error| panic!("{name}: {}", error.fehler));
        assert_eq!(gelesen.kopf.nachrichten_uuid, UUID.to_ascii_lowercase());
        assert!(gelesen.auszug()["typ"].is_string());
    }
    schema::assert_valid(NAMESPACE, &messages);
}

/// What can be done to an element.
type Aenderung = fn(&mut Vec<El>, usize);

const AENDERUNGEN: [(&str, Aenderung); 6] = [
    ("ohne", |kinder, platz| drop(kinder.remove(platz))),
    ("zweimal", |kinder, platz| kinder.insert(platz, kinder[platz].clone())),
    ("getauscht", |kinder, platz| {
        let naechster = (platz + 1) % kinder.len();
        kinder.swap(platz, naechster);
    }),
    ("anderer-namensraum", |kinder, platz| kinder[platz].is_eigen ^= true),
    ("zeichen", |kinder, platz| {
        if let Inhalt::Text(text) = &mut kinder[platz].inhalt {
            text.push('\u{263a}');
        }
    }),
    ("fremdes-davor", |kinder, platz| kinder.insert(platz, eigen("anderes", ""))),
];

#[test]
fn what_the_schema_refuses_is_refused() {
    let mut messages: Vec<(String, String)> = Vec::new();
    for voll in nachrichten() {
        for pfad in pfade(&voll) {
            for (what, change) in &AENDERUNGEN {
                let mut wurzel = voll.clone();
                let (kinder, platz) = stelle(&mut wurzel, &pfad);
                let name = kinder[platz].name;
                change(kinder, platz);
                // libxml2 stops at a character that is none of base64, and is content.
                if (name, *what) == ("dokument", "zeichen") {
                    continue;
                }
                messages.push((format!("{}-{what}-{name}", messages.len()), wurzel.xml()));
            }
        }
    }
    let Some(verdicts) = schema::verdicts(NAMESPACE, &messages) else { return };
    assert_eq!(verdicts.len(), messages.len());
    let mut refused = 0;
    for ((name, xml), is_valid) in messages.iter().zip(verdicts) {
        let gelesen = Rueckmeldung::read(xml.as_bytes());
        assert_eq!(gelesen.is_ok(), is_valid, "{name}: {:?}", gelesen.err());
        refused += usize::from(!is_valid);
    }
    assert!(messages.len() / 2 < refused);
}

#[test]
fn values_are_as_they_stand_there() {
    let gelesen: Vec<Rueckmeldung> =
        nachrichten().iter().map(|el| Rueckmeldung::read(el.xml().as_bytes()).unwrap()).collect();
    let kopf = &gelesen[0].kopf;
    assert_eq!(kopf.ausloeser_uuid, AUSLOESER);
    assert_eq!(kopf.antragsidentifikation, "VE-2026-000007");
    assert_eq!(kopf.autor, "Ausländerbehörde Musterstadt");
    assert_eq!(kopf.erstellungszeitpunkt, Some(1_795_503_600_000));
    let Rueckinhalt::Frage { frage, frist, anlage } = &gelesen[0].inhalt else { panic!() };
    assert_eq!(frage, "Bitte senden Sie uns Ihren Pass & ein Foto.");
    assert_eq!(*frist, Some(Datum::new(2026, 12, 24)));
    assert_eq!(anlage.as_ref().unwrap().inhalt, b"%PDF-1.7");
    let Rueckinhalt::Termin(termin) = &gelesen[2].inhalt else { panic!() };
    let angaben = termin.termin.as_ref().unwrap();
    assert_eq!((angaben.ab.as_str(), angaben.bis.as_deref()), ("09:30", Some("10:00")));
    assert_eq!(
        angaben.ort,
        [
            "Stadt Musterstadt",
            "Rathausplatz 12a 2–14b1",
            "Wohnung 3",
            "Haus B",
            "12345 Musterstadt"
        ]
    );
    let wirkungen: Vec<Wirkung> = gelesen.iter().map(Rueckmeldung::wirkung).collect();
    assert_eq!(
        wirkungen,
        [
            Wirkung::Frage,
            Wirkung::PruefungAbgeschlossen,
            Wirkung::Keine,
            Wirkung::RuecknahmeReaktion,
            Wirkung::Unzustaendig,
            Wirkung::Anhoerung
        ]
    );
    let dokumente: Vec<usize> = gelesen.iter().map(|it| it.dokumente().len()).collect();
    assert_eq!(dokumente, [1, 1, 2, 1, 0, 2]);
}

#[test]
fn a_refusal_names_the_place_and_no_contents() {
    let check = |change: &dyn Fn(String) -> String, nummer: usize, expect: (&str, Grund)| {
        let xml = change(nachrichten()[nummer].xml());
        let error = Rueckmeldung::read(xml.as_bytes()).unwrap_err();
        assert_eq!((error.fehler.pfad.as_str(), error.fehler.grund), expect);
        assert!(!error.fehler.to_string().contains("geheim"));
        error
    };
    let frage = "OZG.RueckkanalFrage.130102";
    let error = check(
        &|xml| xml.replace("2026-12-24", "geheim"),
        0,
        (&format!("{frage}/fristdatum"), Grund::Wert),
    );
    // What can be told all the same helps a caseworker to find the case.
    assert_eq!(error.nachrichten_uuid, Some(UUID.to_ascii_lowercase()));
    assert_eq!(error.nachrichtentyp.as_deref(), Some("130102"));
    assert_eq!(error.antragsidentifikation.as_deref(), Some("VE-2026-000007"));
    assert_eq!(error.ausloeser_uuid.as_deref(), Some(AUSLOESER));
    check(
        &|xml| xml.replace("Bitte senden", "geheim \u{263a}"),
        0,
        (&format!("{frage}/frage"), Grund::Zeichen),
    );
    check(
        &|xml| xml.replace("<xa:fristdatum>", "<xa:geheim/><xa:fristdatum>"),
        0,
        (frage, Grund::Unerwartet),
    );
    check(
        &|xml| xml.replace("JVBE", "geheim"),
        0,
        (&format!("{frage}/anlage/dokument"), Grund::Wert),
    );
    // Called a PDF, but a program.
    check(
        &|xml| xml.replace(PDF, "TVqQAAMAAAA="),
        0,
        (&format!("{frage}/anlage/dokument"), Grund::Wert),
    );
    check(
        &|xml| xml.replace("<code>05<", "<code>04<"),
        1,
        ("OZG.Statusmeldung.130104/status/code", Grund::Code),
    );
    check(
        &|xml| xml.replace("<code>130102<", "<code>130104<"),
        0,
        (
            &format!("{frage}/nachrichtenkopf.g2g/identifikation.nachricht/nachrichtentyp/code"),
            Grund::Wert,
        ),
    );
    check(&|xml| xml.replace("xauslaender2611", "xauslaender2705"), 0, ("", Grund::Version));
    check(&|xml| xml.replace("xauslaender2611", "geheim"), 0, ("", Grund::Nachrichtentyp));
    check(&|xml| xml.replace(frage, "OZG.Geheim"), 0, ("", Grund::Nachrichtentyp));
}

#[test]
fn what_is_hostile_is_refused_at_once() {
    let nesting = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
    let xmlns: String = (0..200_000).map(|n| format!(" xmlns:p{n}='u{n}'")).collect();
    let attributes: String = (0..200_000).map(|n| format!(" a{n}=''")).collect();
    let laughs = "<!DOCTYPE l [<!ENTITY a 'haha'><!ENTITY b '&a;&a;&a;&a;'>]><l>&b;</l>";
    for (xml, grund) in [
        (String::new(), Grund::KeinXml),
        ("kein XML".to_owned(), Grund::KeinXml),
        ("<a>".to_owned(), Grund::KeinXml),
        ("<a></b>".to_owned(), Grund::KeinXml),
        ("<a/><a/>".to_owned(), Grund::KeinXml),
        ("<a/>b".to_owned(), Grund::KeinXml),
        ("<a>&#0;</a>".to_owned(), Grund::KeinXml),
        ("<a>\u{1}</a>".to_owned(), Grund::KeinXml),
        ("<b:a/>".to_owned(), Grund::KeinXml),
        ("<a b='1' b='2'/>".to_owned(), Grund::KeinXml),
        ("<?xml version='1.0' encoding='ISO-8859-1'?><a/>".to_owned(), Grund::KeinUtf8),
        (laughs.to_owned(), Grund::Dtd),
        ("<!DOCTYPE a SYSTEM 'http://127.0.0.1/a.dtd'><a/>".to_owned(), Grund::Dtd),
        ("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>".to_owned(), Grund::Dtd),
        ("<a>&e;</a>".to_owned(), Grund::Entitaet),
        // Ten megabytes of elements inside each other.
        (nesting(1_500_000), Grund::ZuTief),
        (format!("<a>{}</a>", "<b/>".repeat(2_500_000)), Grund::ZuViel),
        // The library has a bound of its own.
        (format!("<a{xmlns}>{}</a>", "<b/>".repeat(100_000)), Grund::KeinXml),
        (format!("<a{attributes}/>"), Grund::ZuViel),
    ] {
        let error = Rueckmeldung::read(xml.as_bytes()).unwrap_err();
        assert_eq!(error.fehler.grund, grund, "{:.60}", xml);
    }
    assert_eq!(Rueckmeldung::read(b"<a>\xff</a>").unwrap_err().fehler.grund, Grund::KeinUtf8);
}

proptest! {
    /// Whatever arrives, it is read or refused, and nothing panics.
    #[test]
    fn every_message_is_judged(
        art in 0..6_usize,
        stelle: usize,
        laenge in 0..40_usize,
        bytes in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let mut xml = nachrichten()[art].xml().into_bytes();
        let stelle = stelle % (xml.len() + 1);
        let ende = (stelle + laenge).min(xml.len());
        xml.splice(stelle..ende, bytes);
        if let Ok(gelesen) = Rueckmeldung::read(&xml) {
            prop_assert!(gelesen.auszug().is_object());
        }
    }

    #[test]
    fn every_text_is_judged(text in "[<>&;/a-z\"' !\\[\\]?#\u{0}-\u{ff}]{0,200}") {
        prop_assert!(Rueckmeldung::read(text.as_bytes()).is_err());
    }
}

fn folge_kopf<'a>(behoerde: &'a Behoerde) -> Kopf<'a> {
    Kopf {
        nachrichten_uuid: "7c1b1f6e-5f0a-4c5e-9a55-0d9f7a1f0c03",
        erstellungszeitpunkt: "2026-11-24T10:15:30.123+01:00",
        stichtag: STICHTAG,
        antragsidentifikation: "VE-2026-000007",
        rueckkanal_vorhanden: true,
        behoerde,
        produktversion: "0.1.0",
        test: None,
    }
}

#[test]
fn answers_and_withdrawals_are_valid() {
    let behoerde = behoerde();
    let kopf = folge_kopf(&behoerde);
    let datei =
        |name, medientyp, inhalt| Anlage { typ: "UNTERLAGE", bezeichnung: name, medientyp, inhalt };
    let dateien = [
        datei("Pass – Vorderseite.pdf", Medientyp::Pdf, b"%PDF-1.7 Pass".as_slice()),
        datei("جواز.jpg", Medientyp::Jpeg, &[0xFF, 0xD8, 0xFF, 0xE0]),
    ];
    let mut messages = Vec::new();
    for (text, nachweise) in
        [("Anbei mein Pass.\nViele Grüße", &dateien[..]), ("", &dateien[..1]), ("Nur Text", &[])]
    {
        let anlagen = Anlagen { zusammenfassung: b"", nachweise };
        let folge = Folge { ausloeser_uuid: AUSLOESER, antworttext: text };
        let xml = write_folge(&ANTWORT, &folge, &kopf, &anlagen).unwrap();
        messages.push((format!("antwort-{}", messages.len()), String::from_utf8(xml).unwrap()));
    }
    assert!(messages[0].1.contains("<xauslaender:dateiname>____.jpg</xauslaender:dateiname>"));
    let keine = Anlagen { zusammenfassung: b"", nachweise: &[] };
    let folge = Folge { ausloeser_uuid: AUSLOESER, antworttext: "" };
    let xml = write_folge(&RUECKNAHME, &folge, &kopf, &keine).unwrap();
    messages.push(("ruecknahme".to_owned(), String::from_utf8(xml).unwrap()));
    schema::assert_valid(NAMESPACE, &messages);

    let smile = Folge { ausloeser_uuid: AUSLOESER, antworttext: "\u{263a}" };
    let error = write_folge(&ANTWORT, &smile, &kopf, &keine).unwrap_err();
    assert!(matches!(error, NachrichtError::Character { element: "antworttext", .. }));
}

#[test]
fn no_application_has_a_message_of_the_return_channel() {
    for formular in shared::antraege::ANTRAEGE {
        let own = nachricht(formular).map(|nachricht| nachricht.typ);
        assert!(own != Some(ANTWORT.typ) && own != Some(RUECKNAHME.typ));
    }
}
