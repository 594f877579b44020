
pub mod din91379;
