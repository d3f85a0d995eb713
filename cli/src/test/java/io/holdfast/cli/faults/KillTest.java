package io.holdfast.cli.faults;

import io.holdfast.cli.run.Journal;
import io.holdfast.testkit.random.SeededRandom;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Devices, imports, servers and databases killed (SIGKILL) at random moments. What a lost power supply does to a disk's own
 * cache is beyond these tests.
 */
@Tag("faults")
class KillTest {

    private static final int SHORT = 6;
    private static final int LONG = 120;

    @TempDir
    private Path folder;

    @Test
    void nothingAcknowledgedIsLostOrDoubledOverAnEmbeddedDatabase() {
        embedded(SHORT);
    }

    @Test
    void nothingAcknowledgedIsLostOrDoubledOverPostgres() {
        postgres(SHORT);
    }

    @Test
    @Tag("long")
    void nothingAcknowledgedIsLostOrDoubledOverAnEmbeddedDatabaseInManyKills() {
        embedded(LONG);
    }

    @Test
    @Tag("long")
    void nothingAcknowledgedIsLostOrDoubledOverPostgresInManyKills() {
        postgres(LONG);
    }

    private void embedded(int kills) {
        run("kills over an embedded database", kills, Optional.empty());
    }

    private void postgres(int kills) {
        try (Postgres database = Postgres.start(folder)) {
            run("kills over PostgreSQL", kills, Optional.of(database));
        }
    }

    private void run(String name, int kills, Optional<Postgres> database) {
        SeededRandom random = Seed.fresh(name);
        Journal.in(folder);
        try (KilledWorld world = new KilledWorld(folder, random, database)) {
            world.kill(kills);
            System.out.println("faults: " + name + ": " + world.reckon());
        }
    }
}
