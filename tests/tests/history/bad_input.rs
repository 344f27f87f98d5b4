//! Bad input: each kind gives a clear message naming the object and the next step, and the rest goes on.
