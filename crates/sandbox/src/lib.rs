//! Simulated shops and warehouses that speak the vendors' wire formats over real sockets.
