package io.holdfast.earnings;

import io.holdfast.client.ClientOptions;
import io.holdfast.client.SyncClient;
import io.holdfast.client.SyncResult;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.Scrub;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.record.Scopes;
import io.holdfast.store.Store;
import io.holdfast.store.backup.Backup;
import io.holdfast.store.backup.DeviceSubject;
import io.holdfast.store.backup.Rescue;
import io.holdfast.store.sqlite.Salvage;
import io.holdfast.store.sqlite.SqliteOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What can be done when a user's file is damaged. Each way ends in a sound file, and keeps the damaged one under another name
 * beside it; until the sound one is complete the damaged one is not touched. The file must not be open. Thread-safe.
 *
 * {@snippet :
 * EarningsRecovery recovery = new EarningsRecovery(file, "ann", EarningsOptions.defaults());
 * recovery.look().ifPresent(damage -> ask(damage.sentence(), damage.choices()));
 * recovery.fromServer(ClientOptions.of("https://earn.example.org", token));
 * }
 */
public final class EarningsRecovery {

    private static final List<Notice.Choice> ALL =
            List.of(Notice.Choice.READABLE, Notice.Choice.SERVER, Notice.Choice.BACKUP);

    /** Where the first bytes of a store are damaged it looks like something else. */
    private static final Set<ErrorCode> DAMAGE = EnumSet.of(ErrorCode.STORE_DAMAGED, ErrorCode.STORE_NOT_A_STORE);

    private final Path file;
    private final String user;
    private final EarningsOptions options;
    private final Rescue rescue;

    /**
     * The recovery of one user's file.
     *
     * @throws io.holdfast.core.schema.RecordRefusedException RECORD_ID if the user's id cannot be one
     */
    public EarningsRecovery(Path file, String user, EarningsOptions options) {
        this.file = file;
        this.user = Scopes.of(user);
        this.options = options;
        rescue = new Rescue(options.store());
    }

    /**
     * What was done.
     *
     * @param aside where the damaged file is now
     * @param records that the sound file holds
     * @param waiting changes in it that wait for the server, or for a person
     * @param lost changes of which nothing could be read, as far as that is known
     */
    public record Recovered(Notice.Choice choice, Optional<Path> aside, long records, long waiting, long lost) {}

    /** Brings a new store what the server has; may throw what a store throws. */
    @FunctionalInterface
    interface Fetch {
        void into(Store store) throws InterruptedException;
    }

    /**
     * Looks at every page of the file, every row against its digest, and whether the records make sense together.
     *
     * @return what is wrong; empty if nothing is
     * @throws HoldfastException STORE_IN_USE, STORE_OTHER_SCOPE
     */
    public Optional<Notice> look() {
        try (Store store = open(file, SqliteOptions.Check.FULL)) {
            return look(store, user);
        } catch (HoldfastException failed) {
            if (!DAMAGE.contains(failed.code())) {
                throw failed;
            }
            return Optional.of(file(failed));
        }
    }

    /** The damage that a failure tells of. */
    static Notice file(HoldfastException failed) {
        return new Notice(
                failed.code(),
                "The file with your earnings is damaged. Restore it from the server or from a backup, or keep what can be read.",
                List.of(String.valueOf(failed.getMessage())),
                ALL);
    }

    /** Damage of rows in a file that is sound. */
    static Notice rows(List<String> findings) {
        return new Notice(
                ErrorCode.STORE_DAMAGED,
                "Some of your stored earnings are not what was stored. Restore them from the server or from a backup, or keep"
                        + " what can be read.",
                findings,
                ALL);
    }

    /** What is wrong with the rows of a store whose pages are sound. */
    static Optional<Notice> look(Store store, String user) {
        List<String> findings = new ArrayList<>();
        Scrub.Look rows = store.storage().read(new Scrub(store.schema())::look);
        rows.suspects().forEach(key -> findings.add(key + ": it is not what was stored"));
        if (!rows.rowsFitRoot() && findings.isEmpty()) {
            findings.add("the records do not add up to their sum");
        }
        if (!findings.isEmpty()) {
            return Optional.of(rows(findings));
        }
        return StateCheck.findings(store, user).notice();
    }

    private Store open(Path path, SqliteOptions.Check check) {
        return Store.open(path, EarningsSchema.SCHEMA, user, options.store().withCheck(check));
    }

    /**
     * Makes a new file from what the server has. A session that ran on this device goes on. If the server cannot be reached, or
     * answers with another user's records, nothing is changed.
     *
     * @throws HoldfastException the failure of the exchange; STORE_IN_USE, STORE_FULL, STORE_IO
     */
    public Recovered fromServer(ClientOptions server) throws InterruptedException {
        ClientOptions guarded = server.withGuard(new OwnRecords(user));
        return fromServer(store -> {
            try (SyncClient client =
                    SyncClient.connect(store, guarded, options.machine().get())) {
                SyncResult result = client.awaitLevel(options.syncTimeout());
                if (!result.proven()) {
                    throw result.failure()
                            .map(failure -> new HoldfastException(failure.code(), failure.message()))
                            .orElseGet(() -> new HoldfastException(
                                    ErrorCode.SERVER_ANSWER,
                                    "What the server sent could not be proven to be all. Try again."));
                }
            }
        });
    }

    /** As {@link #fromServer(ClientOptions)}, by an exchange of one's own making. */
    Recovered fromServer(Fetch fetch) throws InterruptedException {
        Path fresh = file.resolveSibling(file.getFileName() + ".fetched");
        requireOwn();
        Optional<String> before = Salvage.replica(file);
        try {
            Rescue.clear(fresh);
            long records;
            try (Store store = open(fresh, SqliteOptions.Check.HEADER)) {
                before.ifPresent(replica -> new OwnDevices(store).add(replica));
                fetch.into(store);
                records = store.records();
            }
            Optional<Path> aside = rescue.replace(file, fresh);
            return new Recovered(Notice.Choice.SERVER, aside, records, 0, 0);
        } catch (IOException failed) {
            throw new HoldfastException(
                    ErrorCode.STORE_IO, "The new file cannot be written. Check its folder.", failed);
        } finally {
            clear(fresh);
        }
    }

    /** A file that tells whose it is must be this user's. */
    private void requireOwn() {
        Optional<String> scope = Salvage.scope(file);
        if (scope.isPresent() && !scope.get().equals(user)) {
            throw new HoldfastException(
                    ErrorCode.STORE_OTHER_SCOPE,
                    "The file " + file.getFileName() + " holds another user's earnings. Choose yours.");
        }
    }

    private static void clear(Path fresh) {
        try {
            Rescue.clear(fresh);
        } catch (IOException stays) {
            // An unfinished file is replaced by the next attempt.
        }
    }

    /**
     * Restores a backup, all of which is checked before. What was stored later comes from the server with the next sync.
     *
     * @throws HoldfastException BACKUP_DAMAGED, BACKUP_UNFIT, STORE_IN_USE, STORE_FULL, STORE_IO
     */
    public Recovered fromBackup(Path backup) {
        if (!Backup.manifest(backup).content().scope().equals(user)) {
            throw new HoldfastException(
                    ErrorCode.BACKUP_UNFIT, "The backup " + backup.getFileName() + " is another user's. Choose yours.");
        }
        Backup.Restored restored =
                new Backup(new DeviceSubject(), "", options.store().clock()).restore(backup, file, true);
        try (Store store = open(file, SqliteOptions.Check.HEADER)) {
            return recovered(Notice.Choice.BACKUP, store, restored.replaced(), 0);
        }
    }

    /**
     * Keeps what can be read, also what the server has not got. What is missing comes from the server with the next sync.
     *
     * @param person who decided it, for the audit trail of the store
     * @throws HoldfastException STORE_DAMAGED if nothing can be read, STORE_OTHER_SCOPE, STORE_IN_USE, STORE_FULL, STORE_IO
     */
    public Recovered keepReadable(String person) {
        Rescue.Rescued rescued = rescue.keepReadable(file, EarningsSchema.SCHEMA, user, person);
        try (Store store = open(file, SqliteOptions.Check.FULL)) {
            Scrub scrub = new Scrub(store.schema());
            Scrub.Look look = store.storage().read(scrub::look);
            store.storage().write(transaction -> {
                scrub.drop(transaction, look);
                return true;
            });
            return recovered(
                    Notice.Choice.READABLE,
                    store,
                    rescued.aside(),
                    rescued.saved().lost());
        }
    }

    private static Recovered recovered(Notice.Choice choice, Store store, Optional<Path> aside, long lost) {
        var account = store.review().account();
        long waiting = account.in(ChangeState.PENDING)
                + account.in(ChangeState.IN_FLIGHT)
                + account.in(ChangeState.QUARANTINED);
        return new Recovered(choice, aside, store.records(), waiting, lost);
    }
}
