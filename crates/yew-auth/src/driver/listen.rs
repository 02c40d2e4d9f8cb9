//! What the page and the other tabs tell the session.

use std::rc::Rc;
use std::time::Duration;

use super::Driver;
use crate::browser::channel::Channel;
use crate::browser::page::{PageEvent, PageEvents};
use crate::browser::timer;
use yew_auth_session::Event;

/// How long the news of other tabs may take to the storage of a page that was frozen. Such a page gets no event for it.
const NEWS_DELAY: Duration = Duration::from_millis(100);

impl Driver {
    pub(super) fn listen(self: &Rc<Self>) {
        self.channel.replace(Some(Channel::open(&self.name, self.record.key(), self.syncing())));
        let weak = Rc::downgrade(self);
        let on_page_event = move |event| {
            let Some(driver) = weak.upgrade() else { return };
            match event {
                PageEvent::Woke => {
                    driver.handle(Event::Woke { stored: driver.stored() });
                    driver.second_read.replace(Some(timer::after(NEWS_DELAY, driver.syncing())));
                    driver.reload_user_if_old();
                }
                PageEvent::Online => driver.handle(Event::OnlineChanged(true)),
                PageEvent::Offline => driver.handle(Event::OnlineChanged(false)),
                PageEvent::Input => driver.note_activity(),
                PageEvent::Hidden => {}
            }
        };
        self.page_events.replace(Some(PageEvents::listen(Rc::new(on_page_event))));
    }

    /// A callback that reads the stored record, as long as the driver is there.
    fn syncing(self: &Rc<Self>) -> impl Fn() + Clone + use<> {
        let weak = Rc::downgrade(self);
        move || {
            if let Some(driver) = weak.upgrade() {
                driver.sync();
            }
        }
    }
}
