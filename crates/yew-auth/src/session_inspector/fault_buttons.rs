//! Buttons that cause faults.

use std::rc::Rc;
use std::time::Duration;

use yew::prelude::*;

use crate::browser::faults;
use crate::driver::Driver;

/// Further than a clock that was set by hand is off.
const LEAD: Duration = Duration::from_secs(3_600);

pub(super) fn view(driver: &Rc<Driver>) -> Html {
    let is_offline = faults::is_offline();
    let is_ahead = !faults::clock_lead().is_zero();
    let will_lose = faults::will_lose_refresh_answer();
    html! {
        <>
            <h2>{ "Break it" }</h2>
            <div class="yew-auth-inspector-actions">
                { button(driver, "Expire the access token", |driver: &Rc<Driver>| driver.expire_access_token()) }
                { button(driver, if is_offline { "Go online" } else { "Go offline" }, move |_| {
                    faults::set_offline(!is_offline);
                }) }
                { button(driver, if is_ahead { "Set the clock right" } else { "Set the clock an hour ahead" }, move |_| {
                    faults::set_clock_lead(if is_ahead { Duration::ZERO } else { LEAD });
                }) }
                { button(driver, if will_lose { "The next answer will be lost" } else { "Lose the next refresh answer" }, |_| {
                    faults::lose_next_refresh_answer();
                }) }
            </div>
        </>
    }
}

/// After each fault the session syncs at once.
fn button(driver: &Rc<Driver>, name: &'static str, work: impl Fn(&Rc<Driver>) + 'static) -> Html {
    let driver = Rc::clone(driver);
    let onclick = Callback::from(move |_: MouseEvent| {
        work(&driver);
        driver.sync();
    });
    html! { <button class="yew-auth-button yew-auth-button-quiet" type="button" {onclick}>{ name }</button> }
}
