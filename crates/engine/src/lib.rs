//! Durable flows, supervised services, event journal.
