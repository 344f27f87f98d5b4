//! The door in front of every instance: faults that are the same for both vendors happen here.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::clock::Clock;
use crate::fault::Switches;
use crate::socket::Peer;

/// What the gate of an instance needs.
#[derive(Debug, Clone)]
pub(crate) struct Gate {
    pub(crate) switches: Arc<Switches>,
    pub(crate) clock: Arc<Clock>,
}

/// Draws the request's fate, leaves it in the request for the handler and applies what concerns the transport.
pub(crate) async fn pass(
    State(gate): State<Gate>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    mut request: Request,
    next: Next,
) -> Response {
    let draw = gate.switches.draw(gate.clock.simulated());
    request.extensions_mut().insert(draw);
    if draw.slow_ms > 0 {
        tokio::time::sleep(Duration::from_millis(draw.slow_ms)).await;
    }
    if draw.fail_before {
        return broken(StatusCode::SERVICE_UNAVAILABLE);
    }
    let answer = next.run(request).await;
    if draw.lose_answer {
        peer.cut.now();
    }
    if draw.fail_after { broken(StatusCode::BAD_GATEWAY) } else { answer }
}

/// What a proxy in front of either vendor says when the machine behind it fails: HTML, not JSON.
pub(crate) fn broken(status: StatusCode) -> Response {
    let reason = status.canonical_reason().unwrap_or("Error");
    let page = format!(
        "<html>\r\n<head><title>{0} {reason}</title></head>\r\n<body>\r\n<center><h1>{0} {reason}</h1></center>\r\n\
         <hr><center>nginx</center>\r\n</body>\r\n</html>\r\n",
        status.as_u16()
    );
    (status, [(header::CONTENT_TYPE, "text/html")], page).into_response()
}
