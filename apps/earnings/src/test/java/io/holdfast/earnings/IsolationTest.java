package io.holdfast.earnings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.earnings.operations.LogEntry;
import io.holdfast.earnings.record.AuditEntry;
import io.holdfast.earnings.record.MiningSession;
import io.holdfast.earnings.record.UserEarnings;
import io.holdfast.store.backup.Backup;
import io.holdfast.store.backup.DeviceSubject;
import io.holdfast.store.query.Query;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody reaches another's earnings: with his file, his id, his token, or a server that mixes users up. */
class IsolationTest {

    private static final EarningsOptions OPTIONS = EarningsOptions.defaults();

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    /** A call on Ann's manager, or with her id, that is given something of Bob's where it takes anything. */
    @FunctionalInterface
    private interface Call {
        Object tried() throws Exception;
    }

    private static String name(Method method) {
        return method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(",", "(", ")"));
    }

    private static List<String> publicCalls(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .map(IsolationTest::name)
                .sorted()
                .toList();
    }

    private Path file(String user) {
        return folder.resolve(user + ".holdfast");
    }

    /** Bob's file, with a session in it, and a backup of it. */
    private Path bobs() throws Exception {
        try (EarningsManager bob = EarningsManager.open(file("bob"), "bob", OPTIONS)) {
            bob.initialize(BigDecimal.ONE);
            bob.start();
        }
        Path backup = folder.resolve("bob.backup");
        new Backup(new DeviceSubject(), "test", InstantSource.system()).create(file("bob"), backup, true);
        return backup;
    }

    @Test
    void M07_noPublicCallOfOneUserReachesAnothersRecords() throws Exception {
        Path backup = bobs();
        byte[] before = Files.readAllBytes(file("bob"));
        try (TestServer server = new TestServer(new InMemoryServerStorage());
                EarningsManager ann = EarningsManager.open(file("ann"), "ann", OPTIONS)) {
            ann.initialize(BigDecimal.ONE);
            ann.connect(server.connection("bob"));
            Map<String, Call> calls = new TreeMap<>();
            calls.put("open(Path,String,EarningsOptions)", () -> EarningsManager.open(file("bob"), "ann", OPTIONS));
            calls.put("initialize(BigDecimal)", () -> ann.initialize(BigDecimal.TEN));
            calls.put("start()", ann::start);
            calls.put("update()", ann::update);
            calls.put("state()", ann::state);
            calls.put("stop()", ann::stop);
            calls.put(
                    "store()",
                    () -> ann.store()
                            .collection(UserEarnings.class)
                            .find(Query.all())
                            .records());
            calls.put("connect(ClientOptions)", () -> {
                ann.connect(server.connection("bob"));
                return ann.sync(true);
            });
            calls.put("sync(boolean)", () -> ann.sync(true));
            calls.put("reconcile()", ann::reconcile);
            calls.put("onChange(Consumer)", () -> {
                List<Object> heard = new ArrayList<>();
                ann.onChange(heard::add).close();
                return heard;
            });
            calls.put("onNotice(Consumer)", () -> {
                List<Object> heard = new ArrayList<>();
                ann.onNotice(heard::add).close();
                return heard;
            });
            calls.put("inspect()", ann::inspect);
            calls.put("audit(int)", () -> ann.audit(1_000));
            calls.put("reviews(int)", () -> ann.reviews(1_000));
            calls.put("conflicts(int)", () -> ann.conflicts(1_000));
            calls.put("kpis(Duration)", () -> ann.kpis(java.time.Duration.ofDays(1)));
            calls.put("operations()", ann::operations);
            calls.put("goOffline()", () -> {
                ann.goOffline();
                return "offline";
            });
            calls.put("close()", () -> {
                ann.close();
                return "closed";
            });
            assertThat(calls.keySet())
                    .as("every public call is tried")
                    .containsExactlyInAnyOrderElementsOf(publicCalls(EarningsManager.class));
            Call close = () -> {
                ann.close();
                return "closed";
            };
            calls.remove("close()");
            calls.forEach(IsolationTest::own);
            own("close()", close);
        }
        recovery(backup);
        assertThat(Files.readAllBytes(file("bob"))).as("Bob's file").isEqualTo(before);
    }

    private void recovery(Path backup) throws Exception {
        EarningsRecovery bobsFile = new EarningsRecovery(file("bob"), "ann", OPTIONS);
        EarningsRecovery annsFile = new EarningsRecovery(file("ann"), "ann", OPTIONS);
        try (TestServer server = new TestServer(new InMemoryServerStorage())) {
            Map<String, Call> calls = new TreeMap<>();
            calls.put("look()", bobsFile::look);
            calls.put("keepReadable(String)", () -> bobsFile.keepReadable("ann"));
            calls.put("fromBackup(Path)", () -> annsFile.fromBackup(backup));
            calls.put("fromServer(ClientOptions)", () -> bobsFile.fromServer(server.connection("ann")));
            assertThat(calls.keySet()).containsExactlyInAnyOrderElementsOf(publicCalls(EarningsRecovery.class));
            for (Map.Entry<String, Call> call : calls.entrySet()) {
                Throwable refused = catchThrowable(call.getValue()::tried);
                assertThat(refused).as(call.getKey()).isInstanceOf(HoldfastException.class);
                assertThat(((HoldfastException) refused).code())
                        .as(call.getKey())
                        .isIn(ErrorCode.STORE_OTHER_SCOPE, ErrorCode.BACKUP_UNFIT);
            }
        }
    }

    /** What a call gives is Ann's, or a refusal. */
    private static void own(String name, Call call) {
        Object[] given = new Object[1];
        Throwable refused = catchThrowable(() -> given[0] = call.tried());
        if (refused != null) {
            assertThat(refused).as(name).isInstanceOf(HoldfastException.class);
        } else {
            assertThat(String.valueOf(given[0])).as(name).doesNotContain("bob");
        }
        if (name.startsWith("open(")) {
            assertThat(refused).isNotNull();
            assertThat(((HoldfastException) refused).code()).isEqualTo(ErrorCode.STORE_OTHER_SCOPE);
        }
        if (name.startsWith("sync(")) {
            assertThat(given[0])
                    .isInstanceOfSatisfying(
                            SyncReport.class,
                            report -> assertThat(report.failure()).isPresent());
        }
    }

    @Test
    void aServerThatAnswersWithAnotherUsersRecordsIsRefusedAndReported() throws Exception {
        AtomicBoolean swaps = new AtomicBoolean();
        SwappedStorage storage = new SwappedStorage(new InMemoryServerStorage(), "ann", "bob", swaps);
        try (TestServer server = new TestServer(storage);
                EarningsManager bob = EarningsManager.open(file("bob"), "bob", OPTIONS);
                EarningsManager ann = EarningsManager.open(file("ann"), "ann", OPTIONS)) {
            bob.initialize(BigDecimal.ONE);
            bob.connect(server.connection("bob"));
            bob.start();
            bob.stop();
            assertThat(bob.sync(true).level()).isTrue();
            List<Notice> notices = new ArrayList<>();
            ann.onNotice(notices::add);
            ann.initialize(BigDecimal.ONE);
            swaps.set(true);
            ann.connect(server.connection("ann"));
            ann.start();

            SyncReport report = ann.sync(true);

            assertThat(report.level()).isFalse();
            assertThat(report.failure()).hasValueSatisfying(failure -> {
                assertThat(failure.code()).isEqualTo(ErrorCode.SERVER_ANSWER);
                assertThat(failure.message()).contains("another user").endsWith(".");
            });
            assertThat(ann.store()
                            .collection(UserEarnings.class)
                            .find(Query.all())
                            .records())
                    .extracting(UserEarnings::userId)
                    .containsOnly("ann");
            assertThat(ann.store()
                            .collection(MiningSession.class)
                            .find(Query.all())
                            .records())
                    .extracting(MiningSession::userId)
                    .containsOnly("ann");
            assertThat(ann.audit(1_000)).extracting(AuditEntry::userId).containsOnly("ann");
            assertThat(ann.state().syncStatus()).isEqualTo(EarningsState.SyncState.FAILED);
            assertThat(ann.state().active()).isTrue();
            assertThat(ann.store().review().account().balanced()).isTrue();
            // A message is logged after its sync has ended, but before the next one.
            assertThat(ann.sync(true).level()).isFalse();
            assertThat(ann.operations())
                    .filteredOn(LogEntry.Sync.class::isInstance)
                    .extracting(entry -> ((LogEntry.Sync) entry).outcome())
                    .contains("server_answer");
        }
    }

    @Test
    void aRecoveryFromAServerThatAnswersWithAnothersRecordsChangesNothing() throws Exception {
        AtomicBoolean swaps = new AtomicBoolean();
        SwappedStorage storage = new SwappedStorage(new InMemoryServerStorage(), "ann", "bob", swaps);
        try (TestServer server = new TestServer(storage)) {
            try (EarningsManager bob = EarningsManager.open(file("bob"), "bob", OPTIONS);
                    EarningsManager ann = EarningsManager.open(file("ann"), "ann", OPTIONS)) {
                bob.initialize(BigDecimal.ONE);
                bob.connect(server.connection("bob"));
                assertThat(bob.sync(true).level()).isTrue();
                ann.initialize(BigDecimal.ONE);
            }
            byte[] before = Files.readAllBytes(file("ann"));
            swaps.set(true);

            Throwable refused = catchThrowable(
                    () -> new EarningsRecovery(file("ann"), "ann", OPTIONS).fromServer(server.connection("ann")));

            assertThat(refused)
                    .isInstanceOfSatisfying(
                            HoldfastException.class,
                            failed -> assertThat(failed.code()).isEqualTo(ErrorCode.SERVER_ANSWER));
            assertThat(Files.readAllBytes(file("ann"))).isEqualTo(before);
        }
    }
}
