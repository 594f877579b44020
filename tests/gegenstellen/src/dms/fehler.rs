//! The exceptions of CMIS (1.1 § 2.2.1.4) and their statuses in the browser binding (§ 5.2.10).

use hyper::StatusCode;
use serde_json::json;

use crate::http::Antwort;

/// A refusal as the browser binding words it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {message}", art.name())]
pub(crate) struct CmisFehler {
    pub art: Art,
    pub message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Art {
    InvalidArgument,
    ObjectNotFound,
    NotSupported,
    NameConstraintViolation,
    ContentAlreadyExists,
    UpdateConflict,
    Constraint,
    Storage,
    Runtime,
}

impl Art {
    pub fn name(self) -> &'static str {
        match self {
            Art::InvalidArgument => "invalidArgument",
            Art::ObjectNotFound => "objectNotFound",
            Art::NotSupported => "notSupported",
            Art::NameConstraintViolation => "nameConstraintViolation",
            Art::ContentAlreadyExists => "contentAlreadyExists",
            Art::UpdateConflict => "updateConflict",
            Art::Constraint => "constraint",
            Art::Storage => "storage",
            Art::Runtime => "runtime",
        }
    }

    fn status(self) -> StatusCode {
        match self {
            Art::InvalidArgument => StatusCode::BAD_REQUEST,
            Art::ObjectNotFound => StatusCode::NOT_FOUND,
            Art::NotSupported => StatusCode::METHOD_NOT_ALLOWED,
            Art::NameConstraintViolation
            | Art::ContentAlreadyExists
            | Art::UpdateConflict
            | Art::Constraint => StatusCode::CONFLICT,
            Art::Storage | Art::Runtime => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl CmisFehler {
    pub fn new(art: Art, message: impl Into<String>) -> CmisFehler {
        CmisFehler { art, message: message.into() }
    }

    pub fn invalid(message: impl Into<String>) -> CmisFehler {
        CmisFehler::new(Art::InvalidArgument, message)
    }

    pub fn not_found(message: impl Into<String>) -> CmisFehler {
        CmisFehler::new(Art::ObjectNotFound, message)
    }

    pub fn answer(&self) -> Antwort {
        self.answer_as(self.art.status())
    }

    /// With a status that is not the exception's own.
    pub fn answer_as(&self, status: StatusCode) -> Antwort {
        Antwort::json(status, &json!({ "exception": self.art.name(), "message": self.message }))
    }
}

impl From<std::io::Error> for CmisFehler {
    fn from(error: std::io::Error) -> CmisFehler {
        CmisFehler::new(Art::Storage, error.kind().to_string())
    }
}
