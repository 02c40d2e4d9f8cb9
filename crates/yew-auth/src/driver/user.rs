//! Who is signed in, as the backend describes them now.

use std::rc::Rc;
use std::time::Duration;

use wasm_bindgen_futures::spawn_local;

use super::{Driver, OnSessionEnd};
use crate::browser::clock;
use crate::client::RequestError;
use crate::dialect::ApiRequest;
use yew_auth_session::{Event, Timestamp, User};

/// How old the user's details may get before a page that starts or wakes reads them again.
const SHELF_LIFE: Duration = Duration::from_secs(300);

impl Driver {
    /// Takes over the user's details for all tabs.
    pub(crate) fn change_user(self: &Rc<Self>, user: User) {
        self.handle(Event::UserChanged { user: Box::new(user), stored: self.stored() });
    }

    /// Sends a request that is answered by the user's details, and takes them over for all tabs.
    pub(crate) async fn load_user(
        self: &Rc<Self>,
        request: ApiRequest,
        on_session_end: OnSessionEnd,
    ) -> Result<(), RequestError> {
        let path = request.path.clone();
        let response = self.send(request, on_session_end).await?;
        self.change_user(self.api.read_user(response, &path)?);
        Ok(())
    }

    /// Reads the user's details again if no tab has tried to lately: they may have been changed elsewhere.
    pub(super) fn reload_user_if_old(self: &Rc<Self>) {
        let Some(request) = self.api.dialect.user().filter(|_| self.user_id().is_some() && self.user_is_old()) else {
            return;
        };
        self.note_user_read();
        let driver = Rc::clone(self);
        spawn_local(async move {
            let _ = driver.load_user(request, OnSessionEnd::Fail).await;
        });
    }

    /// The user's details are being read, or have just been.
    pub(super) fn note_user_read(&self) {
        // Without storage each page reads them at its start and at each wake-up.
        let _ = self.user_read.write(&clock::wall().as_millis().to_string());
    }

    fn user_is_old(&self) -> bool {
        let text = self.user_read.read().ok().flatten();
        let read = text.and_then(|text| text.parse().ok()).map(Timestamp::from_millis);
        let now = clock::wall();
        // A time to come was written before the clock was set back.
        read.is_none_or(|read| read > now || now.duration_since(read) >= SHELF_LIFE)
    }
}
