//! The receipt.

use serde_json::Value;
use shared::formular::Formular;
use yew::{Context, prelude::*};

use super::{
    einstieg::text_lines,
    entwurf::quittung_key,
    fragebogen::{Fragebogen, Msg, formular_text},
};
use crate::{
    adresse::Adresse,
    browser,
    komponenten::{Dialog, Meldungsart, dialog, icon, meldung},
    texte::{self},
};

const LOESCHEN: Dialog = Dialog {
    frage: texte::FERTIG_LOESCHEN_FRAGE,
    text: texte::FERTIG_LOESCHEN_WARNUNG,
    tun: texte::FERTIG_LOESCHEN,
};

/// The receipt that is kept on this device.
pub fn quittung(formular: &Formular) -> Option<Value> {
    serde_json::from_str(&browser::load(&quittung_key(formular))?).ok()
}

impl Fragebogen {
    pub(super) fn view_fertig(&self, ctx: &Context<Fragebogen>) -> Html {
        let props = ctx.props();
        let (formular, texte) = (props.formular, &props.texte);
        let Some(quittung) = quittung(formular) else {
            return html! {
                <div class="schmal felder">
                    <h1 class="kern-heading-large" id="titel" tabindex="-1">{ texte.get(texte::FERTIG_NICHTS) }</h1>
                    <div><a class="kern-btn kern-btn--primary" href="/"><span class="kern-label">{ texte.get(texte::ZUR_STARTSEITE) }</span></a></div>
                </div>
            };
        };
        let text = |name: &str| quittung[name].as_str().unwrap_or_default().to_owned();
        let titel = formular_text(formular, texte, "titel", formular.titel).to_owned();
        let zeit = browser::local_time(&text("eingegangenAm"), texte.sprache());
        let zeilen = [
            (texte::ANTRAG, titel),
            (texte::BEHOERDE, props.konfiguration.behoerde.name.clone()),
            (texte::EINGEGANGEN, zeit),
            (texte::PRUEFSUMME, text("pruefsumme")),
        ];
        let zeilen =
            zeilen.into_iter().filter(|(_, wert)| !wert.is_empty()).map(|(label, wert)| {
                html! {
                    <div class="kern-description-list-item">
                        <dt class="kern-description-list-item__key">{ texte.get(label) }</dt>
                        <dd class="kern-description-list-item__value umbruch">{ wert }</dd>
                    </div>
                }
            });
        let danach = formular.danach.join("\n");
        let danach: Vec<Html> =
            text_lines(formular_text(formular, texte, "danach", &danach)).collect();
        let link = ctx.link();
        let pdf_fehler = self.pdf_fehler.then(|| {
            meldung(
                Meldungsart::Fehler,
                "pdf-fehler",
                texte.get(texte::PDF_FEHLER),
                Html::default(),
            )
        });
        let is_alt = quittung["alt"] == true;
        html! {
            <div class="schmal felder">
                <h1 class="kern-heading-x-large" id="titel" tabindex="-1">{ texte.get(texte::FERTIG_TITEL) }</h1>
                if is_alt {
                    { meldung(Meldungsart::Warnung, "", texte.get(texte::WICHTIG), html! { <p class="kern-body">{ texte.get(texte::FERTIG_ALT) }</p> }) }
                }
                <dl class="quittung">
                    <div>
                        <dt class="kern-label">{ texte.get(texte::VORGANGSNUMMER) }</dt>
                        <dd class="quittung__nummer" id="vorgangsnummer">{ text("vorgangsnummer") }</dd>
                    </div>
                    <div>
                        <dt class="kern-label">{ texte.get(texte::ZUGANGSCODE) }</dt>
                        <dd class="quittung__nummer" id="zugangscode">{ text("zugangscode") }</dd>
                    </div>
                </dl>
                <p class="kern-body kern-body--bold">{ texte.get(texte::FERTIG_TEXT) }</p>
                <div class="knopfzeile nicht-drucken">
                    <button type="button" class="kern-btn kern-btn--primary" onclick={link.callback(|_| Msg::Pdf)}>
                        { icon("download") }<span class="kern-label">{ texte.get(texte::PDF) }</span>
                    </button>
                    <button type="button" class="kern-btn kern-btn--secondary" onclick={Callback::from(|_| browser::print())}>
                        <span class="kern-label">{ texte.get(texte::DRUCKEN) }</span>
                    </button>
                </div>
                { pdf_fehler.unwrap_or_default() }
                <section>
                    <h2 class="kern-heading-small">{ texte.get(texte::FERTIG_DANACH) }</h2>
                    <ol class="kern-list kern-list--number">{ for danach }</ol>
                    <p class="kern-body"><a class="kern-link" href={Adresse::Stand.to_string()}>{ texte.get(texte::STAND_TITEL) }</a></p>
                </section>
                <section>
                    <h2 class="kern-heading-small">{ texte.get(texte::FERTIG_DATEN) }</h2>
                    <dl class="kern-description-list">{ for zeilen }</dl>
                    <p class="kern-hint">{ texte.get(texte::PRUEFSUMME_HILFE) }</p>
                </section>
                <section class="nicht-drucken felder">
                    <p class="kern-body">{ texte.get(texte::FERTIG_LOESCHEN_TEXT) }</p>
                    <div>
                        <button type="button" class="kern-btn kern-btn--secondary" onclick={link.callback(|_| Msg::Dialog(Some(LOESCHEN)))}>
                            { icon("delete") }<span class="kern-label">{ texte.get(texte::FERTIG_LOESCHEN) }</span>
                        </button>
                    </div>
                </section>
                if let Some(it) = self.dialog {
                    { dialog(it, texte, link.callback(|_| Msg::QuittungLoeschen), link.callback(|()| Msg::Dialog(None))) }
                }
            </div>
        }
    }
}
