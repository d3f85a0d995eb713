package io.holdfast.server.alerts.mail;

/**
 * A mail as people read it.
 *
 * @param id the same for a mail that is sent again because nobody knows whether it arrived, so that mail programs show it once
 * @param text for those who read plain text
 * @param html for the others
 */
public record Mail(String id, String subject, String text, String html) {}
