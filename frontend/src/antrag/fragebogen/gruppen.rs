//! Entries of groups come and go.

use shared::{
    angaben::Angaben,
    formular::{Feldgruppe, Inhalt, Seitenort},
};
use yew::Context;

use super::{Fragebogen, Geloescht};
use crate::{
    adresse::Ziel,
    antrag::blatt::{entry_focus, grow, shown},
    komponenten::element_id,
    texte::{self},
};

impl Fragebogen {
    /// One entry more; the focus goes to it.
    pub(super) fn add_entry(
        &mut self,
        ctx: &Context<Fragebogen>,
        gruppe: &'static Feldgruppe,
        pfad: &str,
    ) {
        self.geloescht = None;
        let before = shown(gruppe, pfad, &self.entwurf.angaben);
        let index = match gruppe.monate {
            true => self.add_month(ctx, gruppe, pfad),
            false => {
                grow(&mut self.entwurf.angaben, pfad, before);
                before
            }
        };
        self.focus(entry_focus(gruppe, pfad, index));
        self.save_soon(ctx);
    }

    /// Months grow backwards, all groups of the page together: each line stays at its month.
    fn add_month(
        &mut self,
        ctx: &Context<Fragebogen>,
        gruppe: &'static Feldgruppe,
        pfad: &str,
    ) -> usize {
        let groups = self.month_groups(ctx);
        let angaben = &mut self.entwurf.angaben;
        if shown(gruppe, pfad, angaben) == 0 {
            // The same months as those that are asked already.
            let anzahl = groups.iter().map(|(it, pfad)| shown(it, pfad, angaben)).max();
            let texte = vec![String::new(); anzahl.unwrap_or(0).max(1)];
            set_lines(angaben, pfad, &texte);
            return 0;
        }
        for (other, other_pfad) in groups {
            let anzahl = shown(other, &other_pfad, angaben);
            if 0 < anzahl && (other.max == 0 || anzahl < other.max) {
                let mut texte = lines(angaben, &other_pfad, anzahl);
                texte.insert(0, String::new());
                set_lines(angaben, &other_pfad, &texte);
            }
        }
        0
    }

    /// An entry less; it can be brought back.
    pub(super) fn remove_entry(
        &mut self,
        ctx: &Context<Fragebogen>,
        gruppe: &'static Feldgruppe,
        pfad: String,
        index: usize,
        name: String,
    ) {
        let vorher = self.entwurf.angaben.clone();
        if gruppe.monate {
            let groups = self.month_groups(ctx);
            let angaben = &mut self.entwurf.angaben;
            let longest =
                groups.iter().map(|(it, pfad)| shown(it, pfad, angaben)).max().unwrap_or(0);
            for (other, other_pfad) in groups {
                let anzahl = shown(other, &other_pfad, angaben);
                if anzahl == longest && other.min < anzahl {
                    let mut texte = lines(angaben, &other_pfad, anzahl);
                    texte.remove(0);
                    set_lines(angaben, &other_pfad, &texte);
                }
            }
        } else {
            self.entwurf.angaben.remove_entry(&pfad, index);
        }
        let texte = &ctx.props().texte;
        ctx.props().ansage.emit(texte.fill(texte::ENTFERNT, &[("eintrag", &name)]));
        self.fehler.retain(|it| it.anker.as_ref().is_none_or(|it| !it.starts_with(&pfad)));
        self.geloescht = Some(Geloescht { gruppe: pfad, name, vorher });
        self.focus("geloescht");
        self.save_soon(ctx);
    }

    pub(super) fn restore_entry(&mut self, ctx: &Context<Fragebogen>) {
        let Some(geloescht) = self.geloescht.take() else { return };
        self.entwurf.angaben = geloescht.vorher;
        ctx.props().ansage.emit(ctx.props().texte.get(texte::WIEDER_DA).to_owned());
        self.focus(format!("{}-hinzu", element_id(&geloescht.gruppe)));
        self.save_soon(ctx);
    }

    /// Lines at the end that nobody filled in are not meant.
    pub(super) fn drop_empty_lines(&mut self, ctx: &Context<Fragebogen>, ort: &Seitenort) {
        let mut pfade = Vec::new();
        let verlauf = self.verlauf(ctx);
        collect(ort.seite.inhalt, &ort.praefix, &verlauf.asked, &mut |gruppe, pfad| {
            if gruppe.kurz && !gruppe.monate {
                pfade.push(pfad);
            }
        });
        let angaben = &mut self.entwurf.angaben;
        for pfad in pfade {
            while let Some(last) = angaben.anzahl(&pfad).checked_sub(1) {
                let entry = format!("{pfad}[{last}]");
                if angaben.text(&entry).is_some() || angaben.has_any(&format!("{entry}.")) {
                    break;
                }
                angaben.remove_entry(&pfad, last);
            }
        }
    }

    /// The groups of months on this page.
    fn month_groups(&self, ctx: &Context<Fragebogen>) -> Vec<(&'static Feldgruppe, String)> {
        let mut groups = Vec::new();
        if let Ziel::Seite(ziel) = &ctx.props().ziel
            && let Some(ort) = self.seitenort(ctx, ziel)
        {
            let angaben = &self.entwurf.angaben;
            collect(ort.seite.inhalt, &ort.praefix, angaben, &mut |gruppe, pfad| {
                if gruppe.monate {
                    groups.push((gruppe, pfad));
                }
            });
        }
        groups
    }
}

/// The bare values of a group, as many as it shows.
fn lines(angaben: &Angaben, pfad: &str, anzahl: usize) -> Vec<String> {
    (0..anzahl).map(|index| angaben.typed(&format!("{pfad}[{index}]")).to_owned()).collect()
}

fn set_lines(angaben: &mut Angaben, pfad: &str, texte: &[String]) {
    angaben.remove_below(&format!("{pfad}["));
    for text in texte {
        let index = angaben.push_entry(pfad);
        if !text.is_empty() {
            angaben.set(&format!("{pfad}[{index}]"), text);
        }
    }
}

/// Every group of a page with its path, also those in entries of others.
fn collect(
    inhalt: &'static [Inhalt],
    praefix: &str,
    angaben: &Angaben,
    f: &mut impl FnMut(&'static Feldgruppe, String),
) {
    for it in inhalt {
        match it {
            Inhalt::Gruppe(gruppe) => {
                let pfad = format!("{praefix}{}", gruppe.id);
                for index in 0..angaben.anzahl(&pfad) {
                    collect(gruppe.inhalt, &format!("{pfad}[{index}]."), angaben, &mut *f);
                }
                f(gruppe, pfad);
            }
            Inhalt::Baustein(below, baustein) => {
                collect(baustein.inhalt, &format!("{praefix}{below}"), angaben, &mut *f);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_place_when_one_comes_first() {
        let mut angaben = Angaben::default();
        angaben.set("monate[2]", "3");
        assert_eq!(lines(&angaben, "monate", 3), ["", "", "3"]);
        let mut texte = lines(&angaben, "monate", 3);
        texte.insert(0, String::new());
        set_lines(&mut angaben, "monate", &texte);
        assert_eq!(angaben.anzahl("monate"), 4);
        assert_eq!(lines(&angaben, "monate", 4), ["", "", "", "3"]);
        assert_eq!(angaben.text("monate[3]"), Some("3"));
    }
}
