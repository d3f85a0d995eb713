package io.holdfast.server.settings;

import java.util.List;

/**
 * Who gets alerts by mail, and through which server. The password is no setting: it stands in the environment's
 * {@value #PASSWORD_VARIABLE}, so that it is in no version, no answer and no log.
 *
 * @param enabled whether mail is sent
 * @param user at the mail server; empty for none
 * @param from the sender's address
 * @param to the addresses of those who get it
 */
public record MailSettings(
        boolean enabled, String host, int port, Security security, String user, String from, List<String> to) {

    /** The variable that holds the password at the mail server. */
    public static final String PASSWORD_VARIABLE = "HOLDFAST_SMTP_PASSWORD";

    /** Most recipients. */
    public static final int RECIPIENTS_MAX = 50;

    /** How the connection is protected. */
    public enum Security {
        /** Encrypted from the first byte. */
        TLS,
        /** Encrypted after a greeting, or not used at all. */
        STARTTLS,
        /** Not encrypted: only for a server on the same machine or in a network that is trusted. */
        NONE
    }

    /** Copies. */
    public MailSettings {
        to = List.copyOf(to);
    }

    /** No mail. */
    public static MailSettings defaults() {
        return new MailSettings(false, "", 587, Security.STARTTLS, "", "", List.of());
    }
}
