package io.holdfast.server.alerts.mail;

import io.holdfast.server.settings.MailSettings;
import java.util.Optional;
import java.util.function.Supplier;
import org.simplejavamail.MailException;
import org.simplejavamail.api.email.Email;
import org.simplejavamail.api.email.EmailPopulatingBuilder;
import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.api.mailer.config.TransportStrategy;
import org.simplejavamail.email.EmailBuilder;
import org.simplejavamail.mailer.MailerBuilder;

/** Sends by SMTP (RFC 5321), within a bounded time. */
public final class SmtpTransport implements MailTransport {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final String SENDER = "Holdfast";

    private final Supplier<Optional<String>> password;

    /** Signs in with that password, asked for each mail. */
    public SmtpTransport(Supplier<Optional<String>> password) {
        this.password = password;
    }

    @Override
    public Optional<String> send(Mail mail, MailSettings settings) {
        try (Mailer mailer = mailer(settings)) {
            mailer.sendMail(email(mail, settings), false).join();
            return Optional.empty();
        } catch (MailException | java.util.concurrent.CompletionException refused) {
            return Optional.of(sentence(refused, settings));
        } catch (Exception unclosed) {
            return Optional.of("The mail server at " + settings.host() + " broke off.");
        }
    }

    private Mailer mailer(MailSettings settings) {
        String secret = settings.user().isEmpty() ? "" : password.get().orElse("");
        return MailerBuilder.withSMTPServer(
                        settings.host(),
                        settings.port(),
                        settings.user().isEmpty() ? null : settings.user(),
                        secret.isEmpty() ? null : secret)
                .withTransportStrategy(
                        switch (settings.security()) {
                            case TLS -> TransportStrategy.SMTPS;
                            case STARTTLS -> TransportStrategy.SMTP_TLS;
                            case NONE -> TransportStrategy.SMTP;
                        })
                .withSessionTimeout(TIMEOUT_MILLIS)
                .buildMailer();
    }

    private static Email email(Mail mail, MailSettings settings) {
        EmailPopulatingBuilder email = EmailBuilder.startingBlank()
                .from(SENDER, settings.from())
                .withSubject(mail.subject())
                .withPlainText(mail.text())
                .withHTMLText(mail.html())
                .fixingMessageId("<" + mail.id() + "@"
                        + settings.from().substring(settings.from().indexOf('@') + 1) + ">");
        settings.to().forEach(email::to);
        return email.buildEmail();
    }

    /** Names the innermost cause by its kind only: what a server says may repeat what it was sent. */
    private static String sentence(Exception refused, MailSettings settings) {
        Throwable cause = refused;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return "The mail server at " + settings.host() + " port " + settings.port() + " did not take the mail ("
                + cause.getClass().getSimpleName() + ").";
    }
}
