//! The contract, with each backend in a browser of its own.

use anyhow::Result;
use contract::{self as backends, Backend};

macro_rules! contracts {
    ($($name:ident: $backend:ident,)+) => {
        $(
            #[test]
            fn $name() -> Result<()> {
                keep(&backends::$backend)
            }
        )+

        #[test]
        fn every_backend_has_its_test() {
            let tested = [$(backends::$backend.title),+];
            assert_eq!(backends::ALL.map(|backend| backend.title), tested);
        }
    };
}

contracts! {
    the_contract_holds_with_dj_rest_auth_and_jwts_in_cookies: STOCK_DJ_REST_AUTH,
    the_contract_holds_with_dj_rest_auth_and_csrf_protection: DJ_REST_AUTH_COOKIES_CSRF,
    the_contract_holds_with_dj_rest_auth_below_a_path: DJ_REST_AUTH_BELOW_A_PATH,
    the_contract_holds_with_dj_rest_auth_and_yew_auth_django: DJ_REST_AUTH_YEW_AUTH_DJANGO,
    the_contract_holds_with_dj_rest_auth_and_jwts_in_the_body: DJ_REST_AUTH_JWT,
    the_contract_holds_with_dj_rest_auth_without_rotation: DJ_REST_AUTH_NO_ROTATION,
    the_contract_holds_with_dj_rest_auth_without_token_blacklist: DJ_REST_AUTH_NO_BLACKLIST,
    the_contract_holds_with_dj_rest_auth_without_usernames: DJ_REST_AUTH_NO_USERNAME,
    dj_rest_auth_that_withholds_the_refresh_token_is_named_with_its_setting: DJ_REST_AUTH_HTTPONLY,
    the_contract_holds_with_dj_rest_auth_on_its_defaults: DJ_REST_AUTH_TOKENS,
    the_contract_holds_with_dj_rest_auth_and_djangos_session: DJ_REST_AUTH_SESSION,
    the_contract_holds_with_simplejwt_on_its_defaults: SIMPLE_JWT,
    the_contract_holds_with_simplejwt_and_the_users_from_its_claims: SIMPLE_JWT_CLAIMS,
    the_contract_holds_with_djoser: DJOSER,
    the_contract_holds_with_django_oauth_toolkit: OAUTH_TOOLKIT,
    the_contract_holds_with_allauth_headless_in_a_browser: ALLAUTH_HEADLESS,
    the_contract_holds_with_allauth_headless_as_an_app: ALLAUTH_APP,
    the_contract_holds_with_axum: AXUM,
}

fn keep(backend: &Backend) -> Result<()> {
    e2e::run_in_browser(async |browser, folder| backend.keep(browser, folder).await)
}
