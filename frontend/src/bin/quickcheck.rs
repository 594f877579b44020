//! The program of the Quick-Check.

fn main() {
    frontend::quickcheck::run();
}
