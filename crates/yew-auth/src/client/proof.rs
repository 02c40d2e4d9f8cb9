//! Requests with a proof of possession (DPoP, RFC 9449).

use super::{ApiClient, RequestError};
use crate::browser::http::HttpResponse;
use crate::dialect::{ApiRequest, Rejection};
use crate::transport::{ApiPath, Dpop, Header};

impl ApiClient {
    /// Sends a request with a proof. The backend may want one with its nonce, because the clock is off or the nonce is old
    /// (RFC 9449 sections 8 and 9): then the request is sent once more.
    pub(super) async fn prove_and_transmit(
        &self,
        dpop: &Dpop,
        request: ApiRequest,
        headers: Vec<Header>,
    ) -> Result<HttpResponse, RequestError> {
        let response = self.transmit_proved(dpop, request.clone(), headers.clone()).await?;
        if wants_nonce(&response) { self.transmit_proved(dpop, request, headers).await } else { Ok(response) }
    }

    async fn transmit_proved(
        &self,
        dpop: &Dpop,
        request: ApiRequest,
        mut headers: Vec<Header>,
    ) -> Result<HttpResponse, RequestError> {
        let url = self.transport.base().url(&ApiPath::new(&request.path)?);
        let token = headers.iter().find_map(|(_, value)| value.strip_prefix(Dpop::SCHEME));
        let proof = dpop.proof(request.method.as_ref(), &url, token).await.map_err(|_| RequestError::Unsendable)?;
        headers.push(("dpop", proof));
        let mut response = self.transmit(request, headers).await?;
        if let Some(nonce) = response.dpop_nonce.take() {
            dpop.take_nonce(nonce);
        }
        Ok(response)
    }
}

fn wants_nonce(response: &HttpResponse) -> bool {
    matches!(response.status, 400 | 401)
        && Rejection::read(response.status, &response.body, None).code.as_deref() == Some("use_dpop_nonce")
}
