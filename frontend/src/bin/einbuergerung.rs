//! The program of the application for: Einbürgerung.

fn main() {
    frontend::antrag::run(&shared::antraege::einbuergerung::FORMULAR);
}
