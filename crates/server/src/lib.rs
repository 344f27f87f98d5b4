//! The one HTTP API of Switchyard and its headless daemon.
