//! From an event to a request: which kind it is, and where that kind has what.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{Method, Request, Uri};

use super::error::LambdaError;
use super::json::{Json, Object};
use super::{headers, target};

pub(super) fn read(event: Json) -> Result<Request<Bytes>, LambdaError> {
    let Json::Object(mut event) = event else {
        return Err(LambdaError::Unrecognised);
    };
    let (method, uri) = start_line(&mut event)?;
    let headers = headers::read(&mut event)?;
    let mut request = Request::new(body(&mut event)?);
    *request.method_mut() = method;
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    Ok(request)
}

fn start_line(event: &mut Object) -> Result<(Method, Uri), LambdaError> {
    let mut context = event.object("requestContext")?;
    match event.text("version")?.as_deref() {
        Some("2.0") => {
            let mut http = context.object("requestContext.http")?;
            let field = "requestContext.http.method";
            let name = http.text(field)?.ok_or(LambdaError::Missing(field))?;
            let method = method(&name, field)?;
            let path = event.text("rawPath")?;
            let path = path.ok_or(LambdaError::Missing("rawPath"))?;
            let query = event.text("rawQueryString")?.unwrap_or_default();
            let uri = target::with_query(&path, &query).ok_or(LambdaError::Illegal("rawPath"))?;
            return Ok((method, uri));
        }
        None | Some("1.0") => {}
        Some(_) => return Err(LambdaError::Unrecognised),
    }
    let balancer = !matches!(context.take("requestContext.elb")?, None | Some(Json::Null));
    let name = match event.text("httpMethod")? {
        Some(name) => name,
        None if balancer => return Err(LambdaError::Missing("httpMethod")),
        None => return Err(LambdaError::Unrecognised),
    };
    let method = method(&name, "httpMethod")?;
    let mut field = "requestContext.path";
    let mut path = context.text(field)?;
    if path.is_none() {
        field = "path";
        path = event.text(field)?;
    }
    let path = path.ok_or(LambdaError::Missing(field))?;
    let parameters = parameters(event)?;
    let uri = if balancer {
        target::with_raw_parameters(&path, &parameters)
    } else {
        target::with_decoded_parameters(&path, &parameters)
    };
    Ok((method, uri.ok_or(LambdaError::Illegal(field))?))
}

fn method(name: &str, field: &'static str) -> Result<Method, LambdaError> {
    Method::try_from(name).map_err(|_| LambdaError::Illegal(field))
}

/// The parameters of the query: all values where the event has them, else the last of each.
fn parameters(event: &mut Object) -> Result<Vec<(String, String)>, LambdaError> {
    let field = "multiValueQueryStringParameters";
    let all = event.object(field)?;
    if !all.is_empty() {
        return headers::lists(all, field);
    }
    let field = "queryStringParameters";
    headers::texts(event.object(field)?, field)
}

fn body(event: &mut Object) -> Result<Bytes, LambdaError> {
    let encoded = event.flag("isBase64Encoded")?;
    let text = event.text("body")?.unwrap_or_default();
    if encoded {
        let bytes = STANDARD.decode(text).map_err(|_| LambdaError::Base64)?;
        return Ok(bytes.into());
    }
    Ok(text.into())
}
