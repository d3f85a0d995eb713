package io.holdfast.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.run.Commands;
import io.holdfast.core.account.Account;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.json.JsonTree;
import io.holdfast.store.Store;
import io.holdfast.store.StoreOptions;
import io.holdfast.store.sqlite.SqliteOptions;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What must be true once the faults have stopped and every device has synchronised: each promised record is on the server
 * exactly once, deleted ones are not, counters equal what was counted, each device's account adds up with nothing waiting, and
 * a deep comparison finds both sides equal. It does not see what a power cut does to a disk's own cache.
 */
final class Reckoning {

    private final Path folder;
    private final RealServer server;
    private final Promises promises;

    Reckoning(Path folder, RealServer server, Promises promises) {
        this.folder = folder;
        this.server = server;
        this.promises = promises;
    }

    /** Synchronises the stores, none of which may be open, and checks all of it. */
    void check(List<Path> stores) {
        Commands commands = Commands.in(folder);
        // Twice, as the first may send what the one before it has not seen.
        for (int round = 0; round < 2; round++) {
            stores.forEach(
                    store -> commands.run("sync", "--store", store.toString()).fine());
        }
        stores.forEach(Reckoning::checkAccount);
        checkRecords(server.records(server.token("viewer")));
        List<String> lists =
                stores.stream().map(store -> listed(commands, store)).toList();
        assertThat(lists).as("what the devices show").allMatch(lists.getFirst()::equals);
        stores.forEach(store -> assertThat(commands.run("verify", "--store", store.toString(), "--deep", "--json")
                        .fine()
                        .out())
                .contains("\"equal\":true"));
    }

    private static String listed(Commands commands, Path store) {
        return commands.run("list", "--store", store.toString(), "entries", "--limit", "1000000", "--json")
                .fine()
                .out();
    }

    private static void checkAccount(Path file) {
        try (Store store = Store.open(file, StoreOptions.defaults().withCheck(SqliteOptions.Check.FULL))) {
            Account account = store.review().account();
            assertThat(account.balanced()).as(account.toString()).isTrue();
            assertThat(account.in(ChangeState.PENDING)
                            + account.in(ChangeState.IN_FLIGHT)
                            + account.in(ChangeState.QUARANTINED))
                    .as("what waits: " + account)
                    .isZero();
        }
    }

    private void checkRecords(List<Map<String, JsonTree>> records) {
        List<String> ids = records.stream().map(record -> text(record, "id")).toList();
        Set<String> unique = new HashSet<>(ids);
        assertThat(ids).as("records on the server").hasSameSizeAs(unique);
        assertThat(unique).as("what was promised").containsAll(promises.kept());
        assertThat(unique).as("what was deleted").doesNotContainAnyElementsOf(promises.gone());
        Map<String, List<Map<String, JsonTree>>> byAccount =
                records.stream().collect(Collectors.groupingBy(record -> text(record, "account")));
        byAccount
                .getOrDefault(DeviceProgram.COMMON, List.of())
                .forEach(common -> assertThat(number(common, "views"))
                        .as("the common counter")
                        .isEqualTo(byAccount
                                .getOrDefault(DeviceProgram.COUNTED, List.of())
                                .size()));
        byAccount
                .getOrDefault("ann", List.of())
                .forEach(imported -> assertThat(number(imported, "views"))
                        .as("the counter of " + imported)
                        .isEqualTo(1));
    }

    private static String text(Map<String, JsonTree> record, String field) {
        return record.get(field) instanceof JsonTree.Text text ? text.text() : "";
    }

    private static long number(Map<String, JsonTree> record, String field) {
        return record.get(field) instanceof JsonTree.Numeral number ? Long.parseLong(number.literal()) : 0;
    }
}
