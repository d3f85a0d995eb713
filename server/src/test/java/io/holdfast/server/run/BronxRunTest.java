package io.holdfast.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.server.audit.Cause;
import io.holdfast.server.audit.RunStatus;
import io.holdfast.server.audit.SqlRunJournal;
import io.holdfast.server.run.lease.Holder;
import io.holdfast.server.storage.SqlEngine;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.system.Machine;
import io.holdfast.sources.mapping.FileSource;
import io.holdfast.sources.mapping.Mapping;
import io.holdfast.sources.mapping.MappingReader;
import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.time.SettableClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A year of property sales of the Bronx, as the city published them: one table in three kinds of files, into PostgreSQL. */
class BronxRunTest {

    private static final long MEMORY = 64L << 20;
    private static final long ROWS = 6_971;
    private static final long REPEATS = 52;
    private static final long RECORDS = ROWS - REPEATS;

    /** Of the records; with the repeats, 4,252,964,853. */
    private static final String PRICES = "4252734353";

    @TempDir
    private Path folder;

    private final SettableClock clock = SettableClock.at("2026-11-20T10:00:00Z");
    private final Mapping mapping = MappingReader.read(bytes("bronx.yaml"));
    private SqlEngine engine;
    private Database database;

    @BeforeEach
    void open() {
        engine = SqlEngine.postgres();
        database = engine.open();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static byte[] bytes(String name) {
        try (InputStream in = Objects.requireNonNull(BronxRunTest.class.getResourceAsStream("/property/" + name));
                InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(in) : in) {
            return plain.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RunReport run(String name) {
        Path file = folder.resolve(name.replace(".gz", ""));
        try {
            Files.write(file, bytes(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Machine machine = new Machine(clock, System::nanoTime, new SeededRandom(clock.millis()));
        RunTools tools = new RunTools(new SqlRunJournal(database, clock), machine, clock::advance, folder);
        RunReport report = new Runs(database, new Holder("here", other -> false), tools, RunListener.NONE)
                .claim(new RunRequest(
                        new FileSource(file, mapping, MEMORY), "city", RunMode.SYNC, Cause.COMMAND, "ann"))
                .run(RunListener.NONE);
        clock.advance(java.time.Duration.ofSeconds(1));
        return report;
    }

    private void assertSame(RunReport report) {
        assertThat(report.outcome()).as(report.toString()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(report.source().rows()).isEqualTo(ROWS);
        assertThat(report.source().blank()).isZero();
        assertThat(report.source().duplicates()).isEqualTo(REPEATS);
        assertThat(report.verification().orElseThrow().sourceCount()).isEqualTo(RECORDS);
        assertThat(report.verification().orElseThrow().targetCount()).isEqualTo(RECORDS);
        assertThat(engine.value("SELECT count(*) FROM sales")).isEqualTo(Long.toString(RECORDS));
        assertThat(engine.value("SELECT sum(sale_price) FROM sales")).isEqualTo(PRICES);
        assertThat(engine.value("SELECT min(sale_date) || ' ' || max(sale_date) FROM sales"))
                .isEqualTo("2016-03-01 2017-02-28");
    }

    @Test
    void allThreeKindsOfFilesGiveTheSameRecordsAndOnlyTheFirstRunWrites() {
        RunReport first = run("bronx.csv.gz");
        assertSame(first);
        assertThat(first.records().created()).isEqualTo(RECORDS);
        String head = engine.value("SELECT sequence FROM hf_scope WHERE scope = 'city'");
        for (String name : new String[] {"bronx.csv.gz", "bronx.xls.gz", "bronx.xlsx"}) {
            RunReport next = run(name);
            assertSame(next);
            assertThat(next.records().unchanged()).as(name).isEqualTo(RECORDS);
            assertThat(next.records().created() + next.records().updated()).isZero();
            assertThat(engine.value("SELECT sequence FROM hf_scope WHERE scope = 'city'"))
                    .isEqualTo(head);
        }
    }
}
