//! How many pages a second: `cargo run --release -p druck --example seiten_je_sekunde`.

use std::time::{Duration, Instant};

use druck::{Abschnitt, Block, Dokument, DruckError, Tabelle, write};

fn main() -> Result<(), DruckError> {
    for (name, zeitraeume, anlagen) in [("short", 3, 5), ("long", 100, 300)] {
        let dokument = antrag(zeitraeume, anlagen);
        let pdf = write(&dokument)?;
        // Each page has one of these objects.
        let seiten = pdf.windows(11).filter(|it| it == b"/Type/Page/").count();
        let start = Instant::now();
        let mut runs = 0;
        while start.elapsed() < Duration::from_secs(2) {
            std::hint::black_box(write(std::hint::black_box(&dokument))?);
            runs += 1;
        }
        let each = start.elapsed() / runs;
        println!(
            "{name}: {seiten} pages, {} bytes, {:.1} ms each, {:.0} pages/s",
            pdf.len(),
            each.as_secs_f64() * 1000.0,
            seiten as f64 / each.as_secs_f64()
        );
    }
    Ok(())
}

fn antrag(zeitraeume: usize, anlagen: usize) -> Dokument {
    let antworten = |it: usize| {
        Block::Antworten(vec![
            (
                "Von wann bis wann haben Sie dort gewohnt?".to_owned(),
                format!("01.03.{} bis 31.12.2020", 1990 + it % 30),
            ),
            (
                "Wo haben Sie gewohnt?".to_owned(),
                "Łódź, ulica Piotrkowska 100, bei Đặng-Yılmaz".to_owned(),
            ),
            (
                "Warum sind Sie umgezogen?".to_owned(),
                "Wegen meiner Arbeit als Krankenpflegerin. ".repeat(4),
            ),
        ])
    };
    let mut abschnitte: Vec<Abschnitt> = (1..=zeitraeume)
        .map(|it| Abschnitt {
            titel: format!("Zeitraum {it}"),
            ebene: 1,
            bloecke: vec![antworten(it)],
        })
        .collect();
    let zeilen = (1..=anlagen)
        .map(|it| {
            vec![
                it.to_string(),
                format!("nachweis-{it:03}.pdf"),
                format!("{it:064x}"),
                "1,2 MB".to_owned(),
            ]
        })
        .collect();
    let kopf = ["Nr.", "Datei", "SHA-256", "Größe"].map(str::to_owned).to_vec();
    let tabelle = Block::Tabelle(Tabelle { kopf, zeilen });
    abschnitte.push(Abschnitt { titel: "Anlagen".to_owned(), ebene: 1, bloecke: vec![tabelle] });
    Dokument {
        titel: "Antrag auf Einbürgerung".to_owned(),
        sprache: "de".to_owned(),
        behoerde: "Stadt Musterstadt".to_owned(),
        kennung: "Vorgang EB-7K2M-9QXR-4".to_owned(),
        kopf: vec![("Eingegangen am".to_owned(), "22. November 2026".to_owned())],
        abschnitte,
        fuss: "Stadt Musterstadt, Rathausplatz 1, 12345 Musterstadt".to_owned(),
        seitenzahl: "Seite {seite} von {seiten}".to_owned(),
        erstellt: chrono::DateTime::UNIX_EPOCH,
    }
}
