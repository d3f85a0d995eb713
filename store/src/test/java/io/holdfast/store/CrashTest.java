package io.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.core.account.Account;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.store.query.Condition;
import io.holdfast.store.query.Query;
import io.holdfast.store.sqlite.SqliteOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a writing process at any moment. What a lost power supply does to a disk's own cache is beyond this test. */
@Timeout(120)
class CrashTest {

    private static final int ROUNDS = 4;
    private static final int ACKNOWLEDGED_LEAST = 60;

    @TempDir
    Path folder;

    private Process start(Path file) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashWriter.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void everythingAcknowledgedSurvivesAKill() throws IOException, InterruptedException {
        Path file = folder.resolve("a.holdfast");
        Set<String> acknowledged = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            Process writer = start(file);
            try (BufferedReader out = writer.inputReader()) {
                assertThat(out.readLine()).isEqualTo("open");
                for (int i = 0; i < ACKNOWLEDGED_LEAST + 37 * round; i++) {
                    acknowledged.add(out.readLine());
                }
                // Not Process.destroyForcibly: that closes the pipe as well.
                writer.toHandle().destroyForcibly();
                // What stands in the pipe was acknowledged too; a line cut short by the kill was not.
                StringBuilder rest = new StringBuilder();
                for (int c = out.read(); c >= 0; c = out.read()) {
                    rest.append((char) c);
                }
                String whole = rest.substring(0, rest.lastIndexOf("\n") + 1);
                whole.lines().forEach(acknowledged::add);
            } finally {
                writer.destroyForcibly().waitFor();
            }
            check(file, acknowledged);
        }
    }

    private static void check(Path file, Set<String> acknowledged) {
        StoreOptions options = StoreOptions.defaults().withCheck(SqliteOptions.Check.FULL);
        try (Store store = Store.open(file, options)) {
            Records entries = store.collection("entries");
            assertThat(acknowledged).allMatch(id -> entries.get(id).isPresent());
            Account account = store.review().account();
            assertThat(account.balanced()).isTrue();
            assertThat(account.in(ChangeState.PENDING)).isEqualTo(store.records());
            assertThat(store.review().pending(100_000)).hasSize((int) store.records());
            long twins = entries.count(Condition.prefix("id", "twin-"));
            long whole =
                    entries
                            .find(Query.all()
                                    .where(Condition.prefix("id", "twin-"))
                                    .limit(4_000))
                            .records()
                            .stream()
                            .filter(twin -> entries.get(twin.id().substring("twin-".length()))
                                    .isPresent())
                            .count();
            assertThat(whole).isEqualTo(twins);
        }
    }

    @Test
    void oneProcessAtATimeHasAStoreOpen() throws IOException, InterruptedException {
        Path file = folder.resolve("a.holdfast");
        Process writer = start(file);
        try (BufferedReader out = writer.inputReader()) {
            assertThat(out.readLine()).isEqualTo("open");
            HoldfastException refused = catchThrowableOfType(
                    HoldfastException.class,
                    () -> Store.open(file, StoreOptions.defaults()).close());
            assertThat(refused.code()).isEqualTo(ErrorCode.STORE_IN_USE);
        } finally {
            writer.destroyForcibly().waitFor();
        }
        Store.open(file, StoreOptions.defaults()).close();
    }
}
