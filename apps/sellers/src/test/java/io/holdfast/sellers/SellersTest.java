package io.holdfast.sellers;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.server.audit.Cause;
import io.holdfast.server.audit.ErrorCategory;
import io.holdfast.server.audit.LogFilter;
import io.holdfast.server.audit.RunStatus;
import io.holdfast.server.audit.SqlRunJournal;
import io.holdfast.server.audit.SqlRunLog;
import io.holdfast.server.run.RunListener;
import io.holdfast.server.run.RunMode;
import io.holdfast.server.run.RunReport;
import io.holdfast.server.run.RunRequest;
import io.holdfast.server.run.RunTools;
import io.holdfast.server.run.Runs;
import io.holdfast.server.run.lease.Holder;
import io.holdfast.server.storage.SqlServerStorage;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.SqliteDatabase;
import io.holdfast.server.system.Machine;
import io.holdfast.sources.mapping.FileSource;
import io.holdfast.sources.mapping.MappedRecords;
import io.holdfast.sources.mapping.MappedRow;
import io.holdfast.sources.mapping.Mapping;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.time.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The office's two sheets, end to end. */
class SellersTest {

    private static final long MEMORY = 64L << 20;

    @TempDir
    private Path folder;

    private final SettableClock clock = SettableClock.at("2026-11-20T10:00:00Z");
    private final SeededRandom random = new SeededRandom(1);
    private Database database;
    private Runs runs;

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(folder.resolve("server.db"));
        RunTools tools = new RunTools(
                new SqlRunJournal(database, clock),
                new Machine(clock, () -> 0, random),
                length -> clock.advance(length),
                folder);
        runs = new Runs(database, new Holder("test", other -> false), tools, RunListener.NONE);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private RunReport sync(Mapping mapping, String sheet) throws IOException {
        clock.advance(Duration.ofSeconds(1));
        Path file = Files.writeString(folder.resolve(mapping.target() + ".csv"), sheet);
        RunRequest request = new RunRequest(
                new FileSource(file, mapping, MEMORY), "office", RunMode.SYNC, Cause.COMMAND, "ann");
        return runs.claim(request).run(RunListener.NONE);
    }

    private RunReport properties() throws IOException {
        return sync(SellersMappings.PROPERTIES, "Property,Address\n2-3028-25,1 Main Street\n2-3028-26,3 Main Street\n");
    }

    private static String sellers(String... rows) {
        return "Seller No,Name,Phone,Property,Asking Price,Changed\n" + String.join("\n", rows) + "\n";
    }

    @Test
    void takesBothSheetsAndFindsThemEqual() throws IOException {
        assertThat(properties().outcome()).isEqualTo(RunStatus.SUCCEEDED);
        RunReport report = sync(
                SellersMappings.SELLERS,
                sellers(
                        "s-\uff10001,Ann,212,2-3028-25,\" 178,000 \",2026-01-02",
                        "S-0002,Bob,,2-3028-26, -   ,2026-01-03"));
        assertThat(report.outcome()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(report.records().created()).isEqualTo(2);
    }

    @Test
    void worksUnderTheSchemaThatAServerServes() throws IOException {
        SqlServerStorage.over(database, List.of(SellersMappings.schema()));
        properties();
        assertThat(sync(SellersMappings.SELLERS, sellers("S-0001,Ann,,2-3028-25,1,2026-01-02"))
                        .outcome())
                .isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void v34v35APropertyWithoutARecordIsReportedAndTheSellerKept() throws IOException {
        properties();
        RunReport report = sync(
                SellersMappings.SELLERS,
                sellers("S-0001,Ann,,2-3028-25,1,2026-01-02", "S-0002,Bob,,2-9999-1,1,2026-01-02"));
        assertThat(report.outcome()).isEqualTo(RunStatus.PARTIAL);
        assertThat(report.records().created()).isEqualTo(2);
        assertThat(report.records().dangling()).isOne();
        LogFilter integrity = LogFilter.ALL
                .withRun(report.run())
                .withStatus(Set.of(ErrorCategory.INTEGRITY.name()));
        assertThat(new SqlRunLog(database).errors(integrity, Optional.empty(), 10))
                .singleElement()
                .satisfies(entry -> assertThat(entry.error().key()).isEqualTo("S-0002"));
    }

    @Test
    void v41TheLaterEditStandsWhoeverMadeIt() throws IOException {
        properties();
        sync(SellersMappings.SELLERS, sellers("S-0001,Ann,,2-3028-25,1,2026-01-02"));
        sync(SellersMappings.SELLERS, sellers("S-0001,Anna,,2-3028-25,1,2026-03-01"));
        RunReport older = sync(SellersMappings.SELLERS, sellers("S-0001,Ann,,2-3028-25,1,2026-02-01"));
        assertThat(older.records().kept()).isOne();
        assertThat(older.outcome()).isEqualTo(RunStatus.SUCCEEDED);
    }

    /** For any number: what the office's format is, and nothing else, is taken. */
    @Test
    void v33TheSellerNumbersFormatIsChecked() throws IOException {
        Gen<String> numbers = Gens.oneOf(
                Gens.ints(0, 99_999).map(number -> "S-" + number),
                Gens.ints(0, 99_999).map(number -> "s-0" + number),
                Gens.pick("", "S-", "S 0001", "T-0001", "S-00000000001", "S-12A4"),
                Gens.ints(0, 9).map(number -> " S-000" + number + " "));
        Property.of("V33 sellers").tries(1_000).forAll(numbers, number -> {
            Path file = Files.writeString(folder.resolve("one.csv"), sellers(number + ",Ann,,2-3028-25,1,2026-01-02"));
            boolean fits = number.strip().toUpperCase(Locale.ROOT).matches("S-[0-9]{4,10}");
            try (MappedRecords rows = new FileSource(file, SellersMappings.SELLERS, MEMORY).open()) {
                assertThat(rows.next().orElseThrow().outcome() instanceof MappedRow.Fit)
                        .isEqualTo(fits);
            }
        });
    }
}
