package io.holdfast.server.alerts;

/**
 * A condition that is looked for by the clock, and lasts: it is told once, and again only when it grows.
 *
 * @param mark what was newest about it, in an order of texts: a later one says that it has grown
 */
record Lasting(Subject subject, Finding.Holds finding, String mark) {}
