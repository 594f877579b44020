//! The PDF as tools see it that are not ours: krilla's validators, qpdf and poppler.

#![cfg(test)]

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use chrono::{DateTime, Utc};
use druck::{Abschnitt, Block, Dokument, DruckError, Tabelle, write};

const NAMEN: [&str; 10] = [
    "Đặng-Yılmaz",
    "Al-Ḥusaynī",
    "Ṣafāʾ",
    "Łódź",
    "J\u{30C}",
    "ʿAbd ar-Raḥmān",
    "K\u{35F}Hān C\u{328}\u{306}elik",
    "Nguyễn Thị Ánh",
    "Þórður Æsirsson",
    "Müller-Lüdenscheidt",
];

#[test]
fn an_application_meets_its_standards() {
    let pdf = save("antrag", &antrag());
    qpdf_finds_nothing(&pdf);
    let Some(info) = poppler("pdfinfo", &[], &pdf) else { return };
    for expect in [
        "Title:           Antrag auf Einbürgerung",
        "Author:          Stadt Musterstadt",
        "Tagged:          yes",
        "Page size:       595.28 x 841.89 pts (A4)",
        "CreationDate:    Sun Nov 22 09:30:00 2026 UTC",
    ] {
        assert!(info.contains(expect), "{expect} is not in\n{info}");
    }
    let xmp = poppler("pdfinfo", &["-meta"], &pdf).unwrap();
    for expect in ["<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<", "<rdf:li>de<"] {
        assert!(xmp.contains(expect), "{expect} is not in\n{xmp}");
    }
}

#[test]
fn headings_lists_and_tables_are_tagged() {
    let pdf = save("tags", &antrag());
    let Some(tags) = poppler("pdfinfo", &["-struct-text"], &pdf) else { return };
    for expect in
        ["H1", "H2", "H3", "  L (block)", "LI", "Lbl", "LBody", "Table", "THead", "TH", "TD"]
    {
        assert!(tags.contains(expect), "{expect} is not in\n{tags}");
    }
    // Every text is in the tree, and pages' heads and feet are not.
    assert!(tags.contains("\"Wie heißen Sie mit Familiennamen?\""), "{tags}");
    assert!(!tags.contains("Seite 1 von"), "{tags}");
}

#[test]
fn every_name_is_intact_in_the_extracted_text() {
    let pdf = save("namen", &antrag());
    let Some(text) = poppler("pdftotext", &["-layout"], &pdf) else { return };
    for name in NAMEN {
        assert!(text.contains(name), "{name} is not in\n{text}");
    }
}

#[test]
fn all_of_din_91379_is_intact_in_the_extracted_text() {
    let Some((zeichen, folgen)) = din_91379() else { return };
    assert_eq!(folgen.len(), 149);
    // One a line, and framed: extraction shall neither lose nor reorder anything.
    let mut texts: Vec<String> = folgen.iter().map(|it| format!("<{it}a{it}>")).collect();
    texts.extend(zeichen.iter().map(|it| format!("<{it}>")));
    let dokument = Dokument {
        abschnitte: vec![Abschnitt {
            titel: "Zeichen".to_owned(),
            ebene: 1,
            bloecke: vec![Block::Liste(texts.clone())],
        }],
        ..antrag()
    };
    let Some(extracted) = poppler("pdftotext", &["-raw"], &save("din91379", &dokument)) else {
        return;
    };
    for text in texts {
        // The extractor puts other spaces for special ones.
        let text = text.replace('\u{A0}', " ");
        assert!(extracted.contains(&text), "{text} {:?} is not in the text", text.chars().nth(1));
    }
}

#[test]
fn many_sections_and_long_tables_stay_whole() {
    let zeilen: Vec<Vec<String>> = (1..=300)
        .map(|it| {
            vec![
                it.to_string(),
                format!("nachweis-{it:03}.pdf"),
                format!("{it:064x}"),
                "1,2 MB".to_owned(),
            ]
        })
        .collect();
    let mut dokument = antrag();
    dokument.abschnitte.extend((1..=100).map(|it| Abschnitt {
        titel: format!("Zeitraum {it}"),
        ebene: 2,
        bloecke: vec![Block::Antworten(vec![
            ("Von wann bis wann?".to_owned(), format!("{:02}.03.2010 bis 31.12.2012", it % 28 + 1)),
            ("Wo haben Sie gewohnt?".to_owned(), "Łódź, ulica Piotrkowska 100".to_owned()),
        ])],
    }));
    let kopf = ["Nr.", "Datei", "SHA-256", "Größe"].map(str::to_owned).to_vec();
    dokument.abschnitte.push(Abschnitt {
        titel: "Anlagen".to_owned(),
        ebene: 1,
        bloecke: vec![Block::Tabelle(Tabelle { kopf, zeilen })],
    });
    let pdf = save("lang", &dokument);
    qpdf_finds_nothing(&pdf);
    let Some(text) = poppler("pdftotext", &["-layout"], &pdf) else { return };
    let pages: Vec<&str> = text.trim_end_matches('\u{C}').split('\u{C}').collect();
    for (at, page) in pages.iter().enumerate() {
        assert!(page.contains("Stadt Musterstadt"), "page {at}");
        assert!(page.contains(&format!("Seite {} von {}", at + 1, pages.len())), "page {at}");
    }
    for it in 1..=300 {
        assert!(text.contains(&format!("nachweis-{it:03}.pdf")), "row {it}");
    }
    // The head of the table stands on each of its pages.
    assert_eq!(
        text.matches("Größe").count(),
        pages.iter().filter(|it| it.contains("nachweis-")).count()
    );
}

#[test]
fn a_text_longer_than_a_page_is_divided() {
    let text: String = (1..=900).map(|it| format!("Wort{it} ")).collect();
    let dokument = Dokument {
        abschnitte: vec![Abschnitt {
            titel: "Lang".to_owned(),
            ebene: 1,
            bloecke: vec![
                Block::Absatz(text.clone()),
                Block::Hinweis { titel: "Bitte prüfen".to_owned(), text: text.clone() },
                Block::Antworten(vec![("Warum?".to_owned(), text.clone())]),
                Block::Tabelle(Tabelle {
                    kopf: vec!["A".to_owned(), "B".to_owned()],
                    zeilen: vec![vec![text]],
                }),
            ],
        }],
        ..antrag()
    };
    let Some(text) = poppler("pdftotext", &["-layout"], &save("teilen", &dokument)) else { return };
    for it in 1..=900 {
        let word = format!("Wort{it}");
        assert_eq!(text.split_whitespace().filter(|it| *it == word).count(), 4, "{word}");
    }
}

#[test]
fn a_document_from_right_to_left_is_one() {
    let dokument = Dokument {
        titel: "طلب التجنس".to_owned(),
        sprache: "ar".to_owned(),
        seitenzahl: "صفحة {seite} من {seiten}".to_owned(),
        abschnitte: vec![Abschnitt {
            titel: "بيانات شخصية".to_owned(),
            ebene: 1,
            bloecke: vec![
                Block::Antworten(vec![
                    ("ما هو اسم العائلة؟".to_owned(), "Al-Ḥusaynī".to_owned()),
                    ("أين ولدت؟".to_owned(), "دمشق (Damaskus), 12.03.1990".to_owned()),
                ]),
                Block::Liste(vec!["جواز السفر".to_owned(), "شهادة الميلاد".to_owned()]),
                Block::Hinweis {
                    titel: "ملاحظة".to_owned(),
                    text: "يرجى التحقق من التاريخ.".to_owned(),
                },
            ],
        }],
        ..antrag()
    };
    let pdf = save("rtl", &dokument);
    qpdf_finds_nothing(&pdf);
    let Some(text) = poppler("pdftotext", &["-layout"], &pdf) else { return };
    for expect in ["Al-Ḥusaynī", "12.03.1990", "التجنس", "السفر"] {
        assert!(text.contains(expect), "{expect} is not in\n{text}");
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert_eq!(write(&antrag()).unwrap(), write(&antrag()).unwrap());
    let later =
        Dokument { erstellt: DateTime::from_timestamp(1_800_000_000, 0).unwrap(), ..antrag() };
    assert_ne!(write(&antrag()).unwrap(), write(&later).unwrap());
}

#[test]
fn what_people_paste_does_not_stop_the_pdf() {
    let texts = [
        "",
        " ",
        "\u{0}\u{FEFF}\u{FFFF}",
        "😀 漢字 \u{E000}",
        "\u{301}",
        "a\u{202E}b",
        "\n\n\n",
        "\u{200D}",
        "\t",
        "\u{1F468}\u{200D}\u{1F469}",
        "क्षि",
        "ﷺ",
        "שלום עולם",
        "\u{AD}",
    ];
    let texts: Vec<String> = texts.iter().map(|it| (*it).to_owned()).collect();
    let dokument = Dokument {
        abschnitte: vec![Abschnitt {
            titel: texts.concat(),
            ebene: 9,
            bloecke: texts
                .iter()
                .flat_map(|it| {
                    [
                        Block::Absatz(it.clone()),
                        Block::Antworten(vec![(it.clone(), it.clone())]),
                        Block::Tabelle(Tabelle {
                            kopf: vec![it.clone(), it.clone()],
                            zeilen: vec![texts.clone(), vec![]],
                        }),
                        Block::Hinweis { titel: it.clone(), text: it.clone() },
                    ]
                })
                .chain([
                    Block::Liste(texts.clone()),
                    Block::Liste(vec![]),
                    Block::Antworten(vec![]),
                ])
                .collect(),
        }],
        ..antrag()
    };
    qpdf_finds_nothing(&save("eingefuegt", &dokument));
}

#[test]
fn a_document_without_a_title_is_refused_by_name_of_the_rule() {
    let error = write(&Dokument { titel: String::new(), ..antrag() }).unwrap_err();
    assert!(
        matches!(&error, DruckError::Standard(rules) if rules.contains(&"NoDocumentTitle".to_owned())),
        "{error}"
    );
}

fn antrag() -> Dokument {
    let paare = |paare: &[(&str, &str)]| {
        Block::Antworten(
            paare
                .iter()
                .map(|(frage, antwort)| ((*frage).to_owned(), (*antwort).to_owned()))
                .collect(),
        )
    };
    let abschnitt =
        |titel: &str, ebene, bloecke| Abschnitt { titel: titel.to_owned(), ebene, bloecke };
    Dokument {
        titel: "Antrag auf Einbürgerung".to_owned(),
        sprache: "de".to_owned(),
        behoerde: "Stadt Musterstadt · Staatsangehörigkeitsbehörde".to_owned(),
        kennung: "Vorgang EB-7K2M-9QXR-4".to_owned(),
        kopf: [
            ("Vorgangsnummer", "EB-7K2M-9QXR-4"),
            ("Eingegangen am", "22. November 2026, 10:30 Uhr"),
            ("Prüfsumme (SHA-256)", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
        ]
        .map(|(label, wert)| (label.to_owned(), wert.to_owned()))
        .to_vec(),
        abschnitte: vec![
            abschnitt(
                "Ihre Angaben",
                1,
                vec![Block::Absatz(
                    "Diese Zusammenfassung enthält alle Fragen, die Ihnen gestellt wurden, und Ihre Antworten. Bitte bewahren Sie sie auf. Rechtsgrundlage ist § 10 Abs. 1 Satz 1 StAG.".to_owned(),
                )],
            ),
            abschnitt(
                "Zur Person",
                2,
                vec![
                    paare(&[
                        ("Wie heißen Sie mit Familiennamen?", NAMEN[0]),
                        ("Wie heißen Sie mit Vornamen?", NAMEN[1]),
                        ("Weitere oder frühere Namen, zum Beispiel aus einem alten Pass oder in einer anderen Schreibweise", &NAMEN[2..].join(", ")),
                        ("Wann sind Sie geboren?", "29.02.1988"),
                        ("Haben Sie schon einmal eine andere Staatsangehörigkeit besessen?", "Nein"),
                        (
                            "Warum möchten Sie eingebürgert werden?",
                            "Ich lebe seit 2015 in Deutschland, arbeite als Krankenpflegerin und möchte wählen dürfen.\nMeine Kinder gehen hier zur Schule. Die längste Station war die Rhabarberbarbarabarbarbarenbartbarbierbierbarbärbel.",
                        ),
                    ]),
                    Block::Hinweis {
                        titel: "Bitte prüfen".to_owned(),
                        text: "Ihr Aufenthaltstitel ist am 01.10.2026 abgelaufen. Bitte laden Sie die Fiktionsbescheinigung hoch oder verlängern Sie den Titel.".to_owned(),
                    },
                ],
            ),
            abschnitt(
                "Wohnungen",
                2,
                vec![Block::Tabelle(Tabelle {
                    kopf: ["Von", "Bis", "Anschrift", "Grund"].map(str::to_owned).to_vec(),
                    zeilen: [
                        ["01.03.2015", "31.12.2017", "Łódź, ulica Piotrkowska 100, Polen", "Studium"],
                        ["01.01.2018", "30.06.2021", "Musterstraße 12a, 12345 Musterstadt", "Arbeit"],
                        ["01.07.2021", "", "Am Alten Güterbahnhof 4, 12345 Musterstadt-Nord", "Familie"],
                    ]
                    .map(|zeile| zeile.map(str::to_owned).to_vec())
                    .to_vec(),
                })],
            ),
            abschnitt(
                "Was noch fehlt",
                1,
                vec![
                    Block::Absatz("Reichen Sie diese Nachweise nach:".to_owned()),
                    Block::Liste(
                        ["Geburtsurkunde mit Übersetzung", "Einkommensnachweise der letzten drei Monate", "Zertifikat über Deutschkenntnisse (mindestens B1). Ein Schulabschluss aus Deutschland, Österreich oder der deutschsprachigen Schweiz genügt ebenfalls."]
                            .map(str::to_owned)
                            .to_vec(),
                    ),
                ],
            ),
        ],
        fuss: "Stadt Musterstadt, Rathausplatz 1, 12345 Musterstadt · erstellt am 22.11.2026".to_owned(),
        seitenzahl: "Seite {seite} von {seiten}".to_owned(),
        erstellt: datum("2026-11-22T09:30:00Z"),
    }
}

fn datum(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Code points and sequences as the tables of the norm state them.
fn din_91379() -> Option<(Vec<char>, Vec<String>)> {
    let zeichen = |hex: &str| char::from_u32(u32::from_str_radix(hex, 16).unwrap()).unwrap();
    let schemas = std::env::var_os("SCHEMAS_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/schemas"),
        PathBuf::from,
    );
    let pfad = schemas.join("din91379/tables-computed.json");
    let Ok(tabellen) = fs::read_to_string(&pfad) else {
        not_run(&format!("{} is absent (SCHEMAS_DIR)", pfad.display()));
        return None;
    };
    let (folgen, typen) = tabellen.split_once("\"types\"").unwrap();
    let (_, typ) = typen.split_once("\"datatypeE\"").unwrap();
    // A string in quotes is every second part.
    let folgen = folgen.split_once("\"sequences\"").unwrap().1;
    let folgen = folgen
        .split('"')
        .skip(1)
        .step_by(2)
        .map(|it| it.split(' ').map(zeichen).collect())
        .collect();
    let bereiche = typ.split_once("\"ranges\"").unwrap().1;
    let zeichen = bereiche
        .split('"')
        .skip(1)
        .step_by(2)
        .flat_map(|it| {
            let (first, last) = it.split_once('-').unwrap_or((it, it));
            zeichen(first)..=zeichen(last)
        })
        .filter(|it| !it.is_control())
        .collect();
    Some((zeichen, folgen))
}

/// Where a person can look at it, too.
fn save(name: &str, dokument: &Dokument) -> PathBuf {
    let pfad = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.pdf"));
    fs::write(&pfad, write(dokument).unwrap()).unwrap();
    pfad
}

#[track_caller]
fn qpdf_finds_nothing(pdf: &Path) {
    match Command::new("qpdf").arg("--check").arg(pdf).output() {
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout))
        }
        Err(_) => not_run("qpdf is absent"),
    }
}

fn poppler(tool: &str, arguments: &[&str], pdf: &Path) -> Option<String> {
    let mut command = Command::new(tool);
    command.env("TZ", "UTC").args(arguments).arg(pdf);
    if tool == "pdftotext" {
        command.arg("-");
    }
    let Ok(output) = command.output() else {
        not_run(&format!("{tool} is absent (poppler-utils)"));
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Past the capture of the test harness, so that it is seen.
fn not_run(why: &str) {
    writeln!(std::io::stderr(), "NOT RUN: druck: {why}").unwrap();
}
