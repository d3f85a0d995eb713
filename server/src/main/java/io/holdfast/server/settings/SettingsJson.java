package io.holdfast.server.settings;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.json.JsonRefusedException;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import io.holdfast.core.schema.Violation;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;

/**
 * Settings as one JSON object, and the rules they obey. A setting that is not there has its default. Stateless and thread-safe.
 */
public final class SettingsJson {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern ADDRESS = Pattern.compile("[^@\\s<>,;\"]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");
    private static final int PORT_MAX = 65_535;

    private SettingsJson() {}

    /**
     * Reads settings.
     *
     * @throws SettingsRefusedException with everything that is wrong at once
     * @throws JsonRefusedException if the text is no JSON
     */
    public static SyncSettings read(String json) {
        return read(JsonText.read(json));
    }

    /** As {@link #read(String)}, of a tree. */
    public static SyncSettings read(JsonTree tree) {
        List<Violation> violations = new ArrayList<>();
        SyncSettings settings = settings(SettingsReading.of(tree, violations));
        if (!violations.isEmpty()) {
            throw new SettingsRefusedException(violations);
        }
        return settings;
    }

    /** What is kept is read even if another version of Holdfast wrote it: what is unknown or out of range has its default. */
    static SyncSettings readKept(String json) {
        return settings(SettingsReading.of(JsonText.read(json), new ArrayList<>()));
    }

    private static SyncSettings settings(SettingsReading all) {
        SyncSettings settings = new SyncSettings(
                sources(all),
                alerts(all.part("alerts")),
                recovery(all.part("recovery")),
                mail(all.part("mail")),
                archive(all.part("archive")));
        all.end();
        return settings;
    }

    private static List<SourceSettings> sources(SettingsReading all) {
        List<SourceSettings> sources = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>();
        for (SettingsReading part : all.parts("sources", SourceSettings.SOURCES_MAX)) {
            SourceSettings source = source(part);
            if (!names.add(source.name())) {
                part.wrong(
                        ErrorCode.FIELD_CHOICE, "name", source.name(), "Another source has this name; use a new one.");
            }
            sources.add(source);
        }
        return sources;
    }

    private static SourceSettings source(SettingsReading part) {
        SourceSettings source = new SourceSettings(
                part.text("name", ""),
                part.text("location", ""),
                part.text("mapping", ""),
                part.text("scope", ""),
                part.number("intervalMinutes", 0, SourceSettings.INTERVAL_MINUTES_MAX, 0),
                part.text("cron", ""),
                part.flag("enabled", true));
        if (!NAME.matcher(source.name()).matches()) {
            part.wrong(
                    ErrorCode.FIELD_PATTERN, "name", source.name(), "Use up to 63 letters, digits, dots and hyphens.");
        }
        required(part, "location", source.location(), "Name a file, a folder, or a spreadsheet.");
        required(part, "mapping", source.mapping(), "Name the mapping's file.");
        required(part, "scope", source.scope(), "Name the scope that the records go to.");
        cadence(part, source);
        part.end();
        return source;
    }

    private static void cadence(SettingsReading part, SourceSettings source) {
        int interval = source.intervalMinutes();
        if (interval > 0 && interval < SourceSettings.INTERVAL_MINUTES_MIN) {
            part.wrong(
                    ErrorCode.FIELD_RANGE,
                    "intervalMinutes",
                    Integer.toString(interval),
                    "Use 0 for none, or " + SourceSettings.INTERVAL_MINUTES_MIN + " and more.");
        }
        if (source.intervalMinutes() > 0 && !source.cron().isEmpty()) {
            part.wrong(ErrorCode.FIELD_CHOICE, "cron", source.cron(), "Give either an interval or a cron, not both.");
        }
        if (!source.cron().isEmpty()) {
            try {
                Cron.parse(source.cron());
            } catch (IllegalArgumentException wrong) {
                part.wrong(ErrorCode.FIELD_PATTERN, "cron", source.cron(), "It says: " + wrong.getMessage() + ".");
            }
        }
    }

    private static void required(SettingsReading part, String member, String value, String advice) {
        if (value.isBlank()) {
            part.wrong(ErrorCode.FIELD_REQUIRED, member, "", advice);
        }
    }

    private static AlertSettings alerts(SettingsReading part) {
        AlertSettings instead = AlertSettings.defaults();
        AlertSettings alerts = new AlertSettings(
                part.number("consecutiveFailures", 0, AlertSettings.COUNT_MAX, instead.consecutiveFailures()),
                part.number("gaps", 0, AlertSettings.COUNT_MAX, instead.gaps()),
                part.number("integrityIssues", 0, AlertSettings.COUNT_MAX, instead.integrityIssues()),
                part.number("silenceMinutes", 0, AlertSettings.SILENCE_MINUTES_MAX, instead.silenceMinutes()),
                part.number("degradationPercent", 0, AlertSettings.PERCENT_MAX, instead.degradationPercent()),
                part.number("openGapMinutes", 0, AlertSettings.SILENCE_MINUTES_MAX, instead.openGapMinutes()),
                part.number(
                        "deviceSilenceMinutes",
                        0,
                        AlertSettings.DEVICE_SILENCE_MINUTES_MAX,
                        instead.deviceSilenceMinutes()));
        part.end();
        return alerts;
    }

    private static RecoverySettings recovery(SettingsReading part) {
        RecoverySettings instead = RecoverySettings.defaults();
        RecoverySettings recovery = new RecoverySettings(
                part.flag("enabled", instead.enabled()),
                part.number(
                        "retryFailedMinutes",
                        0,
                        RecoverySettings.RETRY_FAILED_MINUTES_MAX,
                        instead.retryFailedMinutes()));
        part.end();
        return recovery;
    }

    private static ArchiveSettings archive(SettingsReading part) {
        ArchiveSettings archive = new ArchiveSettings(part.number(
                "afterDays",
                0,
                ArchiveSettings.AFTER_DAYS_MAX,
                ArchiveSettings.defaults().afterDays()));
        part.end();
        return archive;
    }

    private static MailSettings mail(SettingsReading part) {
        MailSettings instead = MailSettings.defaults();
        MailSettings mail = new MailSettings(
                part.flag("enabled", instead.enabled()),
                part.text("host", instead.host()),
                part.number("port", 1, PORT_MAX, instead.port()),
                security(part, instead.security()),
                part.text("user", instead.user()),
                part.text("from", instead.from()),
                part.texts("to", MailSettings.RECIPIENTS_MAX));
        if (mail.enabled()) {
            required(part, "host", mail.host(), "Name the mail server.");
            required(part, "from", mail.from(), "Give the sender's address.");
            required(part, "to", mail.to().isEmpty() ? "" : "some", "Give at least one recipient.");
        }
        if (!mail.host().isEmpty() && !mail.host().matches("[A-Za-z0-9.:-]{1,253}")) {
            part.wrong(ErrorCode.FIELD_PATTERN, "host", mail.host(), "Write a host's name or address.");
        }
        address(part, "from", mail.from());
        mail.to().forEach(to -> address(part, "to", to));
        part.end();
        return mail;
    }

    private static MailSettings.Security security(SettingsReading part, MailSettings.Security instead) {
        String name = part.text("security", instead.name());
        for (MailSettings.Security security : MailSettings.Security.values()) {
            if (security.name().equals(name.toUpperCase(Locale.ROOT))) {
                return security;
            }
        }
        String names = String.join(
                ", ",
                Arrays.stream(MailSettings.Security.values()).map(Enum::name).toList());
        part.wrong(ErrorCode.FIELD_CHOICE, "security", name, "Use one of " + names + ".");
        return instead;
    }

    private static void address(SettingsReading part, String member, String address) {
        if (!address.isEmpty() && !ADDRESS.matcher(address).matches()) {
            part.wrong(ErrorCode.FIELD_PATTERN, member, address, "Write it as name@example.org.");
        }
    }

    /** The settings as JSON, all of them, in one order. */
    public static String write(SyncSettings settings) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JsonText.generator(text)) {
            write(settings, out);
        }
        return text.toString();
    }

    /** As {@link #write(SyncSettings)}, as the next value of a document. */
    public static void write(SyncSettings settings, JsonGenerator out) {
        out.writeStartObject();
        out.writeArrayPropertyStart("sources");
        settings.sources().forEach(source -> source(source, out));
        out.writeEndArray();
        out.writeObjectPropertyStart("alerts");
        AlertSettings alerts = settings.alerts();
        out.writeNumberProperty("consecutiveFailures", alerts.consecutiveFailures());
        out.writeNumberProperty("gaps", alerts.gaps());
        out.writeNumberProperty("integrityIssues", alerts.integrityIssues());
        out.writeNumberProperty("silenceMinutes", alerts.silenceMinutes());
        out.writeNumberProperty("degradationPercent", alerts.degradationPercent());
        out.writeNumberProperty("openGapMinutes", alerts.openGapMinutes());
        out.writeNumberProperty("deviceSilenceMinutes", alerts.deviceSilenceMinutes());
        out.writeEndObject();
        out.writeObjectPropertyStart("recovery");
        out.writeBooleanProperty("enabled", settings.recovery().enabled());
        out.writeNumberProperty("retryFailedMinutes", settings.recovery().retryFailedMinutes());
        out.writeEndObject();
        out.writeObjectPropertyStart("mail");
        mail(settings.mail(), out);
        out.writeEndObject();
        out.writeObjectPropertyStart("archive");
        out.writeNumberProperty("afterDays", settings.archive().afterDays());
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void source(SourceSettings source, JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("name", source.name());
        out.writeStringProperty("location", source.location());
        out.writeStringProperty("mapping", source.mapping());
        out.writeStringProperty("scope", source.scope());
        out.writeNumberProperty("intervalMinutes", source.intervalMinutes());
        out.writeStringProperty("cron", source.cron());
        out.writeBooleanProperty("enabled", source.enabled());
        out.writeEndObject();
    }

    private static void mail(MailSettings mail, JsonGenerator out) {
        out.writeBooleanProperty("enabled", mail.enabled());
        out.writeStringProperty("host", mail.host());
        out.writeNumberProperty("port", mail.port());
        out.writeStringProperty("security", mail.security().name());
        out.writeStringProperty("user", mail.user());
        out.writeStringProperty("from", mail.from());
        out.writeArrayPropertyStart("to");
        mail.to().forEach(out::writeString);
        out.writeEndArray();
    }
}
