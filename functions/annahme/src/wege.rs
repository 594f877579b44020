//! Which path leads where, and what every answer has.

use serde_json::json;

use crate::{
    Konfiguration, Umgebung, antraege, entwuerfe, folgen,
    http::{Anfrage, Antwort},
    problem::Problem,
    vorgaenge, zulieferung,
};

/// Bytes of JSON that are read.
const JSON_GRENZE: u64 = 1_000_000;

/// The description of the API.
const OPENAPI: &str = include_str!("../../../docs/openapi.yaml");

/// Answers a request.
pub async fn handle(umgebung: &impl Umgebung, anfrage: Anfrage<'_>) -> Antwort {
    let antwort = match answer(umgebung, anfrage).await {
        Ok(antwort) => antwort,
        Err(problem) => {
            if let Some(was) = problem.log() {
                umgebung.log(anfrage.pfad, &was);
            }
            problem.antwort(anfrage.pfad)
        }
    };
    let mut antwort = antwort
        .with("x-content-type-options", "nosniff")
        .with("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
        .with("referrer-policy", "no-referrer");
    if !antwort.header.iter().any(|(name, _)| *name == "cache-control") {
        antwort = antwort.with("cache-control", "no-store");
    }
    if anfrage.methode == "HEAD" {
        antwort.inhalt.clear();
    }
    antwort
}

/// How many bytes of a body are read. What is longer is refused before it has arrived.
pub fn koerper_grenze(konfiguration: &Konfiguration, pfad: &str) -> u64 {
    match segmente(pfad).as_slice() {
        ["api", "entwuerfe" | "zulieferungen", _, "dateien"] => konfiguration.grenzen.datei(),
        _ => JSON_GRENZE,
    }
}

async fn answer(umgebung: &impl Umgebung, anfrage: Anfrage<'_>) -> Result<Antwort, Problem> {
    // HEAD is GET whose body is dropped at the end.
    let methode = match anfrage.methode {
        "HEAD" => "GET",
        methode => methode,
    };
    match (segmente(anfrage.pfad).as_slice(), methode) {
        (["api", "openapi.yaml"], "GET") => {
            Ok(Antwort::new(200, "application/yaml", OPENAPI.as_bytes().to_vec())
                .with("cache-control", "public, max-age=300"))
        }
        (["api", "konfiguration"], "GET") => Ok(konfiguration(umgebung)),
        (["api", "openapi.yaml"] | ["api", "konfiguration"], _) => {
            Err(Problem::Methode("GET, HEAD"))
        }

        (["api", "entwuerfe"], "POST") => entwuerfe::create(umgebung).await,
        (["api", "entwuerfe"], _) => Err(Problem::Methode("POST")),
        (["api", "entwuerfe", id, "dateien"], "POST") => {
            entwuerfe::upload(umgebung, anfrage, id).await
        }
        (["api", "entwuerfe", id, "dateien"], "GET") => {
            entwuerfe::list(umgebung, anfrage, id).await
        }
        (["api", "entwuerfe", _, "dateien"], _) => Err(Problem::Methode("GET, HEAD, POST")),
        (["api", "entwuerfe", id, "dateien", datei], "DELETE") => {
            entwuerfe::delete(umgebung, anfrage, id, datei).await
        }
        (["api", "entwuerfe", _, "dateien", _], _) => Err(Problem::Methode("DELETE")),

        (["api", "entwuerfe", id, "zulieferung"], "POST") => {
            zulieferung::create(umgebung, anfrage, id).await
        }
        (["api", "entwuerfe", id, "zulieferung"], "GET") => {
            zulieferung::show(umgebung, anfrage, id).await
        }
        (["api", "entwuerfe", id, "zulieferung"], "DELETE") => {
            zulieferung::delete(umgebung, anfrage, id).await
        }
        (["api", "entwuerfe", _, "zulieferung"], _) => {
            Err(Problem::Methode("GET, HEAD, POST, DELETE"))
        }

        (["api", "zulieferungen", id], "GET") => zulieferung::open(umgebung, anfrage, id).await,
        (["api", "zulieferungen", id], "POST") => zulieferung::submit(umgebung, anfrage, id).await,
        (["api", "zulieferungen", _], _) => Err(Problem::Methode("GET, HEAD, POST")),
        (["api", "zulieferungen", id, "pruefung"], "POST") => {
            zulieferung::check(umgebung, anfrage, id).await
        }
        (["api", "zulieferungen", _, "pruefung"], _) => Err(Problem::Methode("POST")),
        (["api", "zulieferungen", id, "dateien"], "POST") => {
            zulieferung::upload(umgebung, anfrage, id).await
        }
        (["api", "zulieferungen", id, "dateien"], "GET") => {
            zulieferung::list(umgebung, anfrage, id).await
        }
        (["api", "zulieferungen", _, "dateien"], _) => Err(Problem::Methode("GET, HEAD, POST")),
        (["api", "zulieferungen", id, "dateien", datei], "DELETE") => {
            zulieferung::delete_datei(umgebung, anfrage, id, datei).await
        }
        (["api", "zulieferungen", _, "dateien", _], _) => Err(Problem::Methode("DELETE")),

        (["api", "antraege", antrag, "pruefung"], "POST") => {
            antraege::check(umgebung, anfrage, antrag)
        }
        (["api", "antraege", antrag], "POST") => antraege::submit(umgebung, anfrage, antrag).await,
        (["api", "antraege", _] | ["api", "antraege", _, "pruefung"], _) => {
            Err(Problem::Methode("POST"))
        }

        (["api", "vorgaenge", nummer], "GET") => vorgaenge::show(umgebung, anfrage, nummer).await,
        (["api", "vorgaenge", nummer, "zusammenfassung.pdf"], "GET") => {
            vorgaenge::pdf(umgebung, anfrage, nummer).await
        }
        (["api", "vorgaenge", nummer, "mitteilungen", id, dokument], "GET") => {
            vorgaenge::dokument(umgebung, anfrage, nummer, id, dokument).await
        }
        (
            ["api", "vorgaenge", _]
            | ["api", "vorgaenge", _, "zusammenfassung.pdf"]
            | ["api", "vorgaenge", _, "mitteilungen", _, _],
            _,
        ) => Err(Problem::Methode("GET, HEAD")),
        (["api", "vorgaenge", nummer, "antworten"], "POST") => {
            folgen::answer(umgebung, anfrage, nummer).await
        }
        (["api", "vorgaenge", nummer, "ruecknahme"], "POST") => {
            folgen::withdraw(umgebung, anfrage, nummer).await
        }
        (["api", "vorgaenge", _, "antworten" | "ruecknahme"], _) => Err(Problem::Methode("POST")),
        _ => Err(Problem::NichtGefunden),
    }
}

fn konfiguration(umgebung: &impl Umgebung) -> Antwort {
    let konfiguration = umgebung.konfiguration();
    let behoerde = &konfiguration.behoerde;
    let heute = umgebung.jetzt().in_germany().date();
    Antwort::json(
        200,
        &json!({
            "heute": heute.to_string(),
            "behoerde": {
                "name": behoerde.name,
                "anschrift": {
                    "strasse": behoerde.anschrift.strasse,
                    "hausnummer": behoerde.anschrift.hausnummer,
                    "plz": behoerde.anschrift.plz,
                    "ort": behoerde.anschrift.ort,
                },
                "telefon": behoerde.telefon,
                "email": behoerde.email,
            },
            "bedarfsprofil": konfiguration.bedarfsprofil,
            "verzeichnis": konfiguration.verzeichnis,
            "textbloecke": konfiguration.textbloecke,
            "belehrungSekunden": konfiguration.belehrung_sekunden,
            "eid": konfiguration.einstellungen.eid,
            "grenzen": {
                "dateiMb": konfiguration.grenzen.datei_mb,
                "dateien": konfiguration.grenzen.dateien,
                "summeMb": konfiguration.grenzen.summe_mb,
            },
            "antraege": shared::antraege::ANTRAEGE.iter().map(|it| it.id).collect::<Vec<_>>(),
        }),
    )
}

/// The parts of a path. An empty one is a part, too, so that `/api//x` leads nowhere.
fn segmente(pfad: &str) -> Vec<&str> {
    // No path of this API has more; the rest stays in the last one and matches nothing.
    pfad.strip_prefix('/').unwrap_or(pfad).splitn(6, '/').collect()
}
