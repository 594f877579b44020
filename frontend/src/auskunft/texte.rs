//! Pages that only tell something: help, privacy, accessibility, who is responsible.

use yew::prelude::*;

use crate::{
    adresse::Auskunft,
    komponenten::{absatz, block, haupttitel, link, liste},
    konfiguration::{Behoerde, Konfiguration},
    texte::{self, Texte, Uitext},
};

/// A part of such a page.
enum Teil {
    Titel(Uitext),
    Absatz(Uitext),
    Punkte(&'static [Uitext]),
    Behoerde,
}

use Teil::{Absatz, Punkte, Titel};

const DATENSCHUTZ: &[Teil] = &[
    Titel(texte::DS_WER),
    Absatz(texte::DS_WER_TEXT),
    Teil::Behoerde,
    Titel(texte::DS_GERAET),
    Punkte(&[texte::DS_GERAET_1, texte::DS_GERAET_2, texte::DS_GERAET_3, texte::DS_GERAET_4]),
    Titel(texte::DS_SERVER),
    Punkte(&[texte::DS_SERVER_1, texte::DS_SERVER_2, texte::DS_SERVER_3]),
    Titel(texte::DS_GRUND),
    Absatz(texte::DS_GRUND_TEXT),
    Titel(texte::DS_RECHTE),
    Punkte(&[texte::DS_RECHTE_1, texte::DS_RECHTE_2, texte::DS_RECHTE_3, texte::DS_RECHTE_4]),
];

const BARRIEREFREIHEIT: &[Teil] = &[
    Absatz(texte::BF_TEXT),
    Titel(texte::BF_WAS),
    Punkte(&[texte::BF_WAS_1, texte::BF_WAS_2, texte::BF_WAS_3, texte::BF_WAS_4]),
    Titel(texte::BF_NICHT),
    Punkte(&[texte::BF_NICHT_1, texte::BF_NICHT_2]),
    Titel(texte::BF_MELDEN),
    Absatz(texte::BF_MELDEN_TEXT),
    Teil::Behoerde,
];

const IMPRESSUM: &[Teil] = &[
    Titel(texte::IM_ANBIETER),
    Teil::Behoerde,
    Titel(texte::IM_SOFTWARE),
    Absatz(texte::IM_SOFTWARE_TEXT),
];

const HILFE: &[Teil] = &[
    Titel(texte::HI_AUFHOEREN),
    Absatz(texte::HI_AUFHOEREN_TEXT),
    Titel(texte::HI_DATEI),
    Absatz(texte::HI_DATEI_TEXT),
    Titel(texte::HI_FALSCH),
    Absatz(texte::HI_FALSCH_TEXT),
    Titel(texte::HI_VERLOREN),
    Absatz(texte::HI_VERLOREN_TEXT),
    Titel(texte::HI_SPRACHE),
    Absatz(texte::HI_SPRACHE_TEXT),
    Titel(texte::KONTAKT),
    Teil::Behoerde,
];

/// Title of such a page.
pub fn title(auskunft: Auskunft) -> Uitext {
    match auskunft {
        Auskunft::Datenschutz => texte::DATENSCHUTZ,
        Auskunft::Barrierefreiheit => texte::BARRIEREFREIHEIT,
        Auskunft::Impressum => texte::IMPRESSUM,
        Auskunft::Hilfe => texte::HILFE,
    }
}

/// Such a page.
pub fn auskunft(auskunft: Auskunft, texte: &Texte, konfiguration: &Konfiguration) -> Html {
    let teile = match auskunft {
        Auskunft::Datenschutz => DATENSCHUTZ,
        Auskunft::Barrierefreiheit => BARRIEREFREIHEIT,
        Auskunft::Impressum => IMPRESSUM,
        Auskunft::Hilfe => HILFE,
    };
    let mut inhalt = vec![haupttitel("kern-heading-large", texte.get(title(auskunft)))];
    inhalt.extend(teile.iter().map(|teil| match teil {
        Titel(text) => html! { <h2 class="kern-heading-small">{ texte.get(*text) }</h2> },
        Absatz(text) => absatz(texte.get(*text)),
        Punkte(punkte) => {
            let punkte: Vec<&str> = punkte.iter().map(|it| texte.get(*it)).collect();
            liste(false, &punkte)
        }
        Teil::Behoerde => behoerde(&konfiguration.behoerde, texte),
    }));
    block("schmal lesetext", inhalt)
}

fn behoerde(behoerde: &Behoerde, texte: &Texte) -> Html {
    if behoerde.name.is_empty() {
        return absatz(texte.get(texte::IM_FEHLT));
    }
    let mut zeilen: Vec<Html> = vec![behoerde.name.as_str().into()];
    zeilen.extend(behoerde.anschrift.iter().map(|it| Html::from(it.as_str())));
    let wege = [
        (texte::TELEFON, format!("tel:{}", behoerde.telefon.replace(' ', "")), &behoerde.telefon),
        (texte::EMAIL, format!("mailto:{}", behoerde.email), &behoerde.email),
    ];
    for (label, ziel, text) in wege {
        if !text.is_empty() {
            let label = texte.get(label);
            zeilen.push(html! { <>{ label }{ ": " }{ link(ziel, text) }</> });
        }
    }
    let zeilen = zeilen.into_iter().map(|it| html! { <div>{ it }</div> });
    html! { <address class="kern-body anschrift umbruch">{ for zeilen }</address> }
}
