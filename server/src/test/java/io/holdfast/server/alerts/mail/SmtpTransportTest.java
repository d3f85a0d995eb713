package io.holdfast.server.alerts.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.holdfast.server.alerts.Alert;
import io.holdfast.server.alerts.AlertType;
import io.holdfast.server.settings.MailSettings;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmtpTransportTest {

    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @AfterEach
    void stop() {
        server.stop();
    }

    private static Alert alert(String message) {
        return new Alert(
                "0".repeat(32),
                AlertType.GAPS,
                "shop",
                "sellers",
                message,
                "1".repeat(32),
                Alert.State.OPEN,
                3,
                AT,
                AT.plusSeconds(60),
                Optional.empty(),
                Optional.empty());
    }

    private MailSettings settings(int port, String user) {
        return new MailSettings(
                true,
                "127.0.0.1",
                port,
                MailSettings.Security.NONE,
                user,
                "holdfast@example.org",
                List.of("ann@example.org", "bob@example.org"));
    }

    @Test
    void v12SendsAMailInTextAndHtmlToEveryRecipient() throws Exception {
        server.start();
        Mail mail = AlertMail.of(AlertType.GAPS, List.of(alert("7 are <b>missing</b> {id}")));
        assertThat(new SmtpTransport(Optional::empty)
                        .send(mail, settings(server.getSmtp().getPort(), "")))
                .isEmpty();
        MimeMessage[] received = server.getReceivedMessages();
        assertThat(received).hasSize(2);
        assertThat(received[0].getSubject()).isEqualTo("[Holdfast] WARNING: Records are missing or differ (1)");
        assertThat(received[0].getMessageID()).startsWith("<" + "0".repeat(32) + ".3@");
        String whole = GreenMailUtil.getWholeMessage(received[0]);
        assertThat(whole).contains("text/plain", "text/html", "7 are <b>missing</b> {id}");
        assertThat(mail.html())
                .contains("7 are &lt;b&gt;missing&lt;/b&gt; {id}")
                .doesNotContain("<b>missing");
        assertThat(mail.text()).contains("sellers in shop, 3 times from 2026-11-20T10:00:00Z to 2026-11-20T10:01:00Z");
    }

    @Test
    void signsInWithThePasswordThatIsNoSetting() {
        server.setUser("ann", "hunter2");
        server.start();
        Mail mail = AlertMail.of(AlertType.GAPS, List.of(alert("x")));
        MailSettings settings = settings(server.getSmtp().getPort(), "ann");
        assertThat(new SmtpTransport(() -> Optional.of("hunter2")).send(mail, settings))
                .isEmpty();
        assertThat(new SmtpTransport(() -> Optional.of("wrong-secret")).send(mail, settings))
                .hasValueSatisfying(
                        said -> assertThat(said).contains("127.0.0.1").doesNotContain("wrong-secret", "hunter2"));
    }

    @Test
    void saysThatNobodyAnswers() {
        server.start();
        int port = server.getSmtp().getPort();
        server.stop();
        assertThat(new SmtpTransport(Optional::empty)
                        .send(AlertMail.of(AlertType.GAPS, List.of(alert("x"))), settings(port, "")))
                .hasValueSatisfying(said -> assertThat(said).contains("did not take the mail"));
    }
}
