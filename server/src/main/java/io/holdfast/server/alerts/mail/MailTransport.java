package io.holdfast.server.alerts.mail;

import io.holdfast.server.settings.MailSettings;
import java.util.Optional;

/** Sends mails. Thread-safe. */
@FunctionalInterface
public interface MailTransport {

    /** Hands a mail to the server; what went wrong, in a sentence without secrets, if it was not taken. */
    Optional<String> send(Mail mail, MailSettings settings);
}
