//! The task list: what is done, and what is left to do.

use shared::{
    angaben::{Angaben, View},
    formular::Abschnitt,
};
use yew::{Context, prelude::*};

use super::{
    fortschritt::{self as stand, Aufgabe, Status},
    fragebogen::{Fragebogen, Msg},
};
use crate::{
    adresse::{Seitenziel, Ziel},
    komponenten::{
        self, Dialog, Meldungsart, absatz, absatz_mit, badge, block, dialog, fortschritt,
        haupttitel, knopflink, meldung,
    },
    texte::{self},
};

const LOESCHEN: Dialog =
    Dialog { frage: texte::LOESCHEN_FRAGE, text: texte::LOESCHEN_TEXT, tun: texte::LOESCHEN };

impl Fragebogen {
    pub(super) fn view_aufgaben(&self, ctx: &Context<Fragebogen>) -> Html {
        let props = ctx.props();
        let (formular, texte) = (props.formular, &props.texte);
        let (verlauf, befunde) = (self.verlauf(ctx), self.check(ctx));
        let aufgaben = stand::aufgaben(&verlauf.seiten, &self.entwurf, &verlauf.asked, &befunde);
        let fertig = aufgaben.iter().filter(|it| it.status == Status::Fertig).count();
        let wie_weit = texte.fill(
            texte::AUFGABEN_FERTIG_VON,
            &[("fertig", &fertig.to_string()), ("alle", &aufgaben.len().to_string())],
        );
        let next = stand::next_page(&verlauf.seiten, &self.entwurf, &befunde).map(|ort| {
            let ziel = Seitenziel {
                seite: ort.seite.id.to_owned(),
                praefix: ort.praefix,
                ..Seitenziel::default()
            };
            self.adresse(ctx, Ziel::Seite(ziel)).to_string()
        });
        let knopf = match self.entwurf.besucht.is_empty() {
            true => texte::AUFGABEN_BEGINNEN,
            false => texte::AUFGABEN_WEITER,
        };
        let kopf = vec![
            absatz_mit("kern-preline", texte.antrag(formular.id, "titel", formular.titel)),
            haupttitel("kern-heading-large", texte.get(texte::AUFGABEN_TITEL)),
        ];
        let mut teile = vec![
            block("titelgruppe", kopf),
            absatz(texte.get(texte::AUFGABEN_TEXT)),
            fortschritt("fortschritt".to_owned(), &wie_weit, fertig, aufgaben.len()),
        ];
        if !self.entwurf.uebernommen.is_empty() {
            let text = absatz(texte.get(texte::UEBERNOMMEN_TEXT));
            let titel = texte.get(texte::UEBERNOMMEN_TITEL);
            teile.push(meldung(Meldungsart::Info, "", titel, text));
        }
        if let Some(href) = next {
            teile.push(knopflink("primary", href, texte.get(knopf)));
        }
        let mut index = 0;
        for gruppe in aufgaben
            .chunk_by(|a, b| std::ptr::eq(a.abschnitt, b.abschnitt) && a.praefix == b.praefix)
        {
            let titel =
                self.abschnitt_titel(ctx, gruppe[0].abschnitt, &gruppe[0].praefix, &verlauf.asked);
            let start = (index + 1).to_string();
            let zeilen: Vec<Html> = gruppe
                .iter()
                .map(|it| {
                    index += 1;
                    self.aufgabe(ctx, index, it)
                })
                .collect();
            let kopf = match titel.as_str() {
                "" => Html::default(),
                titel => html! {
                    <div class="kern-task-list__header"><h2 class="kern-heading-small">{ titel }</h2></div>
                },
            };
            teile.push(html! {
                <div class="kern-task-list">
                    { kopf }
                    <ol class="kern-task-list__list" {start}>{ for zeilen }</ol>
                </div>
            });
        }
        teile.push(absatz_mit("kern-body kern-body--muted", texte.get(texte::AUFGABEN_GESPERRT)));
        let link = ctx.link();
        let on_loeschen = link.callback(|_| Msg::Dialog(Some(LOESCHEN)));
        let text = texte.get(texte::LOESCHEN);
        let loeschen = komponenten::knopf("tertiary", "delete", text, on_loeschen);
        teile.push(block("", vec![loeschen]));
        if let Some(it) = self.dialog {
            let close = link.callback(|()| Msg::Dialog(None));
            teile.push(dialog(it, texte, link.callback(|_| Msg::Loeschen), close));
        }
        block("schmal felder", teile)
    }

    /// Heading of an Abschnitt; whom it asks about where it is asked for each entry of a group.
    pub(super) fn abschnitt_titel(
        &self,
        ctx: &Context<Fragebogen>,
        abschnitt: &Abschnitt,
        praefix: &str,
        asked: &Angaben,
    ) -> String {
        let texte = &ctx.props().texte;
        let titel = match abschnitt.titel {
            "" => "",
            titel => texte.von(&format!("abschnitt.{}", abschnitt.id), titel),
        };
        let Some(gruppe) = abschnitt.je else { return titel.to_owned() };
        let view = View::new(asked).unter(praefix);
        let name = gruppe.name.map(|name| name(&view)).filter(|it| !it.trim().is_empty());
        let name = name.unwrap_or_else(|| {
            let eintrag = texte.von(&format!("gruppe.{}.eintrag", gruppe.id), gruppe.eintrag);
            let index = praefix.trim_end_matches("].").rsplit('[').next();
            let nr = index.and_then(|it| it.parse::<usize>().ok()).map_or(1, |it| it + 1);
            format!("{eintrag} {nr}")
        });
        if titel.is_empty() { name } else { format!("{titel}: {name}") }
    }

    /// One line; `nr` counts from 1 through the whole list.
    fn aufgabe(&self, ctx: &Context<Fragebogen>, nr: usize, aufgabe: &Aufgabe) -> Html {
        let texte = &ctx.props().texte;
        let schritt = aufgabe.schritt;
        let titel = texte.von(&format!("schritt.{}", schritt.id), schritt.titel);
        let ziel = stand::next_page(&aufgabe.seiten, &self.entwurf, &[])
            .filter(|_| !matches!(aufgabe.status, Status::Fertig | Status::Fehler))
            .or_else(|| aufgabe.seiten.first().cloned());
        let (art, symbol, text) = match aufgabe.status {
            Status::Offen => ("info", "info", texte::STATUS_OFFEN),
            Status::Unvollstaendig => ("warning", "warning", texte::STATUS_TEIL),
            Status::Fertig => ("success", "success", texte::STATUS_FERTIG),
            Status::Fehler => ("danger", "danger", texte::STATUS_FEHLER),
            Status::Gesperrt => ("info", "info", texte::STATUS_GESPERRT),
        };
        let id = format!("aufgabe-{nr}");
        let inhalt = html! {
            <>
                <span class="kern-number">{ nr }</span>
                <span>{ titel }</span>
            </>
        };
        let titel = match ziel.filter(|_| aufgabe.status != Status::Gesperrt) {
            Some(ort) => {
                let ziel = Seitenziel {
                    seite: ort.seite.id.to_owned(),
                    praefix: ort.praefix,
                    ..Seitenziel::default()
                };
                let href = self.adresse(ctx, Ziel::Seite(ziel)).to_string();
                html! {
                    <a class="kern-link kern-link--stretched kern-link--no-visited-state kern-task-list__content-wrapper" {href}
                        aria-describedby={id.clone()}>{ inhalt }</a>
                }
            }
            None => html! { <div class="kern-task-list__content-wrapper">{ inhalt }</div> },
        };
        html! {
            <li class="kern-task-list__item" key={id.clone()}>
                <div class="kern-task-list__title">
                    { titel }
                    <div class="kern-task-list__status" {id}>{ badge(art, symbol, texte.get(text)) }</div>
                </div>
            </li>
        }
    }
}
