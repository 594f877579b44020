//! What the answers come to: the result in plain words, each condition with its answer, its § and
//! what would change it, and what to do next. It can be printed.

use shared::{
    angaben::Angaben,
    antraege::quickcheck::{self, Ergebnis, Klasse, Punkt, QUICKCHECK, Stand, Text},
    formular::{Datenfeld, Inhalt},
    werte::Datum,
    zusammenfassung::{self, zusammenfassung},
};
use yew::{Context, prelude::*};

use super::{Msg, Quickcheck, seite::titel};
use crate::{
    adresse::{Adresse, Checkziel},
    antrag::entwurf::storage_key,
    app::Umgebung,
    browser,
    komponenten::{
        Meldungsart, absatz, absatz_mit, badge, block, eigenschaft, folge, haupttitel, icon, knopf,
        link, liste, meldung,
    },
    texte::{self, Texte, Uitext},
};

/// A condition with all that was found about it.
struct Bedingung<'a> {
    id: &'static str,
    /// The most serious of them.
    stand: Stand,
    punkte: Vec<&'a Punkt>,
}

impl Quickcheck {
    pub(super) fn view_ergebnis(&self, ctx: &Context<Quickcheck>) -> Html {
        if let Some(seite) = self.open_page(ctx) {
            return self.view_offen(ctx, seite);
        }
        let Umgebung { texte, konfiguration, .. } = &ctx.props().umgebung;
        let heute = konfiguration.heute;
        let asked = self.asked(ctx);
        let ergebnis = quickcheck::quickcheck(&asked, heute);
        let mut teile = vec![
            absatz_mit("nur-druck", titel(texte)),
            haupttitel("kern-heading-large", texte.get(texte::QC_ERGEBNIS)),
            klasse(&ergebnis, heute, texte),
        ];
        let bedingungen = bedingungen(&ergebnis);
        for (stand, titel) in [
            (Stand::Hindernis, texte::QC_HINDERNISSE),
            (Stand::Offen, texte::QC_OFFENE),
            (Stand::Erfuellt, texte::QC_ERFUELLTE),
            (Stand::Hinweis, texte::QC_HINWEISE),
        ] {
            let hier: Vec<Html> = bedingungen
                .iter()
                .filter(|it| it.stand == stand)
                .map(|it| view_bedingung(it, &asked, heute, texte))
                .collect();
            if !hier.is_empty() {
                let anzahl = hier.len().to_string();
                let titel = match ergebnis.klasse {
                    Klasse::AndererWeg => texte.get(texte::QC_WEGE).to_owned(),
                    _ => texte.fill(titel, &[("anzahl", &anzahl)]),
                };
                teile.push(html! {
                    <section class="qc-gruppe">
                        <h2 class="kern-heading-medium">{ titel }</h2>
                        { for hier }
                    </section>
                });
            }
        }
        teile.push(self.weiter(ctx, &ergebnis));
        teile.push(self.schluss(ctx));
        block("breit felder qc-ergebnis", teile)
    }

    /// What to do next.
    fn weiter(&self, ctx: &Context<Quickcheck>, ergebnis: &Ergebnis) -> Html {
        let texte = &ctx.props().umgebung.texte;
        let link_ = ctx.link();
        let is_begonnen =
            browser::load(&storage_key(quickcheck::ANTRAG)).is_some_and(|it| !it.is_empty());
        // Another way is the better one, but nobody is kept from applying.
        let art = match ergebnis.klasse {
            Klasse::AndererWeg => "secondary",
            _ => "primary",
        };
        let beginnen = knopf(
            art,
            "arrow-forward",
            texte.get(texte::QC_ANTRAG),
            link_.callback(|_| Msg::Beginnen),
        );
        let drucken = link_.callback(|_| Msg::Drucken);
        let text = if is_begonnen { texte::QC_ANTRAG_DA } else { texte::QC_ANTRAG_TEXT };
        let mut antrag = vec![absatz(texte.get(text))];
        if self.is_gescheitert {
            let titel = texte.get(texte::QC_GESCHEITERT);
            antrag.push(meldung(Meldungsart::Fehler, "gescheitert", titel, Html::default()));
        }
        antrag.push(beginnen);
        let punkte = [texte::QC_BERATUNG_1, texte::QC_BERATUNG_2, texte::QC_BERATUNG_3];
        let punkte: Vec<&str> = punkte.iter().map(|it| texte.get(*it)).collect();
        let teil = |titel: Uitext, class: &'static str, inhalt: Vec<Html>| {
            html! {
                <section class={class}><h3 class="kern-heading-small">{ texte.get(titel) }</h3>{ for inhalt }</section>
            }
        };
        html! {
            <section class="qc-weiter">
                <h2 class="kern-heading-medium">{ texte.get(texte::QC_WEITER) }</h2>
                { teil(texte::QC_WEITER_ANTRAG, "qc-schritt nicht-drucken", antrag) }
                { teil(texte::QC_WEITER_SPEICHERN, "qc-schritt nicht-drucken", vec![
                    absatz(texte.get(texte::QC_DRUCKEN_TEXT)),
                    knopf("secondary", "", texte.get(texte::QC_DRUCKEN), drucken),
                ]) }
                { teil(texte::QC_WEITER_BERATUNG, "qc-schritt", vec![
                    absatz(texte.get(texte::QC_BERATUNG)),
                    liste(false, &punkte),
                    block("", vec![link("https://bamf-navi.bamf.de/", texte.get(texte::QC_BERATUNG_LINK))]),
                ]) }
            </section>
        }
    }
}

/// The result in plain words. It never says that somebody will be naturalised.
fn klasse(ergebnis: &Ergebnis, heute: Datum, texte: &Texte) -> Html {
    let art = match ergebnis.klasse {
        Klasse::Wahrscheinlich => Meldungsart::Erfolg,
        Klasse::NochNicht => Meldungsart::Warnung,
        Klasse::OffenePunkte | Klasse::AndererWeg => Meldungsart::Info,
    };
    let text = ergebnis.klasse.text();
    let mut inhalt = vec![absatz(aendern(text, texte))];
    let mut zeilen = Vec::new();
    match ergebnis.fruehestens_am {
        Some(tag) => zeilen.push((texte::QC_FRUEHESTENS, tag.to_string())),
        None if ergebnis.klasse == Klasse::NochNicht => {
            zeilen.push((texte::QC_FRUEHESTENS, texte.get(texte::QC_KEIN_TAG).to_owned()));
        }
        None => {}
    }
    if ergebnis.klasse != Klasse::AndererWeg {
        for weg in &ergebnis.weg {
            zeilen.push((texte::QC_WEG, satz(quickcheck::text(weg), texte).to_owned()));
        }
    }
    zeilen.push((texte::QC_VOM, heute.to_string()));
    let zeilen =
        zeilen.into_iter().map(|(label, wert)| eigenschaft(texte.get(label).into(), wert.into()));
    inhalt.push(html! { <dl class="kern-description-list qc-daten">{ for zeilen }</dl> });
    let inhalt = folge(vec![
        meldung(art, "", satz(text, texte), folge(inhalt)),
        absatz_mit("kern-body kern-body--bold", texte.get(texte::QC_KEINE_ENTSCHEIDUNG)),
        absatz(texte.get(texte::QC_KEINE_ENTSCHEIDUNG_TEXT)),
    ]);
    html! { <div class="absaetze qc-klasse">{ inhalt }</div> }
}

/// What was found, condition by condition, in the order of the questions.
fn bedingungen(ergebnis: &Ergebnis) -> Vec<Bedingung<'_>> {
    let mut alle: Vec<Bedingung<'_>> = Vec::new();
    for punkt in &ergebnis.punkte {
        match alle.iter_mut().find(|it| it.id == punkt.bedingung) {
            Some(it) => {
                it.stand = worse(it.stand, punkt.stand);
                it.punkte.push(punkt);
            }
            None => alle.push(Bedingung {
                id: punkt.bedingung,
                stand: punkt.stand,
                punkte: vec![punkt],
            }),
        }
    }
    // The most serious first.
    for it in &mut alle {
        it.punkte.sort_by_key(|it| rank(it.stand));
    }
    alle
}

fn rank(stand: Stand) -> u8 {
    match stand {
        Stand::Hindernis => 0,
        Stand::Offen => 1,
        Stand::Erfuellt => 2,
        Stand::Hinweis => 3,
    }
}

fn worse(one: Stand, other: Stand) -> Stand {
    if rank(one) <= rank(other) { one } else { other }
}

fn view_bedingung(bedingung: &Bedingung<'_>, asked: &Angaben, heute: Datum, texte: &Texte) -> Html {
    let (art, symbol, wort) = match bedingung.stand {
        Stand::Hindernis => ("danger", "danger", texte::QC_STAND_HINDERNIS),
        Stand::Offen => ("warning", "warning", texte::QC_STAND_OFFEN),
        Stand::Erfuellt => ("success", "success", texte::QC_STAND_ERFUELLT),
        Stand::Hinweis => ("info", "info", texte::QC_STAND_HINWEIS),
    };
    let name = quickcheck::text(&format!("B_{}", bedingung.id));
    let punkte = bedingung.punkte.iter().map(|punkt| {
        let aendern = aendern(punkt.text(), texte);
        html! {
            <div class="qc-punkt">
                <p class="kern-body">{ satz(punkt.text(), texte) }</p>
                if !aendern.is_empty() {
                    <p class="kern-body qc-aendern">{ icon("arrow-forward") }<span>{ aendern }</span></p>
                }
            </div>
        }
    });
    let mut zeilen = vec![eigenschaft(
        texte.get(texte::QC_IHRE_ANTWORT).into(),
        antworten(bedingung, asked, heute, texte),
    )];
    if let Some(tag) = bedingung.punkte.iter().filter_map(|it| it.ab).max() {
        zeilen.push(eigenschaft(texte.get(texte::QC_FRUEHESTENS).into(), tag.to_string().into()));
    }
    let mut normen: Vec<String> = Vec::new();
    for norm in bedingung.punkte.iter().map(|it| it.norm().to_string()) {
        if !normen.contains(&norm) {
            normen.push(norm);
        }
    }
    zeilen.push(eigenschaft(texte.get(texte::QC_NORM).into(), normen.join("; ").into()));
    html! {
        <article class={format!("qc-bedingung qc-bedingung--{art}")}>
            <header class="qc-bedingung__kopf">
                <h3 class="kern-title">{ satz(name, texte) }</h3>
                { badge(art, symbol, texte.get(wort)) }
            </header>
            { for punkte }
            <dl class="kern-description-list qc-daten">{ for zeilen }</dl>
        </article>
    }
}

/// What was answered, with the way to change it.
fn antworten(bedingung: &Bedingung<'_>, asked: &Angaben, heute: Datum, texte: &Texte) -> Html {
    let gegeben = bedingung.punkte.first().map_or(&[][..], |it| &it.antworten);
    let mut zeilen: Vec<(String, String)> = gegeben
        .iter()
        .map(|(feld, text)| {
            let label = match feld.frage {
                "" => zusammenfassung::label(feld, texte),
                frage => texte.von(&format!("frage.{}", feld.key), frage),
            };
            (label.to_owned(), zusammenfassung::antwort(feld, text, texte))
        })
        .collect();
    let Some(seite) = gegeben.first().and_then(|(feld, _)| page_of(feld)) else {
        return Html::default();
    };
    // A question may be followed by entries that belong to it.
    let teile = zusammenfassung(&QUICKCHECK, asked, heute, texte);
    let teil = teile.into_iter().find(|it| it.ort.seite == seite);
    for it in teil.into_iter().flat_map(|it| it.zeilen) {
        if !it.eintrag.is_empty() && !it.antwort.is_empty() {
            zeilen.push((format!("{}, {}:", it.eintrag, it.label), it.antwort));
        }
    }
    let zeilen = zeilen.into_iter().map(|(frage, antwort)| {
        html! { <span class="antwortzeile">{ frage }{ " " }<strong>{ antwort }</strong></span> }
    });
    let ziel = Checkziel::Seite { seite: seite.to_owned(), aendern: true };
    html! {
        <>
            { for zeilen }
            <a class="kern-link kern-link--small nicht-drucken" href={Adresse::Check(ziel).to_string()}>
                { texte.get(texte::AENDERN) }
                <span class="kern-sr-only">{ format!(": {}", satz(quickcheck::text(&format!("B_{}", bedingung.id)), texte)) }</span>
            </a>
        </>
    }
}

/// The page that asks a Feld.
fn page_of(feld: &Datenfeld) -> Option<&'static str> {
    let mut found = None;
    QUICKCHECK.for_each_inhalt(|seite, inhalt| {
        if let Inhalt::Feld(it) = inhalt
            && std::ptr::eq(*it, feld)
        {
            found = found.or(Some(seite.id));
        }
    });
    found
}

/// A sentence of the Quick-Check in the reader's language.
fn satz<'a>(text: &'static Text, texte: &'a Texte) -> &'a str {
    texte.von(&format!("quickcheck.{}", text.code), text.satz)
}

/// What would change it; empty where nothing is said.
fn aendern<'a>(text: &'static Text, texte: &'a Texte) -> &'a str {
    match text.aendern {
        "" => "",
        deutsch => texte.von(&format!("quickcheck.{}.aendern", text.code), deutsch),
    }
}
