package io.holdfast.earnings.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.earnings.operations.InMemoryOperationLog;
import io.holdfast.earnings.operations.LogEntry;
import io.holdfast.server.http.app.Exchanged;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import io.holdfast.testkit.time.SettableClock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a server writes down while its database fails, message by message. */
class DatabaseFailuresTest {

    private static final Gen<ErrorCode> CODES = Gens.pick(
            ErrorCode.DATABASE_UNREACHABLE,
            ErrorCode.TRANSACTION_TIMEOUT,
            ErrorCode.UNAVAILABLE,
            ErrorCode.STORE_FULL,
            ErrorCode.INTERNAL);

    /** One message of one of three devices; answered, or refused by what the database said. */
    private record Message(int replica, boolean fails, ErrorCode code, String said, int number) {

        Exchanged exchanged() {
            Optional<HoldfastException> refusal =
                    fails ? Optional.of(new HoldfastException(code, "It failed: " + said, cause())) : Optional.empty();
            return new Exchanged(
                    "user-" + replica,
                    "replica-" + replica,
                    "exchange",
                    fails ? "refused" : "applied",
                    refusal,
                    Duration.ofMillis(number),
                    number,
                    0);
        }

        private SQLException cause() {
            return new SQLException("the database said " + said, "08" + number % 1_000, number);
        }
    }

    private static final Gen<Message> MESSAGES = Gens.zip(
            Gens.ints(1, 3),
            Gens.booleans(),
            CODES,
            Gens.ascii(1, 30).map(text -> text.replaceAll("[^a-z]", "x")),
            Gens.ints(0, 100_000),
            Message::new);

    @Test
    void M11_everyFailureOfTheDatabaseHasAnEntryWithFullDetail() {
        Property.of("M11").tries(1_000).shrinks(100).forAll(MESSAGES.list(1, 8), messages -> {
            InMemoryOperationLog log = new InMemoryOperationLog(100);
            Map<Integer, Integer> failed = new HashMap<>();
            try (ServerOperations operations = new ServerOperations(log, SettableClock.at("2026-11-20T08:00:00Z"))) {
                for (Message message : messages) {
                    int before = log.entries().size();
                    operations.exchanged(message.exchanged());
                    List<LogEntry> written =
                            log.entries().subList(before, log.entries().size());
                    int retries = failed.getOrDefault(message.replica(), 0);
                    assertThat(written).hasSize(message.fails() ? 2 : 1);
                    sync((LogEntry.Sync) written.getFirst(), message, retries);
                    if (message.fails()) {
                        trouble((LogEntry.Trouble) written.getLast(), message, retries);
                    }
                    failed.put(message.replica(), message.fails() ? retries + 1 : 0);
                }
                assertThat(operations.health().fine())
                        .isEqualTo(messages.stream().noneMatch(Message::fails));
            }
        });
    }

    private static void sync(LogEntry.Sync entry, Message message, int retries) {
        assertThat(entry.user()).isEqualTo("user-" + message.replica());
        assertThat(entry.success()).isNotEqualTo(message.fails());
        assertThat(entry.took()).isEqualTo(Duration.ofMillis(message.number()));
        assertThat(entry.retries()).isEqualTo(retries);
    }

    private static void trouble(LogEntry.Trouble entry, Message message, int retries) {
        assertThat(entry.user()).isEqualTo("user-" + message.replica());
        assertThat(entry.code()).isEqualTo(message.code().name());
        assertThat(entry.state())
                .containsEntry("replica", "replica-" + message.replica())
                .containsEntry("request", "exchange")
                .containsEntry("retries", Integer.toString(retries))
                .containsEntry("receivedBytes", Integer.toString(message.number()));
        assertThat(entry.conditions()).containsKeys("heapUsedBytes", "processors");
        assertThat(entry.detail())
                .contains("It failed: " + message.said())
                .contains("java.sql.SQLException: the database said " + message.said())
                .contains("SQLSTATE 08" + message.number() % 1_000 + ", code " + message.number());
    }
}
