package io.holdfast.server.alerts.mail;

import io.holdfast.server.alerts.Alert;
import io.holdfast.server.alerts.AlertType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Alerts of one type as a mail, after the templates beside this class. Stateless. */
final class AlertMail {

    private static final String TEXT = resource("alert.txt");
    private static final String HTML = resource("alert.html");
    private static final String TEXT_ROW = resource("alert-row.txt");
    private static final String HTML_ROW = resource("alert-row.html");

    private AlertMail() {}

    /** A mail about alerts of one type; at least one. */
    static Mail of(AlertType type, List<Alert> alerts) {
        Alert first = alerts.getFirst();
        StringBuilder textRows = new StringBuilder();
        StringBuilder htmlRows = new StringBuilder();
        for (Alert alert : alerts) {
            textRows.append(filled(TEXT_ROW, alert, false));
            htmlRows.append(filled(HTML_ROW, alert, true));
        }
        String subject = "[Holdfast] " + type.severity() + ": " + type.title() + " (" + alerts.size() + ")";
        return new Mail(
                first.id() + "." + first.occurrences(),
                subject,
                TEXT.replace("{title}", type.title())
                        .replace("{severity}", type.severity().name())
                        .replace("{rows}", textRows),
                HTML.replace("{title}", escaped(type.title()))
                        .replace("{severity}", type.severity().name())
                        .replace("{rows}", htmlRows));
    }

    private static String filled(String template, Alert alert, boolean html) {
        String filled = template;
        String[][] values = {
            {"{id}", alert.id()},
            {"{scope}", alert.scope()},
            {"{subject}", alert.subject()},
            {"{run}", alert.run().isEmpty() ? "" : "run " + alert.run() + ", "},
            {"{occurrences}", Long.toString(alert.occurrences())},
            {"{firstAt}", alert.firstAt().toString()},
            {"{lastAt}", alert.lastAt().toString()},
            // Last: its text comes from outside, and may look like one of the names.
            {"{message}", alert.message()},
        };
        for (String[] value : values) {
            filled = filled.replace(value[0], html ? escaped(value[1]) : value[1]);
        }
        return filled;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String resource(String name) {
        try (InputStream in = AlertMail.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the template " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
