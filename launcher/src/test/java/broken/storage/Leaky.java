package broken.storage;

/** Settings with a password that everybody can read. */
record Leaky(String user, String password) {}
