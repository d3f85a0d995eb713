package io.holdfast.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.schema.Violation;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsJsonTest {

    private static String source(String members) {
        return """
                {"sources": [{"name": "sellers", "location": "sellers.xlsx", "mapping": "m.yaml", "scope": "s", %s}]}""".formatted(members);
    }

    private static List<String> wrong(String json) {
        try {
            SettingsJson.read(json);
            return List.of();
        } catch (SettingsRefusedException refused) {
            return refused.violations().stream().map(Violation::field).toList();
        }
    }

    @Test
    void whatIsNotThereHasItsDefault() {
        assertThat(SettingsJson.read("{}")).isEqualTo(SyncSettings.defaults());
        assertThat(SettingsJson.read("{\"alerts\": {\"gaps\": 7}}").alerts())
                .isEqualTo(new AlertSettings(3, 7, 1, 1440, 100, 15, 0));
    }

    @Test
    void comesBackAsItWasWritten() {
        SyncSettings settings = new SyncSettings(
                List.of(
                        new SourceSettings("sellers", "/data/a \"b\".xlsx", "m.yaml", "shop", 60, "", true),
                        new SourceSettings("stock", "google:1abc", "n.json", "shop", 0, "0 3 * * 1-5", false)),
                new AlertSettings(0, 5, 6, 7, 8, 9, 10),
                new RecoverySettings(false, 0),
                new MailSettings(
                        true,
                        "mail.example.org",
                        465,
                        MailSettings.Security.TLS,
                        "ann",
                        "a@example.org",
                        List.of("b@example.org", "c@localhost")),
                new ArchiveSettings(1));
        assertThat(SettingsJson.read(SettingsJson.write(settings))).isEqualTo(settings);
    }

    @Test
    void v42TheSyncIntervalIsValidated() {
        int month = 31 * 24 * 60;
        Gen<Integer> intervals = Gens.oneOf(
                Gens.pick(-1, 0, 1, 4, 5, month, month + 1), Gens.ints(-3, 10), Gens.ints(0, month), Gens.ints());
        Property.of("V42: the sync interval is validated").forAll(intervals, minutes -> {
            boolean allowed = minutes == 0 || (minutes >= 5 && minutes <= month);
            List<String> wrong = wrong(source("\"intervalMinutes\": " + minutes));
            assertThat(wrong.isEmpty()).isEqualTo(allowed);
            assertThat(wrong).allMatch("sources.0.intervalMinutes"::equals);
        });
    }

    @Test
    void v43TheFailureThresholdIsConfigurableWithinItsRange() {
        thresholds(
                "consecutiveFailures", json -> SettingsJson.read(json).alerts().consecutiveFailures());
    }

    @Test
    void v44TheGapThresholdIsConfigurableWithinItsRange() {
        thresholds("gaps", json -> SettingsJson.read(json).alerts().gaps());
    }

    @Test
    void theAgeOfGapsAndTheSilenceOfDevicesAreBounded() {
        bounded(
                "openGapMinutes",
                AlertSettings.SILENCE_MINUTES_MAX,
                json -> SettingsJson.read(json).alerts().openGapMinutes());
        bounded(
                "deviceSilenceMinutes",
                AlertSettings.DEVICE_SILENCE_MINUTES_MAX,
                json -> SettingsJson.read(json).alerts().deviceSilenceMinutes());
    }

    private interface Reading {
        int of(String json);
    }

    private static void thresholds(String name, Reading reading) {
        bounded(name, 1_000_000, reading);
    }

    private static void bounded(String name, int most, Reading reading) {
        Gen<Integer> values =
                Gens.oneOf(Gens.pick(-1, 0, 1, most, most + 1), Gens.ints(-2, 5), Gens.ints(0, most), Gens.ints());
        Property.of(name + " is read and bounded").forAll(values, value -> {
            String json = "{\"alerts\": {\"" + name + "\": " + value + "}}";
            if (value >= 0 && value <= most) {
                assertThat(reading.of(json)).isEqualTo(value);
            } else {
                assertThat(wrong(json)).containsExactly("alerts." + name);
            }
        });
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        String json = """
                {"sources": [{"name": "a b", "location": "", "mapping": "m", "scope": "s", "intervalMinutes": 1, "cron": "x"},
                             {"name": "c", "location": "l", "mapping": "m", "scope": "s"},
                             {"name": "c", "location": "l", "mapping": "m", "scope": "s"}],
                 "alerts": {"gaps": -1, "silenceMinutes": "soon", "gasp": 3},
                 "mail": {"enabled": true, "port": 0, "security": "maybe", "to": ["nobody", 5]},
                 "archive": 90}""";
        assertThat(wrong(json))
                .containsExactlyInAnyOrder(
                        "sources.0.name",
                        "sources.0.location",
                        "sources.0.intervalMinutes",
                        "sources.0.cron",
                        "sources.0.cron",
                        "sources.2.name",
                        "alerts.gaps",
                        "alerts.silenceMinutes",
                        "alerts.gasp",
                        "mail.port",
                        "mail.security",
                        "mail.to",
                        "mail.to",
                        "mail.host",
                        "mail.from",
                        "archive");
        assertThatThrownBy(() -> SettingsJson.read(json))
                .hasMessageContaining("alerts.gaps")
                .hasMessageContaining("from 0 to 1000000");
    }

    @Test
    void mailAddressesCarryNoFurtherHeaders() {
        assertThat(wrong("{\"mail\": {\"from\": \"a@b.org\\r\\nBcc: c@d.org\"}}"))
                .containsExactly("mail.from");
        assertThat(wrong("{\"mail\": {\"to\": [\"a@b.org,c@d.org\"]}}")).containsExactly("mail.to");
    }

    @Test
    void readsWhatAnotherVersionKept() {
        SyncSettings read =
                SettingsJson.readKept("{\"alerts\": {\"gaps\": 4, \"moons\": 1}, \"archive\": {\"afterDays\": -5}}");
        assertThat(read.alerts().gaps()).isEqualTo(4);
        assertThat(read.archive()).isEqualTo(ArchiveSettings.defaults());
    }
}
