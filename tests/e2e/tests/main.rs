//! The built app in a real browser, on the real backend and the real identity provider.

mod a11y {
    mod axe;
    mod contrast;
    mod document;
    mod focus_visible;
    mod forced_colors;
    mod form_fields;
    mod layout_shift;
    mod live_regions;
    mod motion;
    mod right_to_left;
    mod screen_reader;
    mod theme;
    mod titles;
    mod touch;
    mod translation;
    mod zoom;
}
mod auth {
    mod accounts;
    mod authorization;
    mod callback;
    mod password;
    mod provider;
}
mod faults {
    mod backend_stopped;
    mod blocked_cookies;
    mod clock;
    mod crash_notice;
    mod false_alarm;
    mod lock;
    mod next_steps;
    mod poll_faults;
    mod prerendering;
    mod private_window;
    mod refresh_faults;
    mod second_module;
    mod storage;
}
mod harness;
mod install;
mod legend;
mod posts {
    mod find_posts;
    mod first_load;
    mod links;
    mod mutations;
    mod new_posts;
    mod out_of_view;
    mod polling;
    mod prefetch;
    mod refresh_button;
    mod start;
}
mod scratch_app;
mod screenshots;
mod security {
    mod address_with_password;
    mod canary;
    mod cross_site;
    mod forgery;
    mod hostile_json;
    mod injection;
    mod policy;
}
mod service_worker;
mod session {
    mod cookies;
    mod dpop;
    mod duplicated_tab;
    mod inspector;
    mod lifetime;
    mod session_end;
    mod session_warning;
    mod sign_in_again;
    mod sign_out;
    mod stored_record;
}
