//! Where the backend keeps its data.

/// A database.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Database {
    /// A file of the test's own, copied from a template.
    #[default]
    Sqlite,
    /// A database of the test's own in the cluster that `cargo xtask test e2e` has started.
    Postgresql,
}

/// Turns each named function, which takes the scenario to start from, into two tests: one on each database.
#[macro_export]
macro_rules! on_both_databases {
    ($($test:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[test]
            fn $test() -> ::anyhow::Result<()> {
                super::$test($crate::Scenario::new())
            })+
        }
        mod on_postgresql {
            $(#[test]
            fn $test() -> ::anyhow::Result<()> {
                super::$test($crate::Scenario::new().on_postgresql())
            })+
        }
    };
}
