//! The task list: what is done, and what is left to do.

use yew::{Context, prelude::*};

use super::{
    fortschritt::{self, Aufgabe, Status},
    fragebogen::{Fragebogen, Msg, formular_text},
    nachweise::badge,
};
use crate::{
    adresse::{Seitenziel, Ziel},
    komponenten::{Dialog, dialog, icon},
    texte::{self},
};

const LOESCHEN: Dialog =
    Dialog { frage: texte::LOESCHEN_FRAGE, text: texte::LOESCHEN_TEXT, tun: texte::LOESCHEN };

impl Fragebogen {
    pub(super) fn view_aufgaben(&self, ctx: &Context<Fragebogen>) -> Html {
        let props = ctx.props();
        let (formular, texte) = (props.formular, &props.texte);
        let heute = props.konfiguration.heute;
        let (asked, befunde) = (self.asked(ctx), self.check(ctx));
        let aufgaben = fortschritt::aufgaben(formular, &self.entwurf, &asked, &befunde, heute);
        let fertig = aufgaben.iter().filter(|it| it.status == Status::Fertig).count();
        let stand = texte.fill(
            texte::AUFGABEN_FERTIG_VON,
            &[("fertig", &fertig.to_string()), ("alle", &aufgaben.len().to_string())],
        );
        let seiten = formular.seiten(&asked, heute);
        let next = fortschritt::next_page(&seiten, &self.entwurf, &befunde).map(|ort| {
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
        let zeilen = aufgaben.iter().enumerate().map(|(index, it)| self.aufgabe(ctx, index, it));
        let on_loeschen = ctx.link().callback(|_| Msg::Dialog(Some(LOESCHEN)));
        html! {
            <div class="schmal felder">
                <div class="titelgruppe">
                    <p class="kern-preline">{ formular_text(formular, texte, "titel", formular.titel) }</p>
                    <h1 class="kern-heading-x-large" id="titel" tabindex="-1">{ texte.get(texte::AUFGABEN_TITEL) }</h1>
                </div>
                <p class="kern-body">{ texte.get(texte::AUFGABEN_TEXT) }</p>
                <div class="kern-progress">
                    <label class="kern-label" for="fortschritt">{ stand }</label>
                    <progress id="fortschritt" max={aufgaben.len().to_string()} value={fertig.to_string()} />
                </div>
                if let Some(href) = next {
                    <div>
                        <a class="kern-btn kern-btn--primary" {href}>
                            <span class="kern-label">{ texte.get(knopf) }</span>
                            { icon("arrow-forward") }
                        </a>
                    </div>
                }
                <div class="kern-task-list">
                    <ol class="kern-task-list__list">{ for zeilen }</ol>
                </div>
                <p class="kern-body kern-body--muted">{ texte.get(texte::AUFGABEN_GESPERRT) }</p>
                <div>
                    <button type="button" class="kern-btn kern-btn--tertiary" onclick={on_loeschen}>
                        { icon("delete") }
                        <span class="kern-label">{ texte.get(texte::LOESCHEN) }</span>
                    </button>
                </div>
                if let Some(it) = self.dialog {
                    { dialog(it, texte, ctx.link().callback(|_| Msg::Loeschen), ctx.link().callback(|()| Msg::Dialog(None))) }
                }
            </div>
        }
    }

    fn aufgabe(&self, ctx: &Context<Fragebogen>, index: usize, aufgabe: &Aufgabe) -> Html {
        let texte = &ctx.props().texte;
        let schritt = aufgabe.schritt;
        let titel = texte.von(&format!("schritt.{}", schritt.id), schritt.titel);
        let ziel = fortschritt::next_page(&aufgabe.seiten, &self.entwurf, &[])
            .filter(|_| !matches!(aufgabe.status, Status::Fertig | Status::Fehler))
            .or_else(|| aufgabe.seiten.first().cloned());
        let (art, symbol, text) = match aufgabe.status {
            Status::Offen => ("info", "info", texte::STATUS_OFFEN),
            Status::Unvollstaendig => ("warning", "warning", texte::STATUS_TEIL),
            Status::Fertig => ("success", "success", texte::STATUS_FERTIG),
            Status::Fehler => ("danger", "danger", texte::STATUS_FEHLER),
            Status::Gesperrt => ("info", "info", texte::STATUS_GESPERRT),
        };
        let id = format!("aufgabe-{index}");
        let inhalt = html! {
            <>
                <span class="kern-number">{ index + 1 }</span>
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
