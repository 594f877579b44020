//! The first page of an application: what it is about and what one needs.

use yew::{Context, prelude::*};

use super::{
    fertig::quittung,
    fragebogen::{Fragebogen, formular_text},
};
use crate::{
    adresse::Ziel,
    komponenten::{
        Meldungsart, absatz, absatz_mit, abschnitt, block, folge, haupttitel, knopflink, link,
        liste, meldung,
    },
    texte,
};

impl Fragebogen {
    pub(super) fn view_einstieg(&self, ctx: &Context<Fragebogen>) -> Html {
        let props = ctx.props();
        let (formular, texte) = (props.formular, &props.texte);
        let text = |name, deutsch| formular_text(formular, texte, name, deutsch);
        let zeilen = |is_folge, name, deutsch: &[&str]| {
            let deutsch = deutsch.join("\n");
            let zeilen: Vec<&str> =
                formular_text(formular, texte, name, &deutsch).lines().collect();
            liste(is_folge, &zeilen)
        };
        let mut teile = vec![
            haupttitel("kern-heading-large", text("titel", formular.titel)),
            absatz_mit("kern-body kern-body--large", text("worum", formular.worum)),
        ];
        if quittung(formular).is_some() {
            let ziel = self.adresse(ctx, Ziel::Fertig).to_string();
            let inhalt = folge(vec![
                absatz(texte.get(texte::EINSTIEG_QUITTUNG_TEXT)),
                link(ziel, texte.get(texte::EINSTIEG_QUITTUNG_LINK)),
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
        if props.konfiguration.offers(formular.id) {
            let knopf = match self.entwurf.is_empty() {
                true => texte::EINSTIEG_START,
                false => texte::EINSTIEG_WEITER,
            };
            let aufgaben = self.adresse(ctx, Ziel::Aufgaben).to_string();
            teile.push(absatz_mit(
                "kern-body kern-body--muted",
                texte.get(texte::EINSTIEG_SPEICHERN),
            ));
            teile.push(knopflink("primary", aufgaben, texte.get(knopf)));
        } else {
            let text = texte.get(texte::EINSTIEG_ANGEBOT);
            teile.push(meldung(Meldungsart::Warnung, "", text, Html::default()));
        }
        block("schmal felder", teile)
    }
}
