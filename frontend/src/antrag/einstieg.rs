//! The first page of an application: what it is about and what one needs.

use shared::formular::Formular;
use yew::{Context, prelude::*};

use super::{fertig::quittung, fragebogen::Fragebogen};
use crate::{
    adresse::{Adresse, Ziel},
    komponenten::{
        Meldungsart, absatz, absatz_mit, abschnitt, block, folge, haupttitel, knopflink, link,
        liste, meldung,
    },
    texte::{self, Texte},
};

/// What the first page knows of this device and the town.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Einstieg {
    /// Whether the application was sent from this device.
    pub is_gesendet: bool,
    /// Whether there are answers already.
    pub is_begonnen: bool,
    /// Whether the town offers it.
    pub is_offered: bool,
}

impl Fragebogen {
    pub(super) fn view_einstieg(&self, ctx: &Context<Fragebogen>) -> Html {
        let props = ctx.props();
        let stand = Einstieg {
            is_gesendet: quittung(props.formular).is_some(),
            is_begonnen: !self.entwurf.is_empty(),
            is_offered: props.konfiguration.offers(props.formular.id),
        };
        einstieg(props.formular, &props.texte, stand)
    }
}

/// The first page. It is also rendered on the machine that builds the site, so it asks nothing of
/// the browser.
pub fn einstieg(formular: &Formular, texte: &Texte, stand: Einstieg) -> Html {
    let text = |name, deutsch| texte.antrag(formular.id, name, deutsch);
    let zeilen = |is_folge, name, deutsch: &[&str]| {
        let deutsch = deutsch.join("\n");
        let zeilen: Vec<&str> = texte.antrag(formular.id, name, &deutsch).lines().collect();
        liste(is_folge, &zeilen)
    };
    let adresse = |ziel| Adresse::antrag(formular.id, ziel).to_string();
    let mut teile = vec![
        haupttitel("kern-heading-large", text("titel", formular.titel)),
        absatz_mit("kern-body kern-body--large", text("worum", formular.worum)),
    ];
    if stand.is_gesendet {
        let inhalt = folge(vec![
            absatz(texte.get(texte::EINSTIEG_QUITTUNG_TEXT)),
            link(adresse(Ziel::Fertig), texte.get(texte::EINSTIEG_QUITTUNG_LINK)),
        ]);
        let titel = texte.get(texte::EINSTIEG_QUITTUNG);
        teile.push(meldung(Meldungsart::Info, "", titel, inhalt));
    }
    for (titel, inhalt) in [
        (texte::EINSTIEG_BEREITHALTEN, zeilen(false, "bereithalten", formular.bereithalten)),
        (texte::EINSTIEG_DAUER, absatz(text("dauer", formular.dauer))),
        (texte::EINSTIEG_GEBUEHR, absatz(text("gebuehr", formular.gebuehr))),
        (texte::EINSTIEG_DANACH, zeilen(true, "danach", formular.danach)),
    ] {
        teile.push(abschnitt(texte.get(titel), inhalt));
    }
    if stand.is_offered {
        let knopf = match stand.is_begonnen {
            false => texte::EINSTIEG_START,
            true => texte::EINSTIEG_WEITER,
        };
        teile.push(absatz_mit("kern-body kern-body--muted", texte.get(texte::EINSTIEG_SPEICHERN)));
        teile.push(knopflink("primary", adresse(Ziel::Aufgaben), texte.get(knopf)));
    } else {
        let text = texte.get(texte::EINSTIEG_ANGEBOT);
        teile.push(meldung(Meldungsart::Warnung, "", text, Html::default()));
    }
    block("schmal felder", teile)
}
