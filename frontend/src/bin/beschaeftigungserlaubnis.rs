//! The program of the application for: Beschäftigungserlaubnis.

fn main() {
    frontend::antrag::run(&shared::antraege::beschaeftigungserlaubnis::FORMULAR);
}
