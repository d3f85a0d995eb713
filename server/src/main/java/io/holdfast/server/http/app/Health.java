package io.holdfast.server.http.app;

/**
 * How an application is. Anybody may see it.
 *
 * @param fine whether nobody needs to look
 * @param detail one sentence, without anything about a user
 */
public record Health(boolean fine, String detail) {}
