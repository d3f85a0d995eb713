package io.holdfast.earnings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.apikit.ApiDescription;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import io.holdfast.earnings.operations.FileOperationLog;
import io.holdfast.earnings.operations.InMemoryOperationLog;
import io.holdfast.earnings.operations.Kpis;
import io.holdfast.earnings.operations.LogEntry;
import io.holdfast.earnings.operations.LogJson;
import io.holdfast.earnings.operations.Troubles;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written down of operations, and the figures that follow from it. */
class EarningsOperationsTest {

    private static final Instant BEGIN = EarningsWorld.BEGIN;

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    private static final Gen<LogEntry> ENTRIES = Gens.frequency(
            Gens.weighted(
                    5,
                    Gens.zip(
                            Gens.longs(0, 100_000),
                            Gens.booleans(),
                            Gens.longs(0, 5_000_000_000L),
                            Gens.ints(0, 3),
                            Gens.longs(0, 50),
                            (second, success, nanos, retries, queued) -> new LogEntry.Sync(
                                    BEGIN.plusSeconds(second),
                                    "ann",
                                    "exchange",
                                    success ? "answered" : "server_unreachable",
                                    success,
                                    Duration.ofNanos(nanos),
                                    nanos % 1_000,
                                    second % 1_000,
                                    retries,
                                    queued,
                                    Duration.ofSeconds(queued * 7)))),
            Gens.weighted(
                    1,
                    Gens.zip(
                            Gens.longs(0, 100_000),
                            Gens.booleans(),
                            Gens.texts(0, 20),
                            (second, loss, text) -> new LogEntry.Trouble(
                                    BEGIN.plusSeconds(second),
                                    "ann",
                                    loss ? "STORE_DAMAGED" : "STORE_IO",
                                    loss,
                                    new TreeMap<>(Map.of("pending", "3", "text", text)),
                                    new TreeMap<>(Map.of("processors", "2")),
                                    text))));

    @Test
    void M32_keyFiguresEqualThoseRecomputedFromTheRawLog() {
        Property.of("M32")
                .tries(1_000)
                .shrinks(60)
                .forAll(ENTRIES.list(0, 30), Gens.longs(0, 100_000), (all, second) -> {
                    try {
                        Path file = Files.createTempDirectory(folder, "log").resolve("operations.jsonl");
                        Instant since = BEGIN.plusSeconds(second);
                        try (FileOperationLog log = new FileOperationLog(file, 2_000)) {
                            all.forEach(log::append);
                            // What is kept is the end of what was written, nothing left out in between.
                            List<LogEntry> kept = log.entries();
                            assertThat(kept).isEqualTo(all.subList(all.size() - kept.size(), all.size()));
                            assertThat(all.isEmpty()).isEqualTo(kept.isEmpty());
                            List<String> lines = new ArrayList<>();
                            if (Files.exists(file.resolveSibling("operations.jsonl.1"))) {
                                lines.addAll(Files.readAllLines(file.resolveSibling("operations.jsonl.1")));
                            }
                            if (Files.exists(file)) {
                                lines.addAll(Files.readAllLines(file));
                            }
                            assertThat(Kpis.of(log, entry -> true, since)).isEqualTo(recomputed(lines, since));
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    @Test
    void M32_ofAHundredTheFiftiethAndTheNinetyFifthAreTheRanks() {
        InMemoryOperationLog log = new InMemoryOperationLog(1_000);
        // 37 has no divisor in common with 100: every length from 1 to 100 ms once, in no order.
        for (int i = 0; i < 100; i++) {
            log.append(new LogEntry.Sync(
                    BEGIN,
                    "ann",
                    "exchange",
                    "answered",
                    true,
                    Duration.ofMillis(1 + i * 37 % 100),
                    1,
                    1,
                    0,
                    0,
                    Duration.ZERO));
        }

        Kpis kpis = Kpis.of(log, entry -> true, BEGIN);

        assertThat(kpis.p50()).contains(Duration.ofMillis(50));
        assertThat(kpis.p95()).contains(Duration.ofMillis(95));
    }

    /** From the text of the file, by the words of the definition. */
    private static Kpis recomputed(List<String> lines, Instant since) {
        List<Map<String, JsonTree>> raw = lines.stream()
                .map(line -> ((JsonTree.Members) JsonText.read(line)).members())
                .filter(line -> !Instant.parse(text(line, "at")).isBefore(since))
                .toList();
        List<Map<String, JsonTree>> syncs =
                raw.stream().filter(line -> line.containsKey("sync")).toList();
        List<Duration> good = syncs.stream()
                .filter(line -> flag(line, "success"))
                .map(line -> Duration.parse(text(line, "took")))
                .toList();
        List<Map<String, JsonTree>> troubles =
                raw.stream().filter(line -> line.containsKey("trouble")).toList();
        return new Kpis(
                since,
                syncs.size(),
                good.size(),
                syncs.stream().filter(line -> number(line, "retries") > 0).count(),
                percentile(good, 50),
                percentile(good, 95),
                syncs.isEmpty() ? 0 : number(syncs.getLast(), "queued"),
                syncs.isEmpty() ? Duration.ZERO : Duration.parse(text(syncs.getLast(), "oldest")),
                troubles.size(),
                troubles.stream().filter(line -> flag(line, "loss")).count());
    }

    /** The smallest of the values that at least so many of a hundred are not above. */
    private static Optional<Duration> percentile(List<Duration> values, int percent) {
        return new TreeSet<>(values)
                .stream()
                        .filter(value -> {
                            long below = values.stream()
                                    .filter(other -> other.compareTo(value) <= 0)
                                    .count();
                            return BigInteger.valueOf(below * 100)
                                            .compareTo(BigInteger.valueOf((long) values.size() * percent))
                                    >= 0;
                        })
                        .findFirst();
    }

    private static String text(Map<String, JsonTree> line, String name) {
        return ApiDescription.text(new JsonTree.Members(line), name);
    }

    private static long number(Map<String, JsonTree> line, String name) {
        JsonTree value = ApiDescription.at(new JsonTree.Members(line), name);
        return new BigDecimal(((JsonTree.Numeral) value).literal()).longValueExact();
    }

    private static boolean flag(Map<String, JsonTree> line, String name) {
        return ApiDescription.at(new JsonTree.Members(line), name).equals(new JsonTree.Bool(true));
    }

    @Test
    void everyEntryIsReadAsItWasWrittenAndATornOneIsPassedOver() {
        Property.of("lines of the log").tries(200).forAll(ENTRIES, Gens.ints(1, 60), (entry, cut) -> {
            String line = LogJson.write(entry);
            assertThat(line).doesNotContain("\n");
            assertThat(LogJson.read(line)).contains(entry);
            assertThat(LogJson.read(line.substring(0, Math.max(0, line.length() - cut))))
                    .isEmpty();
        });
    }

    /** Where secrets stand in what systems say. */
    private static final List<String> LEAKS = List.of(
            "password=%s",
            "Password: %s",
            "jdbc:postgresql://db/earn?user=hf&password=%s&ssl=true",
            "postgresql://hf:%s@db.example/earn",
            "Authorization: Bearer %s",
            "bearer %s",
            "token=hf_0123456789abcdef_%s",
            "hf_0123456789abcdef_%s is revoked",
            "{\"secret\": \"%s\"}",
            "{\"apiKey\":\"%s\"}",
            "api_key='%s'",
            "Cookie: holdfast_session=%s");

    @Test
    void M30_anEntryOfASystemErrorHasUserStateAndConditionsAndNoSecret() {
        Gen<String> secrets = Gens.ascii(12, 40).map(text -> "S3c" + text.replaceAll("[^A-Za-z0-9_-]", "x"));
        Property.of("M30")
                .tries(1_000)
                .forAll(secrets, Gens.pick(LEAKS), Gens.pick(LEAKS), Gens.ints(0, 3), (secret, one, other, where) -> {
                    String leak = one.formatted(secret);
                    String more = other.formatted(secret);
                    SQLException cause = new SQLException(where == 0 ? leak : "refused", "08001", 42);
                    IOException first = new IOException(where == 1 ? more : "no route");
                    first.initCause(new HoldfastException(
                            ErrorCode.STORE_IO,
                            "The disk failed.",
                            Map.of("place", where == 3 ? leak : "db", "token", secret)));
                    cause.initCause(first);
                    HoldfastException failure = new HoldfastException(
                            ErrorCode.DATABASE_UNREACHABLE, where == 2 ? "It failed: " + leak : "It failed.", cause);
                    TreeMap<String, String> state = new TreeMap<>(Map.of("pending", "7", "note", more));

                    LogEntry.Trouble entry = Troubles.of(BEGIN, "ann", failure, state);

                    String line = LogJson.write(entry);
                    assertThat(line).doesNotContain(secret);
                    assertThat(entry.user()).isEqualTo("ann");
                    assertThat(entry.code()).isEqualTo("DATABASE_UNREACHABLE");
                    assertThat(entry.state()).containsEntry("pending", "7").containsKey("note");
                    assertThat(entry.conditions())
                            .containsKeys("heapUsedBytes", "heapMaxBytes", "processors", "java", "system");
                    assertThat(entry.detail())
                            .contains("It failed", "SQLSTATE 08001", "code 42", "java.io.IOException", "place=");
                });
    }

    @Test
    void M29_aDeviceLogsTimingAndOutcomeOfEveryMessage() {
        Property.of("M29 on a device")
                .tries(100)
                .shrinks(25)
                .forAll(
                        Gens.booleans().list(1, 5),
                        Gens.longs(5, 120),
                        (networks, seconds) -> EarningsWorld.in(folder, world -> {
                            TestPhone phone = world.phone("phone", "ann");
                            phone.earnings.initialize(EarningsWorld.RATE.number());
                            phone.earnings.start();
                            for (boolean up : networks) {
                                phone.network = up ? TestPhone.Network.UP : TestPhone.Network.DOWN;
                                world.run(Duration.ofSeconds(seconds));
                            }
                            List<LogEntry> entries = phone.earnings.operations();

                            assertThat(entries).hasSameSizeAs(phone.sent).isNotEmpty();
                            int failed = 0;
                            Instant failingSince = BEGIN;
                            for (int i = 0; i < entries.size(); i++) {
                                LogEntry.Sync sync = (LogEntry.Sync) entries.get(i);
                                assertThat(sync.at()).isEqualTo(phone.sent.get(i));
                                assertThat(sync.user()).isEqualTo("ann");
                                assertThat(sync.outcome())
                                        .isEqualTo(sync.success() ? "answered" : "server_unreachable");
                                assertThat(sync.retries()).isEqualTo(failed);
                                assertThat(sync.sentBytes() > 0).isEqualTo(sync.success());
                                failingSince = failed == 0 ? sync.at() : failingSince;
                                failed = sync.success() ? 0 : failed + 1;
                            }
                            // What still waits is told with its age.
                            LogEntry.Sync last = (LogEntry.Sync) entries.getLast();
                            if (last.queued() == 0) {
                                assertThat(last.oldest()).isZero();
                            } else if (failed > 0) {
                                assertThat(last.oldest())
                                        .isGreaterThanOrEqualTo(Duration.between(failingSince, last.at()));
                            }
                            Kpis kpis = phone.earnings.kpis(Duration.ofDays(1));
                            assertThat(kpis.syncs()).isEqualTo(entries.size());
                            assertThat(kpis.queued()).isEqualTo(last.queued());
                        }));
    }

    @Test
    void M11_aFileThatCannotBeOpenedHasALogEntryWithFullDetail() throws IOException {
        Path file = folder.resolve("ann.holdfast");
        Files.writeString(file, "this is no store, and never was one");
        EarningsOptions options = EarningsOptions.defaults();
        assertThatExceptionOfType(HoldfastException.class).isThrownBy(() -> EarningsManager.open(file, "ann", options));
        String line = Files.readAllLines(folder.resolve("ann.holdfast.operations.jsonl"))
                .getFirst();
        LogEntry.Trouble trouble = (LogEntry.Trouble) LogJson.read(line).orElseThrow();
        assertThat(trouble.code()).isEqualTo("STORE_NOT_A_STORE");
        assertThat(trouble.loss()).isTrue();
        assertThat(trouble.user()).isEqualTo("ann");
        assertThat(trouble.state()).containsEntry("file", "ann.holdfast");
        assertThat(trouble.conditions()).containsEntry("fileBytes", "35").containsKey("diskFreeBytes");
        assertThat(trouble.detail()).isNotBlank();
    }

    @Test
    void M11_whateverKeepsAFileFromBeingOpenedIsLoggedInFull() throws IOException {
        Path sound = folder.resolve("sound.holdfast");
        EarningsOptions options = EarningsOptions.defaults();
        try (EarningsManager earnings = EarningsManager.open(sound, "ann", options)) {
            earnings.initialize(BigDecimal.ONE);
            earnings.start();
        }
        int[] number = new int[1];
        Property.of("M11 on a device").tries(200).shrinks(50).forAll(FileDamage.bytes(), damage -> {
            Path file = Files.copy(sound, folder.resolve("ann-" + number[0]++ + ".holdfast"));
            damage.to(file);
            try (EarningsManager opened = EarningsManager.open(file, "ann", options)) {
                assertThat(opened.operations()).isEmpty();
            } catch (HoldfastException refused) {
                List<String> lines = Files.readAllLines(file.resolveSibling(file.getFileName() + ".operations.jsonl"));
                LogEntry.Trouble trouble =
                        (LogEntry.Trouble) LogJson.read(lines.getLast()).orElseThrow();
                assertThat(trouble.code()).isEqualTo(refused.code().name());
                assertThat(trouble.loss()).isTrue();
                assertThat(trouble.user()).isEqualTo("ann");
                assertThat(trouble.conditions()).containsEntry("fileBytes", Long.toString(Files.size(file)));
                assertThat(trouble.detail()).contains(String.valueOf(refused.getMessage()));
            }
        });
    }
}
