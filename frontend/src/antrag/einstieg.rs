//! The first page of an application: what it is about and what one needs.

use yew::{Context, prelude::*};

use super::{
    fertig::quittung,
    fragebogen::{Fragebogen, formular_text},
};
use crate::{
    adresse::Ziel,
    komponenten::{Meldungsart, icon, meldung},
    texte,
};

impl Fragebogen {
    pub(super) fn view_einstieg(&self, ctx: &Context<Fragebogen>) -> Html {
        let props = ctx.props();
        let (formular, texte) = (props.formular, &props.texte);
        let text = |name, deutsch| formular_text(formular, texte, name, deutsch);
        let list = |name, deutsch: &[&str]| {
            let deutsch = deutsch.join("\n");
            let zeilen: Vec<Html> =
                text_lines(formular_text(formular, texte, name, &deutsch)).collect();
            html! { <>{ for zeilen }</> }
        };
        let aufgaben = self.adresse(ctx, Ziel::Aufgaben).to_string();
        let is_new = self.entwurf.is_empty();
        let knopf = if is_new { texte::EINSTIEG_START } else { texte::EINSTIEG_WEITER };
        let quittung = quittung(formular).map(|_| {
            let inhalt = html! {
                <>
                    <p class="kern-body">{ texte.get(texte::EINSTIEG_QUITTUNG_TEXT) }</p>
                    <p class="kern-body"><a class="kern-link" href={self.adresse(ctx, Ziel::Fertig).to_string()}>
                        { texte.get(texte::EINSTIEG_QUITTUNG_LINK) }
                    </a></p>
                </>
            };
            meldung(Meldungsart::Info, "", texte.get(texte::EINSTIEG_QUITTUNG), inhalt)
        });
        let angebot = props.konfiguration.offers(formular.id);
        html! {
            <div class="schmal felder">
                <h1 class="kern-heading-x-large" id="titel" tabindex="-1">{ text("titel", formular.titel) }</h1>
                <p class="kern-body kern-body--large">{ text("worum", formular.worum) }</p>
                { quittung.unwrap_or_default() }
                <section>
                    <h2 class="kern-heading-small">{ texte.get(texte::EINSTIEG_BEREITHALTEN) }</h2>
                    <ul class="kern-list kern-list--bullet">{ list("bereithalten", formular.bereithalten) }</ul>
                </section>
                <section>
                    <h2 class="kern-heading-small">{ texte.get(texte::EINSTIEG_DAUER) }</h2>
                    <p class="kern-body">{ text("dauer", formular.dauer) }</p>
                </section>
                <section>
                    <h2 class="kern-heading-small">{ texte.get(texte::EINSTIEG_GEBUEHR) }</h2>
                    <p class="kern-body">{ text("gebuehr", formular.gebuehr) }</p>
                </section>
                <section>
                    <h2 class="kern-heading-small">{ texte.get(texte::EINSTIEG_DANACH) }</h2>
                    <ol class="kern-list kern-list--number">{ list("danach", formular.danach) }</ol>
                </section>
                if angebot {
                    <p class="kern-body kern-body--muted">{ texte.get(texte::EINSTIEG_SPEICHERN) }</p>
                    <div>
                        <a class="kern-btn kern-btn--primary" href={aufgaben}>
                            <span class="kern-label">{ texte.get(knopf) }</span>
                            { icon("arrow-forward") }
                        </a>
                    </div>
                } else {
                    { meldung(Meldungsart::Warnung, "", texte.get(texte::EINSTIEG_ANGEBOT), Html::default()) }
                }
            </div>
        }
    }
}

/// One list item for each line.
pub fn text_lines(text: &str) -> impl Iterator<Item = Html> {
    text.lines().map(|it| html! { <li>{ it }</li> })
}
