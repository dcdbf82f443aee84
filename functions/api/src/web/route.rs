//! One route, as the areas' lists write it. There is no way to serve one without saying who may call it and how often.

use super::access::Access;
use super::limits::RateClass;
use super::openapi::describe::Described;
use super::problem::Kind;
use crate::app::App;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, MethodRouter, on};
use std::sync::Arc;

/// A route of the API. `D` is what else is kept of its handler: nothing where it is served.
#[derive(Clone, Debug)]
pub struct Route<D = ()> {
    /// Its method.
    pub method: Method,
    /// Its path, with the names of its parameters in braces.
    pub path: &'static str,
    /// Who may call it.
    pub access: Access,
    /// How often they may.
    pub class: RateClass,
    /// What may be wrong beside what follows from all that and from the handler's arguments.
    pub(crate) also: &'static [Kind],
    /// Whether its answers have a tag, by which a caller who has the same is answered 304.
    pub(crate) tagged: bool,
    /// The query parameters that it takes.
    pub parameters: Arc<[&'static str]>,
    /// What else is kept of its handler.
    pub(crate) described: D,
    pub(crate) handler: MethodRouter<App>,
}

/// What is kept of a handler beside the handler itself. So the description of the API is made from the same list, and
/// nothing of it is in the program that serves.
pub(crate) trait Detail {
    /// What is kept of `handler`.
    fn from_handler<T, H: Described<T>>(handler: &H) -> Self;
}

impl Detail for () {
    fn from_handler<T, H: Described<T>>(_: &H) -> Self {}
}

impl<D> Route<D> {
    /// Says what else may be wrong.
    pub(crate) fn also(self, also: &'static [Kind]) -> Self {
        Self { also, ..self }
    }

    /// Has its answers bear a tag: for what is polled.
    pub(crate) fn tagged(self) -> Self {
        Self { tagged: true, ..self }
    }
}

fn route<T: 'static, D: Detail>(
    method: Method,
    filter: MethodFilter,
    path: &'static str,
    access: Access,
    class: RateClass,
    handler: impl Handler<T, App> + Described<T>,
) -> Route<D> {
    let described = D::from_handler(&handler);
    let parameters = parameters(&handler).into();
    Route { method, path, access, class, also: &[], tagged: false, parameters, described, handler: on(filter, handler) }
}

fn parameters<T, H: Described<T>>(_: &H) -> Vec<&'static str> {
    H::parameters()
}

pub(crate) fn get<T: 'static, D: Detail>(
    path: &'static str,
    access: Access,
    class: RateClass,
    handler: impl Handler<T, App> + Described<T>,
) -> Route<D> {
    route(Method::GET, MethodFilter::GET, path, access, class, handler)
}

pub(crate) fn post<T: 'static, D: Detail>(
    path: &'static str,
    access: Access,
    class: RateClass,
    handler: impl Handler<T, App> + Described<T>,
) -> Route<D> {
    route(Method::POST, MethodFilter::POST, path, access, class, handler)
}

pub(crate) fn patch<T: 'static, D: Detail>(
    path: &'static str,
    access: Access,
    class: RateClass,
    handler: impl Handler<T, App> + Described<T>,
) -> Route<D> {
    route(Method::PATCH, MethodFilter::PATCH, path, access, class, handler)
}

pub(crate) fn put<T: 'static, D: Detail>(
    path: &'static str,
    access: Access,
    class: RateClass,
    handler: impl Handler<T, App> + Described<T>,
) -> Route<D> {
    route(Method::PUT, MethodFilter::PUT, path, access, class, handler)
}

pub(crate) fn delete<T: 'static, D: Detail>(
    path: &'static str,
    access: Access,
    class: RateClass,
    handler: impl Handler<T, App> + Described<T>,
) -> Route<D> {
    route(Method::DELETE, MethodFilter::DELETE, path, access, class, handler)
}
