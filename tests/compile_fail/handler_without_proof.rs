// error: cannot stand behind an endpoint
use hookproof::Endpoint;

async fn on_mail(_: http::Method) {}

fn mounted(endpoint: &Endpoint) {
    let _ = endpoint.handler::<_, _, ()>(on_mail);
}

fn main() {
    let _ = mounted;
}
