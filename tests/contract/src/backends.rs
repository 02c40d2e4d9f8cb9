//! The backends: each row of `docs/backends.md`.

use crate::backend::{
    App, Backend, EndedBy, FirstRefresh, LostRefresh, Outcome, Person, Refreshes, Revoked, Server, SignOut,
};

const DEMO: Person = Person { name: "demo", password: "demo-password", display_name: "demo" };
const GRACE: Person = Person { name: "grace", password: "grace-password", display_name: "grace" };
const PEOPLE: [Person; 2] = [DEMO, GRACE];

const DEACTIVATION: EndedBy = EndedBy::Deactivation { table: "auth_user" };
const API: &[&str] = &["/api/"];
const POSTS: &str = "/api/posts/";
const REFRESH: &str = "/api/auth/token/refresh/";
const LOGOUT: &str = "/api/auth/logout/";

const DJ_REST_AUTH_WORDS: &str = "Unable to log in with provided credentials.";
const SIMPLE_JWT_WORDS: &str = "No active account found with the given credentials";
const ALLAUTH_WORDS: &str = "The username and/or password you specified are not correct.";

const fn refreshed(path: &'static str, lost: LostRefresh) -> Refreshes {
    Refreshes::OncePerLifetime { path, lost, first: FirstRefresh::IsInTime }
}

const fn refreshed_after_a_401(path: &'static str, lost: LostRefresh) -> Refreshes {
    Refreshes::OncePerLifetime { path, lost, first: FirstRefresh::FollowsA401 }
}

/// dj-rest-auth, in what most rows of it have in common.
const DJ_REST_AUTH: Backend = Backend {
    title: "",
    packages: &["dj-rest-auth", "djangorestframework-simplejwt"],
    config: "AuthConfig::new(DjRestAuth::default(), Bearer::new(Origin::same_origin()))",
    server: Server::Django(""),
    app: App::Page("dj-rest-auth, JWTs"),
    base: "/",
    api: API,
    posts: POSTS,
    people: PEOPLE,
    wrong_password: DJ_REST_AUTH_WORDS,
    ended_by: DEACTIVATION,
    outcome: Outcome::Works {
        refreshes: refreshed(REFRESH, LostRefresh::IsRecovered),
        sign_out: SignOut::Revokes { path: LOGOUT, revoked: Revoked::RefreshToken },
    },
};

/// The example `stock-dj-rest-auth`.
pub const STOCK_DJ_REST_AUTH: Backend = Backend {
    title: "dj-rest-auth, JWTs in cookies (`JWT_AUTH_COOKIE`, `JWT_AUTH_REFRESH_COOKIE`, `JWT_AUTH_RETURN_EXPIRATION`)",
    config: "AuthConfig::new(DjRestAuth::default(), Cookie::with_fixed_names())",
    server: Server::Django("examples/stock-dj-rest-auth/server.py"),
    app: App::Example("stock-dj-rest-auth"),
    ..DJ_REST_AUTH
};

/// Cookies with CSRF protection and rotation.
pub const DJ_REST_AUTH_COOKIES_CSRF: Backend = Backend {
    title: "dj-rest-auth, JWTs in cookies, `JWT_AUTH_COOKIE_USE_CSRF`, `ROTATE_REFRESH_TOKENS`",
    config: "AuthConfig::new(DjRestAuth::default(), Cookie::with_fixed_names())",
    server: Server::Django("tests/contract/servers/dj_rest_auth_cookies_csrf.py"),
    app: App::Page("dj-rest-auth, cookies"),
    outcome: Outcome::Works {
        refreshes: refreshed_after_a_401(REFRESH, LostRefresh::EndsTheSession),
        sign_out: SignOut::Revokes { path: LOGOUT, revoked: Revoked::RefreshToken },
    },
    ..DJ_REST_AUTH
};

/// An app at `/shop/`, an API at `/v1/`.
pub const DJ_REST_AUTH_BELOW_A_PATH: Backend = Backend {
    title: "dj-rest-auth, JWTs in cookies, the API at `/v1/`, the app at `/shop/`",
    config: "AuthConfig::new(DjRestAuth::default().with_auth_path(\"/v1/auth/\"), Cookie::with_fixed_names())",
    server: Server::Django("tests/contract/servers/dj_rest_auth_below_a_path.py"),
    app: App::Page("dj-rest-auth, below a path"),
    base: "/shop/",
    api: &["/v1/"],
    posts: "/v1/posts/",
    outcome: Outcome::Works {
        refreshes: refreshed_after_a_401("/v1/auth/token/refresh/", LostRefresh::IsRecovered),
        sign_out: SignOut::Revokes { path: "/v1/auth/logout/", revoked: Revoked::RefreshToken },
    },
    ..DJ_REST_AUTH
};

/// This repository's own package, which a stock project installs.
pub const DJ_REST_AUTH_YEW_AUTH_DJANGO: Backend = Backend {
    title: "dj-rest-auth with [yew-auth-django](../backend/yew-auth-django): cookies named after their session, rotation with grace",
    config: "AuthConfig::cookie()",
    server: Server::Django("tests/contract/servers/dj_rest_auth_yew_auth_django.py"),
    app: App::Page("dj-rest-auth, yew-auth-django"),
    ..DJ_REST_AUTH
};

/// JWTs in the body, rotated and revoked.
pub const DJ_REST_AUTH_JWT: Backend = Backend {
    title: "dj-rest-auth, JWTs in the body (`\"JWT_AUTH_HTTPONLY\": False`), `ROTATE_REFRESH_TOKENS`, `BLACKLIST_AFTER_ROTATION`",
    server: Server::Django("tests/contract/servers/dj_rest_auth_jwt.py"),
    outcome: Outcome::Works {
        refreshes: refreshed(REFRESH, LostRefresh::EndsTheSession),
        sign_out: SignOut::Revokes { path: LOGOUT, revoked: Revoked::RefreshToken },
    },
    ..DJ_REST_AUTH
};

/// JWTs in the body, one refresh token for a whole session.
pub const DJ_REST_AUTH_NO_ROTATION: Backend = Backend {
    title: "dj-rest-auth, JWTs in the body, without rotation (simplejwt's default)",
    server: Server::Django("tests/contract/servers/dj_rest_auth_no_rotation.py"),
    ..DJ_REST_AUTH
};

/// JWTs in the body, which nothing revokes.
pub const DJ_REST_AUTH_NO_BLACKLIST: Backend = Backend {
    title: "dj-rest-auth, JWTs in the body, without the app `token_blacklist`",
    server: Server::Django("tests/contract/servers/dj_rest_auth_no_blacklist.py"),
    outcome: Outcome::Works {
        refreshes: refreshed(REFRESH, LostRefresh::IsRecovered),
        sign_out: SignOut::Forgets { path: Some(LOGOUT) },
    },
    ..DJ_REST_AUTH
};

/// People with an e-mail address and a UUID.
pub const DJ_REST_AUTH_NO_USERNAME: Backend = Backend {
    title: "dj-rest-auth, a user model without `username`, with a UUID as its key",
    server: Server::Django("tests/contract/servers/dj_rest_auth_no_username.py"),
    people: [
        Person { name: "demo@example.test", display_name: "demo@example.test", ..DEMO },
        Person { name: "grace@example.test", display_name: "grace@example.test", ..GRACE },
    ],
    ended_by: EndedBy::Deactivation { table: "person_person" },
    ..DJ_REST_AUTH
};

/// A refresh token that nobody gets.
pub const DJ_REST_AUTH_HTTPONLY: Backend = Backend {
    title: "dj-rest-auth, JWTs in the body, `JWT_AUTH_HTTPONLY` left at its default",
    server: Server::Django("tests/contract/servers/dj_rest_auth_httponly.py"),
    outcome: Outcome::SaysWhatIsMissing("JWT_AUTH_HTTPONLY"),
    ..DJ_REST_AUTH
};

/// DRF's tokens.
pub const DJ_REST_AUTH_TOKENS: Backend = Backend {
    title: "dj-rest-auth on its defaults (`\"USE_JWT\": False`)",
    packages: &["dj-rest-auth", "djangorestframework"],
    server: Server::Django("tests/contract/servers/dj_rest_auth_tokens.py"),
    app: App::Page("dj-rest-auth, tokens"),
    outcome: Outcome::Works {
        refreshes: Refreshes::Never,
        sign_out: SignOut::Revokes { path: LOGOUT, revoked: Revoked::Session },
    },
    ..DJ_REST_AUTH
};

/// Django's session.
pub const DJ_REST_AUTH_SESSION: Backend = Backend {
    title: "dj-rest-auth with Django's session (`\"TOKEN_MODEL\": None`)",
    packages: &["dj-rest-auth", "djangorestframework"],
    config: "\
let dialect = SessionCookie::new(\"/api/auth/login/\", \"/api/auth/logout/\", \"/api/auth/user/\");
AuthConfig::new(dialect, Cookie::with_fixed_names())",
    server: Server::Django("tests/contract/servers/dj_rest_auth_session.py"),
    app: App::Page("dj-rest-auth, session"),
    outcome: Outcome::Works {
        refreshes: Refreshes::Never,
        sign_out: SignOut::Revokes { path: LOGOUT, revoked: Revoked::Session },
    },
    ..DJ_REST_AUTH
};

/// The example `simplejwt`.
pub const SIMPLE_JWT: Backend = Backend {
    title: "simplejwt on its defaults, and an endpoint for the user",
    packages: &["djangorestframework-simplejwt"],
    config: "AuthConfig::new(SimpleJwt::default().with_user_path(\"/api/me/\"), Bearer::new(Origin::same_origin()))",
    server: Server::Django("examples/simplejwt/server.py"),
    app: App::Example("simplejwt"),
    wrong_password: SIMPLE_JWT_WORDS,
    outcome: Outcome::Works {
        refreshes: refreshed("/api/token/refresh/", LostRefresh::IsRecovered),
        sign_out: SignOut::Forgets { path: None },
    },
    ..DJ_REST_AUTH
};

/// The user from the token's claims.
pub const SIMPLE_JWT_CLAIMS: Backend = Backend {
    title: "simplejwt with `TokenBlacklistView`, rotation, and no endpoint for the user",
    config: "AuthConfig::new(SimpleJwt::default().with_blacklist_path(\"/api/token/blacklist/\"), Bearer::new(Origin::same_origin()))",
    server: Server::Django("tests/contract/servers/simplejwt_claims.py"),
    app: App::Page("simplejwt, claims"),
    people: [Person { display_name: "1", ..DEMO }, Person { display_name: "2", ..GRACE }],
    outcome: Outcome::Works {
        refreshes: refreshed("/api/token/refresh/", LostRefresh::EndsTheSession),
        sign_out: SignOut::Revokes { path: "/api/token/blacklist/", revoked: Revoked::RefreshToken },
    },
    ..SIMPLE_JWT
};

/// djoser.
pub const DJOSER: Backend = Backend {
    title: "djoser with JWTs (`\"AUTH_HEADER_TYPES\": (\"JWT\",)`)",
    packages: &["djoser", "djangorestframework-simplejwt"],
    config: "AuthConfig::new(Djoser::default().with_scheme(\"JWT\"), Bearer::new(Origin::same_origin()))",
    server: Server::Django("tests/contract/servers/djoser_jwt.py"),
    app: App::Page("djoser"),
    api: &["/api/", "/auth/"],
    outcome: Outcome::Works {
        refreshes: refreshed("/auth/jwt/refresh/", LostRefresh::IsRecovered),
        sign_out: SignOut::Forgets { path: None },
    },
    ..SIMPLE_JWT
};

/// OAuth 2.0.
pub const OAUTH_TOOLKIT: Backend = Backend {
    title: "Django OAuth Toolkit, password grant, rotation (its default)",
    packages: &["django-oauth-toolkit"],
    config: "\
let dialect = OAuth2Password::new(\"/o/token/\")
    .with_client_id(\"app\")
    .with_user_path(\"/api/me/\")
    .with_revocation_path(\"/o/revoke_token/\");
AuthConfig::new(dialect, Bearer::new(Origin::same_origin()))",
    server: Server::Django("tests/contract/servers/oauth_toolkit.py"),
    app: App::Page("OAuth Toolkit"),
    api: &["/api/", "/o/"],
    wrong_password: "Invalid credentials given.",
    ended_by: EndedBy::Deletion { tables: &["oauth2_provider_refreshtoken", "oauth2_provider_accesstoken"] },
    outcome: Outcome::Works {
        refreshes: refreshed("/o/token/", LostRefresh::EndsTheSession),
        sign_out: SignOut::Revokes { path: "/o/revoke_token/", revoked: Revoked::Session },
    },
    ..DJ_REST_AUTH
};

/// The example `allauth-headless`.
pub const ALLAUTH_HEADLESS: Backend = Backend {
    title: "allauth headless, `browser`: Django's session cookie",
    packages: &["django-allauth"],
    config: "AuthConfig::new(AllauthHeadless::browser(), Cookie::with_fixed_names())",
    server: Server::Django("examples/allauth-headless/server.py"),
    app: App::Example("allauth-headless"),
    api: &["/api/", "/_allauth/"],
    wrong_password: ALLAUTH_WORDS,
    outcome: Outcome::Works {
        refreshes: Refreshes::Never,
        sign_out: SignOut::Revokes { path: "/_allauth/browser/v1/auth/session", revoked: Revoked::Session },
    },
    ..DJ_REST_AUTH
};

/// allauth with `X-Session-Token`.
pub const ALLAUTH_APP: Backend = Backend {
    title: "allauth headless, `app`: `X-Session-Token`",
    config: "AuthConfig::new(AllauthHeadless::app(), Bearer::new(Origin::same_origin()))",
    server: Server::Django("tests/contract/servers/allauth_app.py"),
    app: App::Page("allauth, app"),
    outcome: Outcome::Works {
        refreshes: Refreshes::Never,
        sign_out: SignOut::Revokes { path: "/_allauth/app/v1/auth/session", revoked: Revoked::Session },
    },
    ..ALLAUTH_HEADLESS
};

/// The example `axum`.
pub const AXUM: Backend = Backend {
    title: "the axum server of `examples/axum`: cookies named after their session, rotation with grace",
    packages: &[],
    config: "AuthConfig::cookie()",
    server: Server::Axum,
    app: App::Example("axum"),
    ended_by: EndedBy::Deactivation { table: "people" },
    ..DJ_REST_AUTH
};

/// All rows, in the order of the table.
pub const ALL: [Backend; 18] = [
    STOCK_DJ_REST_AUTH,
    DJ_REST_AUTH_COOKIES_CSRF,
    DJ_REST_AUTH_BELOW_A_PATH,
    DJ_REST_AUTH_YEW_AUTH_DJANGO,
    DJ_REST_AUTH_JWT,
    DJ_REST_AUTH_NO_ROTATION,
    DJ_REST_AUTH_NO_BLACKLIST,
    DJ_REST_AUTH_NO_USERNAME,
    DJ_REST_AUTH_HTTPONLY,
    DJ_REST_AUTH_TOKENS,
    DJ_REST_AUTH_SESSION,
    SIMPLE_JWT,
    SIMPLE_JWT_CLAIMS,
    DJOSER,
    OAUTH_TOOLKIT,
    ALLAUTH_HEADLESS,
    ALLAUTH_APP,
    AXUM,
];
