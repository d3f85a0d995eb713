package io.holdfast.cli.backup;

import io.holdfast.cli.Version;
import io.holdfast.cli.serve.ServerDatabase;
import io.holdfast.cli.system.Host;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.store.backup.Backup;
import io.holdfast.store.backup.DeviceSubject;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name what is backed up or restored: a device's store, or a server's embedded database. */
final class BackupTarget {

    @Option(names = "--store", paramLabel = "FILE", description = "A device's store.")
    private @Nullable Path store;

    @Option(names = "--data", paramLabel = "DIR", description = "The folder of a server's embedded database.")
    private @Nullable Path data;

    @Option(
            names = "--database",
            paramLabel = "JDBC-URL",
            hidden = true,
            description = "Refused: PostgreSQL has its own tool.")
    private @Nullable String database;

    /**
     * The database file.
     *
     * @throws HoldfastException USAGE if neither or both are named
     */
    Path file() {
        if (database != null) {
            throw new HoldfastException(
                    ErrorCode.USAGE,
                    "A PostgreSQL database is backed up with pg_dump and restored with pg_restore, while servers run or"
                            + " not; devices recognise a restored one in the same way.");
        }
        if (store != null && data == null) {
            return store;
        }
        if (data != null && store == null) {
            return ServerDatabase.file(data);
        }
        throw new HoldfastException(
                ErrorCode.USAGE, "Say what it is about: --store FILE for a device, or --data DIR for a server.");
    }

    /** Backups of that kind. */
    Backup backup(Host host) {
        return store == null ? server(host) : device(host);
    }

    static Backup device(Host host) {
        return new Backup(new DeviceSubject(), Version.built(), host.clock());
    }

    static Backup server(Host host) {
        return new Backup(new ServerSubject(), Version.built(), host.clock());
    }

    /** A size for people. */
    static String size(long bytes) {
        return bytes < 1 << 20
                ? String.format(Locale.ROOT, "%,d KiB", (bytes + 1023) >> 10)
                : String.format(Locale.ROOT, "%,d MiB", bytes >> 20);
    }
}
